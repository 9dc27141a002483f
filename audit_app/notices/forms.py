"""The forms of notices: how to be told, what was read, whom to chase."""

from collections.abc import Collection

from wtforms import IntegerField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from audit_app.notices.kinds import HOW_WORDS, MATTER_WORDS, Choice, How, Matter
from audit_app.web.forms import Form

HINTS = {
    How.AT_ONCE: "A message each time, within a few minutes.",
    How.DAILY: "One message in the morning, if there is anything new.",
    How.HERE: "On “Your work”, and in your messages.",
}
AS_ABOVE = "as_above"
OTHERWISE = [SelectChoice(value=AS_ABOVE, label="As chosen above")] + [
    SelectChoice(value=how.value, label=HOW_WORDS[how]) for how in How
]
LARGEST = 2**31 - 1


class PreferenceForm(Form):
    """How somebody wishes to be told."""

    how = RadioField(
        "How do you want to be told?",
        choices=[SelectChoice(value=how.value, label=HOW_WORDS[how], render_kw={"hint": HINTS[how]}) for how in How],
        validators=[InputRequired("Choose how you want to be told")],
    )

    audits = RadioField(MATTER_WORDS[Matter.AUDITS][0], choices=OTHERWISE, default=AS_ABOVE)
    contributions = RadioField(MATTER_WORDS[Matter.CONTRIBUTIONS][0], choices=OTHERWISE, default=AS_ABOVE)
    actions = RadioField(MATTER_WORDS[Matter.ACTIONS][0], choices=OTHERWISE, default=AS_ABOVE)
    outcomes = RadioField(MATTER_WORDS[Matter.OUTCOMES][0], choices=OTHERWISE, default=AS_ABOVE)
    plans = RadioField(MATTER_WORDS[Matter.PLANS][0], choices=OTHERWISE, default=AS_ABOVE)
    learning = RadioField(MATTER_WORDS[Matter.LEARNING][0], choices=OTHERWISE, default=AS_ABOVE)
    rounds = RadioField(MATTER_WORDS[Matter.ROUNDS][0], choices=OTHERWISE, default=AS_ABOVE)

    def offer(self, matters: Collection[Matter]) -> None:
        """Ask only of matters that concern somebody."""
        for matter in Matter:
            if matter not in matters:
                del self[matter.value]

    @property
    def chosen(self) -> Choice:
        """What was chosen, once it was validated."""
        others = {matter: self[matter.value].data for matter in Matter if matter.value in self}
        return Choice(How(self.how.data), {matter: How(how) for matter, how in others.items() if how != AS_ABOVE})


class ReadForm(Form):
    """Everything up to the newest message that was on the page."""

    up_to = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST)])


class EmptyForm(Form):
    """A button by itself."""


class ChaseForm(Form):
    """Those whose letters were looked at."""

    auditors = SelectMultipleField("Auditors", [InputRequired("Choose at least one auditor")], coerce=int)
