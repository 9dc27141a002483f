"""The head of service: alerts at once, audits read, one made void, a moderation reopened, and the figures."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served
from tests.journeys.world import CONCERN, REASON

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
NEW_CONCERN = "The child did not come back from school and nobody has been told."
BECAUSE = "The wrong case was opened: the record read belongs to another child."


def test_a_head_of_service_hears_reads_and_decides(cast: Cast, served: Served) -> None:
    head = cast.somebody("head")
    _closes_an_alert(head, served)
    _hears_of_another_at_once(cast, head, served)
    before = _counted(head)
    _makes_void(head, served)
    assert _counted(head) == before - 1
    _reopens(head, served)
    _looks_behind_a_figure(head)
    _moderator_is_asked_again(cast, served)


def _closes_an_alert(head: Person, served: Served) -> None:
    head.reads("1 child may be at risk now")
    head.presses("Open the alerts")
    head.reads(CONCERN)
    head.presses(f"Say what was done about case {served.world.cases['at risk']}")
    head.presses("Close the alert", answer=422)
    head.warned("Say what was done")
    head.writes("What was done", "The duty team visited within the hour and the child stays with an aunt.")
    head.presses("Close the alert")
    head.told("The alert is closed")
    head.reads("No alert is open")


def _hears_of_another_at_once(cast: Cast, head: Person, served: Served) -> None:
    manager = cast.somebody("manager")
    manager.comes(f"/audits/{served.world.audits['overdue']}/risk")
    manager.writes("What worries you", NEW_CONCERN)
    manager.presses("Raise the alert")
    head.follows("Your work", exact=True)
    head.reads("1 child may be at risk now")
    head.reads("For 1 alert nobody is recorded as told yet")
    head.presses("Open the alerts")
    head.reads(NEW_CONCERN)


def _counted(head: Person) -> int:
    head.follows("Measures", exact=True)
    words = head.page.get_by_text("Everything is counted over").inner_text()
    found = re.search(r"counted over (\d+) audits", words)
    assert found is not None, words
    return int(found[1])


def _makes_void(head: Person, served: Served) -> None:
    head.follows("Audits", exact=True)
    head.writes("Case reference", served.world.cases["to void"])
    head.presses("Apply filters")
    head.reads("1 audit")
    head.follows(served.world.cases["to void"], exact=True)
    head.reads("Handed in")
    head.presses("Make void")
    head.presses("Make void", answer=422)
    head.warned("Say why it is void")
    head.writes("Why it is void", BECAUSE)
    head.picks("Who agrees to it", "Senior One")
    head.presses("Make void")
    head.told("is void and counts no longer")
    head.reads(BECAUSE)
    expect(head.page.get_by_role("button", name="Make void")).to_have_count(0)


def _reopens(head: Person, served: Served) -> None:
    head.comes(f"/audits/{served.world.audits['to reopen']}")
    head.reads(REASON)
    head.follows("What the senior moderator says of the audit itself")
    head.presses("Reopen the moderation")
    head.presses("Reopen", answer=422, exact=True)
    head.warned("Say why it is reopened")
    head.writes("Why it is reopened", "A report of the school came to light that both did not have.")
    head.presses("Reopen", exact=True)
    head.told("is open again, with Senior One")
    head.reads("Moderation reopened")


def _looks_behind_a_figure(head: Person) -> None:
    head.follows("Measures", exact=True)
    head.follows("See audits behind: Good or better, as audited")
    head.reads("The audits behind a figure")
    head.reads("that you may open")
    head.follows("Measures", exact=True)
    head.follows("What each figure means")
    head.heads("What each figure means")


def _moderator_is_asked_again(cast: Cast, served: Served) -> None:
    senior = cast.somebody("senior")
    senior.presses(f"Moderate Case {served.world.cases['to reopen']}")
    senior.reads("This moderation was reopened.")
    senior.reads("A report of the school came to light")
