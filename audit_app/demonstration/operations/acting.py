"""Actions for children of the demonstration: given when audits were handed in, and what became of them since."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.actions.kinds import kind_of
from audit_app.actions.model import ActionStep, ChildAction
from audit_app.actions.workflow import TABLE, State, Step
from audit_app.auditing.ledger import AUDITOR, SENIOR
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.clock import LONDON
from audit_app.db import db
from audit_app.demonstration import action_words as words
from audit_app.demonstration.action_words import ACTIONS, BY_MODERATOR, NOW, Told
from audit_app.demonstration.dates import moment, working_days_before
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.operations.rounds import Opened
from audit_app.demonstration.people import PEOPLE, TEAMS, Fictional
from audit_app.demonstration.story import Story
from audit_app.history.operations import record
from audit_app.programmes.working_days import working_days_after

SINCE = 6  # the last so many rounds brought actions
EXTRA_DAYS = 5  # working days more, where more time was granted
IN_TIME = (0.55, 0.85)  # of those done, in the first and in the last of these rounds
LATE_BY = (1, 12)
LOADED = "The dates of this action are those of a story. This is when the story was loaded."
STILL_OPEN = 0.5  # of those of the two latest rounds


@dataclass(frozen=True, slots=True)
class Team:
    """Who could own the actions of a team's children, and who answers for them."""

    workers: tuple[int, ...]
    managers: tuple[int, ...]


@dataclass(slots=True)
class Course:
    """One action as it goes: each step adds to its trail, none before the one before it or after yesterday."""

    action: ChildAction
    chance: random.Random
    last: dt.date
    at: dt.datetime

    def take(self, step: Step, by: int, day: dt.date, said: str = "", *, asks: dt.date | None = None) -> bool:
        """Take a step on a day, unless that day is still to come; gives whether it was taken."""
        if day > self.last:
            return False
        one = self.action
        self.at = max(moment(day, self.chance), self.at + dt.timedelta(minutes=10))
        one.state = TABLE[State(one.state), step].value
        one.asked_for = asks if one.state == State.TIME_ASKED.value else None
        one.ended_at = self.at if one.state in (State.VERIFIED.value, State.WITHDRAWN.value) else None
        if step is Step.SAY_DONE:
            one.done_at, one.done_by = self.at, by
        elif step is Step.NOT_ACCEPT:
            one.done_at = one.done_by = None
        to = one.owner_id if step is Step.GIVE else None
        one.steps.append(ActionStep(step=step.value, words=said, day=asks, person_id=to, by_id=by, at=self.at))
        return True

    @property
    def today(self) -> dt.date:
        """The day of the last step."""
        return self.at.astimezone(LONDON).date()


def act(bench: Bench, monthly: Sequence[Opened], today: dt.date) -> None:
    """The actions of the latest rounds."""
    last = working_days_before(today, 1)
    teams, cases = _teams(bench), _cases()
    rounds, written = monthly[-SINCE:], list[ChildAction]()
    for place, opened in enumerate(rounds):
        share = IN_TIME[0] + (IN_TIME[1] - IN_TIME[0]) * place / (len(rounds) - 1)
        for story in opened.stories:
            if story.handed_in_at is None or story.withdrawn:
                continue
            case = cases[story.audit_id]
            for number, (told, tier, by, at) in enumerate(_found(bench, story)):
                chance = bench.chance("action", story.audit_id, number)
                action = _written(chance, story, case, teams[case.unit_id], told, tier, by, at)
                course = Course(action, chance, last, at)
                course.take(Step.GIVE, by, course.today)
                _go(course, told, story.auditor_id, teams[case.unit_id], share, fresh=place >= len(rounds) - 2)
                db.session.add(action)
                written.append(action)
    db.session.flush()
    for action in written:
        body = {"action": action.id, "state": action.state, "steps": [one.step for one in action.steps]}
        record("action.loaded", subject=f"audit:{action.audit_id}", body=body | {"reason": LOADED})


def _found(bench: Bench, story: Story) -> Iterator[tuple[Told, str, int, dt.datetime]]:
    """What an audit brings: something that cannot wait, what its auditor asks for, what its moderator adds."""
    chance, given = bench.chance("actions", story.audit_id), story.handed_in_at
    if given is None:
        return
    scale = story.tool.scale
    low = story.overall is not None and scale.index(story.overall) == 0
    if low and chance.random() < 0.5:
        yield NOW, AUDITOR, story.auditor_id, given
    for told in chance.sample(ACTIONS, 2 if low else int(chance.random() < 0.7)):
        yield told, AUDITOR, story.auditor_id, given
    second = story.seconds.get(SENIOR)
    if second is not None and second.done_at is not None and chance.random() < 0.2:
        yield BY_MODERATOR, SENIOR, second.moderator_id, second.done_at


def _written(
    chance: random.Random, story: Story, case: CaseRecord, team: Team, told: Told, tier: str, by: int, at: dt.datetime
) -> ChildAction:
    able = [one for one in team.workers if one != story.auditor_id] if chance.random() < 0.6 else list(team.managers)
    owner = (able or list(team.managers))[story.audit_id % len(able or team.managers)]
    due_on = working_days_after(at.astimezone(LONDON).date(), kind_of(told.kind).usual_working_days)
    weakest = min(
        (one for one in story.graded if not one.overall and story.grades.get(one.key)),
        key=lambda one: story.tool.scale.index(story.grades[one.key] or ""),
        default=None,
    )
    return ChildAction(
        audit_id=story.audit_id,
        unit_id=case.unit_id,
        worker=case.worker,
        tier=tier,
        author_id=by,
        section=weakest.key if weakest else None,
        kind=told.kind,
        what=told.what,
        why=told.why,
        shows=told.shows,
        owner_id=owner,
        due_on=due_on,
        first_due_on=due_on,
        state=State.DRAFT.value,
        written_at=at - dt.timedelta(minutes=chance.randint(20, 200)),
        given_at=at,
        owned_at=at,
    )


def _go(course: Course, told: Told, auditor_id: int, team: Team, in_time: float, *, fresh: bool) -> None:
    """What became of an action since it was given."""
    one, chance = course.action, course.chance
    checker = auditor_id if auditor_id != one.owner_id else next(m for m in team.managers if m != one.owner_id)
    if chance.random() < 0.03:
        course.take(Step.WITHDRAW, one.author_id, working_days_after(course.today, 4), words.WITHDRAWN)
        return
    if fresh and chance.random() < STILL_OPEN:
        _waits(course, checker)
        return
    if chance.random() < 0.12 and not _extended(course, checker):
        return
    if chance.random() < in_time:
        done_on = max(course.today, working_days_before(one.due_on, chance.randint(0, 3)))
    else:
        done_on = working_days_after(max(one.due_on, course.today), chance.randint(*LATE_BY))
    if not course.take(Step.SAY_DONE, one.owner_id, done_on, told.done):
        return
    if chance.random() < 0.08:
        if not course.take(Step.NOT_ACCEPT, checker, working_days_after(course.today, 2), words.NOT_ACCEPTED):
            return
        if not course.take(Step.SAY_DONE, one.owner_id, working_days_after(course.today, 4), words.DONE_AGAIN):
            return
    answered = working_days_after(course.today, chance.randint(1, 6))
    course.take(Step.VERIFY, checker, answered, chance.choice(words.VERIFIED))


def _waits(course: Course, checker: int) -> None:
    """It is still to do today: more time was asked for lately, or was granted, or its day is over."""
    one, chance = course.action, course.chance
    how, until = chance.random(), working_days_after(course.last, chance.randint(3, 15))
    if one.due_on < until and how < 0.3:
        course.take(Step.ASK_TIME, one.owner_id, max(course.today, course.last), words.NEEDS_TIME, asks=until)
    elif one.due_on < until and how < 0.75:
        asked_on = max(course.today, working_days_before(one.due_on, 1))
        if course.take(Step.ASK_TIME, one.owner_id, asked_on, words.NEEDS_TIME, asks=until) and course.take(
            Step.GRANT_TIME, checker, max(course.today, min(working_days_after(course.today, 2), course.last)),
            words.GRANTED, asks=until,
        ):  # fmt: skip
            one.due_on = until


def _extended(course: Course, checker: int) -> bool:
    """More time was asked for; gives whether that is answered."""
    one = course.action
    asked_on = max(course.today, working_days_before(one.due_on, 1))
    until = working_days_after(one.due_on, EXTRA_DAYS)
    if not course.take(Step.ASK_TIME, one.owner_id, asked_on, words.NEEDS_TIME, asks=until):
        return True
    if not course.take(Step.GRANT_TIME, checker, working_days_after(course.today, 2), words.GRANTED, asks=until):
        return False
    one.due_on = until
    return True


def _teams(bench: Bench) -> dict[int, Team]:
    """By team: the people who work there."""
    northmere = bench.rounds.northmere

    def those(team: str, role: Role) -> tuple[int, ...]:
        return tuple(northmere.people[one.name].id for one in PEOPLE if _is(one, team, role))

    return {
        northmere.units[team.name].id: Team(those(team.name, Role.PRACTITIONER), those(team.name, Role.TEAM_MANAGER))
        for team in TEAMS
    }


def _is(one: Fictional, team: str, role: Role) -> bool:
    return one.team == team and one.role is role and not one.invited_only


def _cases() -> dict[int, CaseRecord]:
    """The case of each audit, as it stands today."""
    rows = select(Audit.id, CaseRecord).join(CaseRecord, CaseRecord.id == Audit.case_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}
