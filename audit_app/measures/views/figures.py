"""The figures of a period and a unit in sentences and tables, and the audits behind every figure."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.measures import album, queries, sentences
from audit_app.measures.album import Material
from audit_app.measures.beyond_chance import WHAT, BeyondChance, beyond_chance
from audit_app.measures.counts import Counts, count
from audit_app.measures.definitions import DEFINITIONS, PAIRING_WORDS, PairingWords, definition, pairing
from audit_app.measures.figures import PAIRINGS, PairFigures, Row
from audit_app.measures.forms import OWN, Asked, asked_by
from audit_app.measures.from_cells import counts_of
from audit_app.measures.pictures.picture import Lead
from audit_app.measures.population import Counted
from audit_app.measures.published import published
from audit_app.measures.queries import Filters
from audit_app.measures.shares import rows_by_month, rows_by_team
from audit_app.measures.single_counts import which
from audit_app.measures.suppression import HIDDEN, SMALL
from audit_app.measures.views import blueprint
from audit_app.organisation.queries import tree
from audit_app.web.guard import actor, requires

sees = requires(Permission.SEE_FIGURES)
# Working figures have small numbers in them: they are for those who may open cases. A board reads what is published.
works_with = requires(Permission.READ_AUDITS)


def asked_of_units() -> Asked:
    """What the address asks for, as somebody who works with the audits of their units."""
    return asked_by(actor().limited_to(Permission.READ_AUDITS))


def count_of(asked: Asked, audits: list[Counted]) -> Counts:
    """Every figure of a population."""
    views = queries.evidence_views(asked.filters, asked.who)
    became, loops = queries.became(asked.filters, asked.who), queries.loops(asked.filters, asked.who)
    deeds = queries.deeds(asked.filters, asked.who)
    return count(audits, became, views, loops=loops, deeds=deeds, every_section=asked.filters.every_section)


@blueprint.get("/measures")
@sees
def index() -> ResponseReturnValue:
    """The figures in short: sentences, pictures and tables, how sure they are; as published for a board."""
    if not actor().may(Permission.READ_AUDITS):
        return _as_published()
    asked = asked_of_units()
    made_from = queries.material(album.SHORT, asked.filters, asked.who, asked.asked)
    totals = made_from.sums.totals
    counts = counts_of(totals, every_section=asked.filters.every_section)
    estimated = album.had_all_been_moderated(made_from.sums)
    shown = _pairings(counts, asked.filters.tier)
    return render_template(
        "measures/index.html",
        asked=asked,
        counts=counts,
        shares={figure.key: figure for figure in counts.shares},
        audits=totals.audits,
        held_blind=asked.held,
        definition=definition,
        said=sentences.said,
        uneven=sentences.uneven_sentence,
        weighing=sentences.weighing_sentence,
        scale=totals.scale,
        sentences=[one for one in (*sentences.headlines(counts, asked.filters.tier), estimated) if one],
        pairings=shown,
        jumps=_jumps(shown),
        coefficients=_coefficients(shown),
        beyond_chance=WHAT,
        pictures={one.key: one for one in album.pictures(album.SHORT, made_from)},
        every_section=asked.filters.every_section,
    )


def _pairings(counts: Counts, tier: str) -> list[tuple[PairFigures, PairFigures, PairingWords]]:
    """The pairings to show: those of the tier that was asked for, or all."""
    found = zip(counts.random, counts.other, PAIRING_WORDS, PAIRINGS, strict=True)
    return [(pair, other, words) for pair, other, words, (_, later) in found if tier in ("", later)]


def _coefficients(pairings: list[tuple[PairFigures, PairFigures, PairingWords]]) -> dict[str, BeyondChance | None]:
    """The coefficients of each pairing, by how its keys end."""
    return {
        words.ending: beyond_chance(pair.matrix, together=pair.every_section)
        for pair, _, words in pairings
        if pair.matrix
    }


def _jumps(pairings: list[tuple[PairFigures, PairFigures, PairingWords]]) -> list[dict[str, str]]:
    """The contents of the page."""
    parts = [("Grades", "grades"), ("Were auditors too hopeful?", "hopeful")]
    parts += [(words.name, f"agreement-{at}") for at, (_, _, words) in enumerate(pairings, 1)]
    parts += [("Carrying it out", "carrying-out"), ("How sure are we?", "how-sure")]
    return [{"text": text, "href": f"#{anchor}"} for text, anchor in parts]


def _as_published() -> ResponseReturnValue:
    found, paths = queries.sums(Filters(), actor()), actor().paths(Permission.SEE_FIGURES)
    return render_template(
        "measures/published.html",
        hidden=HIDDEN,
        small=SMALL,
        definition=definition,
        said=sentences.said,
        paper=published(found, counts_of(found.totals), list(queries.rounds_beside(found).values())),
        units=[unit.name for unit in tree(paths) if unit.path in paths],
    )


def rows_of_teams(asked: Asked, made_from: Material) -> list[tuple[Row, str, Lead | None]]:
    """A row a team, where it leads (to the figures of that team alone), and how an address chooses it alone."""
    rows = rows_by_team(made_from.sums, made_from.teams or {}, made_from.order, every_section=made_from.every_section)
    offered = {str(unit.id) for unit in asked.units}
    single = {str(unit) for unit in asked.single}
    return [
        (
            row,
            asked.href(unit=row.key) if row.key in offered and len(rows) > 1 else "",
            {"unit": row.key} if row.key in single else None,
        )
        for row in rows
    ]


def rows_of_months(asked: Asked, made_from: Material) -> list[tuple[Row, str, Lead | None]]:
    """A row a month, where it leads (to the figures of that month alone), and how an address chooses it alone."""
    rows = rows_by_month(made_from.sums, every_section=made_from.every_section)
    found: list[tuple[Row, str, Lead | None]] = []
    for row in rows:
        alone: Lead = {"first": row.key, "last": row.key}
        found.append((row, asked.href(asked.home, **alone) if len(rows) > 1 else "", alone))
    return found


@blueprint.get("/measures/definitions")
@sees
def definitions() -> ResponseReturnValue:
    """What each figure means."""
    return render_template("measures/definitions.html", definitions=DEFINITIONS)


@blueprint.get("/measures/audits")
@works_with
def behind() -> ResponseReturnValue:
    """The audits behind a figure: those that one may open, and how many more were counted."""
    own = request.args.get("whose") == OWN
    asked = asked_by(actor(), own=True) if own else asked_of_units()
    audits = queries.own_population(asked.filters, asked.who) if own else queries.population(asked.filters, asked.who)
    key = request.args.get("figure", "")
    figure = count_of(asked, audits).figure(key) or queries.further(key, audits, asked.filters, asked.who)
    if figure is None or not figure.counted:
        abort(404)
    only = request.args.get("part") == "hits" and bool(figure.hits)
    after, before = request.args.get("after", ""), request.args.get("before", "")
    ids = figure.hits if only else figure.counted
    found = queries.behind(ids, asked.filters, asked.who, after=after, before=before)
    return render_template(
        "measures/behind.html",
        asked=asked,
        figure=figure,
        definition=definition(figure.key),
        said=sentences.said,
        pairing=pairing(figure.key),
        which=which(figure.key, asked.there.tools),
        found=found,
        only=only,
        every_section=asked.filters.every_section,
    )
