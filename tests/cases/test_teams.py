"""Which unit a case list means by what it calls a team, and how two lists are compared."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from audit_app.cases.caselist import CaseRow
from audit_app.cases.listed import ListedCase, Placed, compared, kinds_of_change
from audit_app.cases.teams import folded_label, units_meant

UNITS = [(1, "Team One"), (2, "Duty"), (3, "duty"), (4, "Leaving Care")]


def test_a_team_is_known_by_its_units_name_however_it_is_written() -> None:
    labels = ["team one", "TEAM  ONE ", "Leaving Care", "Duty", "Elsewhere", ""]
    assert units_meant(labels, UNITS, {}) == {"team one": 1, "TEAM  ONE ": 1, "Leaving Care": 4}


def test_what_was_said_before_wins_over_the_units_name() -> None:
    assert units_meant(["Team One", "Duty"], UNITS, {"team one": 4, "duty": 3}) == {"Team One": 4, "Duty": 3}


def test_a_remembered_unit_that_is_closed_counts_for_nothing() -> None:
    assert units_meant(["Hub", "Team One"], UNITS, {"hub": 99, "team one": 99}) == {"Team One": 1}


@given(st.text())
def test_folding_a_name_twice_is_folding_it_once(name: str) -> None:
    assert folded_label(folded_label(name)) == folded_label(name)


def row(**said: object) -> CaseRow:
    plain: dict[str, object] = dict.fromkeys(CaseRow.__slots__)
    plain |= {"reference": "1", "worker": "", "care_leaver": False, "sheet": "List_6", "row": 2, "attributes": {}}
    return CaseRow(**{**plain, **said})  # type: ignore[arg-type]


def test_a_held_case_comes_back_as_it_was_kept() -> None:
    case = ListedCase.of(
        row(category="closed", team="Hub", age_band="1_to_4", started_on=dt.date(2026, 1, 2), attributes={"need": "n"})
    )
    assert ListedCase.from_kept(case.kept()) == case
    assert case.attributes == {"age_band": "1_to_4", "need": "n"}
    assert ListedCase.from_kept(ListedCase.of(row()).kept()).started_on is None


def placed(reference: str, unit: int = 1, category: str = "child_in_need", **attributes: str) -> Placed:
    return Placed(reference, unit, category, "Worker", attributes)


def test_every_kind_of_change_is_counted_and_growing_older_is_none() -> None:
    before = [placed("1", age_band="1_to_4"), placed("2"), placed("3"), placed("4"), placed("5"), placed("6")]
    after = [
        placed("1", age_band="5_to_9"),
        placed("2", unit=2),
        placed("3", category="looked_after", gender="male"),
        placed("4", category="closed"),
        placed("7"),
    ]
    found = compared(before, after, held=["5"])
    assert found.unchanged == ("1",)
    assert [change.reference for change in found.changed] == ["2", "3"]
    assert (found.closed, found.gone, found.new) == (("4",), ("6",), ("7",))
    assert kinds_of_change(found) == {"Case status": 1, "Team": 1, "Other details": 1}
