"""Two periods or two units side by side."""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from audit_app.measures import queries
from audit_app.measures.comparing import compared, refusal_to_compare, shown, verdict
from audit_app.measures.definitions import definition
from audit_app.measures.forms import Asked, OtherForm
from audit_app.measures.views import blueprint
from audit_app.measures.views.figures import asked_of_units, works_with
from audit_app.web.formats import month


@blueprint.get("/measures/compare")
@works_with
def compare() -> ResponseReturnValue:
    """Every share of what the filters choose beside the same of other months or another unit."""
    asked = asked_of_units()
    form = OtherForm(request.args)
    form.offer(asked.form)
    if not form.chosen:
        return _page(asked, form)
    other = _other(asked, form)
    refused = refusal_to_compare(queries.sums(_in_both(asked.filters, other), asked.who).audits)
    if refused is not None:
        return _page(asked, form, refused=refused), 422
    first, second = (queries.sums(one, asked.who) for one in (asked.filters, other))
    rows = compared(first.totals, second.totals, every_section=asked.filters.every_section)
    names = _name(asked, asked.form.chosen), _name(asked, asked.form.chosen | form.replaced)
    return _page(
        asked, form, rows=rows, names=names, verdict=verdict(rows, *names), counts=(first.audits, second.audits)
    )


def _page(asked: Asked, form: OtherForm, **more: object) -> str:
    return render_template(
        "measures/compare.html",
        asked=asked,
        other=form,
        held_blind=asked.held,
        definition=definition,
        shown=shown,
        every_section=asked.filters.every_section,
        **more,
    )


def _other(asked: Asked, form: OtherForm) -> queries.Filters:
    """The same filters but for what was chosen to compare with."""
    chosen = form.replaced
    filters = asked.filters
    if "first" in chosen or "last" in chosen:
        days = {day.isoformat(): day for day in asked.there.months}
        filters = replace(filters, first=days.get(chosen.get("first", "")), last=days.get(chosen.get("last", "")))
    if "unit" in chosen:
        filters = replace(filters, path=next(unit.path for unit in asked.units if str(unit.id) == chosen["unit"]))
    return filters


def _in_both(one: queries.Filters, other: queries.Filters) -> queries.Filters:
    """What two filters choose that differ in their months and units alone."""
    first = max((day for day in (one.first, other.first) if day is not None), default=None)
    last = min((day for day in (one.last, other.last) if day is not None), default=None)
    return replace(one, first=first, last=last, also=other.path)


def _name(asked: Asked, chosen: dict[str, str]) -> str:
    """A population in words: its unit and its months."""
    unit = next((unit.name for unit in asked.units if str(unit.id) == chosen.get("unit")), "all that I may see")
    first = next((month(d) for d in asked.there.months if d.isoformat() == chosen.get("first")), "")
    last = next((month(d) for d in asked.there.months if d.isoformat() == chosen.get("last")), "")
    if first and last:
        return f"{unit}, {first}" if first == last else f"{unit}, {first} to {last}"
    if first or last:
        return f"{unit}, from {first} on" if first else f"{unit}, up to {last}"
    return unit
