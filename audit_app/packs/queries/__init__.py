"""What is asked of packs: one's own, what a round's pack would hold, and whether all of it is still open to one."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import WHOLE, hidden_from
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.improvement.model import Board
from audit_app.improvement.queries.boards import reads
from audit_app.packs.model import Pack
from audit_app.packs.rules import refusal_to_open
from audit_app.programmes.model import Programme, Round
from audit_app.refusal import Refusal
from audit_app.web.formats import plural
from audit_app.work import queries as work
from audit_app.work.model import Job

ROUND = "packs.round"
KINDS = (ROUND, "packs.board")


def reader(person_id: int | None) -> Actor:
    """Whoever asked for a pack, as the rules see them today."""
    return db.session.get_one(Person, person_id).actor(today())


def pack_or_404(pack_id: int, actor: Actor) -> Pack:
    """A pack of one's own whose time is not over; any other does not exist."""
    found = db.session.get(Pack, pack_id)
    if found is None or found.owner_id != actor.id or found.expires_at <= now():
        abort(404)
    return found


def packs_of(actor: Actor) -> Sequence[Pack]:
    """One's own packs that are still kept, newest first."""
    rows = select(Pack).where(Pack.owner_id == actor.id, Pack.expires_at > now())
    return db.session.scalars(rows.order_by(Pack.id.desc())).all()


def being_made(actor: Actor) -> Job | None:
    """The pack that somebody asked for and that is not made yet."""
    return next((job for job in work.going_on(actor) if job.kind in KINDS), None)


def audits_closed_to(pack: Pack, actor: Actor) -> int:
    """How many audits of a pack its owner may no longer read in full: given to them blind, or out of their reach."""
    rows = select(Audit).where(Audit.id.in_(pack.audit_ids)).options(*WHOLE)
    found = db.session.execute(rows).unique().scalars()
    return len(pack.audit_ids) - sum(takes(audit, actor) for audit in found)


def refused_to_open(pack: Pack, actor: Actor) -> Refusal | None:
    """Whether its owner may open a pack now: all audits in it, and every figure, must still be open to them."""
    blind = len(set(pack.counted or ()) & set(db.session.execute(hidden_from(actor)).scalars())) if pack.counted else 0
    return refusal_to_open(audits_closed_to(pack, actor), blind, of_others=not _reads_board(pack, actor))


def _reads_board(pack: Pack, actor: Actor) -> bool:
    """Whether a pack is of no board, or of one whose papers somebody still reads."""
    of, _, key = pack.about.partition(":")
    board = db.session.get(Board, int(key)) if of == "board" else None
    return of != "board" or (board is not None and reads(board, actor))


def takes(audit: Audit, actor: Actor) -> bool:
    """Whether somebody may take an audit away in a pack: as who may take packs, and not while they judge it blind."""
    taker = actor.limited_to(Permission.TAKE_PACKS)
    return all(sight_of(audit.facts, one) is Sight.FULL for one in (actor, taker))


@dataclass(frozen=True, slots=True)
class Holding:
    """What a round's pack would hold for somebody: its audits, and how many they judge blind just now."""

    round: Round
    audits: tuple[Audit, ...]
    blind: int

    @property
    def left_out(self) -> tuple[str, ...]:
        """What is not in it, and why."""
        if not self.blind:
            return ()
        verb = "is" if self.blind == 1 else "are"
        return (f"{plural(self.blind, 'audit')} that you judge blind just now {verb} left out.",)


def find_round(round_id: int, actor: Actor) -> Round | None:
    """A round some of whose audits are of units in which somebody may take packs."""
    rows = select(Round).where(Round.id == round_id)
    rows = rows.options(joinedload(Round.programme).joinedload(Programme.unit), joinedload(Round.tool_version))
    found = db.session.execute(rows).scalar_one_or_none()
    if found is None:
        return None
    path = found.programme.unit.path
    mine = actor.paths(Permission.TAKE_PACKS)
    return found if any(path.startswith(one) or one.startswith(path) for one in mine) else None


def round_or_404(round_id: int, actor: Actor) -> Round:
    """A round whose audits somebody may take as a pack; any other does not exist."""
    return find_round(round_id, actor) or abort(404)


def holding_of(round_: Round, actor: Actor) -> Holding:
    """The audits of a round that were handed in and that somebody may take away whole, in order of their cases."""
    rows = select(Audit).where(Audit.round_id == round_.id, Audit.first_handed_in_at.is_not(None)).options(*WHOLE)
    found = db.session.execute(rows.order_by(Audit.id)).unique().scalars()
    mine = [one for one in found if takes(one, actor)]
    rows_blind = select(func.count()).select_from(Audit)
    rows_blind = rows_blind.where(Audit.round_id == round_.id, Audit.id.in_(hidden_from(actor)))
    blind = db.session.execute(rows_blind).scalar_one()
    return Holding(round_, tuple(sorted(mine, key=lambda one: (one.case.reference, one.id))), blind)
