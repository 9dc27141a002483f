"""Somebody leaves: the administrator asks, the audit officer moves what they hold, and then the account ends."""

import pytest
from sqlalchemy import select

from audit_app.db import db
from audit_app.handover.queries import held_by
from audit_app.identity.model import Person as Account
from tests.journeys.person import Cast
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]


def holds(served: Served, who: str) -> tuple[int, set[str]]:
    """Somebody's id, and the kinds of work that they hold."""
    with served.within():
        email = served.world.people[who][1]
        person = db.session.execute(select(Account).where(Account.email == email)).scalar_one()
        return person.id, {one.work.value for one in held_by(person.id)}


def test_an_officer_handles_a_leaver(cast: Cast, served: Served) -> None:
    senior, kinds = holds(served, "senior")
    assert "moderation" in kinds
    admin = cast.somebody("admin")
    admin.comes(f"/people/{senior}")
    admin.presses("End account")
    admin.reads("still has work to do")
    admin.presses("End the account", answer=422)
    admin.warned("Ask the audit officer to give it to others")
    admin.follows("Ask the audit officer to give this work to others")
    admin.reads("You see how much there is, and no case.")
    admin.presses("Ask the audit officer to give it to others")
    admin.told("The audit officer is asked")
    officer = cast.somebody("officer")
    officer.follows("leaves. Give their work to others")
    officer.heads("What the account of")
    officer.presses("Give these moderations to others")
    officer.reads("Who would get what")
    officer.presses("to others", answer=422)
    officer.warned("Say why they go to others")
    officer.writes("Why they go to others", "They leave the council.")
    officer.presses("to others")
    officer.told("given to others")
    admin.comes(f"/people/{senior}/end")
    admin.does_not_read("still has work to do")
    admin.presses("End the account")
    admin.told("has ended. They are signed out everywhere.")
