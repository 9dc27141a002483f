"""A practitioner: finds nothing before release, reads what stands of an audit of their work, and replies."""

import pytest

from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
REPLY = "We have written the plan again with the family."


def test_a_practitioner_reads_a_released_outcome_and_replies(cast: Cast, served: Served) -> None:
    case, audit = served.world.cases["outcome"], served.world.audits["outcome"]
    practitioner = cast.somebody("practitioner")
    _finds_nothing_yet(practitioner, audit, case)
    officer = cast.somebody("officer")
    officer.comes(f"/audits/{audit}")
    officer.follows("Release the outcome to the practitioner and the team manager")
    officer.reads("The team’s manager: Manager Two")
    officer.presses("Release it")
    officer.told("The outcome is released")
    _reads_and_replies(practitioner, served, case)
    auditor = cast.somebody("manager")
    auditor.reads("Replies to outcomes")
    auditor.follows(f"Case {case}", within=auditor.page.get_by_role("listitem").filter(has_text="replied on"))
    auditor.reads(REPLY)


def _finds_nothing_yet(practitioner: Person, audit: int, case: str) -> None:
    practitioner.reads("No outcome waits for you.")
    practitioner.follows("Outcomes")
    practitioner.reads("No outcome is released yet.")
    practitioner.comes(f"/audits/{audit}", answer=403)
    practitioner.comes("/")
    practitioner.does_not_read(case)


def _reads_and_replies(practitioner: Person, served: Served, case: str) -> None:
    practitioner.comes("/")
    practitioner.presses(f"Read Case {case}")
    practitioner.heads(f"Outcome of the audit of case {case}")
    practitioner.reads("These are the judgements that stand")
    practitioner.does_not_read("Overridden")
    practitioner.does_not_read("Senior One")
    practitioner.does_not_read(served.world.cases["to void"])
    practitioner.writes("Your reply", f"Mrs Fictional helped. {REPLY}")
    practitioner.presses("Send the reply", answer=422)
    practitioner.reads("This looks like a person’s name.")
    practitioner.writes("Your reply", REPLY)
    practitioner.presses("Send the reply")
    practitioner.told("Your reply is sent")
    practitioner.reads(REPLY)
