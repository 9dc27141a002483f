"""What is done in moderation: giving, judging blind, settling, deciding, finishing, sending back, reopening."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.auditing import operations as auditing
from audit_app.auditing.ledger import EXTERNAL, SENIOR
from audit_app.auditing.model import Audit
from audit_app.auditing.operations import NewLine
from audit_app.auditing.workflow import Step
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.moderation import queries
from audit_app.moderation.model import Draw, Exercise, Moderation, Opinion, Phase, Route
from audit_app.moderation.rules import (
    BlindGrade,
    Decision,
    missing_quality,
    refusal_to_finish,
    refusal_to_give,
    refusal_to_reopen,
    refusal_to_send_back,
    refusal_to_work,
    undecided,
    unjudged,
)
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def sections_of(audit: Audit) -> list[Section]:
    """The graded sections that apply to an audit's case, the overall judgement with them."""
    return [section for section in audit.tool.sections_for(audit.category) if section.graded]


def refusal_for(audit: Audit, moderator: Person, tier: str, *, blind: bool, random: bool) -> Refusal | None:
    """Why this audit may not be given to this person, asked of what is stored."""
    earlier = {audit.auditor_id} | {m.moderator_id for m in queries.moderations_of(audit) if m.tier != tier}
    opened = blind and queries.has_opened(audit, moderator.id)
    actor = moderator.actor(today())
    return refusal_to_give(
        audit.facts, actor, tier, blind=blind, random=random, earlier=frozenset(earlier), has_opened=opened
    )


def give(
    audit: Audit,
    moderator: Person,
    tier: str,
    *,
    route: Route,
    blind: bool,
    due_on: dt.date,
    by: int,
    draw: Draw | None = None,
    exercise: Exercise | None = None,
    inclusion_probability: float | None = None,
) -> Moderation:
    """Give an audit to a moderator, open or blind."""
    refuse_if(refusal_for(audit, moderator, tier, blind=blind, random=route is Route.RANDOM))
    if queries.find_moderation(audit, tier) is not None:
        raise Refused(Refusal("This audit has a moderation in this tier already."))
    moderation = Moderation(
        audit=audit,
        tier=tier,
        moderator=moderator,
        route=route.value,
        draw=draw,
        exercise=exercise,
        inclusion_probability=inclusion_probability,
        blind=blind,
        phase=(Phase.JUDGING_BLIND if blind else Phase.DECIDING).value,
        given_at=now(),
        due_on=due_on,
    )
    db.session.add(moderation)
    auditing.give(audit, moderator, tier, hidden=blind, by=by)
    db.session.flush()
    body = {"tier": tier, "route": route.value, "blind": blind, "draw": draw.id if draw else None}
    record("moderation.given", subject=audit.subject, body=body, by=by)
    return moderation


def _opinion(moderation: Moderation, section: str, version: int) -> Opinion:
    found = next((o for o in moderation.opinions if o.section == section), None)
    if (found.version_id if found else 0) != version:
        raise Stale("this section")
    if found is None:
        found = Opinion(moderation=moderation, section=section)
        db.session.add(found)
    found.saved_at = now()
    return found


def _working(moderation: Moderation, *phases: Phase, by: Actor) -> None:
    wanted = frozenset(phase.value for phase in phases)
    refuse_if(refusal_to_work(moderation.moderator_id, moderation.tier, moderation.phase, wanted, by))
    if moderation.audit.stage not in ("with_senior", "with_external"):
        raise Refused(Refusal(f"This audit is {moderation.audit.at.words.lower()}. You can go on when it is back."))


def save_blind(moderation: Moderation, section: str, grade: BlindGrade, version: int, *, by: Actor) -> Opinion:
    """Keep the draft of a blind grade; writes no history."""
    _working(moderation, Phase.JUDGING_BLIND, by=by)
    opinion = _opinion(moderation, section, version)
    opinion.blind_grade = None if grade.not_applicable else grade.grade
    opinion.blind_not_applicable, opinion.blind_reason = grade.not_applicable, grade.reason
    db.session.flush()
    return opinion


def commit_blind(moderation: Moderation, version: int, *, by: Actor) -> None:
    """Commit one's own grades for good; only then is the earlier tiers' work shown."""
    _fresh(moderation, version)
    _working(moderation, Phase.JUDGING_BLIND, by=by)
    audit, sections = moderation.audit, sections_of(moderation.audit)
    grades = queries.blind_grades_of(moderation)
    missing = unjudged([s.key for s in sections], grades)
    if missing:
        noun = "section needs" if len(missing) == 1 else "sections need"
        raise Refused(Refusal(f"{len(missing)} {noun} your grade and reason before you can commit."))
    for section in sections:
        mine = grades[section.key]
        chosen = None if mine.not_applicable else mine.grade
        line = NewLine(section.key, section.overall, moderation.tier, "blind", chosen, evidence=mine.reason)
        auditing.judge(audit, line, by=by.id)
    moderation.phase, moderation.committed_at = Phase.SETTLING.value, now()
    auditing.reveal(audit, moderation.tier)
    _agree_where_equal(moderation, sections, grades)
    db.session.flush()
    body = {"tier": moderation.tier, "grades": {k: None if g.not_applicable else g.grade for k, g in grades.items()}}
    record("moderation.committed", subject=audit.subject, body=body, by=by.id)


def _agree_where_equal(moderation: Moderation, sections: Sequence[Section], grades: Mapping[str, BlindGrade]) -> None:
    # Where both gave the same grade there is nothing to settle.
    standing = queries.standing_before(moderation.audit, moderation.tier)
    for opinion in moderation.opinions:
        mine, line = grades[opinion.section], standing.get(opinion.section)
        if line is not None and (None if mine.not_applicable else mine.grade) == line.grade:
            opinion.decision = "agree"


def decide(moderation: Moderation, section: str, decision: Decision, version: int, *, by: Actor) -> Opinion:
    """Keep the draft of a decision on one section; an unfinished one is kept as well. Writes no history."""
    _working(moderation, Phase.DECIDING, Phase.SETTLING, by=by)
    opinion = _opinion(moderation, section, version)
    for name in Decision.__slots__:
        setattr(opinion, name, getattr(decision, name))
    if decision.decision == "agree" or decision.not_applicable:
        opinion.grade = None
    if decision.decision == "agree":
        opinion.not_applicable, opinion.reason_code = False, None
    db.session.flush()
    return opinion


def rate(
    moderation: Moderation, ratings: Mapping[str, str], words: str, with_auditor: bool, version: int, *, by: Actor
) -> None:
    """Keep the moderator's view of the quality of the audit, apart from the grades of the practice."""
    _fresh(moderation, version)
    _working(moderation, Phase.DECIDING, Phase.SETTLING, by=by)
    moderation.quality, moderation.quality_words, moderation.with_auditor = dict(ratings), words, with_auditor
    db.session.flush()


def finish(moderation: Moderation, version: int, *, by: Actor) -> None:
    """Finish a moderation: the decisions become the ledger's settled lines and stand."""
    _fresh(moderation, version)
    _working(moderation, Phase.DECIDING, Phase.SETTLING, by=by)
    audit, sections = moderation.audit, sections_of(moderation.audit)
    before = queries.standing_before(audit, moderation.tier)
    standing = {key: line.grade for key, line in before.items()}
    decisions = queries.decisions_of(moderation)
    open_ones = undecided(audit.tool, [s.key for s in sections], standing, decisions)
    refuse_if(refusal_to_finish(len(open_ones), len(missing_quality(audit.tool, moderation.quality))))
    for section in sections:
        _settle(moderation, section, decisions[section.key], standing[section.key], by=by.id)
    moderation.phase, moderation.done_at = Phase.DONE.value, now()
    overridden = sum(d.decision == "override" for d in decisions.values())
    body = {"tier": moderation.tier, "overridden": overridden, "of": len(sections)}
    body["grades"] = {k: d.decision if d.decision == "agree" else d.chosen for k, d in decisions.items()}
    record("moderation.finished", subject=audit.subject, body=body, by=by.id)
    auditing.advance(audit, Step.MODERATE if moderation.tier == SENIOR else Step.VALIDATE, by=by.id)


def _settle(moderation: Moderation, section: Section, decision: Decision, standing: str | None, *, by: int) -> None:
    agreed = decision.decision == "agree"
    line = NewLine(
        section.key,
        section.overall,
        moderation.tier,
        "settled",
        standing if agreed else decision.chosen,
        decision=decision.decision,
        reason_code=decision.reason_code,
        reason=decision.reason,
        evidence_supports=decision.evidence_supports,
    )
    auditing.judge(moderation.audit, line, by=by)


def send_back(moderation: Moderation, reason: str, version: int, *, by: Actor) -> None:
    """Send the audit back to its auditor for what is missing; the moderation waits."""
    _fresh(moderation, version)
    _working(moderation, Phase.DECIDING, Phase.SETTLING, Phase.JUDGING_BLIND, by=by)
    refuse_if(refusal_to_send_back(moderation.audit.at, reason))
    auditing.send_back(moderation.audit, reason, by=by.id)


def go_on_after_hand_in(audit: Audit, *, by: int) -> None:
    """When an audit that was sent back is handed in again, it goes straight back to whoever sent it."""
    for tier, step in ((SENIOR, Step.GIVE_TO_SENIOR), (EXTERNAL, Step.GIVE_TO_EXTERNAL)):
        waiting = queries.find_moderation(audit, tier)
        if waiting is not None and waiting.at is not Phase.DONE:
            auditing.advance(audit, step, by=by, body={"to": waiting.moderator_id, "again": True})
            return


def reopen(moderation: Moderation, reason: str, *, by: Actor) -> None:
    """Reopen a finished moderation: its settled grades no longer stand, everything is kept."""
    audit = moderation.audit
    refuse_if(refusal_to_reopen(audit.facts, by, moderation.tier, reason))
    count = auditing.retract(audit, moderation.tier, reason, by=by.id)
    moderation.phase, moderation.done_at = Phase.DECIDING.value, None
    step = Step.REOPEN_MODERATION if moderation.tier == SENIOR else Step.REOPEN_VALIDATION
    record("moderation.reopened", subject=audit.subject, body={"reason": reason, "lines": count}, by=by.id)
    auditing.advance(audit, step, by=by.id, body={"reason": reason})


def take_back(moderation: Moderation, reason: str, *, by: int) -> None:
    """Take an unfinished moderation from its moderator; what they drafted is kept in the record, not in the figures."""
    if not reason.strip():
        raise Refused(Refusal("Say why it is taken back."))
    if moderation.at in (Phase.DONE, Phase.SETTLING):
        raise Refused(Refusal("This moderation has been committed. It can be reopened, but not taken back."))
    audit, tier = moderation.audit, moderation.tier
    drafts: dict[str, Any] = {o.section: [o.decision, o.grade or o.blind_grade] for o in moderation.opinions}
    record(
        "moderation.taken_back", subject=audit.subject, body={"reason": reason, "tier": tier, "drafts": drafts}, by=by
    )
    for opinion in moderation.opinions:
        db.session.delete(opinion)
    db.session.delete(moderation)
    db.session.flush()
    auditing.take_back(audit, tier, reason, by=by)


def make_exercise(unit_id: int, name: str, *, by: int) -> Exercise:
    """A validation exercise of this name in an authority; the same name means the same exercise."""
    found = db.session.execute(select(Exercise).filter_by(unit_id=unit_id, name=name)).scalar_one_or_none()
    if found is not None:
        return found
    made = Exercise(unit_id=unit_id, name=name, made_at=now(), made_by=by)
    db.session.add(made)
    db.session.flush()
    record("exercise.made", body={"exercise": made.id, "name": name}, by=by)
    return made


def _fresh(moderation: Moderation, version: int) -> None:
    if moderation.version_id != version:
        raise Stale("this moderation")
