"""A briefing: the officer writes and publishes it, an auditor reads it and what was said to them, a peer is refused."""

import pytest

from tests.journeys.person import Cast, Person

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
MESSAGE = "Say what the work came to for the child."


def test_an_officer_publishes_a_briefing_and_an_auditor_learns_from_it(cast: Cast) -> None:
    officer = cast.somebody("officer")
    _writes(officer)
    _publishes(officer)
    _learns(cast.somebody("manager"))
    _is_refused(officer, cast.somebody("other_manager"))


def _writes(officer: Person) -> None:
    officer.comes("/learning/briefings")
    officer.presses("Begin a briefing")
    officer.presses("Begin")
    officer.told("is begun. Nobody else sees it until you publish.")
    officer.writes("The message in one sentence", MESSAGE)
    officer.writes("What moderators changed most often, and why", "Drift was seen, and Manager Two did not weigh it.")
    officer.presses("Save and look at it")
    officer.reads("Does this tell who somebody is?")
    officer.reads("This is the name of somebody known here.")
    officer.writes("What moderators changed most often, and why", "Drift was seen, and not weighed.")
    officer.presses("Save and look at it")
    officer.heads("Check and publish")
    officer.reads("Still empty: what good evidence looked like; what to do differently.")
    officer.presses("Write the briefing")
    officer.writes("What good evidence looked like", "Short, exact, and about the child.")
    officer.writes("What to do differently", "Ask what changed.\nRead the level above.")
    officer.presses("Save and look at it")


def _publishes(officer: Person) -> None:
    officer.heads("Check and publish")
    officer.ticks("I have read all of it, and it tells nobody who a child, a relative, a worker or an auditor is")
    officer.presses("Publish this briefing")
    officer.told("The briefing is published.")


def _learns(manager: Person) -> None:
    manager.comes("/")
    manager.follows("Learning briefing,")
    manager.reads(MESSAGE)
    manager.reads("Read the level above.")
    manager.does_not_read("Take this briefing back")
    assert manager.downloads("Download as PDF").suggested_filename.endswith(".pdf")
    manager.comes("/")
    manager.follows("What your moderators said")
    manager.heads("What your moderators said")
    manager.reads("The record shows drift that was noticed and not acted on.")


def _is_refused(officer: Person, peer: Person) -> None:
    officer.comes("/learning/auditors")
    officer.follows("Manager One")
    officer.heads("What moderators said to Manager One")
    peer.comes(officer.path, answer=403)
