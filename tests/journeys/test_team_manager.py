"""The team manager: an audit begun, interrupted, taken up again, handed in, and answered."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from audit_app.clock import now
from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served
from tests.journeys.world import REASON

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
VIEWS = "She said that she wants to see her grandmother every week, and the plan now says so."
MINE = "Her attendance rose from half to nearly all since the mentor began."
OTHER = "The bedtime routine held for six weeks."
FEEDBACK = "The father said that the visits were regular and that he was listened to."
MORE_FEEDBACK = "The child drew what changed at home."
VOICE = "Voice and lived experience of the child"
QUESTIONS = (
    "Are the child's views, or observations of a child who does not use speech",
    "Did the child take part in the latest review or conference",
    "Where entitled to one, was the child offered an advocate",
    "Is it recorded that someone explained the latest important decision",
)


def test_a_team_managers_audit_from_the_first_look_to_the_reply(cast: Cast, served: Served) -> None:
    manager = cast.somebody("manager")
    _finds_the_audit(manager, served)
    manager = _works_through_a_section(manager, served)
    _two_tabs(manager)
    _is_interrupted(manager, served)
    _answers_what_limits_the_grade(manager)
    _raises_an_alert(manager)
    _hands_in(manager, served)
    _answers_the_outcome(manager, served)


def _finds_the_audit(manager: Person, served: Served) -> None:
    expect(manager.page.locator(".work-list__title").first).to_contain_text(served.world.cases["overdue"])
    manager.reads("working days late")
    manager.presses(f"Go on Case {served.world.cases['begun']}")
    manager.heads(f"Audit of case {served.world.cases['begun']}")
    manager.reads("16 of 19 sections complete")
    manager.comes(f"/audits/{served.world.audits['begun']}/hand-in")
    manager.reads("things to do before you can hand in")
    manager.follows("Voice and lived experience of the child: choose a grade")
    manager.heads("Voice and lived experience of the child")
    _stands_at(manager, "grade")


def _stands_at(manager: Person, place: str) -> None:
    assert manager.page.url.endswith(f"#{place}")
    expect(manager.page.locator(f"#{place}")).to_be_in_viewport()


def _works_through_a_section(manager: Person, served: Served) -> Person:
    manager.writes("Evidence", f"Mrs Fictional told us. {VIEWS}")
    manager.chooses("Good")
    if manager.scripts:
        manager.reads_saved()
        manager.page.close()
        manager = manager.another_tab().comes("/")
        manager.presses(f"Go on Case {served.world.cases['begun']}")
        manager.follows(VOICE, exact=True)
        expect(manager.box("Evidence")).to_have_value(f"Mrs Fictional told us. {VIEWS}")
        expect(manager.page.get_by_role("radio", name="Good", exact=True)).to_be_checked()
    manager.presses("Save and continue")
    manager.reads("Does this tell who somebody is?")
    manager.reads("“Mrs Fictional”: This looks like a person’s name.")
    manager.writes("Evidence", VIEWS)
    for question in QUESTIONS:
        manager.chooses("Yes", group=question)
    manager.presses("Save and continue")
    manager.heads("Identity, culture, disability and equality")
    return manager


def _two_tabs(manager: Person) -> None:
    manager.follows("Impact: the difference made", exact=True)
    other = manager.another_tab().comes(manager.path)
    manager.writes("Evidence", MINE)
    manager.presses("Save and continue")
    other.writes("Evidence", OTHER)
    other.chooses("Good")
    if other.scripts:
        expect(other.page.locator("[data-autosave-status]")).to_contain_text("Nothing that you typed is lost")
    other.presses("Save and continue", answer=409)
    other.reads("What is stored now")
    other.reads(MINE)
    expect(other.box("Evidence")).to_have_value(OTHER)
    other.writes("Evidence", f"{MINE} {OTHER}")
    other.presses("Save and continue")
    other.heads("The practitioner's reflection")
    other.page.close()


def _is_interrupted(manager: Person, served: Served) -> None:
    manager.follows("Feedback from the child and family", exact=True)
    if manager.scripts:
        served.hours_pass(2)
        manager.writes("What was said", FEEDBACK)
        expect(manager.page.locator("[data-autosave-status]")).to_contain_text("Your session has ended")
        manager.follows("Sign in again")
        manager.signs_in(served.world.people["manager"][1])
        manager.heads("Feedback from the child and family")
        expect(manager.box("What was said")).to_have_value(FEEDBACK)
        manager.reads_saved()
    served.hours_pass(2)
    manager.writes("What was said", f"{FEEDBACK} {MORE_FEEDBACK}")
    manager.chooses("Yes", group="Was feedback obtained from the family or child?")
    manager.presses("Save and continue", answer=401)
    manager.heads("Sign in again to go on")
    manager.signs_in(served.world.people["manager"][1])
    manager.heads("You are signed in, and what you typed is kept")
    manager.reads(MORE_FEEDBACK)
    manager.presses("Save what I typed")
    manager.heads("Overall judgement")
    manager.follows("Feedback from the child and family", exact=True)
    expect(manager.box("What was said")).to_have_value(f"{FEEDBACK} {MORE_FEEDBACK}")


def _answers_what_limits_the_grade(manager: Person) -> None:
    manager.follows("All sections")
    manager.reads("1 thing to do before you can hand in")
    manager.follows("Overall judgement: change a grade, or say why this is right")
    _stands_at(manager, "limit-safety_not_yet_good")
    manager.writes("Why your grade is right all the same", "The one gap in risk was found and closed within a day.")
    manager.presses("Save and continue")
    manager.follows("Audit of case")
    manager.reads("Everything is there")


def _raises_an_alert(manager: Person) -> None:
    manager.presses("A child may be at risk now")
    manager.presses("Raise the alert", answer=422)
    manager.warned("Say what worries you")
    manager.writes("What worries you", "The child said that an adult who must stay away slept in the home last night.")
    manager.presses("Raise the alert")
    manager.told("The head of service and the audit officer see it now")
    manager.reads("Say whom you told, and when, before you hand in")
    expect(manager.page.get_by_role("button", name="Check and hand in")).to_have_count(0)
    manager.follows("say whom you told, and when")
    yesterday = now().date() - dt.timedelta(days=1)
    manager.writes("Whom you told", "Duty manager")
    manager.writes_day("The day you told them", yesterday.day, yesterday.month, yesterday.year)
    manager.writes("The time", "soon after")
    manager.presses("Save", answer=422)
    manager.warned("Enter a time, such as 2:15pm")
    manager.writes("The time", "2:15pm")
    manager.presses("Save")
    manager.told("It is recorded whom you told, and when")


def _hands_in(manager: Person, served: Served) -> None:
    manager.presses("Check and hand in")
    manager.reads(f"{MINE} {OTHER}")
    manager.reads("you cannot change it any more")
    manager.presses("Hand in")
    manager.told("is handed in")
    manager.reads("on time")
    manager.follows("Your work", exact=True)
    expect(manager.page.get_by_role("button", name=f"Case {served.world.cases['begun']}")).to_have_count(0)


def _answers_the_outcome(manager: Person, served: Served) -> None:
    manager.follows(f"Case {served.world.cases['outcome']}")
    manager.reads("Overridden")
    manager.reads(REASON)
    manager.presses("Reply to the outcome")
    manager.presses("Send reply", answer=422)
    manager.warned("Write your reply")
    manager.writes("Your reply", "I had not seen the visit of the second week. I agree now.")
    manager.presses("Send reply")
    manager.told("Your reply is recorded, beside the outcome")
    manager.reads("I had not seen the visit of the second week")
    manager.follows("Your work", exact=True)
    manager.reads("You have replied")
