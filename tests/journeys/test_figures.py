"""A head of service reads figures: filters, looks behind a number, goes back, compares two months, takes them away."""

import re
from io import BytesIO

import openpyxl
import pytest

from audit_app.auditing.model import Audit
from audit_app.db import db, only_read
from audit_app.programmes.months import month_after
from audit_app.web.formats import month
from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]


def test_a_head_of_service_reads_figures_looks_behind_them_and_takes_them_away(cast: Cast, served: Served) -> None:
    earlier, later = _two_months(served)
    head = cast.somebody("head")
    head.follows("Measures", exact=True)
    every = _counted(head)
    _filters_and_goes_back(head, every)
    _looks_behind_a_number(head)
    _looks_behind_a_month(head, earlier)
    _compares(head, earlier, later)
    _takes_away(head, every)


def _two_months(served: Served) -> tuple[str, str]:
    """One audit belongs to the month before."""
    with served.app.app_context():
        only_read(False)
        audit = db.session.get_one(Audit, served.world.audits["to void"])
        later, earlier = audit.period, month_after(audit.period, -1)
        audit.period = earlier
        db.session.commit()
        return month(earlier), month(later)


def _counted(head: Person) -> int:
    words = head.page.get_by_text("Everything is counted over").inner_text()
    found = re.search(r"counted over (\d+) audit", words)
    assert found is not None, words
    return int(found[1])


def _filters_and_goes_back(head: Person, every: int) -> None:
    head.reads("good or better as audited")
    head.picks("Unit", "Team 12")
    head.presses("Apply filters")
    fewer = _counted(head)
    assert 0 < fewer < every
    head.page.go_back()
    assert _counted(head) == every
    head.page.go_forward()
    assert _counted(head) == fewer
    head.follows("Clear")
    assert _counted(head) == every


def _looks_behind_a_number(head: Person) -> None:
    head.opens("See these figures as a table")
    number = head.page.locator("#picture-grades tbody a").first
    shown = re.sub(r"\D", "", number.inner_text())
    head.follows(number.inner_text(), within=head.page.locator("#picture-grades"))
    head.heads("Audits with one grade")
    head.reads(f"{shown} audit")
    head.page.go_back()
    head.heads("Measures")


def _looks_behind_a_month(head: Person, earlier: str) -> None:
    head.follows("Over time")
    head.reads("Month by month")
    row = head.page.get_by_role("row", name=re.compile(f"^{earlier}"))
    head.follows("see the audits", within=row)
    head.reads("1 audit that you may open")
    head.reads(f"From: {earlier}")


def _compares(head: Person, earlier: str, later: str) -> None:
    head.follows("Measures", exact=True)
    head.follows("Compare", exact=True)
    head.picks("To", earlier)
    head.presses("Apply filters")
    chosen = head.page.locator(".chart-form")
    head.picks("From", later, within=chosen)
    head.presses("Compare", within=chosen)
    head.reads(f"{earlier} beside {later}")
    sheet = _taken(head, "this comparison")["Compared"]
    assert [sheet[cell].value for cell in ("A2", "C2")] == ["Good or better, as audited", 1]


def _takes_away(head: Person, every: int) -> None:
    head.follows("Measures", exact=True)
    book = _taken(head, "all figures of this page")
    assert book.sheetnames[0] == "About"
    assert book.sheetnames[-1] == "Definitions"
    rows = {row[0].value: row for row in book["Shares"].iter_rows()}
    assert rows["Good or better, as audited"][2].value == every
    assert isinstance(rows["Good or better, as audited"][3].value, float | int)


def _taken(head: Person, what: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(head.downloads(f"Excel file of {what}").path().read_bytes()))
