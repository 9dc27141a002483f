"""Rounds as they are published beside one another: the figures of each, and what each keeps back."""

import datetime as dt

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.db import db
from audit_app.measures.from_cells import counts_of, row_of
from audit_app.measures.published import OfRound
from audit_app.measures.queries.filters import Filters
from audit_app.measures.queries.tallied import sums
from audit_app.measures.side_by_side import kept_back
from audit_app.programmes.model import Programme
from audit_app.web.formats import month


def rounds_beside(actor: Actor) -> dict[tuple[dt.date, int], OfRound]:
    """The rounds whose audits somebody's figures count, by month and programme, in order."""
    programmes = sorted(sums(Filters(), actor).programmes)
    by_programme = {one: sums(Filters(programme=one), actor).by_month() for one in programmes}
    found = {(day, one): totals for one, months in by_programme.items() for day, totals in months.items()}
    order = sorted(found)
    kept = kept_back([counts_of(found[key]) for key in order])
    names = dict(db.session.execute(select(Programme.id, Programme.name).where(Programme.id.in_(programmes))).all())
    alone = len({programme for _, programme in order}) == 1
    return {
        (day, programme): OfRound(
            day,
            row_of(month(day) if alone else f"{month(day)}, {names[programme]}", found[day, programme]),
            keys,
        )
        for (day, programme), keys in zip(order, kept, strict=True)
    }
