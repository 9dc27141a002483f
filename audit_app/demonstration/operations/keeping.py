"""Keeping the stories of a round: drafts, ledger, opinions and stages, in bulk, as the product itself would have."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, update

from audit_app.auditing.ledger import AUDITOR
from audit_app.clock import day_of
from audit_app.db import Model, db
from audit_app.demonstration.second import Second
from audit_app.demonstration.story import Story
from audit_app.history.operations import record

NAMES = ("audit", "answer", "judgement", "assignment", "moderation", "opinion")
AUDITS, ANSWERS, JUDGEMENTS, ASSIGNMENTS, MODERATIONS, OPINIONS = (Model.metadata.tables[name] for name in NAMES)
FIELDS = ("stage", "first_handed_in_at", "handed_in_at", "sent_back_because", "practitioner_involved")
CHANGED = (*FIELDS, "feedback_obtained", "version_id")
LOADED = "The dates of this audit are those of a story. This is when the story was loaded."
WITHDRAWN = "Withdrawn in the story: the case moved to another authority before the audit was begun."


def keep(stories: Sequence[Story]) -> None:
    """Keep some stories whole; each leaves one entry in the history, which says how it came about."""
    _insert(ANSWERS, [row for story in stories for row in _answers(story)])
    _insert(JUDGEMENTS, [row for story in stories for row in _ledger(story)])
    seconds = [(story, second) for story in stories for second in story.seconds.values()]
    _insert(ASSIGNMENTS, [_assignment(story, second) for story, second in seconds])
    if seconds:
        made = insert(MODERATIONS).returning(MODERATIONS.c.id, sort_by_parameter_order=True)
        ids = db.session.execute(made, [_moderation(story, second) for story, second in seconds]).scalars().all()
        rows = [row for key, (_, second) in zip(ids, seconds, strict=True) for row in _opinions(key, second)]
        _insert(OPINIONS, rows)
    values = {name: bindparam(f"new_{name}", type_=AUDITS.c[name].type) for name in CHANGED}
    change = update(AUDITS).where(AUDITS.c.id == bindparam("audit")).values(**values)
    db.session.connection().execute(change, [_changed(story) for story in stories])
    for story in stories:
        body: dict[str, object] = {
            "stage": story.stage.value,
            "steps": [step.value for step in story.steps],
            "reason": WITHDRAWN if story.withdrawn else LOADED,
        }
        record("audit.loaded", subject=f"audit:{story.audit_id}", body=body)


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(table), rows)


def _changed(story: Story) -> dict[str, Any]:
    values = {
        "stage": story.stage.value,
        "first_handed_in_at": story.handed_in_at,
        "handed_in_at": story.handed_in_at,
        "sent_back_because": story.sent_back_because,
        "practitioner_involved": story.told("reflection", "involved"),
        "feedback_obtained": story.told("feedback", "obtained"),
        "version_id": 1 + len(story.steps),
    }
    return {"audit": story.audit_id, **{f"new_{name}": value for name, value in values.items()}}


def _answers(story: Story) -> list[dict[str, Any]]:
    last = story.saved_at or story.allocated_at
    apart = dt.timedelta(minutes=9)
    return [
        {
            "audit_id": story.audit_id,
            "section": key,
            **draft.columns,
            "saved_at": max(story.allocated_at, last - apart * (len(story.drafts) - place)),
            "saved_by": story.auditor_id,
            "version_id": 1 + place % 3,
        }
        for place, (key, draft) in enumerate(story.drafts.items(), start=1)
    ]


def _line(story: Story, section: str, overall: bool, tier: str, phase: str, grade: str | None) -> dict[str, Any]:
    return {
        "audit_id": story.audit_id,
        "section": section,
        "overall": overall,
        "tier": tier,
        "phase": phase,
        "grade": grade,
        "not_applicable": grade is None,
        "evidence": "",
        "strengths": "",
        "improvements": "",
        "decision": None,
        "reason_code": None,
        "reason": "",
        "evidence_supports": None,
    }


def _ledger(story: Story) -> list[dict[str, Any]]:
    """The lines of an audit in the order in which they were written."""
    if story.handed_in_at is None:
        return []
    lines = []
    for section in story.graded:
        draft = story.drafts[section.key]
        grade = None if draft.not_applicable else draft.grade
        lines.append(
            _line(story, section.key, section.overall, AUDITOR, "submitted", grade)
            | {
                "evidence": draft.not_applicable_because if draft.not_applicable else draft.evidence,
                "strengths": draft.strengths,
                "improvements": draft.improvements,
                "by_id": story.auditor_id,
                "at": story.handed_in_at,
            }
        )
    for tier, second in story.seconds.items():
        lines += _lines_of(story, tier, second)
    return lines


def _lines_of(story: Story, tier: str, second: Second) -> list[dict[str, Any]]:
    lines = []
    if second.committed_at is not None:
        for section in story.graded:
            mine = second.grades[section.key]
            line = _line(story, section.key, section.overall, tier, "blind", mine.chosen)
            lines.append(line | {"evidence": mine.reason, "by_id": second.moderator_id, "at": second.committed_at})
    if second.done_at is not None:
        settled = second.settled(story.standing(tier))
        for section in story.graded:
            decision = second.decisions[section.key]
            line = _line(story, section.key, section.overall, tier, "settled", settled[section.key])
            lines.append(
                line
                | {
                    "decision": decision.decision,
                    "reason_code": decision.reason_code,
                    "reason": decision.reason,
                    "evidence_supports": decision.evidence_supports,
                    "by_id": second.moderator_id,
                    "at": second.done_at,
                }
            )
    return lines


def _assignment(story: Story, second: Second) -> dict[str, Any]:
    return {
        "audit_id": story.audit_id,
        "person_id": second.moderator_id,
        "tier": second.tier,
        "hidden": second.phase == "judging_blind",
        "given_at": second.given_at,
        "ended_at": None,
    }


def _met_on(second: Second) -> dt.date | None:
    """The day on which an audit was gone through with its auditor: the one on which its moderation was finished."""
    return day_of(second.done_at or second.committed_at or second.given_at) if second.with_auditor else None


def _moderation(story: Story, second: Second) -> dict[str, Any]:
    steps = (second.committed_at is not None, bool(second.quality), second.done_at is not None)
    return {
        "audit_id": story.audit_id,
        "auditor_id": story.auditor_id,
        "tier": second.tier,
        "moderator_id": second.moderator_id,
        "route": second.route,
        "draw_id": second.draw_id,
        "exercise_id": second.exercise_id,
        "inclusion_probability": second.probability,
        "blind": second.blind,
        "phase": second.phase,
        "given_at": second.given_at,
        "due_on": second.due_on,
        "committed_at": second.committed_at,
        "done_at": second.done_at,
        "with_auditor": second.with_auditor,
        "together_on": _met_on(second),
        "quality": second.quality,
        "quality_words": second.quality_words,
        "version_id": 1 + sum(steps),
    }


def _opinions(moderation_id: int, second: Second) -> list[dict[str, Any]]:
    rows = []
    for key in second.touched:
        blind, decision = second.grades.get(key), second.decisions.get(key)
        written = blind is not None or decision is not None
        rows.append(
            {
                "moderation_id": moderation_id,
                "section": key,
                "blind_grade": blind.chosen if blind else None,
                "blind_not_applicable": bool(blind and blind.not_applicable),
                "blind_reason": blind.reason if blind else "",
                "decision": decision.decision if decision else None,
                "grade": decision.chosen if decision else None,
                "not_applicable": bool(decision and decision.not_applicable),
                "reason_code": decision.reason_code if decision else None,
                "reason": decision.reason if decision else "",
                "evidence_supports": decision.evidence_supports if decision else None,
                "opened_at": second.saved_at if key in second.opened else None,
                "saved_at": second.saved_at if written else None,
                "version_id": 1 + (blind is not None and decision is not None),
            }
        )
    return rows
