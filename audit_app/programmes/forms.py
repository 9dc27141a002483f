"""The forms of programmes and rounds."""

from contextlib import suppress
from typing import Any

from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from audit_app.programmes.operations import Terms
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

DAYS = "Enter a number of working days from 1 to 120"
SHARE = "Enter a whole number from 0 to 100"


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
    moderation_percent = WholeNumberField(
        "Share of audits to moderate", [InputRequired(SHARE), NumberRange(0, 100, SHARE)]
    )
    blind = BooleanField("Moderate random draws blind")

    def terms(self) -> Terms:
        """What was filled in."""
        return Terms(
            self.name.data or "",
            self.due_working_days.data,
            bool(self.blind.data),
            self.moderation_percent.data,
        )


class ProgrammeForm(TermsForm):
    """A new programme."""

    unit = SelectField("For which unit, and all below it", coerce=int)
    tool_key = SelectField("Audit tool")


class ChangeForm(TermsForm):
    """Changes to a programme, and the version that was being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class RoundForm(Form):
    """A round to be opened."""

    month = SelectField("Month")
    tool_version = SelectField("Version of the audit tool", coerce=int)
    case_list = SelectField("Case list", coerce=int)
    due_on = DatePartsField("Due day", subject="The due day")


class RoundChangeForm(Form):
    """What can be changed of an open round, and the version that was being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    case_list = SelectField("Case list", coerce=int)
    due_on = DatePartsField("Due day", [InputRequired("Enter the due day")], subject="The due day")


class ConfirmForm(Form):
    """Closing, opening again or ending, once what will happen was read."""


NO_LIST = SelectChoice(value=0, label="None yet")
