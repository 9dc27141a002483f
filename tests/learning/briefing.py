"""Briefings and moderated audits to test with, made through the product's own operations."""

from collections.abc import Mapping

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.learning import operations, queries
from audit_app.learning.briefing import Words
from audit_app.learning.model import Briefing, PublishedBriefing
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Moderation, Route
from audit_app.moderation.rules import Decision
from audit_app.organisation.model import Unit
from tests import make
from tests.moderation import doing

WORDS = Words(
    headline="Say what came of the work.",
    changed="Visits were told in full, and what came of them was not.",
    evidence="Short, exact, and about the child.",
    differently="Ask what changed.\nRead the level above.",
)
WHY = "The record shows drift."


def written(made: make.Authority, words: Words = WORDS, *, unit: Unit | None = None) -> Briefing:
    """A briefing about the month of the open round, with words in it."""
    month, by = made.round.month, made.officer.id
    kept = operations.begin(unit or made.root, month, month, by=by)
    operations.write(kept, words, kept.version_id, by=by)
    db.session.commit()
    return kept


def publish(briefing: Briefing, made: make.Authority) -> PublishedBriefing:
    """Publish a briefing as it stands."""
    officer = make.actor(made.officer)
    seen = queries.material_of(briefing, officer).contents.digest
    copy = operations.publish(briefing, seen, briefing.version_id, by=officer)
    db.session.commit()
    return copy


def published(made: make.Authority, words: Words = WORDS, *, unit: Unit | None = None) -> PublishedBriefing:
    """A briefing that was written and published."""
    return publish(written(made, words, unit=unit), made)


def moderated(
    made: make.Authority,
    changes: Mapping[str, str] | None = None,
    *,
    auditor: Person | None = None,
    audit: Audit | None = None,
    random: bool = True,
) -> Moderation:
    """An audit that was handed in good, and moderated in the open: changed as given, otherwise agreed."""
    one = audit or make.handed_in(made, auditor=auditor or made.manager)
    given = moderation.give(
        one,
        made.other_senior,
        "senior",
        route=Route.RANDOM if random else Route.BY_HAND,
        blind=False,
        due_on=made.round.due_on,
        by=made.officer.id,
        inclusion_probability=0.5 if random else None,
    )
    decisions: dict[str, Decision] = {key: doing.override(grade, WHY) for key, grade in (changes or {}).items()}
    return doing.finished(given, decisions)
