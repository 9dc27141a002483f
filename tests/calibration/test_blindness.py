"""Whoever grades sees the same pages whatever others grade and whatever the panel said, until it is closed (T12)."""

import re
import shutil
from itertools import count
from pathlib import Path

import time_machine

from tests import make
from tests.calibration import doing
from tests.serving import serve

MOMENT = "2026-06-15T10:00:00+00:00"
RANDOM = re.compile(r'name="csrf_token" value="[^"]*"')


def pages(folder: Path, migrated_file: Path, grade: str, *, who: str, close: bool = False) -> dict[str, str]:
    """Every page of an open calibration that somebody may see, where others and the panel gave this grade."""
    folder.mkdir()
    file = folder / "audits.sqlite3"
    shutil.copy(migrated_file, file)
    make._numbers = count(1)
    with serve(folder, f"sqlite:///{file}") as app:
        made = make.authority()
        others = doing.crowd(made, 6)
        kept = doing.started(made, [*others, made.manager], vignettes=2, reference=grade)
        for other in others:
            doing.graded(kept, other, grade)
        doing.graded(kept, made.manager, "good", only=kept.vignettes[0])
        if close:
            doing.graded(kept, made.manager, "good", only=kept.vignettes[1])
            doing.closed(kept, made)
        client = make.client_of(app, made.people[who])
        place = f"/calibrations/{kept.id}"
        asked = ["/", "/calibrations", f"{place}/yours", f"{place}/results", place]
        for vignette in kept.vignettes:
            here = f"{place}/vignettes/{vignette.id}"
            asked += [f"{here}/commit", *(f"{here}/sections/{section.key}" for section in vignette.sections)]
        return {url: RANDOM.sub("", client.get(url).text) for url in asked}


def test_a_grader_sees_the_same_whatever_the_others_and_the_panel_said(tmp_path: Path, migrated_file: Path) -> None:
    for who in ("manager", "head", "senior"):
        with time_machine.travel(MOMENT, tick=False):
            one = pages(tmp_path / f"{who}1", migrated_file, "inadequate", who=who)
            other = pages(tmp_path / f"{who}2", migrated_file, "outstanding", who=who)
        assert one == other


def test_once_closed_the_two_worlds_differ(tmp_path: Path, migrated_file: Path) -> None:
    with time_machine.travel(MOMENT, tick=False):
        one = pages(tmp_path / "1", migrated_file, "inadequate", who="manager", close=True)
        other = pages(tmp_path / "2", migrated_file, "outstanding", who="manager", close=True)
    assert [url for url in one if one[url] != other[url]] == ["/calibrations", "/calibrations/1/results"]
