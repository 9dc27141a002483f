"""What every step of a moderation begins with: it is fresh, it is this person's, and its audit is with them."""

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.cases.model import CaseRecord
from audit_app.clock import now
from audit_app.db import db
from audit_app.moderation import queries
from audit_app.moderation.model import Moderation, Opinion, Phase
from audit_app.moderation.rules import refusal_to_work
from audit_app.refusal import Stale, refuse_if


def fresh(moderation: Moderation, version: int) -> None:
    """Stop when somebody changed the moderation after this version was opened."""
    if moderation.version_id != version:
        raise Stale("this moderation")


def working(moderation: Moderation, *phases: Phase, by: Actor) -> None:
    """Stop unless this person may go on with the moderation, and it is in one of these phases."""
    wanted = frozenset(phase.value for phase in phases)
    audit = moderation.audit
    # Who is said to be connected with the case at this moment waits, or is seen.
    db.session.execute(select(CaseRecord.id).where(CaseRecord.id == audit.case_id).with_for_update(read=True))
    refuse_if(
        refusal_to_work(
            audit.facts,
            moderation.moderator_id,
            moderation.tier,
            moderation.phase,
            wanted,
            by,
            connected=queries.connected_now(audit, by),
        )
    )


def find_opinion(moderation: Moderation, section: str) -> Opinion | None:
    """The draft on a section, if there is one."""
    return next((opinion for opinion in moderation.opinions if opinion.section == section), None)


def fresh_section(moderation: Moderation, section: str, version: int) -> None:
    """Stop when somebody changed a section after this version was opened (0: there was none yet)."""
    found = find_opinion(moderation, section)
    if (found.version_id if found else 0) != version:
        raise Stale("this section")


def opinion_to_change(moderation: Moderation, section: str) -> Opinion:
    """The draft on a section, made where there is none."""
    found = find_opinion(moderation, section)
    if found is None:
        found = Opinion(moderation=moderation, section=section)
        db.session.add(found)
    found.saved_at = now()
    return found
