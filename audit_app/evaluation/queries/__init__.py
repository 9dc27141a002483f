"""Which editions, statements and published copies somebody may read or write."""

from collections.abc import Iterable

from flask import abort
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.db import db
from audit_app.evaluation.model import Citation, Edition, PublishedEvaluation, Statement
from audit_app.measures.queries import held_blind

SEES, WRITES, READS = Permission.SEE_EVALUATIONS, Permission.WRITE_EVALUATIONS, Permission.READ_REPORTS
COPIES = (selectinload(Edition.copies).joinedload(PublishedEvaluation.taken_back), joinedload(Edition.unit))
WHOLE = (
    selectinload(Edition.every_statement).options(
        selectinload(Statement.every_citation), joinedload(Statement.author), selectinload(Statement.formers)
    ),
    *COPIES,
)


WITH_AUDITS = selectinload(Edition.every_statement).selectinload(Statement.every_citation).undefer(Citation.audits)


def related(actor: Actor, permission: Permission, path: str) -> bool:
    """Whether a unit is one that somebody has with a permission, or stands above or below one."""
    return any(path.startswith(mine) or mine.startswith(path) for mine in actor.paths(permission))


def may_write(actor: Actor, edition: Edition) -> bool:
    """Whether somebody writes a self-evaluation."""
    return actor.reaches(WRITES, edition.unit.path)


def edition_or_404(edition_id: int, actor: Actor, *, to_write: bool = False) -> Edition:
    """An edition that somebody may read while it is written, or write; any other does not exist."""
    rows = select(Edition).where(Edition.id == edition_id).options(*WHOLE)
    rows = rows.options(WITH_AUDITS) if held_blind(actor) else rows
    found = db.session.execute(rows).unique().scalar_one_or_none()
    if found is None or not (may_write(actor, found) if to_write else related(actor, SEES, found.unit.path)):
        abort(404)
    return found


def editions_open_to(actor: Actor) -> list[Edition]:
    """The editions that somebody may read while they are written, the newest first."""
    rows = select(Edition).options(*COPIES)
    rows = rows.order_by(Edition.first.desc(), Edition.id.desc())
    return [one for one in db.session.execute(rows).unique().scalars() if related(actor, SEES, one.unit.path)]


def statements_in(editions: Iterable[Edition]) -> dict[int, int]:
    """How many statements some editions have."""
    rows = select(Statement.edition_id, func.count().label("statements")).where(Statement.taken_out_at.is_(None))
    rows = rows.where(Statement.edition_id.in_([one.id for one in editions])).group_by(Statement.edition_id)
    return {row.edition_id: row.statements for row in db.session.execute(rows)}


def published_open_to(actor: Actor) -> list[PublishedEvaluation]:
    """What boards read: the last copy of each edition, or that it was taken back; the newest first."""
    rows = select(Edition).options(*COPIES)
    rows = rows.where(Edition.copies.any()).order_by(Edition.first.desc(), Edition.id.desc())
    found = db.session.execute(rows).unique().scalars()
    mine = [one for one in found if related(actor, READS, one.unit.path)]
    return [one.last_copy for one in mine if one.last_copy is not None]


def published_or_404(evaluation_id: int, actor: Actor) -> PublishedEvaluation:
    """A published copy, perhaps taken back; one that was replaced exists for its writers only."""
    found = db.session.get(PublishedEvaluation, evaluation_id)
    if found is None or not related(actor, READS, found.edition.unit.path):
        abort(404)
    return found if found.edition.last_copy is found or may_write(actor, found.edition) else abort(404)


def is_closed_to(actor: Actor, published: PublishedEvaluation) -> bool:
    """Whether a copy was taken back, and somebody does not write the self-evaluation: they do not read it any more."""
    return published.taken_back is not None and not may_write(actor, published.edition)


def published_to_write(evaluation_id: int, actor: Actor) -> PublishedEvaluation:
    """A published copy of an edition that somebody writes."""
    found = published_or_404(evaluation_id, actor)
    return found if may_write(actor, found.edition) else abort(404)


def statement_in(edition: Edition, statement_id: int) -> Statement:
    """A statement of an edition."""
    found = [one for one in edition.statements if one.id == statement_id]
    return found[0] if found else abort(404)


def citation_in(statement: Statement, citation_id: int) -> Citation:
    """A piece of evidence that a statement cites, or cited."""
    found = [one for one in statement.every_citation if one.id == citation_id]
    return found[0] if found else abort(404)


def last_edition(unit_id: int) -> Edition | None:
    """A unit's latest edition."""
    rows = select(Edition).where(Edition.unit_id == unit_id).options(*WHOLE)
    return db.session.execute(rows.order_by(Edition.first.desc()).limit(1)).unique().scalar_one_or_none()


def later_than(edition: Edition) -> str:
    """The period of the unit's latest edition, where that is a later one."""
    rows = select(Edition).where(Edition.unit_id == edition.unit_id, Edition.first > edition.first)
    last = db.session.execute(rows.order_by(Edition.first.desc()).limit(1)).scalar_one_or_none()
    return last.period if last is not None else ""
