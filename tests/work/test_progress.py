"""Saying how far a piece of work is."""

import pytest

from audit_app.work.progress import Cancelled, Interrupted, Position, Progress


@pytest.mark.parametrize(
    ("position", "percent", "words"),
    [
        (Position(34_000, 100_000, "rows"), 34, "34,000 of 100,000 rows"),
        (Position(99_999, 100_000, "rows"), 99, "99,999 of 100,000 rows"),
        (Position(7, 7, ""), 100, "7 of 7"),
        (Position(9, 7), 100, "9 of 7"),
        (Position(0, 0, "rows"), None, "0 of 0 rows"),
        (Position(1200, None, "rows read"), None, "1,200 rows read"),
        (Position(0, None, "Opening the file"), None, "Opening the file"),
    ],
)
def test_a_position_is_said_in_words_and_never_as_done_before_it_is(
    position: Position, percent: int | None, words: str
) -> None:
    assert (position.percent, position.words) == (percent, words)


def test_steps_are_said_at_most_twice_a_second() -> None:
    moment, said = [0.0], list[int]()
    progress = Progress(lambda position: said.append(position.done), clock=lambda: moment[0])
    for step in range(100):
        moment[0] = step / 50
        progress.step(step, 100)
    assert said == [0, 25, 50, 75]


def test_a_step_is_where_the_work_ends_when_somebody_wants_it_to() -> None:
    wanted: list[type[Interrupted]] = []
    progress = Progress(why_to_end=lambda: wanted[0] if wanted else None)
    progress.end_if_asked()
    wanted.append(Cancelled)
    with pytest.raises(Cancelled):
        progress.step(1)


def test_no_handler_of_errors_in_the_work_can_swallow_its_end() -> None:
    assert not issubclass(Cancelled, Exception)
