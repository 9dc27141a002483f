"""Rounds as they are published beside one another: the figures of each, and what each keeps back."""

import datetime as dt

from sqlalchemy import select

from audit_app.db import db
from audit_app.measures.from_cells import counts_of, row_of
from audit_app.measures.published import OfRound
from audit_app.measures.side_by_side import kept_back
from audit_app.measures.sums import Sums
from audit_app.programmes.model import Programme
from audit_app.web.formats import month


def rounds_beside(found: Sums) -> dict[tuple[dt.date, int], OfRound]:
    """The rounds of a population, by month and programme, in order."""
    rounds = found.by_round()
    kept = kept_back([counts_of(totals) for totals in rounds.values()])
    wanted = {programme for _, programme in rounds}
    rows = db.session.execute(select(Programme.id, Programme.name).where(Programme.id.in_(wanted)))
    names = {row.id: row.name for row in rows}
    return {
        (day, programme): OfRound(
            day, row_of(month(day) if len(wanted) == 1 else f"{month(day)}, {names[programme]}", totals), keys
        )
        for ((day, programme), totals), keys in zip(rounds.items(), kept, strict=True)
    }
