"""The colour and the logo of a paper: as they were when it was made, so that one that is frozen never changes."""

from dataclasses import replace

from audit_app.access.actor import Actor
from audit_app.db import db
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import look_at
from audit_app.reporting.document import Document


def in_own_colours(paper: Document, unit_id: int) -> Document:
    """A paper with the colour and the logo that its unit had at the moment the paper was produced."""
    unit = db.session.get_one(Unit, unit_id)
    return replace(paper, look=look_at(unit.path, paper.produced_at))


def in_colours_of(paper: Document, actor: Actor) -> Document:
    """A paper that belongs to no unit, with the colour and the logo of whoever takes it."""
    path = actor.unit_path or next((grant.path for grant in actor.grants), "")
    return replace(paper, look=look_at(path, paper.produced_at))
