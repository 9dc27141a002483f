"""A contributor of another agency: asked, writing, done; and the lead auditor who reads it and grades."""

import pytest
from playwright.sync_api import expect

from audit_app.clock import today
from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
ASKS = "Look at the visits since the spring."
KNEW = "The school nurse saw the child each month and told the school what helped."
WELL = "The same nurse throughout."
LEADS = "Health knew the child well, and the plan used what it knew."
QUESTION = "Were the parents' or carers' own health services"


def test_somebody_of_another_agency_contributes_and_the_lead_grades(cast: Cast, served: Served) -> None:
    case, audit = served.world.cases["agencies"], served.world.audits["agencies"]
    lead = cast.somebody("manager")
    _asks(lead, case)
    nurse = cast.somebody("contributor")
    _sees_only_what_is_asked(nurse, served, audit)
    _writes(nurse, case)
    _says_done(nurse)
    _reads_and_grades(lead, case)
    nurse.comes(f"/audits/{audit}", answer=403)


def _asks(lead: Person, case: str) -> None:
    lead.presses(f"Start Case {case}")
    lead.reads("Nobody is asked yet.")
    lead.follows("Ask, share or withdraw")
    lead.picks("Agency", "Health")
    lead.picks("Person", "Nurse One")
    lead.writes_day("Until", 1, 1, 2020)
    lead.presses("Ask", exact=True, answer=422)
    lead.warned("The day must be today or later")
    lead.writes_day("Until", today().day, today().month, today().year)
    lead.writes("What you ask of them", ASKS)
    lead.presses("Ask", exact=True)
    lead.told("Nurse One is asked to contribute for Health")
    lead.reads("Not started")


def _sees_only_what_is_asked(nurse: Person, served: Served, audit: int) -> None:
    nurse.reads("To contribute")
    for path in ("/audits", "/measures", f"/audits/{audit}"):
        nurse.comes(path, answer=403)
    nurse.comes("/contributions/2147483647", answer=404)
    nurse.comes("/")
    nurse.does_not_read(served.world.cases["overdue"])


def _writes(nurse: Person, case: str) -> None:
    nurse.presses(f"Start Case {case}")
    nurse.heads("Your contribution for Health")
    nurse.reads(ASKS)
    nurse.reads("What is missing")
    nurse.follows("Health", within=nurse.page.get_by_role("main"), exact=True)
    expect(nurse.page.get_by_role("radio", name="Good")).to_have_count(0)
    nurse.writes("What your agency knew and did", f"Mrs Fictional told us. {KNEW}")
    if nurse.scripts:
        nurse.reads_saved()
    nurse.presses("Save and continue")
    nurse.reads("“Mrs Fictional”: This looks like a person’s name.")
    nurse.writes("What your agency knew and did", KNEW)
    nurse.writes("What worked well", WELL)
    for question in nurse.page.locator(".compliance legend").all_inner_texts():
        nurse.chooses("Yes", group=question)
    nurse.presses("Save and continue")


def _says_done(nurse: Person) -> None:
    nurse.reads("Everything is there.")
    nurse.presses("I am done")
    nurse.told("Your contribution for Health is done")
    nurse.reads(KNEW)
    nurse.reads("You said that you are done")


def _reads_and_grades(lead: Person, case: str) -> None:
    lead.comes("/")
    lead.presses(f"Case {case}")
    lead.follows("Health", within=lead.page.get_by_role("main"), exact=True)
    lead.reads("What Health contributes")
    lead.reads(KNEW)
    lead.reads(WELL)
    lead.reads("The answers of the agency are filled in beneath.")
    expect(lead.group(QUESTION).get_by_role("radio", name="Yes", exact=True)).to_be_checked()
    lead.writes("Evidence", LEADS)
    lead.chooses("Good", exact=True)
    lead.presses("Save and continue")
    lead.follows("All sections")
    lead.reads("Nurse One, until")
    lead.reads("Done")
    expect(lead.page.get_by_role("main").get_by_role("listitem").filter(has_text="Health").first).to_contain_text(
        "Complete"
    )
