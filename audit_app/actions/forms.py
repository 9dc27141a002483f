"""The forms of actions: writing one, saying that it is done, asking for time, answering, giving it away."""

from collections.abc import Iterable, Sequence

from wtforms import IntegerField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from audit_app.access.actor import Actor
from audit_app.actions.kinds import kinds
from audit_app.frameworks.content import Section
from audit_app.identity.model import Person
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

LONGEST = 4000
STATES = {
    "": "Not ended",
    "to_do": "To do",
    "overdue": "Overdue",
    "to_answer": "Waiting for an answer",
    "verified": "Verified done",
    "withdrawn": "Withdrawn",
}


class VersionedForm(Form):
    """The version of the action that was opened."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)


class OwnerField(SelectField):
    """Whom an action goes to."""

    def offer(self, people: Sequence[Actor], worker_id: int | None) -> None:
        """Offer these people, with what they are."""
        self.choices = [SelectChoice(value="", label="Choose somebody")]
        for one in people:
            what = "the child’s worker" if one.id == worker_id else ", ".join(one.role_names).lower()
            self.choices.append(SelectChoice(value=str(one.id), label=f"{one.name}, {what}"))


class ActionForm(VersionedForm):
    """What an action says."""

    kind = RadioField("What kind of action is it?", validators=[InputRequired("Choose what kind of action it is")])
    what = TextAreaField("What is to be done?", [InputRequired("Say what is to be done"), Length(max=LONGEST)])
    why = TextAreaField("Why?", [InputRequired("Say why it is to be done"), Length(max=LONGEST)])
    shows = TextAreaField(
        "What will show that it is done?", [InputRequired("Say what will show that it is done"), Length(max=LONGEST)]
    )
    owner = OwnerField("Who does it?", validators=[InputRequired("Choose who does it")])
    due_on = DatePartsField("By when?", [Optional()], subject="The day")
    section = SelectField("Which section does it come from?", validators=[Optional()])

    def offer(self, people: Sequence[Actor], worker_id: int | None, sections: Iterable[Section]) -> None:
        """Offer the kinds, the people and the sections of the audit."""
        self.kind.choices = [SelectChoice(value=kind.key, label=kind.name) for kind in kinds().values()]
        self.owner.offer(people, worker_id)
        self.section.choices = [SelectChoice(value="", label="The audit as a whole")]
        self.section.choices += [SelectChoice(value=one.key, label=one.name) for one in sections]


class DoneForm(VersionedForm):
    """What was done, and what shows it."""

    evidence = TextAreaField(
        "What was done, and where does the record show it?",
        [InputRequired("Say what was done, and where the record shows it"), Length(max=LONGEST)],
    )


class MoreTimeForm(VersionedForm):
    """Until when, and why."""

    day = DatePartsField("Until when?", [InputRequired("Enter the day")], subject="The day")
    reason = TextAreaField(
        "Why do you need more time?", [InputRequired("Say why you need more time"), Length(max=LONGEST)]
    )


class CheckForm(VersionedForm):
    """Whether an action is done."""

    decision = RadioField(
        "Is it done?",
        choices=[
            SelectChoice(value="yes", label="Yes, I have seen what shows it"),
            SelectChoice(value="no", label="No, something is missing"),
        ],
        validators=[InputRequired("Say whether it is done")],
    )
    words = TextAreaField("What did you see, or what is missing?", [Length(max=LONGEST)])


class TimeForm(VersionedForm):
    """Whether there is more time."""

    decision = RadioField(
        "Is there more time?",
        choices=[SelectChoice(value="yes", label="Yes"), SelectChoice(value="no", label="No, the day stays")],
        validators=[InputRequired("Say whether there is more time")],
    )
    day = DatePartsField("Until when?", [Optional()], subject="The day")
    words = TextAreaField("Why?", [Length(max=LONGEST)])


class ReasonForm(VersionedForm):
    """Why something is done."""

    reason = TextAreaField("Why?", [InputRequired("Say why"), Length(max=LONGEST)])


class GiveToForm(ReasonForm):
    """Who does it in place of its owner, and why."""

    owner = OwnerField("Who does it now?", validators=[InputRequired("Choose who does it")])


class HandsForm(ReasonForm):
    """Who works with a child now, in which team, and why that changed."""

    worker = StringField("Who works with the child now?", [Length(max=100)])
    unit = SelectField("In which team?", coerce=int)

    def offer(self, units: Iterable[Unit]) -> None:
        """Offer the teams and services that may hold cases."""
        self.unit.choices = [SelectChoice(value=one.id, label=one.name) for one in units]


class ListForm(Form):
    """What somebody looks for among actions."""

    class Meta(Form.Meta):
        """It only asks, so it needs no token."""

        csrf = False

    state = SelectField("State", choices=[SelectChoice(value=value, label=words) for value, words in STATES.items()])
    kind = SelectField("Kind")
    unit = SelectField("Team or service")
    owner = SelectField("Owner")

    def offer(self, units: Iterable[Unit], people: Iterable[Person]) -> None:
        """Offer the kinds, the units of the asker and the owners of their actions; what is not offered is not asked."""
        self.kind.choices = _any("Any kind", ((kind.key, kind.name) for kind in kinds().values()))
        self.unit.choices = [SelectChoice(value="", label="All"), *unit_choices(units, value=str)]
        self.owner.choices = _any("Anybody", ((str(one.id), one.name) for one in people))
        for field in (self.state, self.kind, self.unit, self.owner):
            if field.data not in {choice.value for choice in field.choices}:
                field.data = ""

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, without what was left as it is."""
        return {field.name: field.data for field in self if field.data}


def _any(words: str, pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value="", label=words), *(SelectChoice(value=value, label=label) for value, label in pairs)]
