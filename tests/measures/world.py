"""Many audits, quickly: drafts and opinions are put in whole, everything else goes through the product's operations."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import insert

from audit_app.auditing import operations as auditing
from audit_app.auditing.ledger import standing
from audit_app.auditing.model import Answer, Audit
from audit_app.auditing.queries import lines_of
from audit_app.auditing.workflow import Step
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.moderation import operations
from audit_app.moderation.model import Exercise, Moderation, Opinion, Route
from audit_app.moderation.queries import sections_of
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round
from tests import make

Grades = Mapping[str, str | None]
CODE = "evidence_does_not_support"


def handed_in(
    made: make.Authority,
    grade: str = "good",
    grades: Grades | None = None,
    *,
    auditor: Person | None = None,
    team: Unit | None = None,
    into: Round | None = None,
) -> Audit:
    """An audit handed in: every section with one grade, but for some; a grade of None is "not applicable"."""
    unit = team or made.teams[1]
    case = make.case(made, unit)
    audit = auditing.allocate(
        into or made.round, case.id, unit, case.category, auditor or made.manager, inclusion_probability=None, by=None
    )
    rows = []
    for section in audit.tool.sections_for(audit.category):
        chosen = (grades or {}).get(section.key, grade)
        draft = make.draft(section, chosen or grade).columns
        if chosen is None:
            draft |= {"grade": None, "not_applicable": True, "not_applicable_because": "It does not arise here."}
        rows.append(draft | {"audit_id": audit.id, "section": section.key, "saved_at": now(), "version_id": 1})
    db.session.execute(insert(Answer), [row | {"saved_by": audit.auditor_id} for row in rows])
    auditing.advance(audit, Step.START, by=audit.auditor_id)
    auditing.hand_in(audit, audit.version_id, by=make.actor(audit.auditor))
    db.session.flush()
    return audit


def given(
    audit: Audit,
    who: Person,
    tier: str = "senior",
    *,
    route: Route = Route.RANDOM,
    blind: bool = False,
    chance: float = 0.2,
    exercise: Exercise | None = None,
) -> Moderation:
    """An audit in a moderator's hands."""
    return operations.give(
        audit,
        who,
        tier,
        route=route,
        blind=blind,
        due_on=today() + dt.timedelta(days=7),
        by=audit.auditor_id,
        exercise=exercise,
        inclusion_probability=chance if route is Route.RANDOM else None,
    )


def committed(kept: Moderation, grades: Grades, grade: str = "good") -> Moderation:
    """Blind grades, committed: every section with one grade, but for some."""
    for section in sections_of(kept.audit):
        mine = grades.get(section.key, grade)
        opinion = Opinion(moderation=kept, section=section.key, blind_reason="Seen in the record.", saved_at=now())
        opinion.blind_grade, opinion.blind_not_applicable = mine, mine is None
        db.session.add(opinion)
    db.session.flush()
    operations.commit_blind(kept, kept.version_id, by=make.actor(kept.moderator))
    return kept


def finished(kept: Moderation, grades: Grades | None = None, supports: bool | None = None) -> Moderation:
    """Finished: every section agreed, but for the grades that are given."""
    below = "senior" if kept.tier == "external" else "auditor"
    tiers = {"auditor"} if below == "auditor" else {"auditor", "senior"}
    before = standing(line for line in lines_of(kept.audit) if line.tier in tiers)
    for section in sections_of(kept.audit):
        now_stands = before[section.key].grade
        wanted = (grades or {}).get(section.key, now_stands)
        opinion = next((one for one in kept.opinions if one.section == section.key), None)
        if opinion is None:
            opinion = Opinion(moderation=kept, section=section.key)
            db.session.add(opinion)
        opinion.saved_at = opinion.opened_at = now()
        opinion.decision, opinion.evidence_supports = "agree", supports
        opinion.grade, opinion.reason_code, opinion.reason, opinion.not_applicable = None, None, "", False
        if wanted != now_stands:
            opinion.decision, opinion.grade, opinion.not_applicable = "override", wanted, wanted is None
            opinion.reason_code, opinion.reason, opinion.evidence_supports = CODE, "The record shows drift.", False
    db.session.flush()
    quality = kept.audit.tool.quality
    ratings = {criterion.key: quality.scale.keys[-1] for criterion in quality.criteria}
    by = make.actor(kept.moderator)
    operations.rate(kept, ratings, "Well seen.", True, kept.version_id, by=by, together_on=today())
    operations.finish(kept, kept.version_id, by=by)
    return kept


def moderated(audit: Audit, who: Person, grade: str | None = None, *, chance: float = 0.2) -> Moderation:
    """An audit whose overall grade a senior moderator, drawn at random, agreed with or changed."""
    overall = audit.tool.overall_section
    assert overall is not None
    return finished(given(audit, who, chance=chance), {overall.key: grade} if grade else {})
