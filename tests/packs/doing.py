"""How tests make packs."""

from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.packs.model import Pack
from audit_app.packs.operations import Packed, keep
from audit_app.packs.parcel import Enclosed, parcel


def kept(of: str, owner: Person, audit_ids: tuple[int, ...] = ()) -> Pack:
    """A small pack that somebody asked for."""
    content = parcel([Enclosed("about.txt", b"A pack.")])
    made = keep(Packed("Audits of a round", "audits.zip", of, content, ("about.txt",), audit_ids), by=owner.id)
    db.session.commit()
    return made
