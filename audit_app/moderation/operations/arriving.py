"""Giving audits to senior moderators as they are handed in, by the programme's policies and a recorded seed."""

import secrets

from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import Stage
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.identity.queries import away_between
from audit_app.moderation.arrival import Arrived, Turn, absent, arrive, lightest, why_nobody
from audit_app.moderation.model import Lot, Lottery, Moderation, Route
from audit_app.moderation.operations.giving import give, refusal_for
from audit_app.moderation.queries import find_moderation, past_of
from audit_app.moderation.queries.arrivals import (
    chances_before,
    earlier_hand_ins,
    expected_in_quarter,
    find_lottery,
    grades_of,
    lot_of,
    quarter_of,
    seed_of_quarter,
    waiting_lots,
)
from audit_app.moderation.queries.rounds import moderators, unfinished_counts
from audit_app.moderation.rules import CALLED
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.policies import TIERS, Policies
from audit_app.programmes.working_days import working_days_after
from audit_app.sampling.draws import ALGORITHM

USUAL_DAYS = 10  # working days in which an audit is moderated


def hear_round(kind: str, *, subject: str, by: int | None, **said: object) -> None:
    """Hear that a round was opened: the seeds of its draws are made before any audit is handed in."""
    round_ = db.session.get_one(Round, int(subject.removeprefix("round:")))
    policies = round_.programme.policy
    for tier in TIERS:
        if policies.as_they_come and asks_for(policies, tier):
            lottery_of(round_, tier, by=by)


def asks_for(policies: Policies, tier: str) -> bool:
    """Whether policies ask anything of a tier as audits come in."""
    others = tier == "senior" and (policies.flagged or policies.first_of_new_auditor)
    return bool(policies.shares.get(tier) or policies.always.get(tier) or others)


def lottery_of(round_: Round, tier: str, *, by: int | None) -> Lottery:
    """The seed of a round and tier; made and recorded where there is none yet."""
    # Whoever makes a seed or takes a turn holds the programme: of two at once, the second sees what the first did.
    held = select(Programme.id).where(Programme.id == round_.programme_id).with_for_update(key_share=True)
    db.session.execute(held)
    found = find_lottery(round_.id, tier)
    if found is not None:
        return found
    made = Lottery(round=round_, tier=tier, seed=secrets.token_hex(16), algorithm=ALGORITHM, made_at=now())
    db.session.add(made)
    db.session.flush()
    body = {"tier": tier, "seed": made.seed, "algorithm": made.algorithm}
    record("moderation.seed_made", subject=f"round:{round_.id}", body=body, by=by)
    return made


def take_in(audit: Audit) -> None:
    """Draw the lots of an audit that was handed in for the first time, and give it to whoever is to moderate it."""
    policies = audit.round.programme.policy
    if not policies.as_they_come:
        return
    for tier in TIERS:
        if asks_for(policies, tier):
            lot = _lot(audit, tier, policies)
            if lot is not None:
                place(lot, by=None)


def _lot(audit: Audit, tier: str, policies: Policies) -> Lot | None:
    """The lot of an audit in a tier, drawn once and for all."""
    lottery = lottery_of(audit.round, tier, by=None)
    if lot_of(audit, tier) is not None:
        return None
    turn = _turn(audit, tier) if policies.share_of == "each_auditor" else None
    flagged = audit.moderation_asked_because is not None
    arrived = Arrived(audit.id, grades_of(audit), flagged, earlier_hand_ins(audit))
    drawn = arrive(arrived, policies, tier, turn.seed if turn else lottery.seed, turn)
    lot = Lot(
        audit=audit,
        tier=tier,
        lottery=lottery,
        chance=str(drawn.chance),
        before=str(turn.before) if turn else None,
        drawn=drawn.drawn,
        otherwise=drawn.otherwise,
        at=now(),
    )
    db.session.add(lot)
    db.session.flush()
    body = {"tier": tier, "chance": lot.chance, "before": lot.before, "drawn": lot.drawn, "otherwise": lot.otherwise}
    record("moderation.lot_drawn", subject=audit.subject, body=body)
    return lot


def _turn(audit: Audit, tier: str) -> Turn:
    round_, auditor = audit.round, audit.auditor_id
    return Turn(
        seed_of_quarter(round_, tier),
        auditor,
        quarter_of(round_.month)[0].isoformat(),
        chances_before(auditor, round_, tier),
        expected_in_quarter(round_.programme, auditor, round_.month),
    )


def place(lot: Lot, *, by: int | None) -> Moderation | None:
    """Give an audit whose lot fell to the permitted senior moderator with the lightest queue; else it waits."""
    audit, policies = lot.audit, lot.audit.round.programme.policy
    if lot.route is None or lot.tier != "senior" or audit.at is not Stage.SUBMITTED:
        return None
    if find_moderation(audit, lot.tier) is not None:
        return None
    blind = lot.fell and policies.blind.get(lot.tier, False)
    # Judged blind, an audit of such a grade goes to anybody, as every other: its moderator would tell the grade.
    role = Role(policies.always_by) if lot.otherwise == Route.GRADE.value and not blind else None
    due_on = working_days_after(today(), USUAL_DAYS)
    people = [p for p in moderators(audit.round, lot.tier) if role is None or p.actor(today()).has(role)]
    past, can, why = past_of([audit])[audit.id], dict[int, Person](), list[str]()
    for person in people:
        refused = refusal_for(audit, person, lot.tier, blind=blind, random=lot.fell, past=past)
        if refused is None:
            can[person.id] = person
        else:
            why.append(refused.reason)
    away = absent(away_between(can, today(), due_on), today(), due_on)
    counts = unfinished_counts(can.values())
    chosen = lightest({key: counts.get(key, 0) for key in can if key not in away}, lot.lottery.seed, audit.id)
    if chosen is None:
        called = role.words.lower() if role else CALLED[lot.tier]
        lot.waits_because = why_nobody(f"a {called}", why, len(away))
        record("moderation.waits", subject=audit.subject, body={"tier": lot.tier, "because": lot.waits_because}, by=by)
        return None
    lot.waits_because = ""
    return give(
        audit,
        can[chosen],
        lot.tier,
        route=lot.route,
        blind=blind,
        due_on=due_on,
        by=by,
    )


def place_waiting(round_: Round, *, by: int) -> tuple[int, int]:
    """Try once more to give what waits for a senior moderator: how many were given, and how many still wait."""
    rows = waiting_lots(round_).where(Lot.tier == "senior", Audit.stage == Stage.SUBMITTED.value)
    lots = list(db.session.execute(rows.with_for_update(of=Lot)).unique().scalars())
    given = sum(place(lot, by=by) is not None for lot in lots)
    return given, len(lots) - given
