"""Tests of checkpoints as they are printed and read again."""

import pytest

from audit_app.history.checkpoint import Checkpoint, parse, take
from tests.history.samples import START

ROOT = "ab" * 32


def test_a_checkpoint_is_four_lines() -> None:
    assert str(take("northmere", 12, ROOT, START)) == f"northmere\n12\n{ROOT}\n2026-04-01T09:30:00.000000Z\n"


def test_a_file_of_checkpoints_is_read_again() -> None:
    kept = [take("northmere", size, ROOT, START) for size in (0, 5, 12)]
    assert parse("\n".join(map(str, kept))) == kept
    assert parse("\r\n".join("\n".join(map(str, kept)).split("\n")) + "\r\n\r\n") == kept


@pytest.mark.parametrize("empty", ["", "\n", " \n\n"])
def test_an_empty_file_holds_none(empty: str) -> None:
    assert parse(empty) == []


@pytest.mark.parametrize(
    "text",
    [
        "northmere",
        f"northmere\n-1\n{ROOT}\nthen",
        f"northmere\n12\n{ROOT[:-1]}\nthen",
        f"northmere\n12\n{ROOT.upper()}\nthen",
        f"northmere\n12\n{ROOT}",
        f"northmere\n12\n{ROOT}\nthen\n- signed",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    good = Checkpoint("northmere", 3, ROOT, "then")
    with pytest.raises(ValueError, match="checkpoint 2 is not four lines"):
        parse(f"{good}\n{text}")


@pytest.mark.parametrize("origin", ["", "  ", "two\nlines"])
def test_an_origin_is_one_line(origin: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        take(origin, 1, ROOT, START)
