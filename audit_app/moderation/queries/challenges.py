"""What is asked of challenges: by auditors, by whoever names resolvers, and by resolvers."""

import datetime as dt

from flask import abort
from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.queries import WHOLE, hidden_from, judgements_of, retracted_of, within
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.clock import day_of, today
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.identity.queries import people_of_unit
from audit_app.moderation.challenge import (
    NAMERS,
    ChallengePhase,
    Outcome,
    Parties,
    can_be_challenged,
    last_day,
    refusal_to_be_resolver,
)
from audit_app.moderation.model import Challenge, LateChallenge, Moderation, Phase
from audit_app.moderation.queries.moderations import sections_of
from audit_app.moderation.queries.past import past_of
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import authority_of

WITH_POINTS = (
    joinedload(Challenge.audit).options(*WHOLE),
    joinedload(Challenge.moderator),
    joinedload(Challenge.resolver),
    selectinload(Challenge.points),
)
LAST_ENDED = 50


def challenge_or_404(challenge_id: int, actor: Actor, *, to_write: bool = False) -> Challenge:
    """A challenge of an audit that this person may read; for everybody else it does not exist."""
    rows = select(Challenge).where(Challenge.id == challenge_id)
    if to_write:
        # The audit first, as everybody locks it: nobody reopens its moderation while something is resolved.
        of_it = select(Challenge.audit_id).where(Challenge.id == challenge_id).scalar_subquery()
        db.session.execute(select(Audit).where(Audit.id == of_it).with_for_update(of=Audit))
        rows = rows.with_for_update(of=Challenge)
    found = db.session.execute(rows.options(*WITH_POINTS)).unique().scalar_one_or_none()
    if found is None or sight_of(found.audit.facts, actor) is not Sight.FULL:
        abort(404)
    return found


def challenges_of(audit: Audit) -> list[Challenge]:
    """Every challenge to an outcome of an audit, the oldest first."""
    rows = select(Challenge).where(Challenge.audit_id == audit.id).options(*WITH_POINTS).order_by(Challenge.id)
    return list(db.session.execute(rows).unique().scalars())


def find_open_challenge(audit: Audit, tier: str, *, to_write: bool = False) -> Challenge | None:
    """The open challenge to one tier's outcome of an audit, if there is one."""
    rows = select(Challenge).where(Challenge.audit_id == audit.id, Challenge.tier == tier, Challenge.ended_at.is_(None))
    if to_write:
        rows = rows.with_for_update(of=Challenge)
    return db.session.execute(rows.options(*WITH_POINTS)).unique().scalar_one_or_none()


def outcome_of(moderation: Moderation) -> Outcome:
    """A moderation as whoever challenges it sees it: whether it stands, until when, and what became of it so far."""
    audit, done = moderation.audit, moderation.at is Phase.DONE and moderation.done_at is not None
    done_on = day_of(moderation.done_at) if moderation.done_at else today()
    rows = select(Challenge.phase).where(Challenge.audit_id == audit.id, Challenge.tier == moderation.tier)
    # What was challenged before the moderation was reopened is over.
    since = rows.where(Challenge.raised_at >= moderation.done_at) if moderation.done_at else rows.where(false())
    phases = set(db.session.execute(since).scalars())
    return Outcome(
        moderation.tier,
        done,
        last_day(done_on, audit.round.programme.policy.challenge_days, _allowed_until(moderation)),
        is_challenged=bool(phases & {ChallengePhase.RAISED.value, ChallengePhase.WITH_RESOLVER.value}),
        is_resolved=ChallengePhase.RESOLVED.value in phases,
    )


def _allowed_until(moderation: Moderation) -> dt.date | None:
    rows = select(func.max(LateChallenge.until)).where(
        LateChallenge.audit_id == moderation.audit_id, LateChallenge.tier == moderation.tier
    )
    if moderation.done_at is not None:
        rows = rows.where(LateChallenge.allowed_at >= moderation.done_at)
    return db.session.execute(rows).scalar_one()


def settled_of(moderation: Moderation) -> dict[str, Judgement]:
    """By section: the line of the ledger that a finished moderation settled."""
    audit, gone = moderation.audit, retracted_of(moderation.audit)
    lines = [one for one in judgements_of(audit) if one.tier == moderation.tier and one.phase == "settled"]
    return {one.section: one for one in lines if one.id not in gone}


def sections_to_challenge(moderation: Moderation) -> tuple[Section, ...]:
    """The sections of an outcome that its auditor can challenge."""
    settled = settled_of(moderation)
    decisions = {key: line.decision for key, line in settled.items()}
    return can_be_challenged([one for one in sections_of(moderation.audit) if one.key in settled], decisions)


def parties_of(challenge: Challenge) -> Parties:
    """Everybody who has to do with a challenged outcome."""
    audit = challenge.audit
    past = past_of([audit])[audit.id]
    judges = frozenset(one.person_id for one in audit.assignments) | past.judges_outside(challenge.tier)
    return Parties(
        challenge.auditor_id,
        challenge.moderator_id,
        judges,
        past.contributed,
        past.connected,
        past.workers,
        past.signed_off,
    )


def could_resolve(challenge: Challenge) -> list[Person]:
    """Who could resolve a challenge, by name."""
    audit, parties = challenge.audit, parties_of(challenge)
    people = people_of_unit(authority_of(audit.unit).path)
    return [one for one in people if refusal_to_be_resolver(audit.unit.path, parties, one.actor(today())) is None]


def rulings_as_data(challenge: Challenge) -> dict[str, object]:
    """What a resolver has drafted so far, for the record; nothing where nothing was written."""
    return {
        point.section: {"grade": point.ruling.chosen, "not_applicable": point.not_applicable, "reason": point.reason}
        for point in challenge.points
        if point.saved_at is not None
    }


def was_resolver(challenge: Challenge, actor: Actor) -> bool:
    """Whether somebody was ever named to resolve a challenge."""
    if challenge.resolver_id == actor.id:
        return True
    named = entries_of(challenge.audit.subject, kinds=("challenge.resolver_named",))
    return any(
        one.body is not None and one.body["challenge"] == challenge.id and one.body["person"] == actor.id
        for one in named
    )


def challenges_to_resolve(actor: Actor) -> list[Challenge]:
    """What somebody is to resolve now, the oldest first."""
    rows = select(Challenge).where(Challenge.resolver_id == actor.id, Challenge.ended_at.is_(None))
    found = db.session.execute(rows.options(*WITH_POINTS).order_by(Challenge.raised_at, Challenge.id))
    return [one for one in found.unique().scalars() if sight_of(one.audit.facts, actor) is Sight.FULL]


def _named_by(actor: Actor) -> Select[Challenge]:
    """The challenges for which somebody may name the resolver; none of an audit that they judge blind just now."""
    over: list[ColumnElement[bool]] = [within(actor.paths(permission), Unit.path) for permission in NAMERS]
    rows = select(Challenge).join(Challenge.audit).join(Audit.unit).where(or_(*over))
    return rows.where(Audit.id.not_in(hidden_from(actor)))


def open_challenges(actor: Actor) -> list[Challenge]:
    """The open challenges in the units of somebody who names resolvers, the oldest first."""
    rows = _named_by(actor).where(Challenge.ended_at.is_(None)).options(*WITH_POINTS)
    return list(db.session.execute(rows.order_by(Challenge.raised_at, Challenge.id)).unique().scalars())


def ended_challenges(actor: Actor) -> list[Challenge]:
    """The challenges that ended last in the units of somebody who names resolvers."""
    rows = _named_by(actor).where(Challenge.ended_at.is_not(None)).options(*WITH_POINTS)
    rows = rows.order_by(Challenge.ended_at.desc(), Challenge.id.desc()).limit(LAST_ENDED)
    return list(db.session.execute(rows).unique().scalars())


def waiting_for_resolver(actor: Actor) -> int:
    """How many challenges wait for a resolver to be named, in the units of somebody who names them."""
    rows = _named_by(actor).where(Challenge.phase == ChallengePhase.RAISED.value)
    counted = rows.with_only_columns(func.count(), maintain_column_froms=True)
    return db.session.execute(counted).scalar_one()


def may_name(audit: Audit, actor: Actor) -> bool:
    """Whether somebody names who resolves challenges to audits of this unit."""
    return any(actor.reaches(permission, audit.unit.path) for permission in NAMERS)
