"""What people try that bears on who may judge: connections that are told, sign-offs, and settling for another."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.escalation.model import Escalation
from audit_app.sampling.model import Connection

if TYPE_CHECKING:
    from tests.life.deeds import Ask, Deed, Deeds


def is_connected(audit: Audit, person_id: int) -> bool:
    """Whether somebody is said to be connected with an audit's case."""
    rows = select(Connection).filter_by(case_id=audit.case_id, person_id=person_id, taken_back_at=None)
    return db.session.execute(rows).first() is not None


def escalations(audit: Audit) -> list[Escalation]:
    """The escalations of an audit, the oldest first."""
    rows = select(Escalation).filter_by(audit_id=audit.id).order_by(Escalation.id)
    return list(db.session.execute(rows.execution_options(populate_existing=True)).scalars())


def took_side(audit: Audit) -> set[int | None]:
    """Whoever signed an audit off, or closed its escalation."""
    found = escalations(audit)
    return {one.closed_by for one in found} | {one.head_id for one in found if one.signed_at is not None}


def connect(deeds: "Deeds", deed: "Deed") -> "Ask":
    """Tell that somebody is connected with the case."""
    audit, whom = deeds.place.audit(deed.which), deeds.place.id_of(deed.whom)
    may = None if deed.who == "officer" and not is_connected(audit, whom) else False
    return f"/auditors/{whom}/cases/add", {"reference": audit.case.reference}, may


def sign_off(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Sign an audit off."""
    if not (found := escalations(deeds.place.audit(deed.which))):
        return None
    one = found[-1]
    form: dict[str, object] = {"has_read": "y", "done": "A visit today.", "child_safe": "yes", "safety": ""}
    mine = one.head_id == deeds.place.id_of(deed.who) and one.is_open and deed.fresh
    version = one.version_id + (0 if deed.fresh else 1)
    return f"/escalations/{one.id}/sign-off", form | {"version": str(version)}, None if mine else False


def name_head(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Name who signs an audit off."""
    if not (found := escalations(deeds.place.audit(deed.which))):
        return None
    one = found[-1]
    form: dict[str, object] = {
        "head": str(deeds.place.id_of(deed.whom)),
        "version": str(one.version_id + (0 if deed.fresh else 1)),
    }
    may = deed.who == "officer" and one.is_open and deed.fresh and deed.whom == "head"
    return f"/escalations/{one.id}/name", form, None if may else False


def close_escalation(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Close an escalation as a mistake."""
    if not (found := escalations(deeds.place.audit(deed.which))):
        return None
    one = found[-1]
    form: dict[str, object] = {"reason": "A slip.", "version": str(one.version_id + (0 if deed.fresh else 1))}
    may = deed.who == "head" and one.is_open and deed.fresh
    return f"/escalations/{one.id}/close", form, None if may else False


def settle_instead(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Let somebody settle what another committed blind; before that the same form takes it back."""
    one, audit = deeds.moderation(deed), deeds.place.audit(deed.which)
    if one is None:
        return None
    at_work = one.phase != "done" and audit.stage == f"with_{deed.tier}"
    free = one.committed_at is None or (
        deeds.is_independent(audit, deed) and one.moderator_id != deeds.place.id_of(deed.whom)
    )
    address = f"/rounds/{deeds.place.round_id}/moderation/{one.id}/take-back"
    form: dict[str, object] = {"reason": "They left."}
    if one.committed_at is not None:
        form["whom"] = str(deeds.place.id_of(deed.whom))
    return address, form, deed.who == "officer" and at_work and free


BOUNDING: "dict[str, Callable[[Deeds, Deed], Ask | None]]" = {
    "connect": connect,
    "sign_off": sign_off,
    "name_head": name_head,
    "close_escalation": close_escalation,
    "settle_instead": settle_instead,
}
