"""What the page of a job says."""

import pytest

from audit_app.work.model import State
from audit_app.work.progress import Position
from audit_app.work.situation import WORDS, Seen, Situation, headline, situation


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Seen("waiting", 5, False, False, False), Situation.WAITING),
        (Seen("waiting", 21, False, False, False), Situation.NO_WORKER),
        (Seen("waiting", 900, False, False, True), Situation.WAITING),
        (Seen("running", 900, False, True, True), Situation.RUNNING),
        (Seen("running", 900, True, True, True), Situation.CANCELLING),
        (Seen("running", 900, False, False, True), Situation.LOST),
        (Seen("running", 900, True, False, False), Situation.LOST),
        (Seen("failed", 900, True, False, False), Situation.FAILED),
    ],
)
def test_each_state_is_a_situation_that_somebody_can_understand(seen: Seen, expected: Situation) -> None:
    assert situation(seen) is expected


def test_the_headline_of_running_work_is_its_share_and_every_situation_has_one() -> None:
    assert headline(Situation.RUNNING, Position(34, 100)) == "34% done"
    assert headline(Situation.RUNNING, Position(34)) == headline(Situation.RUNNING, None) == "Working"
    assert set(WORDS) == set(Situation) - {Situation.RUNNING}


def test_every_state_that_is_stored_can_be_shown() -> None:
    assert {state.value for state in State} <= {one.value for one in Situation}
    assert {s.value for s in State if not s.ended} == {s.value for s in Situation if s.goes_on} & {
        s.value for s in State
    }
