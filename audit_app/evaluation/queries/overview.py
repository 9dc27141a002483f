"""An edition at a glance: how much each area says, and how much of its evidence has gone stale."""

import datetime as dt
from dataclasses import dataclass

from audit_app.access.actor import Actor
from audit_app.evaluation.areas import Area, areas_with
from audit_app.evaluation.model import Edition
from audit_app.evaluation.queries.shown import gone_stale, is_sealed
from audit_app.evaluation.queries.today import Today


@dataclass(frozen=True, slots=True)
class AreaAtAGlance:
    """An area by numbers: questions answered, statements, pieces of evidence, and those that have gone stale."""

    area: Area
    answered: int
    statements: int
    evidence: int
    stale: int


def at_a_glance(edition: Edition, actor: Actor, today: dt.date) -> list[AreaAtAGlance]:
    """The areas of an edition; what is stale by its age alone is not looked up."""
    seen = Today(actor, today)
    used = {(one.area, one.question) for one in edition.statements}
    return [_area(area, edition, seen) for area in areas_with(used)]


def _area(area: Area, edition: Edition, seen: Today) -> AreaAtAGlance:
    questions = {question.key for question in area.questions}
    mine = [one for one in edition.statements if one.area == area.key and one.question in questions]
    cited = [each for one in mine if not is_sealed(one, seen.sealed) for each in one.citations]
    stale = sum(gone_stale(one, seen) for one in cited)
    return AreaAtAGlance(area, len({one.question for one in mine}), len(mine), len(cited), stale)
