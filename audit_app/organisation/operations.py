"""What is done with units: added, renamed, moved, closed; figures stay where they were pinned."""

from collections.abc import Iterable

from sqlalchemy import func, select, update

from audit_app.db import db
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.organisation.rules import refusal_to_close, refusal_to_move, refusal_to_place
from audit_app.refusal import Refusal, Refused, refuse_if


def _lock(ids: Iterable[int] | None = None) -> None:
    """Hold some units (by default the whole tree) until this is done: a path that was read stays true."""
    rows = select(Unit).order_by(Unit.id).with_for_update(key_share=True).execution_options(populate_existing=True)
    db.session.execute(rows.where(Unit.id.in_(ids)) if ids is not None else rows).scalars().all()


def add(name: str, kind: str, parent: Unit | None, *, by: int | None) -> Unit:
    """A new unit below another (or a root)."""
    if parent is not None:
        _lock([parent.id])
        if not parent.active:
            raise Refused(Refusal("The unit above it is closed. Open it first."))
    refuse_if(refusal_to_place(kind, parent.kind if parent else None))
    unit = Unit(name=name, kind=kind, parent=parent, path=f"new {name}")
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    record("unit.added", subject=f"unit:{unit.id}", body={"name": name, "kind": kind, "path": unit.path}, by=by)
    db.session.flush()
    return unit


def rename(unit: Unit, name: str, *, by: int) -> None:
    """Give a unit another name; everything that was pinned to it shows the new one."""
    record("unit.renamed", subject=f"unit:{unit.id}", body={"from": unit.name, "to": name}, by=by)
    unit.name = name
    db.session.flush()


def move(unit: Unit, parent: Unit, *, by: int) -> None:
    """Move a unit and all below it; access follows at once, figures of past audits stay where they were."""
    _lock()
    if not parent.active:
        raise Refused(Refusal("The unit above it is closed. Open it first."))
    refuse_if(refusal_to_place(unit.kind, parent.kind))
    refuse_if(refusal_to_move(unit.path, parent.path))
    before, after = unit.path, f"{parent.path}{unit.id}/"
    below = update(Unit).where(Unit.path.startswith(before, autoescape=True))
    tail = func.substr(Unit.path, len(before) + 1)
    db.session.execute(below.values(path=after + tail), execution_options={"synchronize_session": False})
    db.session.expire_all()
    unit.parent = parent
    record("unit.moved", subject=f"unit:{unit.id}", body={"from": before, "to": after}, by=by)
    db.session.flush()


def close(unit: Unit, people: int, *, by: int) -> None:
    """Close a unit that nobody works in any more; it stays in the tree for what was pinned to it."""
    children = select(func.count()).where(Unit.parent_id == unit.id, Unit.active)
    refuse_if(refusal_to_close(db.session.execute(children).scalar_one(), people))
    unit.active = False
    record("unit.closed", subject=f"unit:{unit.id}", by=by)
    db.session.flush()


def open_again(unit: Unit, *, by: int) -> None:
    """Open a closed unit again."""
    if unit.parent is not None and not unit.parent.active:
        raise Refused(Refusal("Open the unit above it first."))
    unit.active = True
    record("unit.opened", subject=f"unit:{unit.id}", by=by)
    db.session.flush()
