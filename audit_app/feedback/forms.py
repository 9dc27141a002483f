"""The forms of outcomes and themes: releasing, taking back, replying, choosing themes, and what is gathered."""

import datetime as dt
from collections.abc import Iterable

from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from audit_app.feedback.themes import VOICES, Codes, themes
from audit_app.identity.model import Person
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.web.formats import month
from audit_app.web.forms import Form

LONGEST = 10_000
NOBODY = "nobody"


class ReleaseForm(Form):
    """To which practitioner an outcome is released, beside the case's own team manager."""

    practitioner = SelectField("Who is the case’s practitioner?", [InputRequired("Choose the practitioner")])

    def offer(self, people: Iterable[Person]) -> None:
        """Offer these people, and nobody."""
        self.practitioner.choices = [
            *(SelectChoice(value=str(one.id), label=one.name) for one in people),
            SelectChoice(value=NOBODY, label="Nobody who has an account"),
        ]

    @property
    def chosen(self) -> int | None:
        """Who was chosen."""
        return None if self.practitioner.data == NOBODY else int(self.practitioner.data)


class RoundForm(Form):
    """Releasing what is ready in a round; it asks nothing."""


class RetractForm(Form):
    """Why a released outcome is taken back."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = TextAreaField("Why is it taken back?", [InputRequired("Say why it is taken back"), Length(max=2000)])


class OutcomeReplyForm(Form):
    """What somebody says to an outcome."""

    words = TextAreaField("Your reply", [InputRequired("Write your reply"), Length(max=LONGEST)])
    checked = BooleanField("It tells nobody’s name. Send it as it is")


class BoxesField(SelectMultipleField):
    """Some of several, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ThemesForm(Form):
    """Which themes an audit brings up, by who said so."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)
    family = BoxesField(VOICES["family"])
    practitioner = BoxesField(VOICES["practitioner"])
    audit = BoxesField(VOICES["audit"])

    def offer(self, kept: Codes) -> None:
        """Offer every theme, and what was chosen under a theme that is no longer known."""
        for voice in VOICES:
            known = [(one.key, one.name) for one in themes()]
            former = [(key, key) for key in kept.get(voice, ()) if key not in dict(known)]
            self[voice].choices = [SelectChoice(value=key, label=name) for key, name in (*known, *former)]

    @property
    def codes(self) -> dict[str, list[str]]:
        """What was chosen, by voice."""
        return {voice: list(self[voice].data or []) for voice in VOICES}


class GatheredForm(Form):
    """Of which months and unit themes are gathered."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    first = SelectField("From")
    last = SelectField("To")
    unit = SelectField("Unit")

    def offer(self, months: list[dt.date], units: list[Unit]) -> None:
        """Fill in what can be chosen; whatever else was asked for counts as not chosen."""
        every = [SelectChoice(value=one.isoformat(), label=month(one)) for one in months]
        self.first.choices = [SelectChoice(value="", label="The first month"), *reversed(every)]
        self.last.choices = [SelectChoice(value="", label="The latest month"), *every]
        self.unit.choices = [SelectChoice(value="", label="All that I may see"), *unit_choices(units, value=str)]
        for field in self:
            if field.data not in {choice.value for choice in field.choices}:
                field.data = ""

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        return {field.name: field.data for field in self if field.data}
