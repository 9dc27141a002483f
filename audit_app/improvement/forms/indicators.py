"""The forms of indicators: what is counted, targets, readings, and a person's own view."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from audit_app.frameworks.content import CATEGORIES
from audit_app.improvement import layout
from audit_app.improvement.forms.fields import LONG, SHORT, recommendations_of, version_field
from audit_app.improvement.model import Indicator, Plan
from audit_app.improvement.operations.figures import Bound, offered
from audit_app.improvement.positions import Judged, Operator, State
from audit_app.improvement.wording import Amount, amount_in, due_of, number_of, typed
from audit_app.improvement.written import Finding, Measure, Start, Stated, Target
from audit_app.measures.queries import Named, Offered
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

MOST_TARGETS = 6
WINDOWS = {1: "That month", 3: "Three months", 6: "Six months", 12: "Twelve months"}


def number(form: Form, field: Any) -> None:
    """Refuse what is no number and no count out of a total."""
    if field.data and amount_in(field.data) is None:
        raise ValidationError("Enter a number such as 86 or 70.2, or a count such as 10/11")


class IndicatorForm(Form):
    """An indicator: what is counted, and where it stood at first."""

    version = version_field()
    ref = StringField("Ref", [InputRequired("Enter a ref"), Length(max=12)])
    recommendation = SelectField("For which recommendation")
    name = StringField("What is counted", [InputRequired("Enter what is counted"), Length(max=SHORT)])
    counted_in = RadioField(
        "Counted in",
        choices=[
            SelectChoice(value="percent", label="Per cent"),
            SelectChoice(value="count", label="A number"),
            SelectChoice(value="words", label="Words"),
        ],
        default="percent",
    )
    kind = RadioField(
        "How its readings come in",
        choices=[
            SelectChoice(value="entered", label="Somebody enters them"),
            SelectChoice(value="imported", label="From a file"),
        ],
        default="entered",
    )
    rows_called = StringField("What the rows of a reading are called", [Length(max=60)])
    baseline_words = TextAreaField("Where it stood at first", [Length(max=LONG)])
    baseline_figure = StringField("That as a figure", [number, Length(max=30)])
    baseline_period = StringField("Which period that was", [Length(max=60)])
    baseline_on = DatePartsField("The last day of that period", [Optional()])
    baseline_note = TextAreaField("Where that comes from", [Length(max=LONG)])

    def offer(self, plan: Plan) -> None:
        """Offer the plan's recommendations."""
        self.recommendation.choices = recommendations_of(plan)

    def measure(self) -> Measure:
        """What was filled in."""
        start = Start(
            self.baseline_words.data or "",
            amount_in(self.baseline_figure.data or "") or Amount(),
            self.baseline_period.data or "",
            self.baseline_on.data,
            self.baseline_note.data or "",
        )
        rows = self.rows_called.data or ""
        return Measure(
            self.ref.data or "", self.recommendation.data, self.name.data or "", self.counted_in.data, rows, start
        )

    @classmethod
    def of(cls, kept: Indicator) -> "IndicatorForm":
        """The form filled in with what is kept."""
        baseline = ("baseline_words", "baseline_period", "baseline_on", "baseline_note")
        names = ("ref", "name", "counted_in", "rows_called", *baseline)
        values = {name: getattr(kept, name) for name in names}
        values |= {"recommendation": kept.recommendation.ref, "baseline_figure": typed(kept.baseline_amount)}
        kind = "imported" if kept.kind == "imported" else "entered"
        return cls(formdata=None, version=kept.version_id, kind=kind, **values)


class FigureForm(Form):
    """Which figure of the measures pages a live indicator is, with its filter."""

    version = version_field()
    key = SelectField("Figure")
    unit = SelectField("Unit", coerce=int)
    programme = SelectField("Programme", coerce=int, default=0)
    exercise = SelectField("Validation exercise", coerce=int, default=0)
    tool = SelectField("Audit tool", default="")
    category = SelectField("Category of case", default="")
    section = SelectField("Section", default="")
    months = RadioField(
        "Which months a reading counts", coerce=int, default=3,
        choices=[SelectChoice(value=n, label=words) for n, words in WINDOWS.items()],
    )  # fmt: skip
    every_section = BooleanField("Count every graded section, not only the overall grade")
    by_team = BooleanField("Show a row for each team")

    def offer(
        self, units: Sequence[Unit], programmes: Iterable[Named], exercises: Iterable[Named], there: Offered
    ) -> None:
        """Offer what there is, by the filters of the measures pages; what was chosen before stays to be chosen."""
        self.key.choices = [SelectChoice(value="", label="No figure: readings are entered")]
        self.key.choices += [SelectChoice(value=key, label=name) for key, name in offered()]
        self.unit.choices = unit_choices(units)
        self.programme.choices = [SelectChoice(value=0, label="All programmes")]
        self.programme.choices += [SelectChoice(value=one.id, label=one.name) for one in programmes]
        self.exercise.choices = [SelectChoice(value=0, label="All audits")]
        self.exercise.choices += [SelectChoice(value=one.id, label=one.name) for one in exercises]
        sections = {one.key: one.name for tool in there.tools for one in tool.graded_sections if not one.overall}
        categories = {one: CATEGORIES.get(one, one) for one in there.categories}
        _choose(self.tool, "All tools", {tool.key: tool.name for tool in there.tools})
        _choose(self.category, "All categories", categories)
        _choose(self.section, "The overall grade, or every section as ticked below", sections)

    def figure(self) -> dict[str, Any] | None:
        """What was chosen."""
        if not self.key.data:
            return None
        bound = Bound(
            self.key.data,
            self.unit.data,
            self.months.data,
            self.programme.data or None,
            self.exercise.data or None,
            bool(self.every_section.data),
            bool(self.by_team and self.by_team.data),  # what is cited has no rows
            self.tool.data,
            self.category.data,
            self.section.data,
        )
        return asdict(bound)

    def validate_section(self, field: Any) -> None:
        """One section, or every one."""
        if field.data and self.every_section.data:
            raise ValidationError("Choose one section, or tick every graded section, not both")


def _choose(field: Any, nothing: str, names: dict[str, str]) -> None:
    field.choices = [SelectChoice(value="", label=nothing)]
    field.choices += [SelectChoice(value=key, label=name) for key, name in names.items()]


class TargetsForm(Form):
    """An indicator's targets, a row each."""

    version = version_field()

    def targets(self) -> list[Target]:
        """What was filled in."""
        found = []
        for place in range(1, MOST_TARGETS + 1):
            by, amount, words = (self[f"{name}_{place}"].data or "" for name in ("by", "amount", "words"))
            if by or amount or words:
                found.append(Target(due_of(by), self[f"how_{place}"].data, number_of(amount), words))
        return found

    def show(self, kept: Indicator) -> None:
        """Fill the form in with what is kept."""
        self.version.data = kept.version_id
        for place, one in enumerate(kept.milestones[:MOST_TARGETS], start=1):
            self[f"by_{place}"].data, self[f"how_{place}"].data = one.due.said, one.operator
            self[f"amount_{place}"].data = "" if one.amount is None else f"{one.amount.normalize():f}"
            self[f"words_{place}"].data = one.words


def _by_when(form: Form, field: Any) -> None:
    if field.data and due_of(field.data).on is None:
        raise ValidationError("Enter a day or a month, such as 30 September 2026 or September 2026")


def _target(form: Form, field: Any) -> None:
    if field.data and number_of(field.data) is None:
        raise ValidationError("Enter a number such as 80 or 12.5")


@lru_cache(maxsize=1)
def targets_form() -> type[TargetsForm]:
    """The form with room for so many targets."""
    fields: dict[str, Any] = {}
    how = [SelectChoice(value=operator.value, label=words.capitalize()) for words, operator in layout.OPERATORS.items()]
    for place in range(1, MOST_TARGETS + 1):
        fields[f"by_{place}"] = StringField("By", [_by_when, Length(max=40)])
        fields[f"how_{place}"] = SelectField("How", choices=how, default=Operator.AT_LEAST.value)
        fields[f"amount_{place}"] = StringField("Number", [_target, Length(max=14)])
        fields[f"words_{place}"] = StringField("Or in words", [Length(max=SHORT)])
    return type("TargetsForm", (TargetsForm,), fields)


class ReadingForm(Form):
    """A reading that somebody enters."""

    read_on = DatePartsField("Day of the reading", [InputRequired("Enter the day")], subject="The day of the reading")
    figure = StringField("Figure", [number, Length(max=30)])
    words = TextAreaField("Position in words", [Length(max=LONG)])
    judged = SelectField(
        "How it stands",
        choices=[SelectChoice(value="", label="The figure says it")]
        + [SelectChoice(value=key.value, label=words.capitalize()) for words, key in layout.JUDGED.items()],
        default="",
    )
    rows = TextAreaField("Rows", [Length(max=LONG)])
    source = StringField("Where it comes from", [Length(max=SHORT)])

    def validate_rows(self, field: Any) -> None:
        """Each row is a name and a number."""
        for line in (field.data or "").splitlines():
            name, colon, amount = line.rpartition(":")
            if line.strip() and not (colon and name.strip() and amount_in(amount)):
                raise ValidationError(f"Write each row as a name, a colon and a number. This is not one: {line[:60]}")

    def finding(self) -> Finding:
        """What was filled in."""
        rows = []
        for line in (self.rows.data or "").splitlines():
            name, _, amount = line.rpartition(":")
            if line.strip():
                rows.append((name.strip(), amount_in(amount) or Amount()))
        figure = amount_in(self.figure.data or "") or Amount()
        judged = Judged(self.judged.data).value if self.judged.data else ""
        return Finding(self.read_on.data, figure, self.words.data or "", judged, self.source.data or "", tuple(rows))


class OverrideForm(Form):
    """A person's own view of where an indicator stands."""

    state = RadioField("Where it stands")
    milestone = SelectField("For which target", default="")
    reason = TextAreaField("Why", [InputRequired("Give the reason"), Length(max=LONG)])

    def offer(self, indicator: Indicator, computed: str) -> None:
        """Offer the states, and the indicator's targets."""
        self.state.choices = [SelectChoice(value="", label=f"What comes out: {computed}")]
        self.state.choices += [SelectChoice(value=k.value, label=w.capitalize()) for w, k in layout.STATED.items()]
        self.milestone.choices = [SelectChoice(value="", label="The targets as a whole")]
        self.milestone.choices += [
            SelectChoice(value=one.due_on.isoformat(), label=one.due.said) for one in indicator.milestones
        ]

    def stated(self, indicator: Indicator) -> Stated | None:
        """What was chosen; nothing where what comes out is to stand."""
        if not self.state.data:
            return None
        day = next((m.due_on for m in indicator.milestones if m.due_on.isoformat() == self.milestone.data), None)
        return Stated(State(self.state.data).value, day, self.reason.data or "")
