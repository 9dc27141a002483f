"""What single cells say."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.cases.values import age_band, age_in, age_on, clean, date_in, reference_in, text_in
from audit_app.cases.workbook import Cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("00123", "00123"),
        (123.0, "123"),
        (123, "123"),
        (12_000_000.0, "12000000"),
        ("  A\u00a012 ", "A 12"),
        ("\u200b007\ufeff", "007"),
        ("1.2E+07", "1.2E+07"),
        ("P-0004/B", "P-0004/B"),
    ],
)
def test_a_reference_is_kept_as_text(cell: Cell, text: str) -> None:
    assert reference_in(cell).text == text
    assert reference_in(cell).refusal == ""


def test_what_excel_did_to_a_reference_is_noticed() -> None:
    assert reference_in(123.0).was_number
    assert not reference_in("123").was_number
    assert reference_in("1.2E+07").was_shortened
    assert reference_in("1E+10").was_shortened
    assert not reference_in("E107").was_shortened


@pytest.mark.parametrize(
    "cell",
    [None, "", " ", "#N/A", "n/a", "-", 1.5, -3.0, 1e15, float("nan"), True, dt.date(2024, 1, 1), "x" * 65 + "1"],
)
def test_what_is_not_a_reference_is_refused_with_what_was_expected(cell: Cell) -> None:
    found = reference_in(cell)
    assert found.text == ""
    assert found.refusal


def test_a_name_is_never_a_reference_and_is_never_shown() -> None:
    found = reference_in("Forename Surname")
    assert found.text == ""
    assert found.hide


@pytest.mark.parametrize(
    "cell",
    [
        dt.date(2024, 3, 9),
        dt.datetime.fromisoformat("2024-03-09T23:59"),
        "09/03/2024",
        "9/3/2024",
        "09-03-2024",
        "09.03.2024",
        "2024-03-09",
        "2024-03-09T00:00:00",
        "2024-03-09 00:00:00.000",
        "09/03/2024 14:05",
        "9 March 2024",
        "09 Mar 2024",
        "9-Mar-2024",
        "\u00a009/03/2024 ",
        45360.0,
        45360,
        "45360",
        "45360.0",
    ],
)
def test_a_day_is_read_however_it_is_written(cell: Cell) -> None:
    assert date_in(cell) == dt.date(2024, 3, 9)


@pytest.mark.parametrize("cell", [None, "", "  ", "#N/A", "-", "NULL"])
def test_no_day_is_not_a_mistake(cell: Cell) -> None:
    assert date_in(cell) is None


@pytest.mark.parametrize(
    "cell", ["31/02/2024", "13/25/2024", "09/03/24", "soon", True, 7.0, 1e9, "01/02/0019", "9/9/9999"]
)
def test_what_is_not_a_day_is_a_mistake(cell: Cell) -> None:
    with pytest.raises(ValueError):
        date_in(cell)


@given(st.dates(min_value=dt.date(1930, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_comes_back_from_each_way_of_writing_it(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    for cell in (day, day.strftime("%d/%m/%Y"), day.isoformat(), serial, float(serial), f"{day.day} {day:%B %Y}"):
        assert date_in(cell) == day


@given(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_no_cell_can_break_a_reader(cell: Cell) -> None:
    assert isinstance(text_in(cell), str)
    found = reference_in(cell)
    assert bool(found.text) != bool(found.refusal)
    for reads in (date_in, age_in):
        try:
            reads(cell)
        except ValueError:
            continue


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not set(once) & {"\0", "\n", "\u00a0", "\u200b", "\u202e"}


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2050, 1, 1)), st.integers(-300, 11_000))
def test_age_is_that_of_the_last_birthday(born: dt.date, days: int) -> None:
    day = born + dt.timedelta(days=days)
    age = age_on(born, day)
    if days < 0:
        assert age == -1
    else:
        passed = [
            year for year in range(1, 40) if (born.year + year, born.month, born.day) <= (day.year, day.month, day.day)
        ]
        assert age == len(passed)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (-1, "unborn"), (0, "under_1"), (1, "1_to_4"), (4, "1_to_4"), (5, "5_to_9"), (9, "5_to_9"), (10, "10_to_15"),
        (15, "10_to_15"), (16, "16_to_17"), (17, "16_to_17"), (18, "18_and_over"), (24, "18_and_over"),
    ],
)  # fmt: skip
def test_age_bands_meet_without_gaps(age: int, band: str) -> None:
    assert age_band(age) == band


@pytest.mark.parametrize(
    ("cell", "age"),
    [(12.0, 12), ("12", 12), ("-1", -1), ("unborn", -1), ("6 months", 0), ("3 wks", 0), ("7 years", 7), (None, None)],
)
def test_ages_are_read_however_they_are_written(cell: Cell, age: int | None) -> None:
    assert age_in(cell) == age


@pytest.mark.parametrize("cell", [99.0, -2.0, "twelve", "inf"])
def test_what_is_not_a_childs_age_is_a_mistake(cell: Cell) -> None:
    with pytest.raises(ValueError):
        age_in(cell)
