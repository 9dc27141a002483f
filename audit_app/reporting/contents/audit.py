"""One audit as a paper: what was judged by whom and why, what else was written, and what happened to it (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.auditing.workflow import BEFORE_HAND_IN, Stage
from audit_app.frameworks.content import CATEGORIES, Section, Tool
from audit_app.reporting.contents.challenged import Challenged, challenged_parts
from audit_app.reporting.contents.happened import Happening, happened
from audit_app.reporting.contents.judged import Judged, SectionJudged, at_a_glance, section_parts
from audit_app.reporting.contents.to_do import ToDo, to_do_parts
from audit_app.reporting.document import Callout, Column, Document, Facts, Heading, Part, Status, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import day, london_day, moment, month

ANSWERS = {"yes": "Yes", "no": "No", "na": "Not applicable"}
UNSETTLED = frozenset({Stage.SENT_BACK, Stage.WITH_SENIOR, Stage.WITH_EXTERNAL})
ASKED = {"obtained": "Feedback obtained", "involved": "Practitioner took part", "how": "How"}


@dataclass(frozen=True, slots=True)
class Alert:
    """That a child may be at risk: what was seen, who was told, what was done."""

    raised_at: dt.datetime
    concern: str
    told: str
    told_at: dt.datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the auditor replied to an outcome."""

    by: str
    at: dt.datetime
    words: str


@dataclass(frozen=True, slots=True)
class Written:
    """What is written in a section beside a grade: the words, the answers, and how feedback was come by."""

    section: Section
    words: str
    not_applicable_because: str | None
    particulars: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    concerns: tuple[tuple[str, str, str], ...] = ()  # its words, what became of it, what shows that


@dataclass(frozen=True, slots=True)
class Contributed:
    """What somebody of an agency contributed to a section, and whether they had finished."""

    section: str
    agency: str
    by: str
    finished: bool
    words: str
    strengths: str
    improvements: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """A moderator's view of how good the audit is, apart from the grades of the practice."""

    who: str
    ratings: tuple[tuple[str, str], ...]
    words: str
    with_auditor: bool
    together_on: dt.date | None = None
    present: str = ""
    added: tuple[tuple[str, str], ...] = ()  # sections of their own: heading and words, without a grade


@dataclass(frozen=True, slots=True)
class AuditMaterial:
    """Everything that an audit's paper is made from."""

    reference: str
    tool: Tool
    category: str
    month: dt.date
    team: str
    auditor: str
    stage: Stage
    due_on: dt.date
    first_handed_in_at: dt.datetime | None
    sent_back_because: str
    sections: Sequence[SectionJudged]
    written: Sequence[Written]
    alerts: Sequence[Alert]
    quality: Sequence[Quality]
    replies: Sequence[Said]
    happenings: Sequence[Happening]
    contributed: Sequence[Contributed] = ()
    handed_in_without: str = ""
    challenges: Sequence[Challenged] = ()
    actions: Sequence[ToDo] = ()


def audit_paper(audit: AuditMaterial, *, council: str, produced_at: dt.datetime, receipt: str | None) -> Document:
    """The audit as a paper, always marked as holding what is written about a child."""
    return Document(
        title=f"Audit of case {audit.reference}",
        subtitle=f"{audit.tool.name}, {month(audit.month)}",
        marking="OFFICIAL-SENSITIVE",
        status=_status(audit.stage),
        council=council,
        version="",
        produced_at=produced_at,
        parts=_parts(audit, produced_at),
        receipt=receipt,
    )


def _status(stage: Stage) -> Status:
    return "DRAFT" if stage in BEFORE_HAND_IN | UNSETTLED else "FINAL"


def _parts(audit: AuditMaterial, produced_at: dt.datetime) -> tuple[Part, ...]:
    scale = audit.tool.scale
    parts: list[Part] = [*_standing(audit), *_alerts(audit.alerts), Facts(_facts(audit))]
    parts += [Heading(1, "Judgements at a glance"), at_a_glance(audit.sections, scale)]
    parts.append(Heading(1, "Judgements in full"))
    for one in audit.sections:
        parts += section_parts(one, scale)
    parts += to_do_parts(audit.actions, produced_at) if audit.actions else ()
    parts += _contributed(audit.contributed, audit.handed_in_without)
    parts += [*_added(audit.quality), *_written(audit.written), *_answers(audit.written), *_quality(audit.quality)]
    parts += [*_replies(audit.replies), *challenged_parts(audit.challenges)]
    return (*parts, *happened(audit.happenings))


def _standing(audit: AuditMaterial) -> tuple[Part, ...]:
    """What a reader must know before they rely on the paper."""
    if audit.stage in BEFORE_HAND_IN:
        words = "It shows what its auditor has written so far. Nothing of it counts in any figure."
        return (Callout("This audit has not been handed in", words),)
    if audit.stage is Stage.VOID:
        return (Callout("This audit is void", "It counts in no figure. What was judged is kept for the record."),)
    if audit.stage is Stage.SENT_BACK:
        return (Callout("This audit is sent back to its auditor", audit.sent_back_because),)
    if audit.stage in UNSETTLED:
        words = (
            f"It is {audit.stage.words[:1].lower()}{audit.stage.words[1:]}, whose judgements may change what stands."
        )
        return (Callout("This audit is being moderated", words),)
    return ()


def _alerts(alerts: Sequence[Alert]) -> list[Part]:
    return [
        Callout(
            f"A child may be at risk: raised {moment(alert.raised_at)}",
            "\n\n".join(
                filter(
                    None,
                    (
                        alert.concern,
                        f"Told: {alert.told}, {moment(alert.told_at)}."
                        if alert.told_at
                        else "Nobody is recorded as told.",
                        f"What was done: {alert.outcome}" if alert.outcome else "",
                    ),
                )
            ),
        )
        for alert in alerts
    ]


def _facts(audit: AuditMaterial) -> tuple[tuple[str, Cell], ...]:
    facts: list[tuple[str, Cell]] = [
        ("Case reference", audit.reference),
        ("Kind of case", CATEGORIES.get(audit.category, audit.category)),
        ("Audit tool", f"{audit.tool.name}, version {audit.tool.version}"),
        ("Round", month(audit.month)),
        ("Team", audit.team),
        ("Auditor", audit.auditor),
        ("Stage", audit.stage.words),
        ("Due", day(audit.due_on)),
    ]
    if audit.first_handed_in_at is not None:
        late = london_day(audit.first_handed_in_at) > audit.due_on
        facts.append(("Handed in", f"{moment(audit.first_handed_in_at)}, {'late' if late else 'on time'}"))
    overall = next((one for one in audit.sections if one.section.overall), None)
    if overall is not None and overall.stands is not None:
        facts.append(("Overall judgement", overall.stands.grade_words(audit.tool.scale)))
    return tuple(facts)


def _contributed(contributed: Sequence[Contributed], without: str) -> list[Part]:
    """What people of several agencies contributed; the grades above are the auditor's alone."""
    parts: list[Part] = []
    if without:
        parts.append(Callout("Handed in without what some agencies were to contribute", without))
    for one in contributed:
        parts.append(Heading(2, f"{one.section}: {one.agency}"))
        parts.append(Text(f"Written by {one.by}{'' if one.finished else ', not finished'}.", "note"))
        parts.append(Text(one.words or "Nothing is written here."))
        for heading, words in (
            ("What worked well", one.strengths),
            ("What the agency could have done better", one.improvements),
        ):
            parts += [Heading(3, heading), Text(words)] if words else []
        if one.answers:
            rows = tuple((question, ANSWERS.get(answer, "Not answered")) for question, answer in one.answers)
            columns = (Column("Question", width_share=4), Column("Answer"))
            parts.append(Table(f"What {one.agency} answered ({one.by})", columns, rows))
    return [Heading(1, "What the agencies contributed"), *parts] if parts else []


def _added(views: Sequence[Quality]) -> list[Part]:
    """What an external auditor added under headings of their own."""
    parts: list[Part] = []
    for one in views:
        for heading, words in one.added:
            parts += [Heading(2, heading), Text(words)]
    note = "Sections of their own, beside those of the tool. They carry no grade and count in no figure."
    return [Heading(1, "Added by the external auditor"), Text(note, "note"), *parts] if parts else []


def _written(written: Sequence[Written]) -> list[Part]:
    """The words of the sections that carry no grade."""
    parts: list[Part] = []
    for one in written:
        if one.section.graded:
            continue
        parts.append(Heading(2, one.section.name))
        said = [(ASKED.get(key, key), ANSWERS.get(value, value)) for key, value in one.particulars if value]
        if said:
            parts.append(Facts(tuple(said)))
        if one.concerns:
            columns = (
                Column("Concern", width_share=2),
                Column("What became of it"),
                Column("What shows it", width_share=2),
            )
            parts.append(Table(f"{one.section.name}, one by one", columns, one.concerns))
        if one.not_applicable_because is not None:
            parts.append(Text(f"Not applicable. {one.not_applicable_because}".strip()))
        elif one.words:
            parts.append(Text(one.words))
        elif not said and not one.concerns:
            parts.append(Text("Nothing is written here."))
    return [Heading(1, "What else was written"), *parts] if parts else []


def _answers(written: Sequence[Written]) -> list[Part]:
    """The compliance questions: facts of the record, which never make a grade."""
    columns = (Column("Question", width_share=4), Column("Answer"))
    parts: list[Part] = [
        Table(
            one.section.name,
            columns,
            tuple((question, ANSWERS.get(answer, "Not answered")) for question, answer in one.answers),
        )
        for one in written
        if one.answers
    ]
    note = "Whether something is in the record. These answers are not part of any grade."
    return [Heading(1, "Facts of the record"), Text(note, "note"), *parts] if parts else []


def _quality(views: Sequence[Quality]) -> list[Part]:
    parts: list[Part] = []
    for one in views:
        parts += [Heading(2, one.who), Facts(one.ratings)]
        if one.words:
            parts.append(Text(one.words))
        if one.with_auditor:
            on = f" on {day(one.together_on)}" if one.together_on else ""
            also = f" Also there: {one.present}." if one.present else ""
            parts.append(Text(f"The moderation was carried out together with the auditor{on}.{also}", "note"))
    return [Heading(1, "How good this audit is"), *parts] if parts else []


def _replies(replies: Sequence[Said]) -> list[Part]:
    parts: list[Part] = []
    for one in replies:
        parts += [Heading(2, f"{one.by}, {moment(one.at)}"), Text(one.words)]
    return [Heading(1, "Replies"), *parts] if parts else []


__all__ = ["Alert", "AuditMaterial", "Contributed", "Happening", "Judged", "Quality", "Said", "SectionJudged"]
__all__ += ["Written", "audit_paper"]
