"""Past audits from a spreadsheet: an officer says what its words mean, imports it, and takes it back."""

from pathlib import Path

import pytest

from tests.journeys.person import Cast

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
ROWS = """Case Ref,Team,Month,Overall Grade,Moderated Grade
0901,Team 11,April 2025,Good,Good
0902,Team 11,April 2025,Fairish,Good
0903,Team 12,May 2025,Requires improvement,
0904,Team 12,Spring,Good,
"""


def test_an_officer_imports_past_audits_reads_the_trend_and_takes_them_back(cast: Cast, tmp_path: Path) -> None:
    tracker = tmp_path / "Audit tracker.csv"
    tracker.write_text(ROWS)
    officer = cast.somebody("officer")
    officer.comes("/past-audits")
    officer.presses("Import past audits")
    officer.presses("Read the file", answer=422)
    officer.warned("Choose a file")
    officer.hands_over("Workbook or CSV file", tracker)
    officer.presses("Read the file")
    officer.heads("What do the columns hold?")
    officer.presses("Remember this and read the file")
    officer.heads("Check these past audits before they are imported")
    officer.reads("2 past audits")
    officer.reads("“Fairish” (1)")
    officer.reads("Spring")
    officer.follows("Say what the words mean")
    officer.picks("Fairish", "Requires improvement to be good")
    officer.presses("Remember this and read the file")
    officer.reads("3 past audits")
    officer.does_not_read("“Fairish” (1)")
    officer.presses("Import 3 past audits")
    officer.heads("Past audits")
    officer.reads("holds no history of them")
    officer.comes("/past-audits")
    officer.follows("See them month by month")
    officer.reads("April 2025")
    officer.comes("/past-audits")
    officer.follows("Audit tracker.csv")
    officer.presses("Take this import back")
    officer.presses("Take the whole import back")
    officer.reads("Its rows are erased and count in no figure.")
