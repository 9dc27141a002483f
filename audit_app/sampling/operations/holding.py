"""A round is changed by one person at a time."""

from sqlalchemy import select

from audit_app.db import db
from audit_app.programmes.model import Round


def hold(round_: Round) -> None:
    """Let one person at a time change what is in a round."""
    rows = select(Round).where(Round.id == round_.id).with_for_update(of=Round)
    db.session.execute(rows.execution_options(populate_existing=True)).scalar_one()
