"""The forms of a handover: why moderations go to others, and buttons."""

from wtforms import HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from audit_app.identity.model import Person
from audit_app.web.forms import Form


class PassOnForm(Form):
    """Why somebody's moderations go to others, as it was looked at."""

    reason = StringField("Why they go to others", [InputRequired("Say why they go to others"), Length(max=200)])
    fingerprint = HiddenField()


class ReasonForm(Form):
    """Why somebody's actions go to others."""

    reason = StringField("Why they go to others", [InputRequired("Say why they go to others"), Length(max=200)])


class LeadsForm(Form):
    """Who leads somebody's actions of improvement plans from now on, and why."""

    lead = SelectField("Who leads them from now on", coerce=int)
    why = StringField("Why they change hands", [InputRequired("Say why they change hands"), Length(max=200)])

    def offer(self, people: list[Person]) -> None:
        """Offer those who could lead all of them."""
        self.lead.choices = [SelectChoice(value=one.id, label=one.name) for one in people]


class EmptyForm(Form):
    """A button by itself."""
