"""Adding sections to a validation: of the tool or of one's own, written as drafts until the moderation is finished."""

from audit_app.access.actor import Actor
from audit_app.clock import now
from audit_app.db import db
from audit_app.moderation.adding import Addition, can_be_added, refusal_to_add_section
from audit_app.moderation.model import AddedSection, Moderation, Phase
from audit_app.moderation.operations.beginning import working
from audit_app.moderation.rules import refusal_to_grade
from audit_app.refusal import Stale, refuse_if

OPEN = (Phase.DECIDING, Phase.SETTLING)


def add_section(moderation: Moderation, wanted: Addition, *, by: Actor) -> AddedSection:
    """Add a section; one of the tool that was removed comes back as it was. Writes no history."""
    working(moderation, *OPEN, by=by)
    audit, added = moderation.audit, [one.addition for one in moderation.added]
    offered = {section.key for section in can_be_added(audit.tool, audit.category, added)}
    refuse_if(refusal_to_add_section(moderation.tier, offered, added, wanted))
    removed = (one for one in moderation.additions if one.section is not None and one.section == wanted.section)
    found = next(removed, None)
    if found is None:
        found = AddedSection(moderation=moderation, section=wanted.section, heading=wanted.heading.strip())
        found.added_at = now()
        db.session.add(found)
    found.removed_at = None
    db.session.flush()
    return found


def write_added(added: AddedSection, grade: str | None, words: str, version: int, *, by: Actor) -> None:
    """Keep the draft of an added section; an unfinished one as well. Writes no history."""
    working(added.moderation, *OPEN, by=by)
    _fresh(added, version)
    tool = added.moderation.audit.tool
    if added.section is not None:
        refuse_if(refusal_to_grade(tool, tool.section(added.section), grade, False))
    added.grade = grade if added.section is not None else None
    added.words, added.saved_at = words, now()
    db.session.flush()


def remove_added(added: AddedSection, version: int, *, by: Actor) -> None:
    """Take an added section out again; what was written is kept aside."""
    working(added.moderation, *OPEN, by=by)
    _fresh(added, version)
    added.removed_at = now()
    db.session.flush()


def _fresh(added: AddedSection, version: int) -> None:
    if added.version_id != version or added.removed_at is not None:
        raise Stale("this section")
