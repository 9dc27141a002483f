"""Dates typed in three boxes."""

import datetime as dt

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional

from audit_app.web.fields import DatePartsField


class Visit(Form):
    """When a visit was."""

    on = DatePartsField("When was the visit?", [InputRequired("Enter the date")], subject="The date of the visit")


class MaybeVisit(Form):
    """When a visit was, if there was one."""

    on = DatePartsField("Visited on", [Optional()])


def sent(*parts: str) -> Visit:
    form = Visit(MultiDict([("on", part) for part in parts]))
    form.validate()
    return form


@pytest.mark.parametrize(
    "parts", [("14", "6", "2026"), (" 14 ", "06", "2026"), ("14", "June", "2026"), ("14", "jun.", "2026")]
)
def test_a_date_is_read_as_people_write_it(parts: tuple[str, ...]) -> None:
    form = sent(*parts)
    assert form.errors == {}
    assert form.on.data == dt.date(2026, 6, 14)


@pytest.mark.parametrize(
    ("parts", "error", "faults"),
    [
        (("", "", ""), "Enter the date", ()),
        (("14", "", "2026"), "The date of the visit must include a month", ("month",)),
        (("", "6", ""), "The date of the visit must include a day and year", ("day", "year")),
        (("31", "6", "2026"), "The date of the visit must be a real date", ("day",)),
        (("29", "2", "2026"), "The date of the visit must be a real date", ("day",)),
        (("14", "13", "2026"), "The date of the visit must be a real date", ("month",)),
        (("0", "6", "2026"), "The date of the visit must be a real date", ("day",)),
        (("14", "6", "26"), "The date of the visit must have a year of 4 numbers", ("year",)),
        (("1e3", "6", "2026"), "The date of the visit must be a real date", ("day",)),
        (("१४", "६", "२०२६"), "The date of the visit must be a real date", ("day", "month", "year")),
        (("14", "6", "99999"), "The date of the visit must be a real date", ("year",)),
        (("\0", "-6", "2026\n1"), "The date of the visit must be a real date", ("day", "month", "year")),
    ],
)
def test_what_is_no_date_is_refused_at_the_right_box(
    parts: tuple[str, ...], error: str, faults: tuple[str, ...]
) -> None:
    form = sent(*parts)
    assert form.on.errors == [error]
    assert form.on.faults == faults
    assert form.on.data is None
    assert form.on.first_fault_id == f"on-{(faults or ('day',))[0]}"


@pytest.mark.parametrize("parts", [("14",), ("14", "6"), ("14", "6", "2026", "1"), ("",) * 9, ("14",) * 40])
def test_too_few_or_too_many_boxes_are_an_error_and_never_a_crash(parts: tuple[str, ...]) -> None:
    form = sent(*parts)
    assert form.errors
    assert set(form.on.typed) == {"day", "month", "year"}


def test_what_was_typed_stays_typed() -> None:
    assert sent("31", "june", "26").on.typed == {"day": "31", "month": "june", "year": "26"}


def test_an_optional_date_may_be_left_empty_but_not_half_filled() -> None:
    empty = MaybeVisit(MultiDict([("on", ""), ("on", ""), ("on", "")]))
    assert empty.validate()
    assert empty.on.data is None
    half = MaybeVisit(MultiDict([("on", ""), ("on", "6"), ("on", "")]))
    assert not half.validate()
    assert half.on.errors == ["Visited on must include a day and year"]


def test_a_known_date_is_shown_and_is_kept_when_the_form_does_not_hold_it() -> None:
    form = Visit(MultiDict({"other": "1"}), data={"on": dt.date(2026, 6, 4)})
    assert form.on.typed == {"day": "4", "month": "6", "year": "2026"}
    assert form.on.data == dt.date(2026, 6, 4)
