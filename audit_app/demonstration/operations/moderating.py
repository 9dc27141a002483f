"""Second and third opinions of the demonstration: drawn at random by the product's own draw, or given for a reason."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit_app.access.table import Role
from audit_app.auditing.ledger import SENIOR
from audit_app.db import db
from audit_app.demonstration.course import FLAGGED, GRADES_MODERATED_FROM, NEW_AUDITOR, UNFINISHED_BEFORE, Course
from audit_app.demonstration.dates import moment
from audit_app.demonstration.drift import as_seen_by_another
from audit_app.demonstration.operations.rounds import Opened, Rounds
from audit_app.demonstration.second import Case, Second, agree_where_equal, decide, differing, judge_blind
from audit_app.demonstration.seeds import chance_of
from audit_app.demonstration.story import Story
from audit_app.moderation.drawing import plan
from audit_app.moderation.model import Draw, Route
from audit_app.programmes.working_days import working_days_after

MODERATED_WITHIN = 20  # working days
UNSURE_BLIND, UNSURE_OPEN = 0.15, 0.08  # in how many sections a second reader is a step from the truth


@dataclass(frozen=True, slots=True)
class Terms:
    """How audits are given to moderators: in which tier, open or blind, on which day, in which exercise."""

    tier: str
    blind: bool
    given_on: dt.date
    exercise_id: int | None = None
    within: int = MODERATED_WITHIN

    @property
    def due_on(self) -> dt.date:
        """The day by which they are to be judged."""
        return working_days_after(self.given_on, self.within)


@dataclass(frozen=True, slots=True)
class Bench:
    """Those who give second opinions, and what decides by chance."""

    rounds: Rounds

    def chance(self, *names: object) -> random.Random:
        """The chance for one thing."""
        return chance_of(self.rounds.seed, *names)

    def draw(
        self, opened: Opened, stories: Sequence[Story], moderators: Sequence[int], size: int, terms: Terms
    ) -> list[Story]:
        """Draw audits at random and share them evenly; the draw is kept, so that it can be repeated."""
        seed = f"{self.rounds.seed} {terms.tier} {opened.round.month:%Y-%m} {terms.given_on:%d %B}"
        drawn = plan({story.audit_id: {} for story in stories}, frozenset(moderators), seed, size)
        at = moment(terms.given_on, self.chance("drawn", seed), (13, 14))
        kept = Draw(
            round=opened.round,
            tier=terms.tier,
            seed=drawn.seed,
            algorithm=drawn.algorithm,
            frame=list(drawn.frame),
            size=drawn.size,
            drawn_at=at,
            drawn_by=self.rounds.northmere.officer_id,
        )
        db.session.add(kept)
        db.session.flush()
        of = {story.audit_id: story for story in stories}
        for share in drawn.shares:
            given = self.give(of[share.audit_id], share.moderator_id, Route.RANDOM, terms, at)
            given.probability, given.draw_id = drawn.inclusion_probability, kept.id
        return [of[share.audit_id] for share in drawn.shares]

    def give(
        self, story: Story, moderator_id: int, route: Route, terms: Terms, at: dt.datetime | None = None
    ) -> Second:
        """Give one audit to a moderator."""
        at = at or moment(terms.given_on, self.chance("given", story.audit_id, terms.tier), (13, 14))
        given = Second(terms.tier, moderator_id, route.value, terms.blind, at, terms.due_on)
        given.exercise_id = terms.exercise_id
        story.seconds[terms.tier] = given
        return given

    def judge(self, story: Story, tier: str, *, own: dict[str, str | None] | None = None) -> None:
        """Carry a second opinion through to its end."""
        second, case = story.seconds[tier], Case(story.tool, story.graded, story.category)
        chance, standing = self.chance("judged", story.audit_id, tier), story.standing(tier)
        own = own or self.own_view(story, tier)
        took = (chance.randint(2, 5), chance.randint(1, 3))
        judged_on = self._day(second.given_at.date(), took[0])
        if second.blind:
            judge_blind(chance, second, case, own)
            second.committed_at = max(moment(judged_on, chance), second.given_at + dt.timedelta(hours=2))
        begun_at = second.committed_at or second.given_at
        decide(chance, second, case, own, standing, firm=0.7 if second.blind else 0.8)
        done_at = moment(self._day(judged_on, took[1]), chance)
        second.done_at = max(done_at, begun_at + dt.timedelta(hours=1))
        second.saved_at = second.done_at - dt.timedelta(minutes=chance.randint(4, 40))

    def own_view(self, story: Story, tier: str) -> dict[str, str | None]:
        """What a moderator sees for themselves."""
        unsure = UNSURE_BLIND if story.seconds[tier].blind else UNSURE_OPEN
        return as_seen_by_another(self.chance("own", story.audit_id, tier), story.tool, story.truth, unsure)

    def begin(self, story: Story, tier: str, share: float) -> None:
        """Judge the first part of an audit, blind or open as it was given."""
        second, case = story.seconds[tier], Case(story.tool, story.graded, story.category)
        chance, own = self.chance("begun", story.audit_id, tier), self.own_view(story, tier)
        if second.blind:
            judge_blind(chance, second, case, own, share)
        else:
            decide(chance, second, case, own, story.standing(tier), share=share)
        second.saved_at = second.given_at + dt.timedelta(minutes=chance.randint(30, 120))

    def commit(self, story: Story, tier: str) -> None:
        """Judge an audit blind and commit, with the differences still to be settled: there is at least one."""
        second, case = story.seconds[tier], Case(story.tool, story.graded, story.category)
        chance, own, standing = (
            self.chance("begun", story.audit_id, tier),
            self.own_view(story, tier),
            story.standing(tier),
        )
        scale = story.tool.scale
        if all(own[section.key] == standing[section.key] for section in story.graded):
            key = next(s.key for s in story.graded if standing[s.key] is not None and not s.overall)
            place = scale.index(standing[key] or "")
            own[key] = scale.keys[place - 1 if place else 1]
        judge_blind(chance, second, case, own)
        agree_where_equal(second, standing)
        second.opened = tuple(differing(second, standing)[:1])
        second.saved_at = second.given_at + dt.timedelta(hours=2)
        second.committed_at = second.saved_at + dt.timedelta(minutes=10)

    def _day(self, day: dt.date, count: int) -> dt.date:
        return min(working_days_after(day, count), self.rounds.last_day)


def moderate_month(bench: Bench, opened: Opened, course: Course, given_on: dt.date) -> None:
    """The second opinions of a round that is over: a random draw first, then those that have a reason."""
    northmere = bench.rounds.northmere
    seniors, heads = northmere.ids_of(Role.SENIOR_MANAGER), northmere.ids_of(Role.HEAD_OF_SERVICE)
    in_time = [s for s in opened.stories if s.handed_in_at is not None and s.handed_in_at.date() < given_on]
    terms = Terms(SENIOR, course.blind, given_on)
    drawn = bench.draw(opened, in_time, seniors, course.drawn, terms)
    rest = [story for story in in_time if not story.seconds]
    by_reason = Terms(SENIOR, blind=False, given_on=given_on)
    flagged: list[Story] = []
    if course.place >= GRADES_MODERATED_FROM:
        worst = [story for story in rest if story.overall == story.tool.scale.keys[0]]
        for place, story in enumerate(worst):
            bench.give(story, heads[place % len(heads)], Route.GRADE, by_reason)
    for reason, route in ((FLAGGED, Route.FLAGGED), (NEW_AUDITOR, Route.NEW_AUDITOR)):
        left = [story for story in rest if not story.seconds]
        for place, story in enumerate(left[: reason.get(course.place, 0)]):
            bench.give(story, (heads if route is Route.FLAGGED else seniors)[place], route, by_reason)
            flagged.append(story)
    unfinished = _leave_waiting(bench, drawn, flagged) if course.before_last else set[int]()
    for story in opened.stories:
        if SENIOR in story.seconds and story.audit_id not in unfinished:
            bench.judge(story, SENIOR)


def _leave_waiting(bench: Bench, drawn: Sequence[Story], flagged: Sequence[Story]) -> set[int]:
    """Of the month before this one some opinions still wait: the last ones drawn, and what was flagged."""
    ways: tuple[Callable[[Story], None], ...] = (
        lambda story: bench.begin(story, SENIOR, 0.5),
        lambda story: bench.commit(story, SENIOR),
        lambda story: None,
        lambda story: bench.commit(story, SENIOR),
    )
    waiting = drawn[-UNFINISHED_BEFORE:]
    for way, story in zip(ways, waiting, strict=True):
        way(story)
    for place, story in enumerate(flagged):
        bench.begin(story, SENIOR, (0.0, 0.4, 0.8)[place % 3])
    return {story.audit_id for story in (*waiting, *flagged)}
