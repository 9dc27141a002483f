"""A round in which audits are late: the audit officer chases, and the auditor finds it."""

import pytest

from audit_app.auditing.model import Audit
from audit_app.db import db
from tests.journeys.person import Cast
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]


def test_late_audits_are_chased_once_with_the_words_in_sight(cast: Cast, served: Served) -> None:
    with served.within():
        round_id = db.session.get_one(Audit, served.world.audits["overdue"]).round_id
    officer = cast.somebody("officer")
    officer.comes(f"/rounds/{round_id}")
    officer.reads("not handed in, and the due day has passed")
    officer.follows("Chase Manager One")
    officer.heads("Chase late audits")
    officer.reads("Hello Manager One,")
    officer.presses("Send to Manager One")
    officer.told("1 auditor is chased for")
    officer.reads("Today")
    officer.comes(f"/rounds/{round_id}/chase")
    officer.reads("Manager One was chased today. You can chase again on the next working day.")
    manager = cast.somebody("manager")
    manager.reads("The audit officer asks for your audit of case")
    manager.follows("new message")
    manager.heads("Your messages")
    manager.reads("The audit officer asks for your audit of case")
    manager.presses("Mark as read")
    manager.comes("/")
    manager.does_not_read("The audit officer asks for your audit of case")
