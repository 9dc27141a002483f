"""The forms of programmes: made, changed, ended."""

import datetime as dt
from contextlib import suppress
from typing import Any

from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from audit_app.programmes.frequency import Frequency
from audit_app.programmes.months import month_after
from audit_app.programmes.operations import Terms
from audit_app.programmes.planning import refusal_to_plan
from audit_app.web.formats import month
from audit_app.web.forms import Form

DAYS = "Enter a number of working days from 1 to 120"
MONTHS_BEFORE, MONTHS_AFTER = 3, 24  # of the months that a first round may be planned for
NO_MONTH = ""


class WholeNumberField(IntegerField):
    """A whole number; what is no number at all is answered with the words of its range."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; the range then refuses what could not be read."""
        with suppress(ValueError):
            super().process_formdata(valuelist)


class TermsForm(Form):
    """How a programme is run, as far as it can be changed later."""

    name = StringField("Name", [InputRequired("Enter a name"), Length(max=100)])
    due_working_days = WholeNumberField("Working days to do an audit", [InputRequired(DAYS), NumberRange(1, 120, DAYS)])
    frequency = SelectField("How often", choices=[SelectChoice(value=one.value, label=one.words) for one in Frequency])
    first_month = SelectField("First round")
    opens_itself = BooleanField("Open each round by itself")

    def offer_months(self, today: dt.date, kept: dt.date | None = None) -> None:
        """Ask for the month of the first round among those near today, and the one that is kept."""
        months = {month_after(today, count) for count in range(-MONTHS_BEFORE, MONTHS_AFTER + 1)}
        months |= {kept} if kept else set()
        self.first_month.choices = [
            SelectChoice(value=NO_MONTH, label="No month"),
            *(SelectChoice(value=f"{first:%Y-%m}", label=month(first)) for first in sorted(months)),
        ]

    def show(self, terms: Terms) -> None:
        """Show terms that are kept, or usual."""
        for name in ("name", "due_working_days", "frequency", "opens_itself"):
            self[name].process_data(getattr(terms, name))
        self.first_month.process_data(f"{terms.first_month:%Y-%m}" if terms.first_month else NO_MONTH)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was sent is acceptable, and can be planned."""
        fine = bool(super().validate(extra_validators))
        if fine:
            terms = self.terms()
            refusal = refusal_to_plan(Frequency(terms.frequency), terms.first_month, terms.opens_itself)
            if refusal is not None:
                field = self.opens_itself if terms.opens_itself and terms.first_month else self.first_month
                field.errors = [refusal.reason]
                fine = False
        return fine

    def terms(self) -> Terms:
        """What was filled in."""
        first = self.first_month.data
        planned = Frequency(self.frequency.data).planned
        return Terms(
            self.name.data or "",
            self.due_working_days.data,
            self.frequency.data,
            dt.date.fromisoformat(f"{first}-01") if first and planned else None,
            bool(self.opens_itself.data),
        )


class ProgrammeForm(TermsForm):
    """A new programme."""

    kind = StringField(widget=HiddenInput())
    unit = SelectField("For which unit, and all below it", coerce=int)
    tool_key = SelectField("Audit tool")


class ChangeForm(TermsForm):
    """Changes to a programme, and the version that was being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ConfirmForm(Form):
    """Closing, opening again or ending, once what will happen was read."""
