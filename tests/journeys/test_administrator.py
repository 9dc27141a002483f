"""The administrator's first day: units, people and a leaver."""

import pytest

from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
NEW_PASSWORD = "Copper meadow violin 3"


def test_an_administrators_first_day(cast: Cast, served: Served) -> None:
    admin = cast.somebody("admin")
    _make_units(admin)
    link = _invite(admin)
    newcomer = _choose_password(cast, link)
    _give_role(admin)
    _newcomer_begins(newcomer)
    _link_is_used_up(cast, link)
    _forgotten(cast, admin)
    _leaver(cast, admin, served)


def _make_units(admin: Person) -> None:
    admin.reads("Nothing waits for you")
    admin.opens("Your account")
    admin.follows("Units", exact=True)
    admin.presses("Add a unit")
    admin.presses("Add", exact=True, answer=422)
    admin.warned("Enter a name")
    admin.warned("Choose what it is")
    admin.writes("Name", "Care leavers")
    admin.chooses("Team")
    admin.picks("Below which unit", "Service 2")
    admin.presses("Add", exact=True)
    admin.told("Care leavers is added")
    admin.follows("Care leavers")
    admin.writes("Name", "Leaving care team")
    admin.presses("Save")
    admin.reads("Leaving care team")


def _invite(admin: Person) -> str:
    admin.opens("Your account")
    admin.follows("People", exact=True)
    admin.presses("Invite somebody")
    admin.writes("Full name", "Newcomer One")
    admin.writes("Work e-mail address", "newcomer.one")
    admin.presses("Invite", exact=True, answer=422)
    admin.warned("Enter an e-mail address, like name@council.gov.uk")
    admin.writes("Work e-mail address", "newcomer.one@example.test")
    admin.writes("Job title", "Team manager")
    admin.picks("Team that they work in", "Leaving care team")
    admin.presses("Invite", exact=True)
    admin.reads("Whoever opens it first chooses the password")
    link = admin.page.locator(".one-time-link").inner_text()
    admin.presses("Go to Newcomer One")
    admin.reads("Invited, no password yet")
    admin.reads("No role yet")
    return link


def _choose_password(cast: Cast, link: str) -> Person:
    newcomer = cast.stranger().comes(link.removeprefix(cast.address))
    newcomer.reads("You will sign in as Newcomer One")
    newcomer.writes("New password", "newcomer one")
    newcomer.presses("Set password and sign in", answer=422)
    newcomer.writes("New password", NEW_PASSWORD)
    newcomer.presses("Set password and sign in")
    newcomer.told("Your password is set and you are signed in")
    newcomer.reads("Nothing waits for you")
    return newcomer


def _give_role(admin: Person) -> None:
    admin.opens("Give a role")
    admin.chooses("External auditor")
    admin.picks("In which unit", "Service 2")
    admin.presses("Give role", answer=422)
    admin.warned("An external auditor's access must have a last day")
    admin.chooses("Team manager")
    admin.picks("In which unit", "Leaving care team")
    admin.presses("Give role")
    admin.told("Newcomer One is now team manager in Leaving care team")


def _newcomer_begins(newcomer: Person) -> None:
    newcomer.comes("/")
    newcomer.heads("Sign in")
    newcomer.signs_in("newcomer.one@example.test", NEW_PASSWORD)
    newcomer.reads("Nothing to audit now")
    newcomer.follows("Audits", exact=True)
    newcomer.reads("No audit here")
    newcomer.comes("/people", answer=403)
    newcomer.signs_out()


def _link_is_used_up(cast: Cast, link: str) -> None:
    late = cast.stranger().comes(link.removeprefix(cast.address), answer=404)
    late.heads("This link no longer works")


def _forgotten(cast: Cast, admin: Person) -> None:
    forgetful = cast.stranger().comes("/sign-in")
    forgetful.writes("E-mail address", "newcomer.one@example.test")
    forgetful.writes("Password", "not the right one")
    forgetful.presses("Sign in", answer=422)
    forgetful.warned("The e-mail address or password is not right")
    forgetful.follows("I have forgotten my password")
    admin.presses("Make a one-time link")
    link = admin.page.locator(".one-time-link").inner_text()
    forgetful.comes(link.removeprefix(cast.address))
    forgetful.writes("New password", "Ribbon harbour walnut 9")
    forgetful.presses("Set password and sign in")
    forgetful.heads("Your work")


def _leaver(cast: Cast, admin: Person, served: Served) -> None:
    name, email = served.world.people["other_manager"]
    leaver = cast.somebody("other_manager")
    leaver.heads("Your work")
    admin.comes("/people")
    admin.writes("Name or e-mail address", "manager two")
    admin.presses("Search")
    admin.reads("1 person")
    admin.follows(name)
    admin.presses("End account")
    admin.reads("they are signed out everywhere")
    admin.reads("still has work to do")
    admin.presses("End the account", answer=422)
    admin.warned("Ask the audit officer to give it to others")
    admin.writes("Why it ends with this work left", "Dismissed today.")
    admin.presses("End the account")
    admin.told(f"The account of {name} has ended")
    leaver.follows("Audits", exact=True)
    leaver.heads("Sign in")
    leaver.writes("E-mail address", email)
    leaver.writes("Password", "Kettle lantern orchard 7")
    leaver.presses("Sign in", answer=422)
    leaver.warned("The e-mail address or password is not right")
    admin.comes("/people")
    admin.does_not_read(email)
    admin.comes("/record")
