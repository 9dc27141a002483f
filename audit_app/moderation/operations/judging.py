"""Judging blind: one's own grades, given before any other is seen, and committed for good."""

from collections.abc import Mapping

from audit_app.access.actor import Actor
from audit_app.auditing import operations as auditing
from audit_app.auditing.operations import NewLine
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.moderation import queries
from audit_app.moderation.model import Moderation, Opinion, Phase
from audit_app.moderation.operations.beginning import fresh, fresh_section, opinion_to_change, working
from audit_app.moderation.rules import BlindGrade, refusal_to_commit, refusal_to_grade, unjudged
from audit_app.refusal import refuse_if


def save_blind(moderation: Moderation, section: str, grade: BlindGrade, version: int, *, by: Actor) -> Opinion:
    """Keep the draft of a blind grade; writes no history."""
    working(moderation, Phase.JUDGING_BLIND, by=by)
    tool = moderation.audit.tool
    fresh_section(moderation, section, version)
    refuse_if(refusal_to_grade(tool, tool.section(section), grade.grade, grade.not_applicable))
    opinion = opinion_to_change(moderation, section)
    opinion.blind_grade = grade.chosen
    opinion.blind_not_applicable, opinion.blind_reason = grade.not_applicable, grade.reason
    db.session.flush()
    return opinion


def commit_blind(moderation: Moderation, version: int, *, by: Actor) -> None:
    """Commit one's own grades for good; only then is the earlier tiers' work shown."""
    fresh(moderation, version)
    working(moderation, Phase.JUDGING_BLIND, by=by)
    audit, sections = moderation.audit, queries.sections_of(moderation.audit)
    grades = queries.blind_grades_of(moderation)
    refuse_if(refusal_to_commit(len(unjudged([s.key for s in sections], grades))))
    for section in sections:
        mine = grades[section.key]
        line = NewLine(section.key, section.overall, moderation.tier, "blind", mine.chosen, evidence=mine.reason)
        auditing.judge(audit, line, by=by.id)
    moderation.phase, moderation.committed_at = Phase.SETTLING.value, now()
    auditing.reveal(audit, moderation.tier)
    agree_where_equal(moderation, grades)
    db.session.flush()
    body = {"tier": moderation.tier, "grades": {section.key: grades[section.key].chosen for section in sections}}
    record("moderation.committed", subject=audit.subject, body=body, by=by.id)


def agree_where_equal(moderation: Moderation, grades: Mapping[str, BlindGrade]) -> None:
    """Where both gave the same grade there is nothing to settle."""
    standing = queries.standing_before(moderation.audit, moderation.tier)
    for opinion in moderation.opinions:
        line = standing.get(opinion.section)
        if line is not None and grades[opinion.section].chosen == line.grade:
            opinion.decision = "agree"
