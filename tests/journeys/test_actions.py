"""Whoever owns an action for a child, and the auditor who verifies that it is done."""

import pytest

from audit_app.actions.model import ChildAction
from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.identity.model import Person as Somebody
from tests.actions import doing
from tests.calibration import doing as calibrating
from tests.journeys.person import Cast
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
SEEN = "Seen alone on Monday; the note of that day says what the child wants."
MISSING = "The note does not say what will change. Add that."
CHANGED = "Added: the plan has one more visit a month."


def _given(served: Served) -> ChildAction:
    world = served.world
    people = {who: db.session.query(Somebody).filter_by(email=world.people[who][1]).one() for who in world.people}
    made = calibrating.authority_again(people)
    return doing.given(made, made.other_manager, db.session.get_one(Audit, world.audits["outcome"]))


def test_an_action_is_done_sent_back_done_again_and_verified(cast: Cast, served: Served) -> None:
    with served.within():
        one = _given(served).id
    owner = cast.somebody("other_manager")
    owner.comes("/")
    owner.reads("See the child alone.")
    owner.comes("/actions/yours")
    owner.follows("See the child alone.")
    owner.presses("Say that it is done")
    owner.presses("Say that it is done", answer=422)
    owner.warned("Say what was done, and where the record shows it")
    owner.writes("What was done, and where does the record show it?", SEEN)
    owner.presses("Say that it is done")
    owner.reads("Said done")
    auditor = cast.somebody("manager")
    auditor.comes(f"/actions/{one}/check")
    auditor.reads(SEEN)
    auditor.chooses("No, something is missing")
    auditor.writes("What did you see, or what is missing?", MISSING)
    auditor.presses("Send your answer")
    auditor.reads("Not accepted as done")
    owner.comes(f"/actions/{one}/done")
    owner.writes("What was done, and where does the record show it?", CHANGED)
    owner.presses("Say that it is done")
    auditor.comes(f"/actions/{one}/check")
    auditor.chooses("Yes, I have seen what shows it")
    auditor.presses("Send your answer")
    auditor.reads("Verified done")
    for words in (SEEN, MISSING, CHANGED):
        auditor.reads(words)
