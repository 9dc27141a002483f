"""What people try to do with challenges, and whether it may succeed, said from the stored rows alone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select

from audit_app.access.table import Permission
from audit_app.auditing.model import Assignment, Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.moderation.model import Challenge, Point
from tests.life.independence import is_connected, took_side

if TYPE_CHECKING:
    from tests.life.deeds import Ask, Deed, Deeds

JUDGED = {"senior": "moderated", "external": "validated"}


def challenges(audit_id: int, tier: str) -> list[Challenge]:
    """The challenges to one tier's outcome of an audit, the oldest first."""
    rows = select(Challenge).filter_by(audit_id=audit_id, tier=tier).order_by(Challenge.id)
    return list(db.session.execute(rows.execution_options(populate_existing=True)).scalars())


def last(deeds: "Deeds", deed: "Deed") -> Challenge | None:
    """The last challenge that a deed can be about."""
    return next(reversed(challenges(deeds.place.audits[deed.which], deed.tier)), None)


def points(one: Challenge) -> list[Point]:
    """What is challenged, as it is stored now."""
    rows = select(Point).filter_by(challenge_id=one.id).order_by(Point.id).execution_options(populate_existing=True)
    return list(db.session.execute(rows).scalars())


def is_challenged(audit: Audit, tier: str) -> bool:
    """Whether a challenge to a tier's outcome has not ended."""
    return any(one.ended_at is None for one in challenges(audit.id, tier))


def resolvers(audit: Audit, *, outside: str) -> set[int]:
    """Whoever resolved, or is to resolve, a challenge to another tier than this."""
    other = {"senior": "external", "external": "senior"}[outside]
    return {one.resolver_id for one in challenges(audit.id, other) if one.resolver_id is not None}


def challenge(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Challenge one judgement of an outcome."""
    about, audit, section = deeds.moderation(deed), deeds.place.audit(deed.which), deeds.section(deed)
    if about is None:
        return None
    gone = deeds.retracted()
    lines = [one for one in deeds.lines(audit) if one.tier == deed.tier and one.section == section.key]
    settled = [one for one in lines if one.phase == "settled" and one.id not in gone]
    offered = bool(settled) and (section.overall or settled[-1].decision == "override")
    before = challenges(audit.id, deed.tier)
    final = any(one.phase == "resolved" and about.done_at and one.raised_at >= about.done_at for one in before)
    mine = audit.auditor_id == deeds.place.id_of(deed.who)
    stands = about.phase == "done" and audit.stage == JUDGED[deed.tier]
    may = mine and stands and offered and not final and not is_challenged(audit, deed.tier)
    form: dict[str, object] = {"sections": [section.key], f"words-{section.key}": "The record says more."}
    return f"/audits/{audit.id}/moderation/{deed.tier}/challenge", form, may


def name_resolver(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Name somebody to resolve a challenge, in place of whoever was named."""
    if (one := last(deeds, deed)) is None:
        return None
    place, audit = deeds.place, deeds.place.audit(deed.which)
    form: dict[str, object] = {
        "resolver": str(place.id_of(deed.whom)),
        "version": one.version_id + (0 if deed.fresh else 1),
    }
    form["reason"] = "They are away."
    names = deed.who in ("officer", "head") and place.id_of(deed.who) not in (one.auditor_id, one.moderator_id)
    able = eligible(deeds, audit, deed.tier, deed.whom) and one.resolver_id != place.id_of(deed.whom)
    may = names and able and one.ended_at is None and deed.fresh and not deeds.blind_to(deed.who, audit)
    return f"/challenges/{one.id}/name", form, may


def eligible(deeds: "Deeds", audit: Audit, tier: str, whom: str) -> bool:
    """Whether somebody had no part in an audit, and may read it."""
    person = deeds.place.person(whom).actor(today())
    rows = select(Assignment.person_id).filter_by(audit_id=audit.id)
    parts: set[int | None] = {audit.auditor_id, *db.session.execute(rows).scalars(), *resolvers(audit, outside=tier)}
    of_team = person.unit_path == audit.unit.path or any(grant.path == audit.unit.path for grant in person.grants)
    parts |= took_side(audit)
    free = person.id not in parts and not of_team and not is_connected(audit, person.id)
    return free and person.reaches(Permission.READ_AUDITS, audit.unit.path)


def resolves(deeds: "Deeds", deed: "Deed", one: Challenge) -> bool:
    """Whether somebody is to resolve a challenge just now."""
    audit = deeds.place.audit(deed.which)
    mine = one.resolver_id == deeds.place.id_of(deed.who) and eligible(deeds, audit, deed.tier, deed.who)
    return mine and one.phase == "with_resolver" and audit.stage == JUDGED[deed.tier]


def rule_on(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Say which grade stands in the first judgement that is challenged."""
    if (one := last(deeds, deed)) is None:
        return None
    point = points(one)[0]
    version = point.version_id + (0 if deed.fresh else 1)
    form = {"grade": deeds.grade(deed), "reason": "Both sides are in the record.", "version": version}
    return f"/challenges/{one.id}/sections/{point.section}/rule", form, resolves(deeds, deed, one) and deed.fresh


def resolve(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Resolve a challenge."""
    if (one := last(deeds, deed)) is None:
        return None
    found = points(one)
    edition = one.version_id + sum(point.version_id for point in found) + (0 if deed.fresh else 1)
    whole = all(point.reason and (point.grade or point.not_applicable) for point in found)
    return f"/challenges/{one.id}/resolve", {"version": edition}, resolves(deeds, deed, one) and whole and deed.fresh


def withdraw_challenge(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Withdraw a challenge."""
    if (one := last(deeds, deed)) is None:
        return None
    mine = one.auditor_id == deeds.place.id_of(deed.who)
    form = {"version": one.version_id + (0 if deed.fresh else 1), "reason": "We talked it over."}
    return f"/challenges/{one.id}/withdraw", form, mine and one.ended_at is None and deed.fresh


def decline(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Decline to resolve a challenge."""
    if (one := last(deeds, deed)) is None:
        return None
    mine = one.phase == "with_resolver" and one.resolver_id == deeds.place.id_of(deed.who)
    form = {"version": one.version_id + (0 if deed.fresh else 1), "reason": "I know the family."}
    return f"/challenges/{one.id}/decline", form, mine and deed.fresh


CHALLENGING: "dict[str, Callable[[Deeds, Deed], Ask | None]]" = {
    "challenge": challenge,
    "name_resolver": name_resolver,
    "rule_on": rule_on,
    "resolve": resolve,
    "withdraw_challenge": withdraw_challenge,
    "decline": decline,
}
