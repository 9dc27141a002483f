"""The forms of self-evaluations: an edition, a statement, and each kind of evidence."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import IntegerField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.evaluation.said import Kind
from audit_app.feedback.themes import themes
from audit_app.improvement.cycles import month_after
from audit_app.improvement.forms import FigureForm
from audit_app.improvement.forms.indicators import WINDOWS
from audit_app.improvement.model import Plan
from audit_app.measures.queries import Named, Offered
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round
from audit_app.web.formats import month
from audit_app.web.forms import Form

LONG, SHORT = 8_000, 160
MONTHS_BACK, MONTHS_AHEAD = 12, 3
SPANS = {1: "One month", 2: "Two months", 3: "A quarter", 6: "Six months", 12: "A year"}


class EditionForm(Form):
    """A new edition: of which unit, from which month, and how many months."""

    unit = SelectField("For which unit", coerce=int)
    first = SelectField("First month")
    months = RadioField(
        "What it covers", coerce=int, default=3,
        choices=[SelectChoice(value=number, label=words) for number, words in SPANS.items()],
    )  # fmt: skip

    def offer(self, units: Sequence[Unit], today: dt.date) -> None:
        """Offer the units whose self-evaluations somebody writes, and the months around today."""
        self.unit.choices = unit_choices(units)
        around = [month_after(today.replace(day=1), n) for n in range(MONTHS_AHEAD, -MONTHS_BACK - 1, -1)]
        self.first.choices = [SelectChoice(value=one.isoformat(), label=month(one)) for one in around]

    @property
    def begins(self) -> dt.date:
        """The first month that was chosen."""
        return dt.date.fromisoformat(self.first.data)


class StatementForm(Form):
    """What is said, and the version that was being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)
    words = TextAreaField("What you say", [InputRequired("Write what you say"), Length(max=LONG)])


class TakeBackForm(Form):
    """Taking a published copy back."""

    because = TextAreaField("Why is it taken back?", [InputRequired("Say why it is taken back"), Length(max=LONG)])


class CitedFigureForm(FigureForm):
    """A figure of the measures pages with its filter."""

    version = None
    by_team = None

    def offer(
        self, units: Sequence[Unit], programmes: Iterable[Named], exercises: Iterable[Named], there: Offered
    ) -> None:
        """Offer what there is, as where an indicator is bound to a figure."""
        super().offer(units, programmes, exercises, there)
        self.key.choices = [one for one in self.key.choices if one.value]

    def what(self) -> dict[str, Any]:
        """What was chosen."""
        return self.figure() or {}


def _part(plan: Plan, part_id: int, name: str) -> SelectChoice:
    return SelectChoice(value=f"{plan.id}:{part_id}", label=f"{plan.name}: {name}"[:SHORT])


def _chosen(name: str, value: str) -> dict[str, int]:
    plan, _, part = value.partition(":")
    return {"plan": int(plan), name: int(part)}


class CitedReadingForm(Form):
    """An indicator of a plan, by its latest reading."""

    indicator = SelectField("Indicator")

    def offer(self, plans: Iterable[Plan]) -> None:
        """Offer the indicators of some plans that have a reading."""
        self.indicator.choices = [
            _part(plan, one.id, f"{one.ref} {one.name}")
            for plan in plans
            for part in plan.recommendations
            for one in part.indicators
            if one.readings
        ]

    def what(self) -> dict[str, Any]:
        """What was chosen."""
        return _chosen("indicator", self.indicator.data)


class CitedRoundForm(Form):
    """A round of audits, by how many of them were good or better."""

    round = SelectField("Round", coerce=int)

    def offer(self, rounds: Iterable[Round]) -> None:
        """Offer some rounds."""
        self.round.choices = [
            SelectChoice(value=one.id, label=f"{one.programme.name}, {month(one.month)}") for one in rounds
        ]

    def what(self) -> dict[str, Any]:
        """What was chosen."""
        return {"round": self.round.data}


class CitedThemeForm(Form):
    """A theme of audits and feedback, in some months."""

    theme = SelectField("Theme")
    unit = SelectField("Unit", coerce=int)
    months = RadioField(
        "Which months are counted", coerce=int, default=3,
        choices=[SelectChoice(value=number, label=words) for number, words in WINDOWS.items()],
    )  # fmt: skip

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer the themes, and some units."""
        self.theme.choices = [SelectChoice(value=one.key, label=one.name) for one in themes()]
        self.unit.choices = unit_choices(units)

    def what(self) -> dict[str, Any]:
        """What was chosen."""
        return {"theme": self.theme.data, "unit": self.unit.data, "months": self.months.data}


class CitedActionForm(Form):
    """An action of a plan."""

    action = SelectField("Action")

    def offer(self, plans: Iterable[Plan]) -> None:
        """Offer the actions of some plans."""
        self.action.choices = [
            _part(plan, one.id, f"{one.ref} {one.wording}")
            for plan in plans
            for part in plan.recommendations
            for one in part.actions
        ]

    def what(self) -> dict[str, Any]:
        """What was chosen."""
        return _chosen("action", self.action.data)


CitingForm = CitedFigureForm | CitedReadingForm | CitedRoundForm | CitedThemeForm | CitedActionForm
FORMS: dict[Kind, type[CitingForm]] = {
    Kind.FIGURE: CitedFigureForm,
    Kind.READING: CitedReadingForm,
    Kind.ROUND: CitedRoundForm,
    Kind.THEME: CitedThemeForm,
    Kind.ACTION: CitedActionForm,
}
