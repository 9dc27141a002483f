"""The measures pages: what the judgements add up to, and the audits behind every figure."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.measures import figures, queries, sentences
from audit_app.measures.counts import Counts, by_month, by_unit, count
from audit_app.measures.definitions import DEFINITIONS, PAIRING_WORDS, definition, pairing
from audit_app.measures.figures import Row
from audit_app.measures.forms import FiltersForm
from audit_app.measures.population import Counted, one_scale
from audit_app.measures.queries import Filters
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.web.guard import actor, requires

blueprint = Blueprint("measures", __name__)
sees = requires(Permission.SEE_FIGURES)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for: the form, the filters that it makes, and the units that they may choose."""

    form: FiltersForm
    filters: Filters
    units: list[Unit]

    def href(self, endpoint: str = "measures.index", /, **changes: Any) -> str:
        """An address that keeps what was chosen, but for changes (None takes one away)."""
        return url_for(endpoint, **(self.form.chosen | changes))

    @property
    def applied(self) -> list[dict[str, object]]:
        """The chosen filters as tags, each with the address without it."""
        found: list[dict[str, object]] = []
        for field in self.form:
            if field.name in self.form.chosen:
                words = next(choice.label for choice in field.choices if choice.value == field.data).strip()
                tag = {"text": words, "href": self.href(**{field.name: None})}
                found.append({"heading": field.label.text, "items": [tag]})
        return found


def _asked() -> Asked:
    who = actor()
    units = tree(who.paths(Permission.SEE_FIGURES))
    form = FiltersForm(request.args)
    form.offer(queries.months(who), units, queries.programmes(who), queries.exercises(who))
    return Asked(form, form.filters(units), units)


def _count(filters: Filters, audits: list[Counted]) -> Counts:
    who = actor()
    views = queries.evidence_views(filters, who)
    became, loops = queries.became(filters, who), queries.loops(filters, who)
    deeds = queries.deeds(filters, who)
    return count(audits, became, views, loops=loops, deeds=deeds, every_section=filters.every_section)


def _held_blind() -> int:
    may_hold = actor().may(Permission.MODERATE) or actor().may(Permission.VALIDATE)
    return queries.held_blind(actor()) if may_hold else 0


@blueprint.get("/measures")
@sees
def index() -> ResponseReturnValue:
    """The figures of a period and a unit: sentences first, then tables, then how sure they are."""
    asked = _asked()
    every_section = asked.filters.every_section
    audits = queries.population(asked.filters, actor())
    counts = _count(asked.filters, audits)
    names = {audit.unit_id: audit.unit_name for audit in audits}
    teams = by_unit(audits, names, [unit.id for unit in asked.units], every_section=every_section)
    months = by_month(audits, every_section=every_section)
    return render_template(
        "measures/index.html",
        asked=asked,
        form=asked.form,
        counts=counts,
        shares={figure.key: figure for figure in counts.shares},
        audits=audits,
        held_blind=_held_blind(),
        definition=definition,
        said=sentences.said,
        scale=one_scale(audits),
        sentences=_sentences(counts),
        pairings=list(zip(counts.random, counts.other, PAIRING_WORDS, strict=True)),
        teams=[(row, _team(asked, row, len(teams))) for row in teams],
        months=[(row, _of_month(asked, row, len(months))) for row in months],
        every_section=every_section,
        distributions=[
            ("As audited", figures.distribution(audits, Counted.overall_as_audited)),
            ("As it stands", figures.distribution(audits, Counted.overall_as_it_stands)),
        ],
    )


def _sentences(counts: Counts) -> list[str]:
    audited, stands, gap, covered = counts.shares[:4]
    senior, internal, _ = counts.random
    return [
        sentences.good_sentence(audited, stands),
        sentences.agreement_sentence(senior),
        sentences.agreement_sentence(internal),
        sentences.gap_sentence(gap),
        sentences.coverage_sentence(covered),
    ]


def _team(asked: Asked, row: Row, rows: int) -> str:
    """Where a team's row leads: to the figures of that team alone."""
    offered = any(str(unit.id) == row.key for unit in asked.units)
    return asked.href(unit=row.key) if offered and rows > 1 else ""


def _of_month(asked: Asked, row: Row, rows: int) -> str:
    """Where a month's row leads: to the figures of that month alone."""
    return asked.href(first=row.key, last=row.key) if rows > 1 else ""


@blueprint.get("/measures/definitions")
@sees
def definitions() -> ResponseReturnValue:
    """What each figure means."""
    return render_template("measures/definitions.html", definitions=DEFINITIONS)


@blueprint.get("/measures/audits")
@sees
def behind() -> ResponseReturnValue:
    """The audits behind a figure: those that one may open, and how many more were counted."""
    asked = _asked()
    audits = queries.population(asked.filters, actor())
    figure = _count(asked.filters, audits).figure(request.args.get("figure", ""))
    if figure is None or not figure.counted:
        abort(404)
    only = request.args.get("part") == "hits" and bool(figure.hits)
    after, before = request.args.get("after", ""), request.args.get("before", "")
    found = queries.behind(figure.hits if only else figure.counted, asked.filters, actor(), after=after, before=before)
    return render_template(
        "measures/behind.html",
        asked=asked,
        figure=figure,
        definition=definition(figure.key),
        said=sentences.said,
        pairing=pairing(figure.key),
        found=found,
        only=only,
        every_section=asked.filters.every_section,
    )
