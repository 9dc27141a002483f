"""The evidence pack of an audit and of a round, for inspectors: chosen, audited, moderated, changed (pure)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from audit_app.auditing.workflow import BEFORE_HAND_IN, Stage
from audit_app.packs.chosen import Chosen, chosen_parts
from audit_app.packs.grades import Change, Given, changes_in, changes_part, ledger_part, told
from audit_app.packs.opinions import DrawMade, SecondOpinion, draws_part, opinions_part
from audit_app.reporting.contents.happened import Happening, happened
from audit_app.reporting.document import Callout, Column, Document, Facts, Heading, Level, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import day, london_day, moment, month, plural

UNDERWAY = frozenset({Stage.SENT_BACK, Stage.WITH_SENIOR, Stage.WITH_EXTERNAL})
ROUND_TOLD = {
    "round.opened": "Opened",
    "round.changed": "Changed its list or its due day",
    "round.closed": "Closed",
    "round.reopened": "Opened again",
    "round.allocated": "Gave audits out",
    "round.reallocated": "Gave audits to others",
    "sample.drawn": "Drew a sample",
    "sample.case_replaced": "Replaced a drawn case",
    "moderation.seed_made": "Made the seed from which audits are drawn for moderation",
    "moderation.drawn": "Drew audits for moderation",
    "report.downloaded": "Took the report away",
    "sample.downloaded": "Took the sample away",
    "pack.asked": "Asked for all audits as a pack",
    "evidence.downloaded": "Took the evidence away",
}
CHECKED = (
    "All of this comes from a record that is only ever added to. Each entry carries a fingerprint of the one before, "
    "and the history receipt of this paper stands for all of them: had an entry been changed or removed since, the "
    "record would no longer give this receipt. Whoever may check the record can do so in the service, on the page "
    "Record."
)


@dataclass(frozen=True, slots=True)
class Audited:
    """One audit of the evidence: whose, when, where it stands, and its overall grade."""

    reference: str
    team: str
    auditor: str
    stage: Stage
    allocated_at: dt.datetime
    due_on: dt.date
    handed_in_at: dt.datetime | None
    given: tuple[Given, ...]
    overall_audited: str
    overall_stands: str

    @property
    def punctual(self) -> str:
        """Whether it was handed in by its due day."""
        if self.handed_in_at is None:
            return "Not handed in"
        return "On time" if london_day(self.handed_in_at) <= self.due_on else "Late"


@dataclass(frozen=True, slots=True)
class AuditEvidence:
    """Everything that the evidence of one audit is made from."""

    tool: str
    month: dt.date
    programme: str
    audited: Audited
    chosen: Chosen | None
    opinions: Sequence[SecondOpinion]
    happenings: Sequence[Happening]


@dataclass(frozen=True, slots=True)
class RoundEvidence:
    """Everything that the evidence of a round is made from; sampled are the papers of its draws."""

    programme: str
    scope: str
    month: dt.date
    tool: str
    opened_at: dt.datetime
    due_on: dt.date
    closed_at: dt.datetime | None
    sampled: Sequence[Document]
    whole: bool
    audits: Sequence[Audited]
    not_handed_in: int
    withdrawn: int
    blind: int
    opinions: Sequence[SecondOpinion]
    draws: Sequence[DrawMade]
    happenings: Sequence[Happening]


def audit_evidence(found: AuditEvidence, *, council: str, produced_at: dt.datetime, receipt: str) -> Document:
    """The evidence of one audit as a paper."""
    one = found.audited
    rows, changes = told(one.given), changes_in(one.reference, one.given)
    return Document(
        title=f"Evidence of the audit of case {one.reference}",
        subtitle=f"{found.programme}, {month(found.month)}",
        marking="OFFICIAL-SENSITIVE",
        status="DRAFT" if one.stage in UNDERWAY | BEFORE_HAND_IN else "FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        receipt=receipt,
        parts=(
            Text(
                "How this case came to be audited, who audited and moderated it, and who changed which grade.", "lead"
            ),
            *_underway(one),
            *chosen_parts(found.chosen),
            Heading(1, "Who audited it"),
            Facts(_facts(one, found.tool)),
            Heading(1, "Who gave a second opinion"),
            *opinions_part(found.opinions, named=False),
            Heading(1, "Who changed which grade, and why"),
            changes_part(changes, named=False),
            Heading(1, "Every grade"),
            ledger_part(rows),
            *happened(found.happenings),
            Heading(1, "How this can be checked"),
            Text(CHECKED),
        ),
    )


def _underway(one: Audited) -> tuple[Part, ...]:
    if one.stage is Stage.VOID:
        return (Callout("This audit is void", "It counts in no figure. What was judged is kept for the record."),)
    if one.stage in UNDERWAY:
        said = f"It is {one.stage.words[:1].lower()}{one.stage.words[1:]}, so what stands may change."
        return (Callout("This audit is not finished", said),)
    return ()


def _facts(one: Audited, tool: str) -> tuple[tuple[str, Cell], ...]:
    return (
        ("Case reference", one.reference),
        ("Audit tool", tool),
        ("Team", one.team),
        ("Auditor", one.auditor),
        ("Given out", moment(one.allocated_at)),
        ("Due", day(one.due_on)),
        ("Handed in", f"{moment(one.handed_in_at)}, {one.punctual.lower()}" if one.handed_in_at else "Not yet"),
        ("Stage", one.stage.words),
        ("Overall grade as audited", one.overall_audited),
        ("Overall grade that stands", one.overall_stands),
    )


def round_evidence(found: RoundEvidence, *, council: str, produced_at: dt.datetime, receipt: str) -> Document:
    """The evidence of a round as a paper."""
    open_still = found.closed_at is None or any(one.stage in UNDERWAY for one in found.audits)
    return Document(
        title=f"Evidence pack, {month(found.month)}",
        subtitle=f"{found.programme}: {found.scope}",
        marking="OFFICIAL-SENSITIVE",
        status="DRAFT" if open_still or found.not_handed_in or found.blind else "FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        receipt=receipt,
        parts=tuple(_round_parts(found)),
    )


def _round_parts(found: RoundEvidence) -> Iterable[Part]:
    changes = tuple(change for one in found.audits for change in changes_in(one.reference, one.given))
    yield Text("How cases were chosen, who audited and moderated them, and who changed which grade and why.", "lead")
    if found.blind:
        verb = "is" if found.blind == 1 else "are"
        said = f"{plural(found.blind, 'audit')} that you judge blind just now {verb} left out of everything here."
        yield Callout("This pack is not complete for you", said)
    if not found.whole:
        said = f"The programme covers all of {found.scope}. Here are only audits of units whose audits you may read."
        yield Callout("This pack holds a part of the round", said)
    yield Facts(tuple(_round_facts(found, changes)))
    yield Heading(1, "How the cases were chosen")
    yield from _sampled(found)
    yield Heading(1, "Who audited them")
    yield _audits(found.audits)
    yield Heading(1, "Who gave a second opinion")
    yield from draws_part(found.draws)
    yield from opinions_part(found.opinions, named=True)
    yield Heading(1, "Who changed which grade, and why")
    yield changes_part(changes, named=True)
    yield Heading(1, "What happened to the round")
    yield _happened(found.happenings)
    yield Heading(1, "How this can be checked")
    yield Text(CHECKED)


def _round_facts(found: RoundEvidence, changes: Sequence[Change]) -> Iterable[tuple[str, Cell]]:
    finished = {one.reference for one in found.opinions if one.done_at}
    yield "Audit tool", found.tool
    yield "Opened", moment(found.opened_at)
    yield "Due", day(found.due_on)
    yield "Closed", moment(found.closed_at) if found.closed_at else "Not yet"
    yield "Audits handed in", len(found.audits)
    if found.not_handed_in:
        yield "Audits not handed in", found.not_handed_in
    if found.withdrawn:
        yield "Withdrawn before they were handed in", found.withdrawn
    yield "Audits with a finished second opinion", len(finished)
    yield "Grades changed", f"{len(changes):,} in {plural(len({one.reference for one in changes}), 'audit')}"


def _sampled(found: RoundEvidence) -> Iterable[Part]:
    if not found.whole:
        words = "The draw covers units whose audits you may not read. It is shown to those who may read all of them."
        yield Text(words)
        return
    if not found.sampled:
        yield Text("No draw is kept for this round: its cases were given out by hand.")
    for number, paper in enumerate(found.sampled, 1):
        several = len(found.sampled) > 1
        if several:
            yield Heading(2, f"Sample {number}")
        yield from deepened(paper.parts, 2 if several else 1)


def deepened(parts: Iterable[Part], by: int) -> Iterable[Part]:
    """Parts of one paper as they stand within another: their headings so many levels deeper, three at most."""
    levels: tuple[Level, ...] = (1, 2, 3)
    for part in parts:
        yield replace(part, level=levels[min(part.level + by, 3) - 1]) if isinstance(part, Heading) else part


def _audits(audits: Sequence[Audited]) -> Part:
    if not audits:
        return Text("No audit of this round is handed in that you may read.")
    columns = (
        Column("Case"),
        Column("Team", width_share=1.3),
        Column("Auditor", width_share=1.3),
        Column("Handed in", width_share=1.3),
        Column("Stage", width_share=1.2),
        Column("Overall as audited", width_share=1.3),
        Column("Overall that stands", width_share=1.3),
    )
    rows = tuple(
        (
            one.reference,
            one.team,
            one.auditor,
            f"{day(london_day(one.handed_in_at))}\n{one.punctual}" if one.handed_in_at else one.punctual,
            one.stage.words,
            one.overall_audited,
            one.overall_stands,
        )
        for one in audits
    )
    return Table("Audits that were handed in", columns, rows, row_headers=True)


def _happened(events: Sequence[Happening]) -> Part:
    rows = tuple((one.at, ROUND_TOLD[one.kind], one.who) for one in events if one.kind in ROUND_TOLD)
    if not rows:
        return Text("Nothing is recorded.")
    return Table("Steps, oldest first", (Column("When"), Column("What", width_share=2), Column("Who")), rows)
