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

COUNTING = [
    SelectChoice(value="overall", label="Overall grade (one an audit)"),
    SelectChoice(value="section", label="Every graded section"),
]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None


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
    counting = RadioField("Count", choices=COUNTING, default="overall")

    def offer(
        self, months: list[dt.date], units: list[Unit], programmes: Iterable[Programme], exercises: Iterable[Exercise]
    ) -> None:
        """Fill in what can be chosen."""
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

    def filters(self, units: list[Unit]) -> Filters:
        """What was chosen, of what may be chosen; anything else counts as not chosen."""
        paths = {unit.id: unit.path for unit in units}
        return Filters(
            first=_day(self.first.data),
            last=_day(self.last.data),
            path=paths.get(_number(self.unit.data) or 0, ""),
            programme=_number(self.programme.data),
            exercise=_number(self.exercise.data),
            every_section=self.counting.data == "section",
        )
