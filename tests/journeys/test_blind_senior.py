"""The senior manager, blind: judging before any grade is seen, then both side by side, difference by difference."""

import pytest
from playwright.sync_api import expect

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.identity.model import Person as Account
from tests.calibration.doing import authority_again
from tests.journeys import world
from tests.journeys.person import Cast, Person, Way
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
GOOD, RI = "Good", "Requires improvement to be good"
GRADES = {
    "Recognition and first response": GOOD,
    "Assessment of safety and suitability": RI,
    "Visits and the voice of the child": "Outstanding",
    "Identity, parents and belonging": GOOD,
    "Support and a settled future": GOOD,
    "Management oversight": GOOD,
    "Overall judgement": RI,
}
AUDITORS_WORDS = "The record shows it, and it made a difference."
WHY = "What the record says of the new partner was never weighed."
SUPPORTS = "Does the auditor's evidence support the auditor's grade?"
CRITERIA = ("Evidence behind each judgement", "Analysis rather than compliance", "The child's lived experience")


@pytest.mark.parametrize("way", [Way.KEYBOARD, Way.PLAIN], ids=lambda way: way.value, indirect=True)
def test_a_senior_manager_judges_blind_sees_and_settles(cast: Cast, served: Served) -> None:
    with served.within():
        _is_drawn(served)
    senior = cast.somebody("senior")
    _judges_blind(senior, served)
    _sees_both_side_by_side(senior, served)
    _settles(senior)
    _says_how_good_the_audit_is(senior)
    _finishes(senior)
    _auditor_reads_both_grades(cast.somebody("manager"), served)


def _is_drawn(served: Served) -> None:
    accounts = {
        who: db.session.scalars(db.select(Account).filter_by(email=email)).one()
        for who, (_, email) in served.world.people.items()
    }
    audit = db.session.get_one(Audit, served.world.audits["not theirs"])
    world.given(authority_again(accounts), audit, accounts["senior"], blind=True)


def _is_blind(senior: Person, served: Served) -> None:
    for words in (AUDITORS_WORDS, served.world.people["manager"][0]):
        senior.does_not_read(words)


def _judges_blind(senior: Person, served: Served) -> None:
    senior.comes("/")
    senior.presses(f"Moderate Case {served.world.cases['not theirs']}")
    senior.reads("You judge this case blind.")
    _is_blind(senior, served)
    senior.comes(f"/audits/{served.world.audits['not theirs']}")
    _is_blind(senior, served)
    senior.comes("/")
    senior.presses(f"Moderate Case {served.world.cases['not theirs']}")
    senior.presses("Start: Recognition and first response")
    for section, grade in GRADES.items():
        senior.heads(section)
        _is_blind(senior, served)
        senior.writes("Your reason", f"{section}: read in the record of the last six months.")
        senior.chooses(grade)
        senior.presses("Save and continue")
    senior.heads("Check your grades of case")
    _is_blind(senior, served)
    senior.presses("Commit my grades")


def _sees_both_side_by_side(senior: Person, served: Served) -> None:
    senior.told("4 are the same as the grades that stand; 3 differ")
    senior.reads("4 of 7 sections decided")
    senior.reads(served.world.people["manager"][0])
    senior.presses("Go on: Assessment of safety and suitability")
    senior.reads(AUDITORS_WORDS)
    senior.reads("Differs from the grade that stands")
    senior.reads("Assessment of safety and suitability: read in the record of the last six months.")


def _settles(senior: Person) -> None:
    senior.chooses("Override")
    senior.presses("Save and continue")
    senior.reads("Your decision is saved, but not complete.")
    expect(senior.page.get_by_role("group", name="The grade that you give").get_by_label(RI)).to_be_checked()
    senior.chooses("The impact on the child was not considered")
    senior.chooses("No", group=SUPPORTS)
    senior.writes("Your words to the auditor", WHY)
    senior.presses("Save and continue")
    for section in ("Visits and the voice of the child", "Overall judgement"):
        senior.heads(section)
        senior.chooses("Agree")
        senior.presses("Save and continue")
    senior.reads("7 of 7 sections decided")
    expect(senior.page.get_by_role("button", name="Agree with all remaining")).to_have_count(0)


def _says_how_good_the_audit_is(senior: Person) -> None:
    senior.presses("Say how good the audit is")
    for criterion in (*CRITERIA, "Actions that follow"):
        senior.chooses("Sound", group=criterion)
    senior.chooses("No", group="Did you go through this audit together with its auditor?")
    senior.presses("Save and continue")
    senior.reads("Everything is there")


def _finishes(senior: Person) -> None:
    senior.presses("Check and finish")
    senior.reads("6 agreed, 1 overridden")
    senior.reads("You judged it blind: Outstanding.")
    senior.presses("Finish my moderation")
    senior.reads("You finished this moderation on")
    senior.reads("Blind, then settled")


def _auditor_reads_both_grades(auditor: Person, served: Served) -> None:
    auditor.comes(f"/audits/{served.world.audits['not theirs']}")
    auditor.reads("Overridden")
    auditor.reads(WHY)
