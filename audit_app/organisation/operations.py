"""What is done with units: added, renamed, moved, closed; figures stay where they were pinned."""

from collections.abc import Iterable

from sqlalchemy import delete, func, select, update

from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.organisation.looks import Logo
from audit_app.organisation.model import PaperLook, Unit
from audit_app.organisation.queries import latest_look
from audit_app.organisation.rules import refusal_to_close, refusal_to_move, refusal_to_place
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


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


def draft_look(unit: Unit, number: int, colour: str, logo: Logo | None, *, by: int) -> PaperLook:
    """A new version of how a unit's papers look, to try out; number is the version that was being changed."""
    _lock([unit.id])
    last = latest_look(unit)
    if (last.number if last else 0) != number:
        raise Stale("how papers look")
    unused = delete(PaperLook).where(PaperLook.unit_id == unit.id, PaperLook.used_at.is_(None))
    db.session.execute(unused)  # what no paper was ever made with is not kept
    made = PaperLook(unit=unit, number=number + 1, colour=colour, made_at=now())
    if logo is not None:
        made.logo, made.logo_width, made.logo_height = logo.png, logo.width, logo.height
    db.session.add(made)
    db.session.flush()
    body = {"number": made.number, "colour": colour, "logo": logo is not None}
    record("unit.look_drafted", subject=f"unit:{unit.id}", body=body, by=by)
    return made


def use_look(unit: Unit, number: int, *, by: int) -> None:
    """Let papers made from now on look like the last version; what is frozen stays as it was."""
    _lock([unit.id])
    last = latest_look(unit)
    if last is None or last.number != number:
        raise Stale("how papers look")
    if last.used_at is not None:
        raise Refused(Refusal("Papers look like this already. Nothing was changed."))
    last.used_at = now()
    record("unit.look_used", subject=f"unit:{unit.id}", body={"number": number}, by=by)
    db.session.flush()
