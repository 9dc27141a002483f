"""The audit officer's month: list in, round open, sample, allocation, chasing, moderators, report."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from audit_app.auditing.model import Audit
from audit_app.cases.generating import TeamHolds, generate_rows
from audit_app.cases.writing import annex_a_workbook
from audit_app.clock import today
from audit_app.db import db
from audit_app.programmes.model import Round
from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
CATEGORIES = ("looked_after", "child_protection", "child_in_need", "open_assessment", "closed", "care_leaver")
UNKNOWN = "Duty and advice"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A month's case list with the faults of real ones, and a team of which nobody has heard."""
    teams = [TeamHolds(name, CATEGORIES) for name in ("Team 11", "Team 12", "Team 21", UNKNOWN)]
    children = generate_rows(teams, seed=7, today=today(), size=160)
    file = tmp_path / "annex-a.xlsx"
    file.write_bytes(annex_a_workbook(children, taken_on=today(), dirty=True, authority="Northmere"))
    return file


def test_an_audit_officers_first_of_the_month(cast: Cast, served: Served, workbook: Path) -> None:
    officer = cast.somebody("officer")
    _says_what_the_columns_of_another_list_hold(officer, workbook.with_name("other.csv"))
    _loads_a_list(officer, workbook)
    _says_which_team_it_is(officer)
    _opens_a_round(officer)
    _draws_a_sample(officer)
    _allocates(officer)
    _gives_one_to_somebody_else(officer)
    _chases(officer, served)
    _draws_for_moderation(officer)
    _gives_by_hand(officer)
    _reads_the_report(officer)
    _takes_the_pairs(officer, served)


def _says_what_the_columns_of_another_list_hold(officer: Person, file: Path) -> None:
    file.write_text("Nr,Work,Where,Postcode\n9001,Child in need plan,Team 11,NM1 2AB\n9002,,Team 11,NM1 2AB\n")
    officer.follows("Rounds", exact=True)
    officer.follows("Case lists", exact=True)
    officer.presses("Load a case list")
    officer.hands_over("Workbook or CSV file", file)
    officer.presses("Read the file")
    officer.heads("What do the columns hold?")
    officer.does_not_read("NM1 2AB")
    officer.presses("Remember this and read the list", answer=422)
    officer.warned("Say which column holds the child’s reference")
    for column, holds in (("Nr", "Child’s reference"), ("Work", "Case status"), ("Where", "Team")):
        officer.picks(column, holds)
    officer.presses("Remember this and read the list")
    officer.reads("The columns were read as you said for “other”")
    officer.reads("1 row, until what they lack is known")
    officer.presses("Cancel")
    officer.told("was not loaded, and nothing of it is kept")


def _loads_a_list(officer: Person, workbook: Path) -> None:
    officer.presses("Load a case list")
    officer.presses("Read the file", answer=422)
    officer.warned("Choose a file")
    letter = workbook.with_name("a letter.xlsx")
    letter.write_text("Dear colleague, the list follows by post.")
    officer.hands_over("Workbook or CSV file", letter)
    officer.presses("Read the file", answer=422)
    officer.warned("it is not a workbook. Save it again in the right format")
    officer.hands_over("Workbook or CSV file", workbook)
    officer.presses("Read the file")
    officer.reads("Nothing is stored as a case yet")
    officer.reads("What is left out to protect people")
    officer.follows("See them the rows that would be held")
    officer.reads("These rows lack something")
    officer.follows("Check the list of")
    officer.presses("Load this case list")
    officer.told("The case list is loaded")
    officer.reads("Why rows were held or refused")
    officer.follows("Held (")
    officer.reads("These rows lack something")
    officer.follows("Refused (")
    officer.reads("These rows cannot be cases")


def _says_which_team_it_is(officer: Person) -> None:
    officer.follows("Teams", within=officer.page.get_by_role("main"))
    officer.picks(UNKNOWN, "Team 22")
    officer.presses("Save")
    officer.told("The teams are set.")
    officer.reads("Team 22")


def _opens_a_round(officer: Person) -> None:
    officer.follows("Rounds", exact=True)
    officer.presses("Open a round of Monthly case-file audit")
    officer.picks("Case list", "Taken on")
    officer.presses("Open round")
    officer.told("is open. Audits fall due on")
    officer.reads("No audit yet")


def _draws_a_sample(officer: Person) -> None:
    officer.presses("Draw a sample")
    officer.presses("See what would be drawn", answer=422)
    officer.warned("Enter how many cases to draw")
    officer.writes("Number of cases", "9")
    officer.writes("Seed", "first of the month")
    officer.presses("See what would be drawn")
    officer.reads("9 cases would be drawn. Nothing is kept yet.")
    officer.reads("first of the month")
    officer.presses("Draw these 9 cases")
    officer.told("The sample of 9 cases is drawn and kept")
    officer.reads("gave the same cases")


def _allocates(officer: Person) -> None:
    officer.presses("Give cases to auditors")
    for name in ("Manager One", "Manager Two", "Manager Three"):
        officer.ticks(name)
    officer.presses("See who would get what")
    officer.reads("9 cases would go to 3 auditors")
    for row in ("Manager One", "Manager Two", "Manager Three"):
        expect(officer.page.get_by_role("table", name="Auditors").get_by_role("row", name=row)).to_contain_text("3")
    officer.picks("Auditor of case", "Senior Two")
    officer.presses("Show the loads with my changes")
    officer.reads("9 cases would go to 4 auditors")
    officer.presses("Give out 9 audits")
    officer.reads("0 of 9 audits handed in")


def _gives_one_to_somebody_else(officer: Person) -> None:
    officer.follows("the auditor of case")
    officer.heads("Give this audit to somebody else")
    officer.chooses("Head One", exact=False)
    officer.presses("Give it to them")
    officer.told("is now with Head One")


def _chases(officer: Person, served: Served) -> None:
    with served.within():
        newest = db.session.scalars(db.select(Round).order_by(Round.id.desc())).first()
        assert newest is not None
        db.session.execute(
            db.update(Audit).where(Audit.round_id == newest.id).values(due_on=today() - dt.timedelta(days=1))
        )
        address = f"/rounds/{newest.id}"
    officer.comes(address)
    officer.reads("9 audits are late")
    officer.presses("Chase all")
    officer.reads("Each gets the words below")
    officer.reads("Hello Head One,")
    officer.presses("Send to all")
    officer.told("are chased for 9 late audits")
    officer.comes(f"{address}/chase")
    officer.reads("Nobody can be chased now.")


def _draws_for_moderation(officer: Person) -> None:
    officer.follows("Rounds", exact=True)
    officer.follows(
        f"{today():%B %Y}", within=officer.page.get_by_role("table", name="Last rounds of Private fostering")
    )
    officer.presses("Give audits to moderators")
    officer.presses("Draw audits at random")
    officer.chooses("Senior moderators")
    officer.ticks("Senior One")
    officer.ticks("Senior Two")
    officer.chooses("A number of audits")
    officer.writes("Number of audits", "2")
    officer.chooses("Blind")
    officer.writes("Seed of the draw", "drawn in public")
    officer.presses("See who would get what")
    officer.reads("Blind: they give their own grades first")
    officer.reads("drawn in public")
    expect(officer.page.get_by_role("table", name="Who gets what").locator("tbody tr")).to_have_count(2)
    officer.presses("Carry out the draw")
    officer.told("2 audits drawn and given to 2 moderators")
    officer.reads("Judging blind")


def _gives_by_hand(officer: Person) -> None:
    officer.presses("Give audits by hand")
    officer.picks("Who is to moderate", "Senior Two")
    officer.presses("Continue")
    officer.heads("Give audits to Senior Two")
    officer.presses("Give these audits", answer=422)
    officer.warned("Choose at least one audit")
    officer.ticks("", within=officer.group("Audits to give"))
    officer.presses("Give these audits")
    officer.told("given to Senior Two")
    officer.reads("By hand")


def _reads_the_report(officer: Person) -> None:
    officer.follows("Reports", exact=True)
    officer.follows("Private fostering")
    officer.heads("oderation report")
    assert officer.downloads("Download this report as PDF", "button").path().read_bytes().startswith(b"%PDF-")


def _takes_the_pairs(officer: Person, served: Served) -> None:
    officer.follows("Measures", exact=True)
    text = officer.downloads("CSV file of pairs").path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0] == "Case reference"
    moderated = {served.world.cases[name] for name in ("outcome", "blind", "to reopen")}
    assert {row[0] for row in rows[1:]} == moderated
    assert {len(row) for row in rows} == {len(rows[0])}
