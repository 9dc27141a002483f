"""The filters of the measures pages, kept in the address."""

import datetime as dt
from collections.abc import Iterable

from wtforms import RadioField, SelectChoice, SelectField

from audit_app.measures.queries import Filters
from audit_app.moderation.model import Exercise
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme
from audit_app.web.formats import month
from audit_app.web.forms import Form

OVERALL, SECTION = "overall", "section"
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
    counting = RadioField("Count", choices=COUNTING, default=OVERALL)

    def offer(
        self, months: list[dt.date], units: list[Unit], programmes: Iterable[Programme], exercises: Iterable[Exercise]
    ) -> None:
        """Fill in what can be chosen; whatever else was asked for counts as not chosen."""
        every = [SelectChoice(value=m.isoformat(), label=month(m)) for m in months]
        self.first.choices = [SelectChoice(value="", label="The first month"), *reversed(every)]
        self.last.choices = [SelectChoice(value="", label="The latest month"), *every]
        top = min((unit.depth for unit in units), default=0)
        self.unit.choices = [SelectChoice(value="", label="All that I may see")] + [
            SelectChoice(value=str(u.id), label="\u2003" * (u.depth - top) + u.name) for u in units
        ]
        self.programme.choices = [SelectChoice(value="", label="All programmes")] + [
            SelectChoice(value=str(p.id), label=p.name) for p in programmes
        ]
        self.exercise.choices = [SelectChoice(value="", label="All audits")] + [
            SelectChoice(value=str(e.id), label=e.name) for e in exercises
        ]
        for field in self:
            if field.data not in {choice.value for choice in field.choices}:
                field.data = field.choices[0].value

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        return {field.name: field.data for field in self if field.data != field.choices[0].value}

    def filters(self, units: Iterable[Unit]) -> Filters:
        """What was chosen, as a population is asked for."""
        asked = self.chosen
        return Filters(
            first=_month(asked.get("first")),
            last=_month(asked.get("last")),
            path=next((unit.path for unit in units if str(unit.id) == asked.get("unit")), ""),
            programme=_number(asked.get("programme")),
            exercise=_number(asked.get("exercise")),
            every_section="counting" in asked,
        )


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _month(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
