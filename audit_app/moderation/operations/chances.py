"""Keeping the chance of a random draw true when an audit was exposed to more than one."""

from collections.abc import Iterable

from sqlalchemy import update

from audit_app.db import Model, db
from audit_app.moderation.arrival import chance_after
from audit_app.moderation.model import Moderation
from audit_app.moderation.queries.arrivals import drawn_before
from audit_app.programmes.model import Round

KEPT = Model.metadata.tables[Moderation.__tablename__]


def raise_chances(round_: Round, tier: str, frame: Iterable[int], chance: float) -> int:
    """Give what was drawn earlier the chance that this draw would have added; the count of moderations is returned.

    The moderations' versions stay: nothing changes for whoever is at work on one of them.
    """
    earlier = drawn_before(round_, tier, frame)
    for key, before in earlier:
        keep_chance(key, chance_after((before, chance)))
    return len(earlier)


def keep_chance(moderation_id: int, chance: float) -> None:
    """Keep another chance with a moderation, whose version stays as it is."""
    db.session.execute(update(KEPT).where(KEPT.c.id == moderation_id).values(inclusion_probability=chance))
    known = db.session.identity_map.get(db.session.identity_key(Moderation, moderation_id))
    if known is not None:
        db.session.expire(known, ["inclusion_probability"])
