"""What the figures are compared with, kept in the address: other months, or another unit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wtforms import SelectChoice, SelectField

from audit_app.measures import queries
from audit_app.measures.comparing import Compared, compared, refusal_to_compare
from audit_app.measures.forms import Asked, FiltersForm, chosen_of, settle
from audit_app.measures.queries import Filters
from audit_app.refusal import Refusal
from audit_app.web.formats import months
from audit_app.web.forms import Form


class OtherForm(Form):
    """What the first figures are compared with: other months, or another unit."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    other_first = SelectField("From")
    other_last = SelectField("To")
    other_unit = SelectField("Unit")

    def offer(self, form: FiltersForm) -> None:
        """Offer what the first filters offer, with nothing changed to begin with."""
        for field, like in ((self.other_first, form.first), (self.other_last, form.last), (self.other_unit, form.unit)):
            field.choices = [SelectChoice(value=one.value, label=one.label) for one in like.choices]
        settle(self)

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in the address."""
        return chosen_of(self)

    @property
    def replaced(self) -> dict[str, str | None]:
        """The same by the names of the first filters; months replace both ends, so that none is left of the first."""
        chosen = {name.removeprefix("other_"): value for name, value in self.chosen.items()}
        months = {"first": chosen.get("first"), "last": chosen.get("last")} if chosen.keys() - {"unit"} else {}
        return chosen | months


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two populations side by side: what each is called and counts, and every share of both; or why not."""

    names: tuple[str, str]
    counts: tuple[int, int]
    rows: tuple[Compared, ...]
    refused: Refusal | None = None


def comparison(asked: Asked, form: OtherForm) -> Comparison:
    """What the filters choose beside the same of other months or another unit."""
    names = names_of(asked, form)
    other = _other(asked, form)
    first, second = (queries.sums(one, asked.who) for one in (asked.filters, other))
    counts = first.audits, second.audits
    refused = refusal_to_compare(queries.sums(_in_both(asked.filters, other), asked.who).audits)
    if refused is not None:
        return Comparison(names, counts, (), refused)
    rows = compared(first.totals, second.totals, every_section=asked.filters.every_section)
    return Comparison(names, counts, tuple(rows))


def _other(asked: Asked, form: OtherForm) -> Filters:
    """The same filters but for what was chosen to compare with."""
    chosen = form.replaced
    filters = asked.filters
    if "first" in chosen:
        days = {day.isoformat(): day for day in asked.there.months}
        filters = replace(filters, first=days.get(chosen["first"] or ""), last=days.get(chosen["last"] or ""))
    if "unit" in chosen:
        filters = replace(filters, path=next(unit.path for unit in asked.units if str(unit.id) == chosen["unit"]))
    return filters


def _in_both(one: Filters, other: Filters) -> Filters:
    """What two filters choose that differ in their months and units alone."""
    first = max((day for day in (one.first, other.first) if day is not None), default=None)
    last = min((day for day in (one.last, other.last) if day is not None), default=None)
    return replace(one, first=first, last=last, also=other.path)


def names_of(asked: Asked, form: OtherForm) -> tuple[str, str]:
    """What the two are called: by their months, by their units, or by both, as they differ."""
    first, second = asked.form.chosen, asked.form.chosen | form.replaced
    units, months = (_unit(asked, first), _unit(asked, second)), (_months(asked, first), _months(asked, second))
    if units[0] == units[1]:
        return months
    if months[0] == months[1]:
        return units
    return f"{units[0]}, {months[0]}", f"{units[1]}, {months[1]}"


def _unit(asked: Asked, chosen: Mapping[str, str | None]) -> str:
    return next((unit.name for unit in asked.units if str(unit.id) == chosen.get("unit")), asked.everything)


def _months(asked: Asked, chosen: Mapping[str, str | None]) -> str:
    days = {day.isoformat(): day for day in asked.there.months}
    first = days.get(chosen.get("first") or "", min(days.values(), default=None))
    last = days.get(chosen.get("last") or "", max(days.values(), default=None))
    if first is None or last is None:
        return "all months"
    return months(first, last) if first <= last else "no months"
