"""The forms of notices: how to be told, what was read, whom to chase."""

from wtforms import IntegerField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from audit_app.notices.kinds import HOW_WORDS, How
from audit_app.web.forms import Form

HINTS = {
    How.AT_ONCE: "A message each time, within a few minutes.",
    How.DAILY: "One message in the morning, if there is anything new.",
    How.HERE: "On “Your work”, and in your messages.",
}
LARGEST = 2**31 - 1


class PreferenceForm(Form):
    """How somebody wishes to be told."""

    how = RadioField(
        "How do you want to be told?",
        choices=[SelectChoice(value=how.value, label=HOW_WORDS[how], render_kw={"hint": HINTS[how]}) for how in How],
        validators=[InputRequired("Choose how you want to be told")],
    )

    @property
    def chosen(self) -> How:
        """What was chosen, once it was validated."""
        return How(self.how.data)


class ReadForm(Form):
    """Everything up to the newest message that was on the page."""

    up_to = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST)])


class EmptyForm(Form):
    """A button by itself."""


class ChaseForm(Form):
    """Those whose letters were looked at."""

    auditors = SelectMultipleField("Auditors", [InputRequired("Choose at least one auditor")], coerce=int)
