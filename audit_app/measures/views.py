"""The measures pages: what the judgements add up to, and the audits behind every figure."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.measures import figures, queries, sentences
from audit_app.measures.definitions import DEFINITIONS, definition
from audit_app.measures.figures import PAIRINGS, Figure, PairFigures, Row
from audit_app.measures.forms import FiltersForm
from audit_app.measures.population import Counted, one_scale
from audit_app.measures.queries import Filters
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.web.formats import month
from audit_app.web.guard import actor, requires

blueprint = Blueprint("measures", __name__)
sees = requires(Permission.SEE_FIGURES)


@dataclass(frozen=True, slots=True)
class Counts:
    """Every figure of one population."""

    shares: tuple[Figure, ...]
    random: tuple[PairFigures, ...]
    other: tuple[PairFigures, ...]

    def figure(self, key: str) -> Figure | None:
        """One figure by its key."""
        pairs = [
            f for p in self.random for f in (p.exact, p.within_one, p.over, p.under, p.bias) if p.later != p.earlier
        ]
        return next((one for one in (*self.shares, *pairs) if one.key == key), None)


def count(filters: Filters, who: Actor, audits: list[Counted]) -> Counts:
    """Count everything that the page shows."""
    shares = (
        figures.good_as_audited(audits),
        figures.good_as_stands(audits),
        figures.inflation_gap(audits),
        figures.coverage(audits),
        figures.on_time(audits),
        figures.completed(queries.handed_in(filters, who), queries.allocated(filters, who)),
        figures.evidence_supports(queries.evidence_views(filters, who)),
        figures.practitioner_involved(audits),
        figures.feedback_obtained(audits),
    )
    every = filters.every_section
    random = tuple(figures.pair_figures(audits, a, b, every_section=every) for a, b in PAIRINGS)
    other = tuple(figures.pair_figures(audits, a, b, every_section=every, random=False) for a, b in PAIRINGS)
    return Counts(shares, random, other)


def _asked() -> tuple[FiltersForm, Filters, list[Unit]]:
    who = actor()
    units = tree(who.paths(Permission.SEE_FIGURES))
    form = FiltersForm(request.args)
    form.offer(queries.months(who), units, queries.programmes(who), queries.exercises(who))
    return form, form.filters(units), units


def _applied(form: FiltersForm) -> list[dict[str, object]]:
    """The chosen filters as tags, each with the address without it."""
    groups: list[dict[str, object]] = []
    for field in (form.first, form.last, form.unit, form.programme, form.exercise):
        chosen = next((c for c in field.choices if str(c.value) == field.data and field.data), None)
        if chosen is not None:
            rest: dict[str, Any] = {k: v for k, v in request.args.items() if k != field.name}
            href = url_for("measures.index", **rest)
            groups.append({"heading": field.label.text, "items": [{"text": chosen.label.strip(), "href": href}]})
    return groups


@blueprint.get("/measures")
@sees
def index() -> ResponseReturnValue:
    """The figures of a period and a unit: sentences first, then tables, then how sure they are."""
    form, filters, units = _asked()
    audits = queries.population(filters, actor())
    counts = count(filters, actor(), audits)
    names = queries.unit_names({audit.unit_id for audit in audits})
    return render_template(
        "measures/index.html",
        form=form,
        applied=_applied(form),
        counts=counts,
        audits=audits,
        definition=definition,
        scale=one_scale(audits),
        sentences=[
            sentences.good_sentence(counts.shares[0], counts.shares[1]),
            sentences.agreement_sentence(counts.random[0]),
            sentences.agreement_sentence(counts.random[1]),
            sentences.gap_sentence(counts.shares[2]),
            sentences.coverage_sentence(counts.shares[3]),
        ],
        teams=_teams(audits, names, units, filters),
        months=_months(audits, filters),
        every_section=filters.every_section,
        distributions=[
            ("As audited", figures.distribution(audits, Counted.overall_as_audited)),
            ("As it stands", figures.distribution(audits, Counted.overall_as_it_stands)),
        ],
    )


def _teams(audits: list[Counted], names: dict[int, tuple[str, str]], units: list[Unit], filters: Filters) -> list[Row]:
    """A row a team, in the tree's order: never sorted by rate."""
    by_unit: dict[int, list[Counted]] = defaultdict(list)
    for audit in audits:
        by_unit[audit.unit_id].append(audit)
    order = [unit.id for unit in units]
    placed = sorted(by_unit, key=lambda one: order.index(one) if one in order else len(order))
    every = filters.every_section
    return [figures.row(names[unit][0], by_unit[unit], every_section=every) for unit in placed]


def _months(audits: list[Counted], filters: Filters) -> list[Row]:
    by_month = defaultdict(list)
    for audit in audits:
        by_month[audit.period].append(audit)
    every = filters.every_section
    return [figures.row(month(period), by_month[period], every_section=every) for period in sorted(by_month)]


@blueprint.get("/measures/definitions")
@sees
def definitions() -> ResponseReturnValue:
    """What each figure means."""
    return render_template("measures/definitions.html", definitions=DEFINITIONS)


@blueprint.get("/measures/audits")
@sees
def behind() -> ResponseReturnValue:
    """The audits behind a figure: those that one may open, and how many more were counted."""
    form, filters, _ = _asked()
    audits = queries.population(filters, actor())
    figure = count(filters, actor(), audits).figure(request.args.get("figure", ""))
    if figure is None or not figure.counted:
        abort(404)
    only_hits = request.args.get("only") == "hits"
    kept: dict[str, Any] = {k: v for k, v in request.args.items() if k not in ("figure", "only")}
    found = queries.behind(figure.hits if only_hits else figure.counted, actor())
    return render_template(
        "measures/behind.html",
        figure=figure,
        definition=definition(figure.key),
        found=found,
        only_hits=only_hits,
        applied=_applied(form),
        back=url_for("measures.index", **kept),
    )
