"""The measures pages: what the judgements add up to, and the audits behind every figure."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.measures import figures, queries, sentences
from audit_app.measures.counts import Counts, by_month, by_unit, count
from audit_app.measures.definitions import DEFINITIONS, definition
from audit_app.measures.forms import FiltersForm
from audit_app.measures.population import Counted, Round, one_scale
from audit_app.measures.queries import Filters
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.web.guard import actor, requires

blueprint = Blueprint("measures", __name__)
sees = requires(Permission.SEE_FIGURES)


def _count(filters: Filters, audits: list[Counted]) -> Counts:
    who = actor()
    became = Round(queries.allocated(filters, who), queries.handed_in(filters, who))
    return count(audits, became, queries.evidence_views(filters, who), every_section=filters.every_section)


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
    counts = _count(filters, audits)
    names = {i: name for i, (name, _) in queries.unit_names({audit.unit_id for audit in audits}).items()}
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
        teams=by_unit(audits, names, [unit.id for unit in units], every_section=filters.every_section),
        months=by_month(audits, every_section=filters.every_section),
        every_section=filters.every_section,
        distributions=[
            ("As audited", figures.distribution(audits, Counted.overall_as_audited)),
            ("As it stands", figures.distribution(audits, Counted.overall_as_it_stands)),
        ],
    )


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
    figure = _count(filters, audits).figure(request.args.get("figure", ""))
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
