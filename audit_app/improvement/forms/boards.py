"""The forms of boards."""

from collections.abc import Iterable, Sequence

from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from audit_app.identity.model import Person
from audit_app.improvement.cycles import CYCLES
from audit_app.improvement.forms.fields import LONG, SHORT, version_field
from audit_app.improvement.model import Plan
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form


class BoardForm(Form):
    """A board: its name, and how often it meets."""

    unit = SelectField("For which unit", coerce=int)
    name = StringField("Name", [InputRequired("Enter a name"), Length(max=SHORT)])
    every_months = SelectField(
        "How often it meets", coerce=int, choices=[SelectChoice(value=n, label=words) for n, words in CYCLES.items()]
    )

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer the units whose plans somebody writes."""
        self.unit.choices = unit_choices(units)


class MeetingForm(Form):
    """A meeting, and by when it asks for updates."""

    held_on = DatePartsField("Day of the meeting", [InputRequired("Enter the day")], subject="The day of the meeting")
    updates_by = DatePartsField(
        "Updates by", [InputRequired("Enter by when updates are asked for")], subject="The day for updates"
    )


class FreezeForm(Form):
    """A yes to freezing what a meeting is shown."""

    version = version_field()


class DecisionForm(Form):
    """What a meeting decided, as an action of a plan."""

    recommendation = SelectField("For which recommendation")
    ref = StringField("Ref of the new action", [Length(max=12)])
    words = TextAreaField("What was decided", [InputRequired("Enter what was decided"), Length(max=LONG)])
    lead = SelectField("Who leads", coerce=int, default=0)
    due = StringField("Complete by", [Length(max=SHORT)])

    def offer(self, plans: Iterable[Plan], people: Iterable[Person]) -> None:
        """Offer the recommendations of the board's plans, and the people who can lead."""
        self.recommendation.choices = [
            SelectChoice(value=f"{plan.id}:{part.ref}", label=f"{plan.name}: {part.ref}. {part.wording}"[:SHORT])
            for plan in plans
            for part in plan.recommendations
        ]
        self.lead.choices = [SelectChoice(value=0, label="Nobody yet")]
        self.lead.choices += [SelectChoice(value=one.id, label=one.name) for one in people]
