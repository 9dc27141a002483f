"""What is done to one audit, from being allocated to being void: its stage moves and its ledger grows here only."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from audit_app.access.actor import Actor
from audit_app.auditing.contributing import agencies_missing, refusal_to_go_without
from audit_app.auditing.drafts import Draft, first_hand_in, gaps
from audit_app.auditing.model import Answer, Assignment, Audit, Judgement, Reply, Retraction
from audit_app.auditing.queries import alerts_of, contributions_of, drafts_of
from audit_app.auditing.rules import (
    refusal_to_change_grade,
    refusal_to_hand_back,
    refusal_to_hand_in,
    refusal_to_reallocate,
    refusal_to_reply,
    refusal_to_void,
    refusal_to_withdraw,
    refusal_to_write,
)
from audit_app.auditing.workflow import TABLE, Stage, Step, refusal_to_advance
from audit_app.clock import now
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def advance(audit: Audit, step: Step, *, by: int | None, body: dict[str, object] | None = None) -> None:
    """Take a step in an audit's life; the only writer of its stage, and never without history."""
    refuse_if(refusal_to_advance(audit.at, step))
    before, audit.stage = audit.stage, TABLE[(audit.at, step)].value
    db.session.flush()  # a stale version is found here, before anything else is written
    record(
        f"audit.{step.value}", subject=audit.subject, body={"from": before, "to": audit.stage, **(body or {})}, by=by
    )


def allocate(
    round_: Round,
    case_id: int,
    unit: Unit,
    category: str,
    auditor: Person,
    *,
    inclusion_probability: float | None,
    by: int | None,
) -> Audit:
    """Give a case to an auditor; tool, unit, category and period are pinned as they are now."""
    audit = Audit(
        round=round_,
        case_id=case_id,
        tool_version_id=round_.tool_version_id,
        auditor=auditor,
        unit=unit,
        unit_path=unit.path,
        category=category,
        period=round_.month,
        stage=Stage.ALLOCATED.value,
        due_on=round_.due_on,
        inclusion_probability=inclusion_probability,
        allocated_at=now(),
    )
    db.session.add(audit)
    db.session.flush()
    body = {"round": round_.id, "case": case_id, "auditor": auditor.id, "due": round_.due_on.isoformat()}
    record("audit.allocated", subject=audit.subject, body=body, by=by)
    return audit


def reallocate(audit: Audit, auditor: Person, *, by: int, started_too: bool = False) -> None:
    """Give an audit to somebody else; what was written in a started one stays, and they go on with it."""
    refuse_if(refusal_to_reallocate(audit.at, audit.auditor_id, auditor.id, started_too=started_too))
    before, audit.auditor = audit.auditor_id, auditor
    audit.handed_back_at = audit.handed_back_because = None
    body: dict[str, object] = {"from": before, "to": auditor.id}
    if audit.at is Stage.IN_PROGRESS:
        body["drafts"] = "stay"
    db.session.flush()
    record("audit.reallocated", subject=audit.subject, body=body, by=by)


def hand_back(audit: Audit, reason: str, *, by: Actor) -> None:
    """Hand an audit that was not started back, to be given to somebody else; its auditor sees it no more."""
    refuse_if(refusal_to_hand_back(audit.facts, by, reason))
    audit.handed_back_at, audit.handed_back_because = now(), reason
    db.session.flush()
    record("audit.handed_back", subject=audit.subject, body={"reason": reason}, by=by.id)


def leave_with_auditor(audit: Audit, *, by: int) -> None:
    """Leave an audit that was handed back with its auditor after all."""
    if audit.handed_back_at is None:
        raise Refused(Refusal("This audit was not handed back."))
    audit.handed_back_at = audit.handed_back_because = None
    db.session.flush()
    record("audit.left_with_auditor", subject=audit.subject, body={"auditor": audit.auditor_id}, by=by)


def withdraw(audit: Audit, reason: str, *, by: int) -> None:
    """Take an audit out before it was handed in."""
    refuse_if(refusal_to_withdraw(audit.at, reason))
    advance(audit, Step.WITHDRAW, by=by, body={"reason": reason})


def void(audit: Audit, reason: str, second: Person, *, by: Actor) -> None:
    """Take a handed-in audit out of the figures; a second person agrees to it."""
    refuse_if(refusal_to_void(audit.facts, by, second.id, reason))
    advance(audit, Step.VOID, by=by.id, body={"reason": reason, "agreed_by": second.id})


def save(audit: Audit, section: str, draft: Draft, version: int, *, by: Actor) -> Answer:
    """Keep one section's draft; version is the one that was being edited (0: none yet). Writes no history."""
    refuse_if(refusal_to_write(audit.facts, by))
    answer = db.session.execute(select(Answer).filter_by(audit_id=audit.id, section=section)).scalar_one_or_none()
    if (answer.version_id if answer else 0) != version:
        raise Stale("this section")
    refuse_if(refusal_to_change_grade(_first(audit).get(section), draft))
    if answer is None:
        answer = Answer(audit_id=audit.id, section=section)
        db.session.add(answer)
    for name, value in draft.columns.items():
        setattr(answer, name, value)
    answer.saved_at, answer.saved_by = now(), by.id
    if audit.at is Stage.ALLOCATED:
        advance(audit, Step.START, by=by.id)
    db.session.flush()
    return answer


def _first(audit: Audit) -> dict[str, str]:
    rows = select(Judgement).filter_by(audit_id=audit.id, tier="auditor").order_by(Judgement.id)
    return first_hand_in((j.section, j.grade) for j in db.session.execute(rows).scalars())


def hand_in(
    audit: Audit, version: int, *, by: Actor, without_because: str = "", moderate_because: str | None = None
) -> None:
    """Hand an audit in: every section complete, every grade with its evidence; the ledger begins here.

    moderate_because: why the auditor asks to have it moderated, if they do; asked when it is first handed in.
    """
    if audit.version_id != version:
        raise Stale("this audit")
    drafts = drafts_of(audit)
    # Whom somebody else told, only they can say: it stays open with the head of service, and stops nobody here.
    untold = any(alert.told_at is None and alert.raised_by == by.id for alert in alerts_of(audit))
    found = gaps(audit.tool, audit.category, drafts)
    refuse_if(refusal_to_hand_in(audit.facts, by, len(found), untold))
    absent = agencies_missing(audit.tool, audit.category, drafts, contributions_of(audit))
    refuse_if(refusal_to_go_without(absent, without_because))
    graded = [section for section in audit.tool.sections_for(audit.category) if section.graded]
    _judge_at_once(audit, [_as_handed_in(section, drafts[section.key]) for section in graded], by=by.id)
    audit.handed_in_without = without_because if absent else None
    if audit.first_handed_in_at is None:
        audit.moderation_asked_because = moderate_because or None
    audit.handed_in_at = now()
    audit.first_handed_in_at = audit.first_handed_in_at or audit.handed_in_at
    if audit.practitioner_involved is None:
        audit.practitioner_involved = _told(audit, drafts, "reflection", "involved")
        audit.feedback_obtained = _told(audit, drafts, "feedback", "obtained")
    audit.sent_back_because = None
    grades = {key: (None if d.not_applicable else d.grade) for key, d in sorted(drafts.items())}
    body: dict[str, object] = {"grades": grades}
    if absent:
        body |= {"without": [agency.key for agency in absent], "reason": without_because}
    if audit.at is not Stage.SENT_BACK and moderate_because:
        body["moderate_because"] = moderate_because
    advance(audit, Step.SUBMIT, by=by.id, body=body)


def _as_handed_in(section: Section, draft: Draft) -> "NewLine":
    """The auditor's own line in the ledger."""
    return NewLine(
        section.key,
        section.overall,
        "auditor",
        "submitted",
        None if draft.not_applicable else draft.grade,
        evidence=draft.not_applicable_because if draft.not_applicable else draft.evidence,
        strengths=draft.strengths,
        improvements=draft.improvements,
    )


def _told(audit: Audit, drafts: dict[str, Draft], kind: str, name: str) -> bool | None:
    for section in audit.tool.sections_for(audit.category):
        if section.kind == kind and section.key in drafts:
            said = drafts[section.key].particulars.get(name)
            return None if said is None else said == "yes"
    return None


@dataclass(frozen=True, slots=True)
class NewLine:
    """One line to be written in the ledger; a grade of None is "not applicable"."""

    section: str
    overall: bool
    tier: str
    phase: str
    grade: str | None
    evidence: str = ""
    strengths: str = ""
    improvements: str = ""
    decision: str | None = None
    reason_code: str | None = None
    reason: str = ""
    evidence_supports: bool | None = None


_NEW_LINES = insert(Judgement)


def judge(audit: Audit, opinion: NewLine, *, by: int, at: dt.datetime | None = None) -> Judgement:
    """Add a line to the ledger; the caller records the event that it belongs to."""
    line = Judgement(**_columns(audit, opinion, by, at or now()))
    db.session.add(line)
    return line


def _judge_at_once(audit: Audit, opinions: Iterable[NewLine], *, by: int) -> None:
    """Add many lines in one statement: line by line they were the dearest part of handing in."""
    if lines := [_columns(audit, one, by, now()) for one in opinions]:  # a tool may grade nothing
        db.session.connection().execute(_NEW_LINES, lines)


def _columns(audit: Audit, opinion: NewLine, by: int, at: dt.datetime) -> dict[str, Any]:
    said = {name: getattr(opinion, name) for name in NewLine.__slots__}
    return said | {"audit_id": audit.id, "not_applicable": opinion.grade is None, "by_id": by, "at": at}


def retract(audit: Audit, tier: str, because: str, *, by: int) -> int:
    """Take a tier's settled and resolved lines out of what stands, for good; the count of lines is returned."""
    gone = select(Retraction.judgement_id)
    rows = select(Judgement).where(
        Judgement.audit_id == audit.id,
        Judgement.tier == tier,
        Judgement.phase.in_(("settled", "resolved")),
        Judgement.id.not_in(gone),
    )
    lines = list(db.session.execute(rows).scalars())
    db.session.add_all(Retraction(judgement_id=j.id, because=because, by_id=by, at=now()) for j in lines)
    return len(lines)


def give(audit: Audit, person: Person, tier: str, *, hidden: bool, by: int | None) -> Assignment:
    """Give an audit to somebody to judge in a later tier."""
    step = Step.GIVE_TO_SENIOR if tier == "senior" else Step.GIVE_TO_EXTERNAL
    given = Assignment(audit=audit, person=person, tier=tier, hidden=hidden, given_at=now())
    db.session.add(given)
    advance(audit, step, by=by, body={"person": person.id, "blind": hidden})
    return given


def assignment_of(audit: Audit, tier: str) -> Assignment | None:
    """The running assignment of a tier, if there is one."""
    return next((a for a in audit.assignments if a.tier == tier and a.ended_at is None), None)


def reveal(audit: Audit, tier: str) -> None:
    """Let somebody who has committed their blind grades see the rest."""
    given = assignment_of(audit, tier)
    if given is not None:
        given.hidden = False


def take_back(audit: Audit, tier: str, reason: str, *, by: int) -> None:
    """Take an audit from the person who was to judge it in a later tier."""
    given = assignment_of(audit, tier)
    if given is not None:
        given.ended_at = now()
    if tier == "senior":
        step = Step.TAKE_FROM_SENIOR
    elif any(a.tier == "senior" and a.ended_at is None for a in audit.assignments):
        step = Step.TAKE_MODERATED_FROM_EXTERNAL
    else:
        step = Step.TAKE_FROM_EXTERNAL
    advance(audit, step, by=by, body={"reason": reason})


def send_back(audit: Audit, reason: str, *, by: int) -> None:
    """Send a handed-in audit back to its auditor for what is missing."""
    if not reason.strip():
        raise Refused(Refusal("Say what is missing."))
    audit.sent_back_because = reason
    advance(audit, Step.SEND_BACK, by=by, body={"reason": reason})


def reply(audit: Audit, tier: str, words: str, *, by: Actor) -> Reply:
    """Record what the auditor says to an outcome."""
    refuse_if(refusal_to_reply(audit.facts, by, words))
    said = Reply(audit_id=audit.id, tier=tier, words=words, by_id=by.id, at=now())
    db.session.add(said)
    record("audit.replied", subject=audit.subject, body={"tier": tier, "words": words}, by=by.id)
    return said
