"""The forms of a programme's calendar and of its exemptions."""

import datetime as dt
from collections.abc import Iterable

from wtforms import IntegerField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.identity.model import Person
from audit_app.programmes.exempting import LONGEST_REASON
from audit_app.web.formats import month
from audit_app.web.forms import Form


def as_month(text: str) -> dt.date:
    """The month that a choice stands for."""
    return dt.date.fromisoformat(f"{text}-01")


def _choices(months: Iterable[dt.date]) -> list[SelectChoice]:
    return [SelectChoice(value=f"{first:%Y-%m}", label=month(first)) for first in months]


class MonthForm(Form):
    """A month of a calendar whose round is opened, or planned again."""

    month = SelectField("Month")

    def offer(self, months: Iterable[dt.date]) -> None:
        """Ask for one of these months."""
        self.month.choices = _choices(months)

    @property
    def chosen(self) -> dt.date:
        """The month that was chosen."""
        return as_month(self.month.data)


class SkipForm(MonthForm):
    """A planned month that is skipped, and why."""

    reason = TextAreaField("Why", [InputRequired("Enter the reason for skipping it"), Length(max=LONGEST_REASON)])


class ExemptionForm(Form):
    """Somebody who need not audit for some months, and who approved it."""

    person = SelectField("Who is exempt", coerce=int)
    from_month = SelectField("From")
    to_month = SelectField("To the end of")
    reason = TextAreaField("Why", [InputRequired("Enter the reason for the exemption"), Length(max=LONGEST_REASON)])
    approver = SelectField("Head of service who approved it", coerce=int)

    def offer(self, people: Iterable[Person], approvers: Iterable[Person], months: Iterable[dt.date]) -> None:
        """Ask for people and months among those that there are."""
        self.person.choices = [SelectChoice(value=one.id, label=one.name) for one in people]
        self.approver.choices = [SelectChoice(value=one.id, label=one.name) for one in approvers]
        self.from_month.choices = self.to_month.choices = _choices(months)

    @property
    def months(self) -> tuple[dt.date, dt.date]:
        """The first and the last month that were chosen."""
        return as_month(self.from_month.data), as_month(self.to_month.data)


class EndExemptionForm(MonthForm):
    """The month from which an exemption no longer holds, and the version that was being edited."""

    month = SelectField("First month in which they audit again")
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
