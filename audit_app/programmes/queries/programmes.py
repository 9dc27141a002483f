"""What is asked of programmes and their rounds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from flask import abort
from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.db import db
from audit_app.frameworks.model import ToolVersion
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round
from audit_app.web.paging import Page, page

RUNS = (Permission.RUN_ROUNDS,)
SHOWN = 6  # rounds of each programme on the page of all programmes


def _within(actor: Actor, permissions: Iterable[Permission]) -> ColumnElement[bool]:
    """That a programme's unit lies where somebody holds one of some permissions (joins Programme.unit)."""
    paths = {path for permission in permissions for path in actor.paths(permission)}
    return or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in sorted(paths)))


def programme_or_404(
    programme_id: int, actor: Actor, *, permissions: Iterable[Permission] = RUNS, to_write: bool = False
) -> Programme:
    """A programme where this person holds one of the permissions; any other does not exist."""
    rows = select(Programme).join(Programme.unit).options(contains_eager(Programme.unit))
    rows = rows.where(Programme.id == programme_id, _within(actor, permissions))
    if to_write:
        rows = rows.with_for_update(of=Programme)
    found = db.session.execute(rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def round_or_404(
    round_id: int, actor: Actor, *, permissions: Iterable[Permission] = RUNS, to_write: bool = False
) -> Round:
    """A round of a programme where this person holds one of the permissions; any other does not exist."""
    rows = select(Round).join(Round.programme).join(Programme.unit)
    rows = rows.options(
        contains_eager(Round.programme).contains_eager(Programme.unit),
        joinedload(Round.tool_version),
        joinedload(Round.case_list),
    ).where(Round.id == round_id, _within(actor, permissions))
    if to_write:
        rows = rows.with_for_update(of=Round)
    found = db.session.execute(rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def programmes_of(actor: Actor) -> list[Programme]:
    """The programmes that somebody runs: those that go on first, then by name."""
    rows = select(Programme).join(Programme.unit).options(contains_eager(Programme.unit)).where(_within(actor, RUNS))
    found = db.session.execute(rows.order_by(Programme.name, Programme.id)).scalars()
    return sorted(found, key=lambda programme: programme.ended_at is not None)


def last_rounds_of(programmes: Iterable[Programme]) -> dict[int, list[Round]]:
    """The newest rounds of some programmes, by programme."""
    ids = [programme.id for programme in programmes]
    place = func.row_number().over(partition_by=Round.programme_id, order_by=Round.month.desc())
    ranked = select(Round.id, place.label("place")).where(Round.programme_id.in_(ids)).subquery()
    rows = select(Round).join(ranked, ranked.c.id == Round.id).where(ranked.c.place <= SHOWN)
    rows = rows.options(joinedload(Round.tool_version), joinedload(Round.case_list)).order_by(Round.month.desc())
    found: dict[int, list[Round]] = defaultdict(list)
    for one in db.session.execute(rows).scalars():
        found[one.programme_id].append(one)
    return found


def counts_of(programmes: Iterable[Programme]) -> dict[int, int]:
    """How many rounds some programmes have had, by programme."""
    ids = [programme.id for programme in programmes]
    count = func.count().label("rounds")
    rows = select(Round.programme_id, count).where(Round.programme_id.in_(ids)).group_by(Round.programme_id)
    return {row.programme_id: row.rounds for row in db.session.execute(rows)}


def rounds_page(programme: Programme, *, after: str, before: str) -> Page[Round]:
    """A page of a programme's rounds, newest month first."""
    rows = select(Round).where(Round.programme_id == programme.id)
    rows = rows.options(joinedload(Round.tool_version), joinedload(Round.case_list))
    total = db.session.execute(select(func.count()).where(Round.programme_id == programme.id)).scalar_one()
    # A year has twelve months, so this number falls as the months go on.
    key = (func.extract("year", Round.month) * -12 - func.extract("month", Round.month),)
    return page(rows, key, lambda r: (-12 * r.month.year - r.month.month,), total=total, after=after, before=before)


def months_taken(programme: Programme) -> frozenset[dt.date]:
    """The months for which a programme has a round."""
    return frozenset(db.session.execute(select(Round.month).where(Round.programme_id == programme.id)).scalars())


def open_rounds_of(programme: Programme) -> int:
    """How many of a programme's rounds are open."""
    rows = select(func.count()).where(Round.programme_id == programme.id, Round.closed_at.is_(None))
    return db.session.execute(rows).scalar_one()


def names_beside(unit_id: int, without: int = 0) -> frozenset[str]:
    """The names that programmes of a unit have, one of them left out."""
    rows = select(Programme.name).where(Programme.unit_id == unit_id, Programme.id != without)
    return frozenset(db.session.execute(rows).scalars())


def tools_on_offer() -> list[ToolVersion]:
    """The versions of tools that new rounds may use, by name, the newest version of each first."""
    rows = select(ToolVersion).where(ToolVersion.retired_at.is_(None))
    return list(db.session.execute(rows.order_by(ToolVersion.name, ToolVersion.id.desc())).scalars())


def versions_of(tool_key: str) -> list[ToolVersion]:
    """The versions of a tool that a new round may use, newest first."""
    return sorted((tool for tool in tools_on_offer() if tool.key == tool_key), key=lambda tool: -tool.id)


def names_of_tools() -> dict[str, str]:
    """What each tool is called, by its key, in its newest version."""
    rows = select(ToolVersion.key, ToolVersion.name).order_by(ToolVersion.id)
    return {row.key: row.name for row in db.session.execute(rows)}


def grades_of(tool_key: str) -> dict[str, str]:
    """The grades of a tool's newest version, worst first, by key: what each is called."""
    rows = select(ToolVersion).where(ToolVersion.key == tool_key).order_by(ToolVersion.id.desc()).limit(1)
    newest = db.session.execute(rows).scalar_one_or_none()
    return {level.key: level.name for level in newest.tool.scale.levels} if newest else {}
