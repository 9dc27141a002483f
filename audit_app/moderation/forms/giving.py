"""The forms of whoever gives audits to moderators."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence

from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from audit_app.identity.model import Person
from audit_app.moderation.model import Route
from audit_app.sampling.draws import LONGEST_SEED
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

GROUPS = {"senior": "Senior moderators", "external": "External auditors"}
ROUTES = {
    Route.BY_HAND: "Chosen by hand",
    Route.GRADE: "For the grade that the auditor gave",
    Route.FLAGGED: "Somebody asked for a second opinion",
    Route.NEW_AUDITOR: "The auditor is new to auditing",
}
MOST = 1000


class ListedField(SelectMultipleField):
    """Some of what is listed; what is no longer on the list is refused in words."""

    def pre_validate(self, form: Form) -> None:
        """Refuse what is not on the list."""
        listed = {choice.value for choice in self.choices}
        if not set(self.data or ()) <= listed:
            raise ValidationError("Something that you chose is no longer on the list. Look again, and choose anew.")


def _due() -> DatePartsField:
    return DatePartsField(
        "When it is due", [InputRequired("Enter the day on which it is due")], subject="The day on which it is due"
    )


def _refuse_past(field: DatePartsField, today: dt.date) -> bool:
    if field.data is None or field.data >= today:
        return False
    field.errors = ["The day on which it is due must be today or later"]
    return True


class WhomForm(Form):
    """To whom audits are given by hand."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    whom = SelectField("Who is to moderate", [InputRequired("Choose who is to moderate")])

    def offer(self, people: Mapping[str, Sequence[Person]]) -> None:
        """Offer the moderators of each tier."""
        none = SelectChoice(value="", label="Choose somebody")
        self.whom.choices = [none] + [
            SelectChoice(value=f"{tier}:{person.id}", label=person.name, optgroup=GROUPS[tier])
            for tier, some in people.items()
            for person in some
        ]


class GiveForm(Form):
    """Audits given by hand."""

    whom = HiddenField(validators=[InputRequired()])
    audits = ListedField("Audits to give", [InputRequired("Choose at least one audit")], coerce=int)
    route = RadioField(
        "Why these audits",
        [InputRequired("Say why these audits are moderated")],
        choices=[SelectChoice(value=route.value, label=words) for route, words in ROUTES.items()],
        default=Route.BY_HAND.value,
    )
    exercise = StringField("Validation exercise", [Length(max=100)])
    due_on = _due()

    def validate_for(self, tier: str, today: dt.date) -> bool:
        """Whether it can be used: an external auditor's work belongs to an exercise, and nothing is due yesterday."""
        fine = bool(self.validate())
        if _refuse_past(self.due_on, today):
            fine = False
        if tier == "external" and not self.exercise.data and not self.exercise.errors:
            self.exercise.errors = ["Name the validation exercise"]
            fine = False
        return fine


class DrawForm(Form):
    """A random draw: from which tier's audits, how many, among whom, how and by when."""

    class Meta(Form.Meta):
        """Looked at before it is done: until then it is asked in the address, and needs no token."""

        csrf = False

    tier = RadioField(
        "Who moderates",
        [InputRequired("Say who moderates")],
        choices=[
            SelectChoice(value="senior", label="Senior moderators"),
            SelectChoice(value="external", label="External auditors"),
        ],
    )
    seniors = ListedField("Share them evenly among", [Optional()], coerce=int)
    externals = ListedField("Share them evenly among", [Optional()], coerce=int)
    exercise = StringField("Validation exercise", [Length(max=100)])
    size = RadioField(
        "How many audits",
        [InputRequired("Say how many audits are drawn")],
        choices=[
            SelectChoice(value="number", label="A number of audits"),
            SelectChoice(value="percent", label="A share of the audits that can be drawn"),
        ],
    )
    number = IntegerField("Number of audits", [Optional(), NumberRange(1, MOST, "Enter a number from 1 to 1,000")])
    percent = IntegerField("Percentage", [Optional(), NumberRange(1, 100, "Enter a percentage from 1 to 100")])
    blind = RadioField(
        "Open or blind",
        [InputRequired("Say whether they moderate open or blind")],
        choices=[SelectChoice(value="open", label="Open"), SelectChoice(value="blind", label="Blind")],
    )
    due_on = _due()
    seed = StringField("Seed of the draw", [InputRequired("Give the seed of the draw"), Length(max=LONGEST_SEED)])

    def offer(self, people: Mapping[str, Sequence[Person]], hints: Mapping[int, str]) -> None:
        """Offer the moderators of each tier, with what they have in hand."""
        for field, tier in ((self.seniors, "senior"), (self.externals, "external")):
            field.choices = [
                SelectChoice(value=p.id, label=p.name, render_kw={"hint": hints.get(p.id, "")}) for p in people[tier]
            ]

    def suggest(self, *, tier: str, number: int, blind: bool, due_on: dt.date) -> None:
        """Fill in what is usual."""
        self.tier.data, self.size.data, self.number.data = tier, "number", number
        self.blind.data = "blind" if blind else "open"
        self.due_on.process_data(due_on)
        self.seed.data = secrets.token_hex(8)

    @property
    def chosen(self) -> list[int]:
        """The moderators chosen in the tier that was chosen."""
        field = self.externals if self.tier.data == "external" else self.seniors
        return list(field.data or [])

    def validate_for(self, today: dt.date) -> bool:
        """Whether it can be used: moderators and size as the choices before them ask, and nothing due yesterday."""
        fine = bool(self.validate())
        if _refuse_past(self.due_on, today):
            fine = False
        external = self.tier.data == "external"
        asked = [(self.externals if external else self.seniors, self.tier.data, "Choose who is to moderate")]
        asked += [(self.exercise, external, "Name the validation exercise")]
        asked += [(self.number, self.size.data == "number", "Enter how many audits")]
        asked += [(self.percent, self.size.data == "percent", "Enter a percentage")]
        for field, needed, words in asked:
            if needed and not field.data and not field.errors:
                field.errors, fine = [words], False
        return fine

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was asked, to be asked again."""
        found: list[tuple[str, str]] = []
        for field in self:
            if field.name in ("csrf_token", "digest") or field.data is None:
                continue
            if isinstance(field, DatePartsField):
                found += [(field.name, field.typed[part]) for part in field.parts]
            elif isinstance(field, SelectMultipleField):
                found += [(field.name, str(value)) for value in field.data]
            else:
                found.append((field.name, str(field.data)))
        return found


class CarryOutForm(DrawForm):
    """Carrying out a draw that was looked at."""

    class Meta(DrawForm.Meta):
        """It changes something, so it needs its token."""

        csrf = True

    digest = HiddenField(validators=[InputRequired()])


class TakeBackForm(Form):
    """Taking a moderation back from its moderator."""

    reason = TextAreaField("Why it is taken back", [InputRequired("Say why it is taken back"), Length(max=2000)])


class SettleForm(Form):
    """Naming who settles a moderation in place of whoever committed its blind grades."""

    whom = RadioField("Who settles it", [InputRequired("Choose who settles it")], coerce=int, validate_choice=True)
    reason = TextAreaField(
        "Why somebody else settles it", [InputRequired("Say why somebody else settles it"), Length(max=2000)]
    )


class QuarterForm(Form):
    """The quarter that is completed, by its first month."""

    quarter = HiddenField(validators=[InputRequired(), Length(max=7)])
