"""An improvement plan: the officer enters it by file, a lead person tells with evidence, the board reads it frozen."""

from pathlib import Path

import pytest

from audit_app.clock import today
from audit_app.improvement.writing import plan_file
from audit_app.web.formats import day
from tests.improvement import doing
from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
BOARD, DONE, LATER = "Improvement board", "All plans are read.", "Some are to be read again."
EVIDENCE = "The round of audits of this month"


def test_a_plan_goes_from_its_file_by_its_lead_person_to_the_board(cast: Cast, served: Served, tmp_path: Path) -> None:
    officer, lead, board = (cast.somebody(who) for who in ("officer", "manager", "board"))
    _enters_the_plan(officer, _plan(tmp_path, served))
    _takes_readings(officer, _report(tmp_path))
    _calls_a_meeting(officer)
    _tells(lead, "Completed", DONE, EVIDENCE)
    meeting = _freezes(officer)
    _tells(lead, "Under way", LATER, "")
    _reads_what_was_frozen(board, meeting)


def _plan(place: Path, served: Served) -> Path:
    file = place / "plan.xlsx"
    file.write_bytes(plan_file(doing.written(served.world.people["manager"][1])))
    return file


def _report(place: Path) -> Path:
    file = place / "performance report.csv"
    file.write_text(
        f"KPI,As at,Actual\nPlans in time,{day(today())},91%\nNew carers,{day(today())},7\nAnother,May 2026,3\n"
    )
    return file


def _enters_the_plan(officer: Person, file: Path) -> None:
    officer.comes("/plans")
    officer.presses("Take a plan from a file")
    officer.hands_over("Workbook", file)
    officer.presses("Read the file")
    officer.heads("What would become of plan.xlsx")
    officer.presses("Take the plan")
    officer.told("Our plan says what the file says.")


def _takes_readings(officer: Person, file: Path) -> None:
    officer.follows("Take readings from a file")
    officer.hands_over("Workbook or CSV file", file)
    officer.presses("Read the file")
    officer.heads("What do the columns hold?")
    officer.presses("Remember this and read the file")
    officer.heads("Check these readings before they are kept")
    officer.reads("Another (1)")
    officer.presses("Keep 2 readings")
    officer.told("2 readings from “performance report.csv” kept.")
    officer.reads("Achieved above target for")


def _calls_a_meeting(officer: Person) -> None:
    plan = officer.path
    officer.comes("/boards")
    officer.presses("Make a board")
    officer.writes("Name", BOARD)
    officer.presses("Make board")
    officer.told(f"{BOARD} is made.")
    board = officer.path
    officer.comes(f"{plan}/change")
    officer.picks("Which board it goes to", BOARD)
    officer.presses("Save")
    officer.comes(board)
    for group in ("Day of the meeting", "Updates by"):
        officer.writes_day(group, today().day, today().month, today().year)
    officer.presses("Call meeting")
    officer.told("is called.")
    officer.reads("Who has not updated")


def _tells(lead: Person, level: str, words: str, evidence: str) -> None:
    lead.comes("/plans")
    lead.follows("Our plan")
    lead.follows("1a")
    lead.chooses(level)
    lead.writes("Progress", words)
    lead.writes("Evidence", evidence)
    lead.presses("Save update")
    lead.told(f"Action 1a is updated: {level.lower()}.")


def _freezes(officer: Person) -> str:
    officer.presses("Freeze what the meeting is shown")
    officer.told("What this meeting is shown is frozen.")
    officer.reads(DONE)
    return officer.path


def _reads_what_was_frozen(board: Person, meeting: str) -> None:
    board.comes("/boards")
    board.follows(BOARD)
    board.follows(day(today()))
    assert board.path == meeting
    board.reads(DONE)
    board.reads("91%")
    board.does_not_read(LATER)
    board.does_not_read("Freeze what the meeting is shown")
    board.comes(f"{meeting}/decisions/new", answer=403)
