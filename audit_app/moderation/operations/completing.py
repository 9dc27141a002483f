"""Completing a quarter: one audit is drawn of each auditor of whom none was chosen, though something was handed in."""

import datetime as dt
from collections import defaultdict
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from audit_app.auditing.model import Audit
from audit_app.auditing.queries import WHOLE
from audit_app.auditing.workflow import Stage
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.moderation.arrival import chance_with_one_more
from audit_app.moderation.model import Draw, Lot, Moderation
from audit_app.moderation.operations.arriving import place
from audit_app.moderation.operations.chances import keep_chance
from audit_app.moderation.queries.arrivals import seed_of_quarter
from audit_app.moderation.queries.coverage import of_quarter
from audit_app.programmes.model import Programme
from audit_app.sampling.draws import ALGORITHM, random_share


def complete_quarter(programme: Programme, month: dt.date, *, by: int) -> tuple[int, int]:
    """Draw one audit of each auditor who is not covered: how many were given, and how many wait for a moderator."""
    db.session.execute(select(Programme.id).where(Programme.id == programme.id).with_for_update(key_share=True))
    by_auditor: dict[int, list[Lot]] = defaultdict(list)
    for lot in _lots(programme, month):
        by_auditor[lot.audit.auditor_id].append(lot)
    moderated = _moderated(programme, month)
    given = waiting = 0
    for _, lots in sorted(by_auditor.items()):
        total = sum((lot.probability for lot in lots), Fraction(0))
        if any(lot.otherwise is not None for lot in lots) or total >= 1:
            continue
        drawn = next((lot for lot in lots if lot.fell), None)
        if drawn is not None and drawn.draw_id is None:
            _raise(drawn, total, len(lots))
        elif drawn is not None:
            continue
        elif not any(lot.audit_id in moderated for lot in lots):
            frame = [lot for lot in lots if lot.audit.at is Stage.SUBMITTED]
            if frame and _draw(programme, month, frame, total, by=by):
                given += 1
            elif frame:
                waiting += 1
    return given, waiting


def _lots(programme: Programme, month: dt.date) -> list[Lot]:
    """The lots that auditors had on their turns in a quarter, of audits that were not made void."""
    rows = select(Lot).join(Lot.audit).where(of_quarter(programme, month), Lot.tier == "senior")
    rows = rows.where(Lot.before.is_not(None), Audit.stage != Stage.VOID.value).order_by(Lot.id)
    return list(db.session.execute(rows.options(joinedload(Lot.audit).options(*WHOLE))).unique().scalars())


def _moderated(programme: Programme, month: dt.date) -> frozenset[int]:
    rows = select(Moderation.audit_id).join(Moderation.audit)
    rows = rows.where(of_quarter(programme, month), Moderation.tier == "senior")
    return frozenset(db.session.execute(rows).scalars())


def _raise(lot: Lot, total: Fraction, came: int) -> None:
    """An audit that was drawn as it came would have had its part in such a draw too, had it not been."""
    lot.chance_in_all = chance_with_one_more(lot.probability, total, came)
    rows = select(Moderation).filter_by(audit_id=lot.audit_id, tier=lot.tier, route="random", draw_id=None)
    kept = db.session.execute(rows).scalar_one_or_none()
    if kept is not None:
        keep_chance(kept.id, lot.chance_in_all)


def _draw(programme: Programme, month: dt.date, frame: list[Lot], total: Fraction, *, by: int) -> bool:
    """Draw one of an auditor's audits; it is given at once where somebody may moderate it."""
    seed = f"{seed_of_quarter(frame[0].audit.round, 'senior')}:{frame[0].audit.auditor_id}"
    by_audit = {str(lot.audit_id): lot for lot in frame}
    (chosen,) = random_share(list(by_audit), seed, count=1)
    lot, ids = by_audit[chosen.reference], [one.audit_id for one in frame]
    made = Draw(
        round=lot.audit.round,
        tier=lot.tier,
        seed=seed,
        algorithm=ALGORITHM,
        frame=ids,
        size=1,
        drawn_at=now(),
        drawn_by=by,
    )
    db.session.add(made)
    db.session.flush()
    body = {"draw": made.id, "tier": lot.tier, "seed": seed, "frame": ids, "size": 1, "auditor": lot.audit.auditor_id}
    record("moderation.drawn", subject=f"round:{lot.audit.round_id}", body=body, by=by)
    lot.draw = made
    lot.chance_in_all = chance_with_one_more(lot.probability, total, len(frame))
    return place(lot, by=by) is not None
