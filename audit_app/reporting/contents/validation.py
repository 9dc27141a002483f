"""The report of a whole validation exercise: how far external auditors agreed, for colleagues or published (pure)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit_app.auditing.ledger import EXTERNAL, INTERNAL
from audit_app.measures import sentences
from audit_app.measures.counts import Counts
from audit_app.measures.definitions import DEFINITIONS
from audit_app.measures.figures import Figure, PairFigures, pair_figures
from audit_app.measures.pictures.picture import Picture
from audit_app.measures.population import Counted, one_scale
from audit_app.measures.published import told_agreement
from audit_app.measures.suppression import HIDDEN, NOTE, SMALL, hidden_counts, hidden_shares, is_small
from audit_app.measures.withheld import is_kept_back, withheld
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.contents.figures import figure_row, pair_table
from audit_app.reporting.contents.findings import HEADINGS, Observations
from audit_app.reporting.contents.grades import grid
from audit_app.reporting.contents.measures import chart_of
from audit_app.reporting.document import Bullets, Callout, Column, Document, Facts, Heading, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import day, month, percent, plural

SURE = (
    "A share of audits that were drawn at random stands with a 95% interval. Under 10 grades no interval is given: "
    "they are too few to compare. Agreement compares what stood internally with the external auditor’s own grade: the "
    "one committed blind where they judged blind."
)
NOT_PUBLISHED = (
    f"Numbers from 1 to {SMALL} by section and by team are left out, and so are those from which such a number could "
    "be worked out. No case reference and no external auditor’s own words are in this paper."
)
UNTOLD = "How far the external auditor agreed counts or leaves so few audits that it is not published."
SAYS = ("exact_external", "exact_auditor_external", "within_one", "over", "under", "bias")
MEANINGS = tuple((one.name, f"{one.counts} {one.mind}".strip()) for one in DEFINITIONS if one.key in SAYS)


@dataclass(frozen=True, slots=True)
class Observed:
    """What one external auditor wrote of the exercise in a finished copy of their findings."""

    auditor: str
    number: int
    finished_on: dt.date
    observations: Observations


@dataclass(frozen=True, slots=True)
class ValidationMaterial:
    """Everything that the report is made from: audits with an external opinion, as the measures pages count them."""

    exercise: str
    unit: str
    auditors: Sequence[str]
    audits: Sequence[Counted]
    counts: Counts
    sections: Counts
    names: Sequence[tuple[str, str]]  # graded sections by key, in the order of the tools
    order: Sequence[int]  # units in the order of the structure
    observed: Sequence[Observed] = ()
    unfinished: int = 0
    left_out: int = 0
    pictures: Sequence[Picture] = ()

    @property
    def validated(self) -> list[Counted]:
        """The audits on which an external auditor has finished."""
        return [one for one in self.audits if one.opinion(EXTERNAL) is not None]


def validation_report(
    found: ValidationMaterial, audience: Audience, *, council: str, produced_at: dt.datetime, receipt: str | None
) -> Document:
    """The report as a paper: a draft as long as an audit of the exercise is with an external auditor."""
    if audience.published:
        found = replace(found, counts=withheld(found.counts), sections=withheld(found.sections))
    return Document(
        title="External validation report",
        subtitle=f"{found.exercise}: {found.unit}",
        marking=audience.marking,
        status="DRAFT" if found.unfinished or found.left_out else "FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        parts=_parts(found, audience.published),
        receipt=receipt,
    )


def _parts(found: ValidationMaterial, published: bool) -> tuple[Part, ...]:
    done = found.validated
    before = (*_draft(found, published), *_about(found, published))
    if not done:
        return (*before, Text("Figures appear here with the first audit that an external auditor finishes."))
    if published and is_small(len(done)):
        return (*before, Text(f"The exercise has {SMALL} audits or fewer, so its figures are not published."))
    return (
        *_draft(found, published),
        Heading(1, "In short"),
        Bullets(_short(found)),
        *_about(found, published),
        *_agreement(found, published),
        *_sections(found, published),
        *_teams(found, published),
        *_observed(found, published),
        Heading(1, "How sure are we?"),
        Text(SURE),
        *((Text(NOT_PUBLISHED),) if published else ()),
        Heading(1, "What each figure means"),
        Facts(MEANINGS),
    )


def _draft(found: ValidationMaterial, published: bool) -> tuple[Part, ...]:
    said = []
    if found.unfinished and published and is_small(found.unfinished):
        said.append("Some audits are with an external auditor.")
    elif found.unfinished:
        verb = "is" if found.unfinished == 1 else "are"
        said.append(f"{plural(found.unfinished, 'audit')} {verb} with an external auditor.")
    if found.left_out:
        verb = "is" if found.left_out == 1 else "are"
        said.append(f"{plural(found.left_out, 'audit')} that you judge blind just now {verb} left out of every number.")
    return (Callout("This is a draft, and its figures will change", "\n\n".join(said)),) if said else ()


def _short(found: ValidationMaterial) -> tuple[str, ...]:
    internal, own = found.counts.random[1], found.counts.random[2]
    said = [UNTOLD if is_kept_back(internal.exact) else told_agreement(internal)]
    if own.exact.value is not None:
        said.append(f"Against auditors’ first grades alone: {own.exact.count} of {own.exact.total} agreed "
                    f"({percent(own.exact.value)}).")  # fmt: skip
    return tuple(said)


def _about(found: ValidationMaterial, published: bool) -> tuple[Part, ...]:
    months = sorted({one.period for one in found.audits})
    rows: list[tuple[str, Cell]] = [("Exercise", found.exercise), ("Covers", found.unit)]
    if months:
        span = month(months[0]) if len(months) == 1 else f"{month(months[0])} to {month(months[-1])}"
        rows.append(("Audits of", span))
    done = len(found.validated)
    if not (published and is_small(done)):
        rows.append(("Validated", plural(done, "audit")))
    if not published and found.auditors:
        rows.append(("External auditors", " and ".join(found.auditors)))
    return (Heading(1, "What was validated"), Facts(tuple(rows)))


def _agreement(found: ValidationMaterial, published: bool) -> tuple[Part, ...]:
    internal, other = found.counts.random[1], found.counts.other[1]
    parts: list[Part] = [Heading(1, "How far the external auditor agreed")]
    if internal.exact.value is None and not is_kept_back(internal.exact):
        parts.append(Text(sentences.agreement_sentence(internal)))
    else:
        parts.append(pair_table("Overall grades: what stood internally, and the external auditor", internal))
        if internal.exact.value is not None:
            parts += grid(internal, one_scale(found.audits), "What stood internally", "External auditor", published=published)  # fmt: skip # noqa: E501
        parts.append(pair_table("Every graded section of the same audits", found.sections.random[1]))
    parts += _beside(other)
    own = found.counts.random[2]
    if own.exact.value is not None or is_kept_back(own.exact):
        parts += [
            Heading(2, "Auditors’ own grades"),
            pair_table("Overall grades: auditor and external auditor", own),
        ]
    return tuple(parts)


def _beside(other: PairFigures) -> tuple[Part, ...]:
    exact = other.exact
    if exact.value is None:
        return ()
    said = f"on {exact.count} of {exact.total} ({percent(exact.value)}) the grade was the same."
    return (Text(f"Beside these, {plural(exact.total, 'audit')} came by another route than the draw: {said}"),)


def _sections(found: ValidationMaterial, published: bool) -> tuple[Part, ...]:
    by_section, names = [], dict(found.names)
    for key in names:
        pair = pair_figures([replace(one, overall=key) for one in found.audits], INTERNAL, EXTERNAL)
        if pair.exact.total:
            by_section.append((key, pair.exact))
    if not by_section:
        return ()
    gone = _hidden_sections(found, by_section) if published else frozenset[int]()
    by_name = [(names[key], exact) for key, exact in by_section]
    table = _broken_down("Agreement section by section", "Section", by_name, gone)
    drawn = () if published else tuple(part for one in found.pictures for part in (Text(one.sentence), chart_of(one)))
    return (Heading(1, "Section by section"), *(drawn[:2]), table)


def _hidden_sections(found: ValidationMaterial, by_section: Sequence[tuple[str, Figure]]) -> frozenset[int]:
    """The places of sections that are not published. The whole of overall grades is told above, so is the others's."""
    keys = {one.overall for one in found.audits}
    overall = [at for at, (key, _) in enumerate(by_section) if key in keys]
    others = [at for at, (key, _) in enumerate(by_section) if key not in keys]
    if is_kept_back(found.counts.random[1].exact):
        return _hidden([figure for _, figure in by_section], overall)
    groups = (overall, others)
    return frozenset(group[at] for group in groups for at in _hidden([by_section[place][1] for place in group]))


def _hidden(figures: Sequence[Figure], besides: Iterable[int] = ()) -> frozenset[int]:
    shares = [(figure.count, figure.total) for figure in figures]
    return hidden_shares(shares, hidden_counts([total for _, total in shares]) | frozenset(besides))


def _teams(found: ValidationMaterial, published: bool) -> tuple[Part, ...]:
    place = {unit: number for number, unit in enumerate(found.order)}
    teams: dict[int, list[Counted]] = {}
    for one in found.validated:
        teams.setdefault(one.unit_id, []).append(one)
    ordered = sorted(teams, key=lambda unit: (place.get(unit, len(place)), unit))
    counted = [(teams[unit][0].unit_name, pair_figures(teams[unit], INTERNAL, EXTERNAL).exact) for unit in ordered]
    rows = [(name, figure) for name, figure in counted if figure.total]
    heading = Heading(1, "By team")
    if len(rows) == 1:
        return (heading, Text(f"All audits drawn at random are of {rows[0][0]}: the figures above are theirs."))
    gone = _hidden([figure for _, figure in rows]) if published else frozenset[int]()
    return (heading, _broken_down("Agreement by team", "Team", rows, gone)) if rows else ()


def _broken_down(caption: str, what: str, found: Sequence[tuple[str, Figure]], gone: frozenset[int]) -> Table:
    """A row each with its count and how sure it is; those that are gone are left out."""
    rows = []
    for at, (name, figure) in enumerate(found):
        rows.append((name, None, None, HIDDEN, "not published") if at in gone else figure_row(figure, name))
    columns = (
        Column(what, width_share=3),
        Column("Agreed", "right"),
        Column("Out of", "right"),
        Column("Share", "right", 1.2),
        Column("How sure", width_share=2.6),
    )
    note = "In the order of the tools and of the structure: no league table." + (f"\n\n{NOTE}" if gone else "")
    return Table(caption, columns, tuple(rows), row_headers=True, note=note)


def _observed(found: ValidationMaterial, published: bool) -> tuple[Part, ...]:
    if published or not found.observed:
        return ()
    parts: list[Part] = [Heading(1, "What the external auditor observed")]
    for one in found.observed:
        parts += [Heading(2, one.auditor), Text(f"Copy {one.number}, finished on {day(one.finished_on)}", "note")]
        for name, heading in HEADINGS:
            parts += [Heading(3, heading), Text(getattr(one.observations, name))]
    return tuple(parts)
