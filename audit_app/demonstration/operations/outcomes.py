"""Outcomes of the demonstration that were released, what was replied to them, and the themes of its audits."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from audit_app.auditing.model import Audit
from audit_app.clock import day_of
from audit_app.db import db
from audit_app.demonstration.course import NOW
from audit_app.demonstration.dates import moment
from audit_app.demonstration.loop_words import MANAGER_REPLIES, REPLIES, codes
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.operations.rounds import Opened
from audit_app.demonstration.story import Story
from audit_app.feedback.model import Coding, OutcomeReply, Release
from audit_app.feedback.rules import SETTLED, How
from audit_app.history.operations import record
from audit_app.identity.model import Person
from audit_app.moderation.model import Challenge
from audit_app.programmes.working_days import working_days_after
from audit_app.sampling.rules import folded

RELEASED_IN = range(NOW - 5, NOW)
RELEASED, REPLIED, CODED = 0.4, 0.5, 0.45
AFTER = 4  # working days after the outcome stands


def release_outcomes(bench: Bench, opened: Sequence[Opened]) -> None:
    """Release some outcomes of the latest months, let some be replied to, and choose themes for many audits."""
    stories = [story for one in opened if one.place in RELEASED_IN for story in one.stories if story.handed_in_at]
    rows = select(Audit).where(Audit.id.in_([story.audit_id for story in stories])).options(joinedload(Audit.case))
    audits = {one.id: one for one in db.session.execute(rows).scalars()}
    challenged = set(db.session.execute(select(Challenge.audit_id)).scalars())
    for story in stories:
        audit, chance = audits[story.audit_id], bench.chance("outcome", story.audit_id)
        if audit.at in SETTLED and audit.id not in challenged:
            if _has_account(bench, audit) is not None or chance.random() < RELEASED:
                _release(bench, story, audit)
            if chance.random() < CODED:
                _code(bench, story)
    db.session.flush()


def _has_account(bench: Bench, audit: Audit) -> Person | None:
    people = bench.rounds.northmere.people.values()
    worker = folded(audit.case.worker)
    return next((one for one in people if folded(one.name) == worker and one.password_hash is not None), None)


def _release(bench: Bench, story: Story, audit: Audit) -> None:
    stood = max([second.done_at for second in story.seconds.values() if second.done_at], default=story.handed_in_at)
    day = working_days_after(day_of(stood), AFTER) if stood else bench.rounds.last_day
    if day > bench.rounds.last_day:
        return
    chance, practitioner = bench.chance("release", story.audit_id), _has_account(bench, audit)
    made = Release(
        audit_id=audit.id,
        practitioner_id=practitioner.id if practitioner else None,
        how=How.ROUND.value,
        released_at=moment(day, chance),
        released_by=bench.rounds.northmere.officer_id,
    )
    db.session.add(made)
    db.session.flush()
    body = {"release": made.id, "practitioner": made.practitioner_id, "how": made.how}
    record("outcome.released", subject=audit.subject, body=body, by=made.released_by)
    managers = [one for one in bench.rounds.northmere.auditors if one.unit_id == audit.unit_id]
    if practitioner is not None and chance.random() < REPLIED:
        _reply(bench, made, practitioner, chance.choice(REPLIES))
    elif managers and chance.random() < REPLIED / 2:
        _reply(bench, made, managers[0], chance.choice(MANAGER_REPLIES))


def _reply(bench: Bench, made: Release, by: Person, words: str) -> None:
    chance = bench.chance("replied", made.audit_id)
    day = min(working_days_after(day_of(made.released_at), chance.randint(1, 4)), bench.rounds.last_day)
    at = max(moment(day, chance), made.released_at + dt.timedelta(minutes=25))
    said = OutcomeReply(release_id=made.id, by_id=by.id, words=words, at=at)
    db.session.add(said)
    db.session.flush()
    body = {"release": made.id, "reply": said.id, "words": words}
    record("outcome.replied", subject=f"audit:{made.audit_id}", body=body, by=by.id)


def _code(bench: Bench, story: Story) -> None:
    heard = codes(
        bench.chance("themes", story.audit_id),
        family=bool(story.told("feedback", "obtained")),
        practitioner=bool(story.told("reflection", "involved")),
    )
    kept = Coding(
        audit_id=story.audit_id,
        family=heard["family"],
        practitioner=heard["practitioner"],
        audit_found=heard["audit"],
        coded_at=story.handed_in_at,
        coded_by=story.auditor_id,
    )
    db.session.add(kept)
    record("audit.themes_chosen", subject=f"audit:{story.audit_id}", body=dict(heard), by=story.auditor_id)
