"""The external auditor, blind: judging first, seeing then, settling the differences."""

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served
from tests.journeys.world import REASON

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
GOOD, RI = "Good", "Requires improvement to be good"
# The senior moderator overrode the visits; the external auditor differs from what stands in two sections.
GRADES = {
    "Recognition and first response": GOOD,
    "Assessment of safety and suitability": RI,
    "Visits and the voice of the child": RI,
    "Identity, parents and belonging": "Outstanding",
    "Support and a settled future": GOOD,
    "Management oversight": GOOD,
    "Overall judgement": GOOD,
}
AUDITORS_WORDS = "The record shows it, and it made a difference."
WHY = "The carer’s other addresses were never checked."
SUPPORTS = "Does the auditor's evidence support the auditor's grade?"


def test_an_external_auditor_judges_blind_and_settles(cast: Cast, served: Served) -> None:
    external = cast.somebody("external")
    _sees_nothing_of_others(external, served)
    _judges(external, served)
    _commits(external, served)
    _settles(external)
    _finishes(external, served)


def _sees_nothing_of_others(external: Person, served: Served) -> None:
    blind, other = served.world.audits["blind"], served.world.audits["not theirs"]
    external.reads("Give your own grades, blind")
    for path in (f"/audits/{other}", f"/audits/{other}/risk", "/audits/2147483647"):
        external.comes(path, answer=404)
    for path in ("/measures", "/programmes", "/people", "/risks"):
        external.comes(path, answer=403)
    external.comes("/audits")
    external.does_not_read(served.world.cases["not theirs"])
    external.does_not_read(served.world.people["manager"][0])
    external.follows(served.world.cases["blind"])
    _is_blind(external, served)
    external.comes(f"/audits/{blind}")
    _is_blind(external, served)


def _is_blind(external: Person, served: Served) -> None:
    for words in (AUDITORS_WORDS, REASON, served.world.people["manager"][0], served.world.people["senior"][0]):
        external.does_not_read(words)


def _judges(external: Person, served: Served) -> None:
    external.comes("/")
    external.presses(f"Judge Case {served.world.cases['blind']}")
    _is_blind(external, served)
    external.presses("Start: Recognition and first response")
    for number, (section, grade) in enumerate(GRADES.items()):
        external.heads(section)
        _is_blind(external, served)
        external.writes("Your reason", f"{section}: I read the record of the last six months.")
        external.chooses(grade)
        if external.scripts and not number:
            external.reads_saved()
        external.presses("Save and continue")


def _commits(external: Person, served: Served) -> None:
    external.heads("Check your grades of case")
    _is_blind(external, served)
    external.reads("Committing cannot be undone")
    external.presses("Commit my grades")
    external.told("5 are the same as the grades that stand; 2 differ")
    external.reads("Settle each difference")
    external.reads("5 of 7 sections decided")


def _settles(external: Person) -> None:
    external.presses("Go on: Assessment of safety and suitability")
    external.reads(AUDITORS_WORDS)
    external.reads("Differs from the grade that stands")
    external.chooses("Override")
    expect(external.page.get_by_role("group", name="The grade that you give").get_by_label(RI)).to_be_checked()
    external.chooses("A safeguarding concern was missed")
    external.chooses("No", group=SUPPORTS)
    external.writes("Your words to the auditor", WHY)
    external.presses("Save and continue")
    external.heads("Identity, parents and belonging")
    external.chooses("Agree")
    external.presses("Save and continue")
    external.reads("7 of 7 sections decided")
    external.follows("Visits and the voice of the child", exact=True)
    external.reads(REASON)
    external.follows("All sections")


def _finishes(external: Person, served: Served) -> None:
    external.presses("Say how good the audit is")
    for criterion in (
        "Evidence behind each judgement",
        "Analysis rather than compliance",
        "The child's lived experience",
        "Actions that follow",
    ):
        external.chooses("Sound", group=criterion)
    external.chooses("No", group="Did you go through this audit together with its auditor?")
    external.presses("Save and continue")
    external.presses("Check and finish")
    external.reads("6 agreed, 1 overridden")
    external.reads("You judged it blind: Outstanding.")
    external.presses("Finish my moderation")
    external.reads("You finished this moderation on")
    external.follows("Read the whole audit")
    external.reads("Validated")
    external.reads(WHY)
    external.comes(f"/audits/{served.world.audits['not theirs']}", answer=404)
