"""Which themes audits and feedback bring up, over a set of audits that whoever asks may count."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import hidden_from, open_to, within
from audit_app.auditing.workflow import COUNTED
from audit_app.db import db
from audit_app.feedback.model import Coding
from audit_app.feedback.themes import Heard, heard, themes
from audit_app.organisation.model import Unit


def coding_of(audit_id: int, *, to_write: bool = False) -> Coding | None:
    """The themes of one audit, if they were chosen."""
    rows = select(Coding).where(Coding.audit_id == audit_id)
    return db.session.execute(rows.with_for_update() if to_write else rows).scalar_one_or_none()


def themes_heard(audit_ids: Select[int]) -> tuple[Heard, ...]:
    """How often each theme came up in some audits, by who brought it up; whoever asks chooses audits they may count."""
    rows = select(Coding).where(Coding.audit_id.in_(audit_ids)).order_by(Coding.audit_id)
    return heard(((one.audit_id, one.codes) for one in db.session.execute(rows).scalars()), themes())


def audits_heard(
    actor: Actor, first: dt.date | None = None, last: dt.date | None = None, path: str = ""
) -> Select[int]:
    """The counted audits of a period and a unit that somebody may read, without what they judge blind just now."""
    rows = select(Audit.id).join(Audit.unit).where(within(actor.paths(Permission.READ_AUDITS), Unit.path))
    rows = rows.where(Audit.stage.in_([stage.value for stage in COUNTED]), Audit.id.not_in(hidden_from(actor)))
    if path:
        rows = rows.where(within([path], Unit.path))
    if first is not None:
        rows = rows.where(Audit.period >= first)
    if last is not None:
        rows = rows.where(Audit.period <= last)
    return rows


def heard_in(audit_ids: Select[int]) -> tuple[int, int, int]:
    """Of some audits: how many there are, how many have themes, and how many say that there is family feedback."""
    rows = select(func.count(Audit.id), func.count(Coding.audit_id)).outerjoin(Coding, Coding.audit_id == Audit.id)
    every, coded = db.session.execute(rows.where(Audit.id.in_(audit_ids))).one()
    fed = select(func.count()).select_from(Audit).where(Audit.id.in_(audit_ids), Audit.feedback_obtained.is_(True))
    return every, coded, db.session.execute(fed).scalar_one()


def behind(audits: Collection[int], actor: Actor) -> list[Audit]:
    """Those of some audits that somebody may open, newest first."""
    rows = select(Audit).join(Audit.unit).where(Audit.id.in_(list(audits)), open_to(actor))
    rows = rows.where(Audit.id.not_in(hidden_from(actor))).options(joinedload(Audit.case), joinedload(Audit.unit))
    return list(db.session.execute(rows.order_by(Audit.period.desc(), Audit.id.desc())).scalars())


def months(actor: Actor) -> list[dt.date]:
    """The months that have audits in the units where somebody reads audits, newest first."""
    rows = select(Audit.period).join(Audit.unit).where(within(actor.paths(Permission.READ_AUDITS), Unit.path))
    return list(db.session.execute(rows.distinct().order_by(Audit.period.desc())).scalars())
