"""Moderations carried as far as a test needs them, through the product's own operations."""

import datetime as dt

from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.moderation import operations
from audit_app.moderation.model import Moderation, Route
from audit_app.moderation.queries import sections_of
from audit_app.moderation.rules import BlindGrade, Decision
from tests import make

AGREE = Decision("agree")


def override(grade: str | None, reason: str = "The record shows drift.") -> Decision:
    """A complete override with a grade, or with "not applicable"."""
    return Decision("override", grade, grade is None, "evidence_does_not_support", reason, False)


def given(audit: Audit, who: Person, officer: Person, tier: str = "senior", *, blind: bool = False) -> Moderation:
    """An audit given to somebody: by hand, or, to be judged blind, as if drawn."""
    made = operations.give(
        audit,
        who,
        tier,
        route=Route.RANDOM if blind else Route.BY_HAND,
        blind=blind,
        due_on=today() + dt.timedelta(days=14),
        by=officer.id,
        inclusion_probability=0.2 if blind else None,
    )
    db.session.commit()
    return made


def version_of(moderation: Moderation, section: str) -> int:
    """The version of the draft on a section (0: none yet)."""
    return next((one.version_id for one in moderation.opinions if one.section == section), 0)


def graded(moderation: Moderation, grades: dict[str, str] | None = None, grade: str = "good") -> Moderation:
    """Every section graded blind."""
    for section in sections_of(moderation.audit):
        mine = BlindGrade((grades or {}).get(section.key, grade), reason="Seen in the record.")
        version = version_of(moderation, section.key)
        operations.save_blind(moderation, section.key, mine, version, by=make.actor(moderation.moderator))
    db.session.commit()
    return moderation


def committed(moderation: Moderation, grades: dict[str, str] | None = None, grade: str = "good") -> Moderation:
    """Every section graded blind, and committed."""
    graded(moderation, grades, grade)
    operations.commit_blind(moderation, moderation.version_id, by=make.actor(moderation.moderator))
    db.session.commit()
    return moderation


def decided(moderation: Moderation, decisions: dict[str, Decision] | None = None) -> Moderation:
    """Every section decided: as given, otherwise agreed; and the audit rated."""
    by = make.actor(moderation.moderator)
    for section in sections_of(moderation.audit):
        decision = (decisions or {}).get(section.key, AGREE)
        operations.decide(moderation, section.key, decision, version_of(moderation, section.key), by=by)
    quality = moderation.audit.tool.quality
    ratings = {criterion.key: quality.scale.keys[-1] for criterion in quality.criteria}
    version = moderation.version_id
    operations.rate(moderation, ratings, "Well seen.", with_auditor=True, version=version, by=by, together_on=today())
    db.session.commit()
    return moderation


def finished(moderation: Moderation, decisions: dict[str, Decision] | None = None) -> Moderation:
    """Decided and finished."""
    decided(moderation, decisions)
    operations.finish(moderation, moderation.version_id, by=make.actor(moderation.moderator))
    db.session.commit()
    return moderation
