"""A challenge from the outcome to its end: the auditor, the officer who names, and the head of service who resolves."""

import pytest

from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
WHY = "The plan was changed two days after the visit, and supervision says why."
FOUND = "The change came late, but before any harm was done."
SECTION = "Assessment of safety and suitability"
QUESTION = "Which judgements do you challenge?"


def test_a_challenge_is_raised_given_and_resolved(cast: Cast, served: Served) -> None:
    auditor, officer, head = (cast.somebody(who) for who in ("manager", "officer", "head"))
    _challenges(auditor, served)
    _names(officer, served)
    _resolves(head, served)
    auditor.follows("Your work", exact=True)
    auditor.reads("is resolved. Read which grade stands, and why.")
    auditor.comes(f"/audits/{served.world.audits['outcome']}")
    auditor.reads("Resolves the auditor’s challenge.")
    auditor.reads(FOUND)
    officer.comes("/challenges")
    officer.reads("No challenge is open.")


def _challenges(auditor: Person, served: Served) -> None:
    auditor.comes(f"/audits/{served.world.audits['outcome']}")
    auditor.presses("Challenge a judgement")
    auditor.reads("Their decision is final.")
    auditor.presses("Send the challenge", answer=422)
    auditor.warned("Choose at least one judgement that you challenge")
    auditor.ticks(SECTION, within=auditor.group(QUESTION))
    auditor.writes("Why another grade is right", WHY)
    auditor.presses("Send the challenge")
    auditor.told("Your challenge is sent.")
    auditor.reads("Waits for a resolver")


def _names(officer: Person, served: Served) -> None:
    officer.follows("Your work", exact=True)
    officer.follows("1 challenge")
    officer.reads(served.world.cases["outcome"])
    officer.follows("Name a resolver")
    officer.presses("Name the resolver", answer=422)
    officer.warned("Choose who resolves it")
    officer.picks("Who resolves it", served.world.people["head"][0])
    officer.presses("Name the resolver")
    officer.told("is to resolve this challenge, and is told")


def _resolves(head: Person, served: Served) -> None:
    head.follows("Your work", exact=True)
    head.presses(f"Resolve Case {served.world.cases['outcome']}")
    head.presses(f"Go on: {SECTION}")
    head.reads(WHY)
    head.chooses("Good", group="The grade that stands")
    head.presses("Save and continue")
    head.reads("This is saved, but not complete.")
    head.writes("Why this grade stands", FOUND)
    if head.scripts:
        head.reads_saved()
    head.presses("Save and continue")
    head.heads("Check and resolve the challenge")
    head.reads("how often auditor and moderator agree is not changed by it")
    head.presses("Resolve the challenge")
    head.told("The challenge is resolved.")
    head.reads("This grade stands.")
