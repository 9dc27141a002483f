"""The figures of measures: what each counts, out of what, how sure it is, and which audits are behind it (pure).

The definitions, in words, are in definitions.py; the intervals are in statistics.py; figures of two tiers' judgements
on the same sections are in pairings.py, and offered here too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from audit_app.auditing.ledger import AUDITOR, SENIOR
from audit_app.escalation.rules import Loop
from audit_app.measures.figure import TOO_FEW, Figure, complete, estimated
from audit_app.measures.pairings import PAIRINGS, PairFigures, pair_figures
from audit_app.measures.population import Counted, Round
from audit_app.measures.statistics import newcombe_paired

__all__ = [
    "PAIRINGS",
    "TOO_FEW",
    "Figure",
    "PairFigures",
    "Row",
    "actions_on_time",
    "completed",
    "coverage",
    "distribution",
    "evidence_supports",
    "feedback_obtained",
    "good_as_audited",
    "good_as_stands",
    "inflation_gap",
    "loop_closed",
    "on_time",
    "pair_figures",
    "practitioner_involved",
    "row",
    "why_open",
]
NO_AUDITS = "no audits handed in yet"


def good_as_audited(audits: Iterable[Counted]) -> Figure:
    """Audits whose auditor's overall is good or better / audits with an overall grade."""
    graded = [(a, bool(a.good(a.overall_as_audited()))) for a in audits if a.overall_as_audited() is not None]
    return complete("good_as_audited", graded, "no audits with an overall grade yet")


def good_as_stands(audits: Iterable[Counted]) -> Figure:
    """Audits whose standing overall is good or better / audits with an overall grade that stands."""
    graded = [(a, bool(a.good(a.overall_as_it_stands()))) for a in audits if a.overall_as_it_stands() is not None]
    return complete("good_as_stands", graded, "no audits with an overall grade yet")


def coverage(audits: Iterable[Counted]) -> Figure:
    """Audits with a completed moderation / submitted audits."""
    return complete("coverage", [(a, a.opinion(SENIOR) is not None) for a in audits], NO_AUDITS)


def on_time(audits: Iterable[Counted]) -> Figure:
    """Audits first handed in by their due day / audits handed in."""
    return complete("on_time", [(a, a.on_time) for a in audits], NO_AUDITS)


def practitioner_involved(audits: Iterable[Counted]) -> Figure:
    """Audits in which the practitioner took part / audits that say whether."""
    said = [(a, a.practitioner_involved) for a in audits if a.practitioner_involved is not None]
    return complete("practitioner_involved", said, NO_AUDITS)


def feedback_obtained(audits: Iterable[Counted]) -> Figure:
    """Audits with family or child feedback / audits that say whether."""
    said = [(a, a.feedback_obtained) for a in audits if a.feedback_obtained is not None]
    return complete("feedback_obtained", said, NO_AUDITS)


def loop_closed(loops: Iterable[Loop]) -> Figure:
    """Audits whose re-audit found every concern put right / audits whose re-audit was due."""
    due = [one for one in loops if one.became is not None or one.over]
    if not due:
        return Figure("loop_closed", 0, 0, None, why="no re-audit due yet")
    hits = tuple(one.audit_id for one in due if one.became is not None and one.became.closed)
    moved = sum(one.became is not None and one.became.moved for one in due)
    waiting = sum(one.became is None for one in due)
    why, counted = why_open(moved, waiting), tuple(one.audit_id for one in due)
    return Figure("loop_closed", len(hits), len(due), len(hits) / len(due), why=why, hits=hits, counted=counted)


def why_open(moved: int, waiting: int) -> str:
    """What became of the loops that are not closed, in words."""
    more = [
        f"{moved:,} more put right in part" if moved else "",
        f"{waiting:,} not audited again yet" if waiting else "",
    ]
    return ", ".join(one for one in more if one)


def completed(became: Round) -> Figure:
    """Audits handed in / audits allocated and not taken out again."""
    if became.allocated == 0:
        return Figure("completed", 0, 0, None, why="no audits allocated yet")
    share = became.handed_in / became.allocated
    hits, counted = became.handed_in_ids, became.allocated_ids
    return Figure("completed", became.handed_in, became.allocated, share, hits=hits, counted=counted)


def inflation_gap(audits: Iterable[Counted]) -> Figure:
    """Good or better as audited − good or better as the senior settled, on the same moderated audits."""
    table = {(before, after): 0 for before in (True, False) for after in (True, False)}
    counted = []
    for audit in audits:
        before, after = audit.good(audit.overall_as_audited()), audit.good(audit.overall_settled(SENIOR))
        if before is not None and after is not None:
            counted.append(audit.id)
            table[before, after] += 1
    both, lost, won, neither = table.values()
    estimate = newcombe_paired(both, lost, won, neither)
    return estimated(
        "inflation_gap", lost - won, len(counted), estimate, nothing="no moderations yet", counted=tuple(counted)
    )


def evidence_supports(views: Iterable[tuple[int, bool | None]]) -> Figure:
    """Sections where the moderator says that the evidence supports the grade / sections where they said either.

    Views: one a moderated section, None where its moderator did not say.
    """
    views = list(views)
    said = [(audit, view) for audit, view in views if view is not None]
    if not said:
        return Figure("evidence_supports", 0, 0, None, why="no moderator has said yet")
    silent = len(views) - len(said)
    supported = [audit for audit, view in said if view]
    counted = tuple(dict.fromkeys(audit for audit, _ in said))
    return Figure(
        "evidence_supports",
        len(supported),
        len(said),
        len(supported) / len(said),
        why=f"moderators did not say on {silent:,} more" if silent else "",
        hits=tuple(dict.fromkeys(supported)),
        counted=counted,
        audits=len(counted),
    )


def actions_on_time(deeds: Iterable[tuple[int, bool]]) -> Figure:
    """Actions for children done by their day / actions whose day is over: the audit and whether, one an action."""
    deeds = list(deeds)
    if not deeds:
        return Figure("actions_on_time", 0, 0, None, why="no action was due yet")
    done = [audit for audit, in_time in deeds if in_time]
    counted = tuple(dict.fromkeys(audit for audit, _ in deeds))
    return Figure(
        "actions_on_time",
        len(done),
        len(deeds),
        len(done) / len(deeds),
        hits=tuple(dict.fromkeys(done)),
        counted=counted,
        audits=len(counted),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One team's or one month's figures; key is the team's id or the month's first day."""

    name: str
    audits: int
    as_audited: Figure
    as_stands: Figure
    coverage: Figure
    agreed: Figure
    key: str = ""


def row(name: str, audits: Sequence[Counted], *, every_section: bool = False, key: str = "") -> Row:
    """The figures of one row of a table."""
    agreed = pair_figures(audits, AUDITOR, SENIOR, every_section=every_section).exact
    return Row(name, len(audits), good_as_audited(audits), good_as_stands(audits), coverage(audits), agreed, key)


def distribution(audits: Iterable[Counted], of: Callable[[Counted], str | None]) -> dict[str, int]:
    """How many audits have each overall grade."""
    found: dict[str, int] = {}
    for audit in audits:
        grade = of(audit)
        if grade is not None:
            found[grade] = found.get(grade, 0) + 1
    return found
