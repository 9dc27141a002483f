"""Deciding with the earlier work in sight: agree or override, the quality of the audit, and finishing."""

import datetime as dt
from collections.abc import Mapping

from audit_app.access.actor import Actor
from audit_app.auditing import operations as auditing
from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.operations import NewLine
from audit_app.auditing.workflow import Step
from audit_app.clock import now
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.history.operations import record
from audit_app.moderation import queries
from audit_app.moderation.adding import refusal_to_finish_additions
from audit_app.moderation.model import Moderation, Opinion, Phase
from audit_app.moderation.operations.beginning import find_opinion, fresh, fresh_section, opinion_to_change, working
from audit_app.moderation.rules import (
    Decision,
    missing_quality,
    refusal_to_agree_with_rest,
    refusal_to_finish,
    refusal_to_grade,
    undecided,
)
from audit_app.refusal import refuse_if


def open_section(moderation: Moderation, section: str, *, by: Actor) -> Opinion:
    """Remember that the moderator has seen what was judged in a section before."""
    working(moderation, Phase.DECIDING, Phase.SETTLING, by=by)
    opinion = find_opinion(moderation, section)
    if opinion is None:
        opinion = Opinion(moderation=moderation, section=section)
        db.session.add(opinion)
    if opinion.opened_at is None:
        opinion.opened_at = now()
        db.session.flush()
    return opinion


def decide(moderation: Moderation, section: str, decision: Decision, version: int, *, by: Actor) -> Opinion:
    """Keep the draft of a decision on one section; an unfinished one is kept as well. Writes no history."""
    working(moderation, Phase.DECIDING, Phase.SETTLING, by=by)
    tool = moderation.audit.tool
    fresh_section(moderation, section, version)
    refuse_if(refusal_to_grade(tool, tool.section(section), decision.grade, decision.not_applicable))
    opinion = opinion_to_change(moderation, section)
    for name in Decision.__slots__:
        setattr(opinion, name, getattr(decision, name))
    if decision.decision == "agree":
        opinion.not_applicable, opinion.reason_code = False, None
    opinion.grade = None if decision.decision == "agree" else decision.chosen
    db.session.flush()
    return opinion


def agree_with_rest(moderation: Moderation, version: int, *, by: Actor) -> int:
    """Agree with every section that was opened and not decided; gives how many. A begun override is left alone."""
    fresh(moderation, version)
    working(moderation, Phase.DECIDING, by=by)
    sections = queries.sections_of(moderation.audit)
    opened = {opinion.section for opinion in moderation.opinions if opinion.opened_at is not None}
    refuse_if(refusal_to_agree_with_rest(sum(section.key not in opened for section in sections)))
    blank = [opinion for opinion in moderation.opinions if queries.decision_of(opinion) == Decision()]
    for opinion in blank:
        opinion.decision, opinion.saved_at = "agree", now()
    db.session.flush()
    return len(blank)


def rate(
    moderation: Moderation,
    ratings: Mapping[str, str],
    words: str,
    with_auditor: bool | None,
    version: int,
    *,
    by: Actor,
    together_on: dt.date | None = None,
    present: str = "",
) -> None:
    """Keep the moderator's view of the quality of the audit, and whether, when and with whom they went through it."""
    fresh(moderation, version)
    working(moderation, Phase.DECIDING, Phase.SETTLING, by=by)
    moderation.quality, moderation.quality_words, moderation.with_auditor = dict(ratings), words, with_auditor
    moderation.together_on = together_on if with_auditor else None
    moderation.present = present if with_auditor else ""
    db.session.flush()


def finish(moderation: Moderation, version: int, *, by: Actor) -> None:
    """Finish a moderation: the decisions become the ledger's settled lines and stand."""
    fresh(moderation, version)
    working(moderation, Phase.DECIDING, Phase.SETTLING, by=by)
    audit, sections = moderation.audit, queries.sections_of(moderation.audit)
    before = queries.standing_before(audit, moderation.tier)
    standing = {key: line.grade for key, line in before.items()}
    decisions = queries.decisions_of(moderation)
    open_ones = undecided(audit.tool, sections, standing, decisions)
    unrated = missing_quality(audit.tool, moderation.quality, moderation.with_auditor, lacks_day=moderation.lacks_day)
    refuse_if(refusal_to_finish(len(open_ones), len(unrated)))
    refuse_if(refusal_to_finish_additions(len(queries.incomplete(moderation))))
    for section in sections:
        _settle(moderation, section, decisions[section.key], standing[section.key], by=by.id)
    for added in moderation.added:
        if added.section is not None:
            line = NewLine(added.section, False, moderation.tier, "settled", added.grade, reason=added.words)
            auditing.judge(audit, line, by=by.id)
    moderation.phase, moderation.done_at = Phase.DONE.value, now()
    body = {
        "tier": moderation.tier,
        "grades": {s.key: _standing_after(decisions[s.key], standing[s.key]) for s in sections},
        "overrides": {s.key: d.reason_code for s in sections if (d := decisions[s.key]).decision == "override"},
        "added": {one.name: one.grade for one in moderation.added},
        "quality": dict(moderation.quality),
        "with_auditor": bool(moderation.with_auditor),
        "together_on": moderation.together_on.isoformat() if moderation.together_on else None,
    }
    record("moderation.finished", subject=audit.subject, body=body, by=by.id)
    auditing.advance(audit, Step.MODERATE if moderation.tier == SENIOR else Step.VALIDATE, by=by.id)


def _standing_after(decision: Decision, standing: str | None) -> str | None:
    return standing if decision.decision == "agree" else decision.chosen


def _settle(moderation: Moderation, section: Section, decision: Decision, standing: str | None, *, by: int) -> None:
    line = NewLine(
        section.key,
        section.overall,
        moderation.tier,
        "settled",
        _standing_after(decision, standing),
        decision=decision.decision,
        reason_code=decision.reason_code,
        reason=decision.reason,
        evidence_supports=decision.evidence_supports,
    )
    auditing.judge(moderation.audit, line, by=by)
