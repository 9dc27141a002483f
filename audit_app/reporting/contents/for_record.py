"""A finished audit in the form in which it is filed on the child's record (pure).

It says what was found of the practice and what follows for the child. How good the audit itself is, what moderators
thought of it, why they changed a grade and who read it are the council's own learning and stay out.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from audit_app.auditing.workflow import Stage
from audit_app.frameworks.content import CATEGORIES, Scale
from audit_app.refusal import Refusal
from audit_app.reporting.contents.audit import Alert, AuditMaterial
from audit_app.reporting.contents.judged import TIERS, Judged, SectionJudged
from audit_app.reporting.contents.to_do import ToDo, to_do_parts
from audit_app.reporting.document import Callout, Column, Document, Facts, Heading, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import day, london_day, month

FINISHED = frozenset({Stage.SUBMITTED, Stage.MODERATED, Stage.VALIDATED})
LATER = (
    "These are the grades that stand on the day above. If one is changed later, file the audit again and mark this "
    "copy as superseded."
)


@dataclass(frozen=True, slots=True)
class ForRecord:
    """What the record's copy says beside the audit: what its auditor is, when each later tier judged, what is to do."""

    auditor_is: str
    judged_on: tuple[tuple[str, dt.date], ...] = ()  # tier and day, of each later opinion that is finished
    actions: tuple[ToDo, ...] = ()


def refusal_to_file(stage: Stage) -> Refusal | None:
    """Why an audit is not ready for a child's record, if it is not."""
    if stage in FINISHED:
        return None
    if stage is Stage.VOID:
        return Refusal("A void audit is not filed on a child’s record.")
    return Refusal(
        "An audit is filed on a child’s record when it is finished. "
        f"This one is not: {stage.words[:1].lower()}{stage.words[1:]}."
    )


def record_copy(audit: AuditMaterial, about: ForRecord, *, council: str, produced_at: dt.datetime) -> Document:
    """The audit for the child's record."""
    scale = audit.tool.scale
    parts: list[Part] = [Facts(_facts(audit, about)), *_alerts(audit.alerts)]
    parts += [Heading(1, "What was judged"), _grades(audit.sections, scale)]
    parts += [*_found(audit.sections, "strengths", "What is working well")]
    parts += [*_found(audit.sections, "improvements", "What needs to improve")]
    parts += to_do_parts(about.actions, produced_at)
    return Document(
        title=f"Audit of case {audit.reference}, for the child’s record",
        subtitle=f"{audit.tool.name}, {month(audit.month)}",
        marking="OFFICIAL-SENSITIVE",
        status="FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        parts=tuple(parts),
    )


def _facts(audit: AuditMaterial, about: ForRecord) -> tuple[tuple[str, Cell], ...]:
    facts: list[tuple[str, Cell]] = [
        ("Case reference", audit.reference),
        ("Kind of case", CATEGORIES.get(audit.category, audit.category)),
        ("Audit tool", f"{audit.tool.name}, version {audit.tool.version}"),
        ("Month of the audit", month(audit.month)),
        ("Team at the time", audit.team),
        ("Audited by", about.auditor_is),
    ]
    if audit.first_handed_in_at:
        facts.append(("Handed in", london_day(audit.first_handed_in_at)))
    facts += [(f"Judged by the {TIERS[tier].lower()}", on) for tier, on in about.judged_on]
    return tuple(facts)


def _alerts(alerts: Iterable[Alert]) -> list[Part]:
    """A risk to the child that the audit came upon, and what was done the same day."""
    return [
        Callout(
            f"A risk to the child was raised on {day(london_day(one.raised_at))}",
            "\n\n".join(filter(None, (one.concern, f"What was done: {one.outcome}" if one.outcome else ""))),
        )
        for one in alerts
    ]


def _judge(one: Judged) -> str:
    return f"Resolved after a challenge of the {TIERS[one.tier].lower()}" if one.is_resolution else TIERS[one.tier]


def _grades(sections: Iterable[SectionJudged], scale: Scale) -> Table:
    columns = (Column("Section", width_share=2), Column("Grade", width_share=1.4), Column("Judged by", width_share=1.4))
    rows = tuple(
        (one.section.name, one.stands.grade_words(scale), _judge(one.stands)) for one in sections if one.stands
    )
    return Table("The grade that stands of each section", columns, rows, row_headers=True, note=LATER)


def _found(sections: Iterable[SectionJudged], what: str, heading: str) -> Iterable[Part]:
    """What was written of one kind, section by section: the latest judge's words, where they wrote any."""
    parts: list[Part] = []
    for one in sections:
        words = next((said for judged in reversed(one.judged) if (said := getattr(judged, what))), "")
        if words:
            parts += [Heading(2, one.section.name), Text(words)]
    return [Heading(1, heading), *(parts or [Text("Nothing was written here.")])]
