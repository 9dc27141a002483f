"""Children who may be at risk, and what auditors answered to outcomes."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import insert

from audit_app.access.table import Role
from audit_app.db import Model, db
from audit_app.demonstration.course import ALERTS_IN, NOW
from audit_app.demonstration.dates import moment
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.operations.rounds import Opened
from audit_app.demonstration.people import HELP, TEAMS
from audit_app.demonstration.second_words import CONCERNS, Concern, reply
from audit_app.demonstration.story import Story
from audit_app.programmes.working_days import working_days_after

ALERTS, REPLIES = (Model.metadata.tables[name] for name in ("risk_alert", "reply"))
REPLIED = 0.35  # outcomes that auditors answer


def raise_alerts(bench: Bench, opened: Sequence[Opened]) -> None:
    """Alerts that were answered in earlier months, and one that is open today."""
    rows = [
        _alert(bench, story, concern)
        for place, concern in zip((*ALERTS_IN, NOW), CONCERNS, strict=True)
        if (story := _suited(bench, opened[place], concern)) is not None
    ]
    db.session.execute(insert(ALERTS), rows)


def _suited(bench: Bench, opened: Opened, concern: Concern) -> Story | None:
    """An audit of such a case: for the one that is open, a half-written one in help and protection."""
    help_teams = {bench.rounds.northmere.units[team.name].id for team in TEAMS if team.service == HELP}
    for story in opened.stories:
        begun = story.saved_at is not None and (bool(concern.outcome) or story.handed_in_at is None)
        there = bool(concern.outcome) or story.unit_id in help_teams
        if begun and there and story.category in concern.categories:
            return story
    return None


def _alert(bench: Bench, story: Story, concern: Concern) -> dict[str, object]:
    northmere = bench.rounds.northmere
    raised_at = (story.saved_at or story.allocated_at) - dt.timedelta(minutes=25)
    told = next(person for person in northmere.auditors if person.unit_id == story.unit_id)
    closed_at = None
    if concern.outcome:
        closed_at = moment(working_days_after(raised_at.date(), 1), bench.chance("alert", story.audit_id))
    return {
        "audit_id": story.audit_id,
        "raised_by": story.auditor_id,
        "raised_at": raised_at,
        "concern": concern.words,
        "told": f"{told.name}, by telephone",
        "told_at": raised_at + dt.timedelta(minutes=15),
        "outcome": concern.outcome,
        "closed_at": closed_at,
        "closed_by": northmere.ids_of(Role.HEAD_OF_SERVICE)[0] if closed_at else None,
        "version_id": 2 if closed_at else 1,
    }


def answer(bench: Bench, opened: Sequence[Opened]) -> None:
    """What auditors answered to some of the outcomes."""
    rows = []
    for story in (story for one in opened for story in one.stories):
        for tier, second in story.seconds.items():
            chance = bench.chance("reply", story.audit_id, tier)
            if second.done_at is None or chance.random() > REPLIED:
                continue
            overridden = any(decision.decision == "override" for decision in second.decisions.values())
            day = min(working_days_after(second.done_at.date(), chance.randint(1, 3)), bench.rounds.last_day)
            rows.append(
                {
                    "audit_id": story.audit_id,
                    "tier": tier,
                    "words": reply(chance, overridden=overridden),
                    "by_id": story.auditor_id,
                    "at": max(moment(day, chance), second.done_at + dt.timedelta(minutes=20)),
                }
            )
    db.session.execute(insert(REPLIES), rows)
