"""External validation in the demonstration: one exercise that is finished, with known figures, and one under way."""

import datetime as dt
from collections.abc import Callable, Sequence

from audit_app.access.table import Role
from audit_app.auditing.ledger import EXTERNAL, SENIOR
from audit_app.demonstration.course import (
    TOO_HIGH,
    VALIDATED,
    VALIDATED_IN,
    VALIDATED_SIZE,
    VALIDATING,
    VALIDATING_SIZE,
)
from audit_app.demonstration.dates import moment, working_days_before
from audit_app.demonstration.operations.moderating import Bench, Terms
from audit_app.demonstration.operations.rounds import Opened
from audit_app.demonstration.story import Story
from audit_app.moderation.operations import make_exercise
from audit_app.programmes.working_days import working_days_after

WITHIN = 30  # working days


def _begin(bench: Bench, rounds: Sequence[Opened], name_month: dt.date, given_on: dt.date, size: int) -> list[Story]:
    """Open an exercise and draw its audits, as many from each round."""
    northmere = bench.rounds.northmere
    name = f"External validation, {name_month:%B %Y}"
    exercise = make_exercise(northmere.root.id, name, by=northmere.officer_id)
    exercise.made_at = moment(given_on, bench.chance("exercise", name), (9, 10))
    terms = Terms(EXTERNAL, blind=True, given_on=given_on, exercise_id=exercise.id, within=WITHIN)
    externals = northmere.ids_of(Role.EXTERNAL_AUDITOR)
    drawn: list[Story] = []
    for opened in rounds:
        drawn += bench.draw(opened, [s for s in opened.stories if _is_ready(s)], externals, size // len(rounds), terms)
    return drawn


def _is_ready(story: Story) -> bool:
    senior = story.seconds.get(SENIOR)
    return story.handed_in_at is not None and (senior is None or senior.done_at is not None)


def validate_past(bench: Bench, opened: Sequence[Opened]) -> None:
    """The finished exercise: of its 50 judgements 43 were agreed, and 7 had been too high."""
    month = opened[VALIDATED_IN].round.month
    rounds = [opened[place] for place in VALIDATED]
    drawn = _begin(bench, rounds, month, working_days_after(month, 4), VALIDATED_SIZE)
    too_high = {story.audit_id for story in _most_hopeful(drawn)[:TOO_HIGH]}
    for story in drawn:
        own, standing = bench.own_view(story, EXTERNAL), story.standing_overall(EXTERNAL)
        scale, key = story.tool.scale, next(section.key for section in story.graded if section.overall)
        lower = story.audit_id in too_high
        own[key] = scale.keys[scale.index(standing or "") - 1] if lower else standing
        bench.judge(story, EXTERNAL, own=own)


def _most_hopeful(stories: Sequence[Story]) -> list[Story]:
    """Audits whose overall judgement can be lower, those first that stand furthest above what is truly there."""

    def above(story: Story) -> int:
        scale, key = story.tool.scale, next(section.key for section in story.graded if section.overall)
        return scale.index(story.standing_overall(EXTERNAL) or "") - scale.index(story.truth[key] or "")

    able = [s for s in stories if s.tool.scale.index(s.standing_overall(EXTERNAL) or "") > 0]
    return sorted(able, key=lambda story: -above(story))


def validate_now(bench: Bench, opened: Sequence[Opened]) -> None:
    """The exercise under way: nothing of it is committed, so that it is in no figure yet."""
    given_on = working_days_before(bench.rounds.last_day, 5)
    rounds = [opened[place] for place in VALIDATING]
    month = bench.rounds.today.replace(day=1)
    drawn = _begin(bench, rounds, month, given_on, VALIDATING_SIZE)
    ways: tuple[Callable[[Story], None], ...] = (
        lambda story: None,
        lambda story: bench.begin(story, EXTERNAL, 0.5),
        lambda story: None,
        lambda story: bench.begin(story, EXTERNAL, 0.2),
        lambda story: bench.begin(story, EXTERNAL, 1.0),
    )
    for external in bench.rounds.northmere.ids_of(Role.EXTERNAL_AUDITOR):
        mine = [story for story in drawn if story.seconds[EXTERNAL].moderator_id == external]
        for place, story in enumerate(mine):
            ways[place % len(ways)](story)
