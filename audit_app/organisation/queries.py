"""What is asked of units."""

import datetime as dt
from collections.abc import Iterable

from flask import abort
from sqlalchemy import false, or_, select

from audit_app.db import db
from audit_app.organisation.looks import Look
from audit_app.organisation.model import PaperLook, Unit


def tree(paths: Iterable[str]) -> list[Unit]:
    """The units at and below some roots, in the tree's order: each below its parent, by name."""
    under = or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in paths))
    units = list(db.session.execute(select(Unit).where(under)).scalars())
    names = {unit.id: unit.name for unit in units}

    def place(unit: Unit) -> list[tuple[str, int]]:
        return [(names.get(int(part), "").lower(), int(part)) for part in unit.path.strip("/").split("/")]

    return sorted(units, key=place)


def unit_or_404(unit_id: int, paths: Iterable[str]) -> Unit:
    """A unit at or below some roots; any other does not exist."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or not any(unit.path.startswith(path) for path in paths):
        abort(404)
    return unit


def authority_of(unit: Unit) -> Unit:
    """The authority that a unit stands in (itself, if it is one)."""
    above = [int(part) for part in unit.path.strip("/").split("/")]
    rows = select(Unit).where(Unit.id.in_(above), Unit.kind == "authority")
    found = db.session.execute(rows).scalar_one_or_none()
    return found or unit


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """The names of some units."""
    rows = select(Unit.id, Unit.name).where(Unit.id.in_(set(ids)))
    return {row.id: row.name for row in db.session.execute(rows)}


def latest_look(unit: Unit) -> PaperLook | None:
    """The last version of how a unit's papers look, in use or not yet."""
    rows = select(PaperLook).filter_by(unit_id=unit.id).order_by(PaperLook.number.desc()).limit(1)
    return db.session.execute(rows).scalar_one_or_none()


def look_in_use(path: str, moment: dt.datetime) -> PaperLook | None:
    """How papers of a unit looked at a moment: the nearest look at or above it, the last that was in use by then."""
    above = [int(part) for part in path.strip("/").split("/") if part]
    rows = select(PaperLook).where(PaperLook.unit_id.in_(above), PaperLook.used_at <= moment)
    found = db.session.execute(rows).scalars().all()
    return max(found, key=lambda one: (above.index(one.unit_id), one.number), default=None)


def look_at(path: str, moment: dt.datetime) -> Look | None:
    """The same as papers take it; none where nothing is set or where it was taken away again."""
    found = look_in_use(path, moment)
    return found.look if found is not None and (found.colour or found.logo) else None


def look_or_404(look_id: int) -> PaperLook:
    """A version of how papers look: a colour and a logo are no secret, and any page may show them."""
    return db.session.get(PaperLook, look_id) or abort(404)
