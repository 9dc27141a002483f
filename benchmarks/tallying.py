"""The tallies of a generated authority: of each team and month the patterns, as often as they occur there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

from audit_app.measures.cells import Cells, add
from audit_app.measures.facts import Facts
from audit_app.measures.keys import ALL_MONTHS, Kind
from audit_app.measures.operations.taking_in import Key, adds, values
from audit_app.work.progress import Progress
from benchmarks.pouring import Row, Sink
from benchmarks.standing import MONTHS, Standing, each

ALIKE = (Kind.TEAM.value, Kind.AUDITOR.value)  # the rows of units are like those of teams; an auditor's are not


def pour_tallies(place: Sink, standing: Standing, kinds: bytes, facts: dict[int, Facts], progress: Progress) -> None:
    """What of each audit is in the tallies, and the tallies."""
    texts = {kind: one.as_text() for kind, one in facts.items()}
    names = tuple(asdict(standing.place(0, 0)))
    columns = ("audit_id", *names, "facts", "changes_on")
    place.pour("tallied", columns, _tallied(standing, kinds, texts, names))
    rows = (values(key, cells) for key, cells in _tallies(standing, kinds, facts, progress))
    one = values(("", "", "", "", 0, 0, ""), {})
    place.pour("tally", tuple(one), (tuple(row.values()) for row in rows))


def _tallied(standing: Standing, kinds: bytes, texts: dict[int, str], names: Iterable[str]) -> Iterator[Row]:
    places: dict[tuple[int, int], Row] = {}
    for key, month, team, _ in each(len(kinds)):
        if (month, team) not in places:
            found = asdict(standing.place(month, team)) | {"month": standing.rounds[month][1].isoformat()}
            places[month, team] = tuple(found[name] for name in names)
        yield key, *places[month, team], texts[kinds[key - 1]], None


def _tallies(
    standing: Standing, kinds: bytes, facts: dict[int, Facts], progress: Progress
) -> Iterator[tuple[Key, Cells]]:
    """The rows of the tallies, a month at a time: of each team and month the patterns, as often as they occur there."""
    scale, any_place = standing.scale, standing.place(0, 0)
    of_pattern = {
        kind: {key[:2]: cells for key, cells in adds(any_place, one, scale) if key[0] in ALIKE}
        for kind, one in facts.items()
    }
    whole = max(facts.values(), key=lambda one: len(one.sections))  # has every section, so it names every row
    ever: dict[Key, Cells] = {}
    for month, of_month in groupby(each(len(kinds)), key=lambda one: one[1]):
        often: dict[int, Counter[int]] = {}
        for key, _, team, _ in of_month:
            often.setdefault(team, Counter())[kinds[key - 1]] += 1
        found: dict[Key, Cells] = {}
        for team, counts in often.items():
            here: dict[tuple[str, str], Cells] = {}
            for kind, times in counts.items():
                for row_of, cells in of_pattern[kind].items():
                    add(here.setdefault(row_of, {}), cells, times)
            for row, _ in adds(standing.place(month, team), whole, scale):
                like = (row[0] if row[0] in ALIKE else Kind.TEAM.value, row[1])
                if like in here:
                    add((ever if row[3] == ALL_MONTHS else found).setdefault(row, {}), here[like])
        yield from found.items()
        progress.step(month, MONTHS, "months counted")
    yield from ever.items()
