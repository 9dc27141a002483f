"""Loading the demonstration authority: all of it or nothing, and never twice."""

import datetime as dt
from collections.abc import Callable

from audit_app.auditing.ledger import SENIOR
from audit_app.db import db
from audit_app.demonstration import queries
from audit_app.demonstration.course import MONTHLY, NOW, THEMATIC, THEMATIC_MODERATED, THEMATIC_SIZE, WITHDRAWN
from audit_app.demonstration.dates import DUE_AFTER_NOW, months
from audit_app.demonstration.hand_in import Calendar, withdraw_one, write_all, write_some
from audit_app.demonstration.operations import agencies
from audit_app.demonstration.operations.acting import act
from audit_app.demonstration.operations.authority import found
from audit_app.demonstration.operations.briefing import brief
from audit_app.demonstration.operations.calibrating import calibrate
from audit_app.demonstration.operations.case_lists import Lists
from audit_app.demonstration.operations.challenges import challenge
from audit_app.demonstration.operations.closing_the_loop import audit_again
from audit_app.demonstration.operations.earlier import import_tracker
from audit_app.demonstration.operations.escalations import escalate
from audit_app.demonstration.operations.evaluating import evaluate
from audit_app.demonstration.operations.exercises import validate_now, validate_past
from audit_app.demonstration.operations.improving import improve
from audit_app.demonstration.operations.incidents import answer, raise_alerts
from audit_app.demonstration.operations.keeping import keep
from audit_app.demonstration.operations.moderating import Bench, Terms, moderate_month
from audit_app.demonstration.operations.news import date_news
from audit_app.demonstration.operations.outcomes import release_outcomes
from audit_app.demonstration.operations.present import moderate_so_far
from audit_app.demonstration.operations.programmes import exempt_one, monthly_policies, thematic_policies
from audit_app.demonstration.operations.rounds import Opened, Rounds
from audit_app.history.operations import record
from audit_app.moderation.model import Route
from audit_app.programmes.frequency import Frequency
from audit_app.programmes.operations import Terms as ProgrammeTerms
from audit_app.programmes.operations import make_programme
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refusal, Refused

SEED = "northmere"
MONTHLY_NAME, THEMATIC_NAME = "Monthly case-file audit", "Pre-proceedings (PLO) thematic audit"
STEPS = 3 + len(MONTHLY) + len(MONTHLY) + len(THEMATIC)  # founding, months, what they held, the rest


def load(today: dt.date, *, seed: str = SEED, on_step: Callable[[], None] = lambda: None) -> bool:
    """Load the demonstration in the open transaction; gives False, and changes nothing, where it is there already."""
    if queries.is_loaded():
        return False
    if queries.holds_something():
        reason = "This database holds an authority of its own. Load the demonstration into an empty database."
        raise Refused(Refusal(reason))
    northmere = found(today)
    import_tracker(northmere, today, seed)
    bench = Bench(Rounds(northmere, seed, today))
    on_step()
    monthly, thematic = _play(bench, today, on_step)
    validate_past(bench, monthly)
    validate_now(bench, monthly)
    several = agencies.begin(bench, monthly[-1].round.case_list_id or 0)
    for opened in (*monthly, *thematic, several):
        keep(opened.stories)
        bench.rounds.note(opened)
        on_step()
    agencies.contribute(bench, several)
    raise_alerts(bench, monthly)
    answer(bench, (*monthly, *thematic))
    escalate(bench, monthly)
    challenge(bench, monthly[:-1])
    act(bench, monthly, today)
    again = audit_again(bench, monthly)
    keep(again.stories)
    bench.rounds.note(again)
    release_outcomes(bench, (*monthly, *thematic))
    calibrate(bench, today)
    improve(bench, today)
    db.session.flush()
    brief(bench, today)
    evaluate(bench, today)
    date_news(today)
    audits = sum(len(opened.stories) for opened in (*monthly, *thematic, several, again))
    body = {"seed": seed, "month": today.replace(day=1).isoformat(), "audits": audits}
    record("demonstration.loaded", subject=f"unit:{northmere.root.id}", body=body)
    db.session.flush()
    on_step()
    return True


def _play(bench: Bench, today: dt.date, on_step: Callable[[], None]) -> tuple[list[Opened], list[Opened]]:
    """Go through the months: lists, rounds, audits, second opinions."""
    northmere, rounds = bench.rounds.northmere, bench.rounds
    every_month = make_programme(
        northmere.root,
        "case-file",
        ProgrammeTerms(MONTHLY_NAME, DUE_AFTER_NOW, Frequency.MONTHLY.value, months(today)[0]),
        monthly_policies(),
        kind="case-file",
        by=northmere.officer_id,
    )
    thematic = make_programme(
        northmere.root,
        "pre-proceedings",
        ProgrammeTerms(THEMATIC_NAME, DUE_AFTER_NOW, Frequency.TWO_MONTHLY.value, months(today)[THEMATIC[0]]),
        thematic_policies(),
        kind="pre-proceedings",
        by=northmere.officer_id,
    )
    exempt_one(every_month, northmere, today)
    lists = Lists(northmere, rounds.seed)
    played: tuple[list[Opened], list[Opened]] = ([], [])
    for course, month in zip(MONTHLY, months(today), strict=True):
        if course.has_list:
            lists.load(month, newest=course.place == NOW)
        here = (course.place, course.month)
        opened = rounds.open(every_month, northmere.tools["case-file"], month, here, lists.newest_id)
        rounds.give_out(opened, rounds.draw(opened, course.size))
        _write(bench, opened)
        if course.place == NOW:
            moderate_so_far(bench, opened)
        else:
            given_on = min(working_days_after(opened.round.due_on, 1), rounds.last_day)
            moderate_month(bench, opened, course, given_on)
        played[0].append(opened)
        if course.place in THEMATIC:
            played[1].append(
                _thematic_round(
                    bench, rounds.open(thematic, northmere.tools["pre-proceedings"], month, here, lists.newest_id)
                )
            )
        on_step()
    return played


def _write(bench: Bench, opened: Opened) -> None:
    rounds = bench.rounds
    calendar = Calendar(opened.round.month, opened.round.due_on, rounds.last_day)
    present = opened.place == NOW
    (write_some if present else write_all)(opened.stories, calendar, lambda name: bench.chance("audit", name))
    if opened.place in WITHDRAWN and opened.round.programme.name == MONTHLY_NAME:
        withdraw_one(opened.stories)


def _thematic_round(bench: Bench, opened: Opened) -> Opened:
    rounds = bench.rounds
    rounds.give_out(opened, rounds.choose(opened, THEMATIC_SIZE))
    _write(bench, opened)
    if opened.place != NOW:
        given_on = min(working_days_after(opened.round.due_on, 1), rounds.last_day)
        seniors = rounds.northmere.seniors
        ready = [s for s in opened.stories if s.handed_in_at is not None and s.handed_in_at.date() < given_on]
        for place, story in enumerate(ready[:THEMATIC_MODERATED]):
            moderator = seniors[(opened.place + place) % len(seniors)]
            bench.give(story, moderator, Route.BY_HAND, Terms(SENIOR, blind=False, given_on=given_on))
            bench.judge(story, SENIOR)
    return opened
