"""The senior moderator: agreeing, overriding with a reason, saying how good the audit is, and sending one back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
WHY = "The risk of the new partner was known in week one and weighed in week five."
SUPPORTS = "Does the auditor's evidence support the auditor's grade?"
CRITERIA = (
    "Evidence behind each judgement",
    "Analysis rather than compliance",
    "The child's lived experience",
    "Actions that follow",
)
MISSING = "Say what the visit in the second week changed for the child."


def test_a_senior_moderators_afternoon(cast: Cast, served: Served) -> None:
    senior = cast.somebody("senior")
    _decides(senior, served)
    _says_how_good_the_audit_is(senior)
    _finishes(senior)
    _sends_back(senior, served)
    _auditor_completes(cast, served)
    senior.comes("/")
    senior.presses(f"Moderate Case {served.world.cases['to send back']}")
    senior.reads("0 of 7 sections decided")


def _decides(senior: Person, served: Served) -> None:
    senior.presses(f"Moderate Case {served.world.cases['to moderate']}")
    senior.reads("0 of 7 sections decided")
    senior.presses("Go on: Recognition and first response")
    senior.reads("The record shows it, and it made a difference.")
    senior.chooses("Agree")
    senior.presses("Save and continue")
    senior.heads("Assessment of safety and suitability")
    senior.chooses("Override")
    senior.presses("Save and continue")
    senior.reads("Your decision is saved, but not complete.")
    senior.chooses("Requires improvement to be good", group="The grade that you give")
    senior.chooses("The impact on the child was not considered")
    senior.chooses("No", group=SUPPORTS)
    senior.writes("Your words to the auditor", WHY)
    if senior.scripts:
        senior.reads_saved()
    senior.presses("Save and continue")
    senior.heads("Visits and the voice of the child")
    senior.follows("All sections")
    senior.reads("2 of 7 sections decided")
    senior.reads("once you have opened every section")
    for section in (
        "Identity, parents and belonging",
        "Support and a settled future",
        "Management oversight",
        "Overall judgement",
    ):
        senior.follows(section, exact=True)
        senior.heads(section)
    senior.follows("All sections")
    senior.presses("Agree with all remaining")
    senior.told("You agree with 5 sections")
    senior.reads("7 of 7 sections decided")


def _says_how_good_the_audit_is(senior: Person) -> None:
    senior.presses("Say how good the audit is")
    senior.chooses("Sound", group=CRITERIA[0])
    senior.presses("Save and continue")
    senior.reads("Still to answer")
    for criterion in CRITERIA[1:]:
        senior.chooses("Strong enough to learn from", group=criterion)
    senior.chooses("Yes", group="Did you go through this audit together with its auditor?")
    senior.writes("What would make the next audit better", "Say who saw the change, and how they know.")
    senior.presses("Save and continue")
    senior.reads("Everything is there")


def _finishes(senior: Person) -> None:
    senior.presses("Check and finish")
    senior.reads("6 agreed, 1 overridden")
    senior.reads(WHY)
    senior.reads("you cannot change them any more, unless a head of service reopens")
    senior.presses("Finish my moderation")
    senior.reads("You finished this moderation on")
    senior.follows("Read the whole audit")
    senior.reads("Overridden")


def _sends_back(senior: Person, served: Served) -> None:
    senior.follows("Your work", exact=True)
    senior.presses(f"Moderate Case {served.world.cases['to send back']}")
    senior.follows("send it back to its auditor")
    senior.presses("Continue", answer=422)
    senior.warned("Say what is missing")
    senior.writes("What is missing", MISSING)
    senior.presses("Continue")
    senior.heads("Check before you send back")
    senior.reads(MISSING)
    senior.presses("Send back")
    senior.told("is sent back to its auditor")
    senior.follows("Your work", exact=True)
    senior.reads("Waits for its auditor: you sent it back")


def _auditor_completes(cast: Cast, served: Served) -> None:
    auditor = cast.somebody("manager")
    expect(auditor.page.locator(".work-list__title").first).to_contain_text(served.world.cases["to send back"])
    auditor.reads("Sent back to you")
    auditor.presses(f"Complete Case {served.world.cases['to send back']}")
    auditor.reads(MISSING)
    auditor.follows("Visits and the voice of the child", exact=True)
    auditor.reads("Your grade stays as you first handed it in")
    auditor.writes("Evidence", "After the visit in the second week the child slept in a bed of their own.")
    auditor.presses("Save and continue")
    auditor.follows("All sections")
    auditor.presses("Check and hand in")
    auditor.presses("Hand in")
    auditor.told("is handed in")
