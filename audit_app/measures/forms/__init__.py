"""The filters of the measures pages, kept in the address."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for
from wtforms import Field, RadioField, SelectChoice, SelectField

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.ledger import EXTERNAL, SENIOR
from audit_app.frameworks.content import CATEGORIES
from audit_app.measures import queries
from audit_app.measures.album import Material
from audit_app.measures.queries import Filters, Named, Offered
from audit_app.measures.shares import AGREED, CHARTED
from audit_app.measures.sums import Sums
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.web.formats import month
from audit_app.web.forms import Form

OVERALL, SECTION = "overall", "section"
MOST_NAMES = 3  # of units that a caption names
TIERS = {SENIOR: "Senior moderator", EXTERNAL: "External auditor"}
COUNTING = [
    SelectChoice(value=OVERALL, label="Overall grade (one an audit)"),
    SelectChoice(value=SECTION, label="Every graded section"),
]


class FiltersForm(Form):
    """Which audits, and what is counted of each."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    first = SelectField("From")
    last = SelectField("To")
    unit = SelectField("Unit")
    programme = SelectField("Programme")
    exercise = SelectField("Validation exercise")
    tool = SelectField("Audit tool")
    category = SelectField("Category of case")
    tier = SelectField("Second opinion")
    section = SelectField("Section")
    counting = RadioField("Count", choices=COUNTING, default=OVERALL)

    def offer(self, there: Offered, units: list[Unit], programmes: Iterable[Named], exercises: Iterable[Named]) -> None:
        """Fill in what can be chosen; whatever else was asked for counts as not chosen."""
        every = [SelectChoice(value=m.isoformat(), label=month(m)) for m in there.months]
        self.first.choices = [SelectChoice(value="", label="The first month"), *reversed(every)]
        self.last.choices = [SelectChoice(value="", label="The latest month"), *every]
        self.unit.choices = [SelectChoice(value="", label="All that I may see"), *unit_choices(units, value=str)]
        self.programme.choices = [SelectChoice(value="", label="All programmes")] + [
            SelectChoice(value=str(p.id), label=p.name) for p in programmes
        ]
        self.exercise.choices = [SelectChoice(value="", label="All audits")] + [
            SelectChoice(value=str(e.id), label=e.name) for e in exercises
        ]
        self.tool.choices = _choices("All tools", {tool.key: tool.name for tool in there.tools})
        words = {one: CATEGORIES.get(one, one) for one in there.categories}
        self.category.choices = _choices("All categories", words)
        self.tier.choices = self.tier.choices or _choices("Both", TIERS)
        tools = [tool for tool in there.tools if self.tool.data in ("", None, tool.key)] or list(there.tools)
        names = {one.key: one.name for tool in tools for one in tool.graded_sections if not one.overall}
        self.section.choices = _choices("As counted below", names)
        settle(self)

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        return chosen_of(self)

    def filters(self, units: Iterable[Unit]) -> Filters:
        """What was chosen, as a population is asked for."""
        asked = self.chosen
        return Filters(
            first=_month(asked.get("first")),
            last=_month(asked.get("last")),
            path=next((unit.path for unit in units if str(unit.id) == asked.get("unit")), ""),
            programme=_number(asked.get("programme")),
            exercise=_number(asked.get("exercise")),
            every_section="counting" in asked and "section" not in asked,
            tool=asked.get("tool", ""),
            category=asked.get("category", ""),
            section=asked.get("section", ""),
            tier=asked.get("tier", ""),
        )

    @property
    def counted(self) -> str:
        """What is counted of each audit, in words."""
        if "section" in self.chosen:
            return f"the section “{_label(self.section)}”"
        return "every graded section" if "counting" in self.chosen else "overall grade"


class ChartForm(Form):
    """Which figure is drawn over time and between teams, and when its limits start anew."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    share = SelectField("Figure", choices=[SelectChoice(value=key, label=one.name) for key, one in CHARTED.items()])
    step = SelectField("New limits from", default="")

    def offer(self, months: Sequence[dt.date]) -> None:
        """Fill in the months at which a change may have been made: any but the first."""
        self.step.choices = _choices("No change made", {m.isoformat(): month(m) for m in months[1:]})
        settle(self)

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        return chosen_of(self)

    @property
    def steps(self) -> tuple[dt.date, ...]:
        """The months at which limits start anew."""
        step = _month(self.chosen.get("step"))
        return () if step is None else (step,)

    @property
    def charted(self) -> str:
        """The key of the figure that is drawn."""
        return self.chosen.get("share", AGREED)


def settle(form: Form) -> None:
    """Take whatever was not offered as not chosen."""
    for field in form:
        if field.data not in {choice.value for choice in field.choices}:
            field.data = field.choices[0].value


def chosen_of(form: Form) -> dict[str, str]:
    """What was chosen in a form, but for the first of each list, which stands for no choice."""
    return {field.name: field.data for field in form if field.data != field.choices[0].value}


def _choices(nothing: str, words: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value="", label=nothing), *(SelectChoice(value=k, label=v) for k, v in words.items())]


def _label(field: Field) -> str:
    return str(next(choice.label for choice in field.choices if choice.value == field.data))


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _month(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: the forms, the filters that they make, and what they may choose among."""

    who: Actor
    form: FiltersForm
    chart: ChartForm
    filters: Filters
    units: list[Unit]
    there: Offered
    held: int  # how many audits they judge blind just now
    own: bool = False

    def href(self, endpoint: str = "measures.index", /, **changes: Any) -> str:
        """An address that keeps what was chosen, but for changes (None takes one away)."""
        whose = {"whose": OWN} if self.own else {}
        return url_for(endpoint, **(self.form.chosen | self.chart.chosen | whose | changes))

    @property
    def home(self) -> str:
        """The page to which the filters belong."""
        return "measures.mine" if self.own else "measures.index"

    @property
    def applied(self) -> list[dict[str, Any]]:
        """The chosen filters as tags, each with the address without it."""
        here = request.endpoint or self.home
        found: list[dict[str, Any]] = []
        for field in self.form:
            if field.name in self.form.chosen:
                tag = {"text": _label(field).strip(), "href": self.href(here, **{field.name: None})}
                found.append({"heading": field.label.text, "items": [tag]})
        return found

    @property
    def caption(self) -> str:
        """Whose figures of which months a page shows: the chosen unit's, else those of all that one may see."""
        months = [day for day in self.there.months if _within(day, self.filters)]
        if not months:
            return self._whose
        first, last = month(min(months)), month(max(months))
        return f"{self._whose}, {first}" if first == last else f"{self._whose}, {first} to {last}"

    @property
    def _whose(self) -> str:
        if self.own:
            return "Your audits"
        if chosen := self.form.chosen.get("unit"):
            return next(unit.name for unit in self.units if str(unit.id) == chosen)
        return self.everything

    @property
    def everything(self) -> str:
        """What all that one may see is called: by the names of its highest units, if they are few."""
        paths = {unit.path for unit in self.units}
        tops = [unit.name for unit in self.units if not paths.intersection(_above(unit.path))]
        return "; ".join(tops) if 0 < len(tops) <= MOST_NAMES else "All that you may see"

    @property
    def nothing_why(self) -> str:
        """What to do where no audit is chosen."""
        first, last = self.filters.first, self.filters.last
        if first is not None and last is not None and first > last:
            ends = f"The months end before they begin: {month(first)} is after {month(last)}."
            return f"{ends} Choose an earlier “From” or a later “To”."
        if self.applied:
            return "Take away one of the choices, or choose a wider period or unit."
        return "Figures appear with the first audit that is handed in."

    @property
    def said(self) -> list[tuple[str, str]]:
        """Every filter with what it is set to."""
        return [(str(field.label.text), _label(field).strip()) for field in self.form]

    @property
    def sections(self) -> dict[str, str]:
        """The names of graded sections by key, in the order of the tools that are chosen."""
        tools = [tool for tool in self.there.tools if self.form.tool.data in ("", tool.key)]
        return {one.key: one.name for tool in tools for one in tool.graded_sections}

    @property
    def overall(self) -> frozenset[str]:
        """The sections that are the overall grade of the tools that are chosen."""
        tools = [tool for tool in self.there.tools if self.form.tool.data in ("", tool.key)]
        return frozenset(tool.overall_section.key for tool in tools if tool.overall_section)

    @property
    def single(self) -> frozenset[int]:
        """The units that can be chosen with no other unit below them: their audits are theirs alone."""
        above = {part for unit in self.units for part in unit.path.strip("/").split("/")[:-1]}
        return frozenset(unit.id for unit in self.units if str(unit.id) not in above)

    @property
    def asked(self) -> Material:
        """What is asked of the population for its pictures."""
        return Material(
            Sums(),
            tier=self.filters.tier,
            charted=self.chart.charted,
            steps=self.chart.steps,
            order=tuple(unit.id for unit in self.units),
            single=self.single,
            sections=self.sections,
            overall=self.overall,
        )


OWN = "mine"


def _above(path: str) -> list[str]:
    """The paths of the units above one."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[:end])}/" for end in range(1, len(parts))]


def asked_by(who: Actor, *, own: bool = False) -> Asked:
    """What the address asks for, of what this person may choose; their own audits alone, if so."""
    there = queries.offered(who, own=own)
    units = [] if own else tree(who.paths(Permission.SEE_FIGURES))
    form, chart = FiltersForm(request.args), ChartForm(request.args)
    *named, held = queries.around(who)
    form.offer(there, units, *named)
    filters = form.filters(units)
    months = [day for day in reversed(there.months) if _within(day, filters)]
    chart.offer(months)
    return Asked(who, form, chart, replace(filters, auditor=who.id) if own else filters, units, there, held, own)


def _within(day: dt.date, filters: Filters) -> bool:
    return (filters.first is None or day >= filters.first) and (filters.last is None or day <= filters.last)
