"""Your work today: what is due, what came back, what was decided, and what one is responsible for."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission, Role
from audit_app.actions.model import ChildAction
from audit_app.actions.queries import overdue_in, owned_by, to_answer
from audit_app.actions.workflow import State as ActionState
from audit_app.auditing.model import Audit, Contribution
from audit_app.auditing.queries import audits_to_do, contributions_to_do, open_alerts
from audit_app.auditing.workflow import Stage
from audit_app.calibration.model import Vignette
from audit_app.calibration.queries import vignettes_to_grade
from audit_app.clock import day_of, today
from audit_app.escalation.model import Escalation
from audit_app.escalation.queries import escalations_to_sign_off
from audit_app.feedback.model import Release
from audit_app.feedback.queries import replies_to, told_lately
from audit_app.handover.queries import left_behind
from audit_app.home import queries
from audit_app.home.deadlines import deadline, shortened
from audit_app.improvement.model import Meeting, PlanAction
from audit_app.improvement.queries import actions_led_by
from audit_app.improvement.queries.boards import boards_open_to
from audit_app.learning.queries import has_lessons, latest_briefing
from audit_app.moderation.challenge import NAMERS
from audit_app.moderation.model import Challenge, Moderation, Phase
from audit_app.moderation.queries import (
    challenges_to_resolve,
    moderations_to_do,
    moderations_waiting,
    waiting_for_resolver,
)
from audit_app.moderation.queries.unfinished import left_unfinished
from audit_app.notices.operations import shown
from audit_app.notices.queries import count_new, meetings_asking, new_notices
from audit_app.programmes.working_days import working_days_between
from audit_app.web.formats import day, month, plural, time
from audit_app.web.guard import actor, signed_in
from audit_app.work.model import Job, State
from audit_app.work.queries import going_on

blueprint = Blueprint("home", __name__)
MESSAGES = OUTCOMES = 3
OLD_CHALLENGE = 5  # working days
ACTION = {Stage.ALLOCATED: "Start", Stage.IN_PROGRESS: "Go on", Stage.SENT_BACK: "Complete"}
TODO = {
    Phase.DECIDING: "Agree or override each judgement",
    Phase.JUDGING_BLIND: "Give your own grades, blind",
    Phase.SETTLING: "Settle the differences",
}


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """What waits for the person who is signed in."""
    who = actor()
    return render_template(
        "home/index.html",
        messages=[shown(one) for one in new_notices(who, MESSAGES)],
        new_messages=count_new(who),
        jobs=[_job(one) for one in going_on(who)],
        alerts=open_alerts(who) if who.may(Permission.SEE_RISKS) else [],
        audits=[_audit(audit) for audit in _sent_back_first(audits_to_do(who))] if who.may(Permission.AUDIT) else None,
        moderations=_moderations() if _moderates() else None,
        contributions=[_contribution(one) for one in contributions_to_do(who)]
        if who.may(Permission.CONTRIBUTE)
        else [],
        only_contributes=bool(who.grants) and all(grant.role is Role.CONTRIBUTOR for grant in who.grants),
        actions=[_action(one) for one in owned_by(who)] if who.may(Permission.DO_ACTIONS) else None,
        to_answer=[_to_answer(one) for one in to_answer(who)],
        overdue_actions=overdue_in(who) if who.may(Permission.SEE_ACTIONS) else 0,
        sees_actions=who.may(Permission.SEE_ACTIONS),
        to_sign_off=[_to_sign_off(one) for one in escalations_to_sign_off(who)],
        boards=[_board(one) for one in meetings_asking(who.id)],
        plan_actions=[_plan_action(one) for one in actions_led_by(who)],
        vignettes=_vignettes() if who.may(Permission.CALIBRATE) else [],
        decided=queries.decided_about(who) if who.may(Permission.AUDIT) else [],
        to_resolve=[_to_resolve(one) for one in challenges_to_resolve(who)] if who.may(Permission.READ_AUDITS) else [],
        unresolved=waiting_for_resolver(who) if _names_resolvers() else 0,
        names_resolvers=_names_resolvers(),
        rounds=[_round(one) for one in queries.open_rounds(who, today())] if who.may(Permission.RUN_ROUNDS) else None,
        waiting=queries.waiting_for_moderation(who) if who.may(Permission.RUN_ROUNDS) else 0,
        left_behind=left_behind(who) if who.may(Permission.RUN_ROUNDS) else [],
        left=left_unfinished(who) if who.may(Permission.RUN_ROUNDS) else [],
        outcomes=[_outcome(one) for one in told_lately(who, OUTCOMES)] if who.may(Permission.READ_OUTCOMES) else None,
        replied=replies_to(who, OUTCOMES),
        invited=queries.without_password() if who.may(Permission.MANAGE_PEOPLE) else 0,
        learns=who.may(Permission.AUDIT) and has_lessons(who.id),
        briefing=latest_briefing(who),
        reads_figures=who.may(Permission.SEE_FIGURES),
        reads_reports=who.may(Permission.READ_REPORTS),
    )


def _job(one: Job) -> dict[str, Any]:
    return {
        "title": one.title,
        "href": url_for("work.show", job_id=one.id),
        "tag_text": "Running" if one.state == State.RUNNING else "Waiting",
        "due": f"Asked for at {time(one.asked_at)}",
    }


def _vignettes() -> list[dict[str, Any]]:
    return [_vignette(one) for one in vignettes_to_grade(actor())]


def _vignette(one: Vignette) -> dict[str, Any]:
    due = deadline(one.calibration.closes_on, today())
    return {
        "title": one.title,
        "href": url_for("calibration.yours", calibration_id=one.calibration_id),
        "text": f"Grade alone, for {one.calibration.name}",
        "due": due.words,
        "tag_text": due.tag,
        "tone": due.tone,
        "action": "Grade",
    }


def _board(one: Meeting) -> dict[str, Any]:
    due = deadline(one.updates_by, today())
    reads = one.board_id in {board.id for board in boards_open_to(actor())}
    return {
        "title": f"Updates for {one.board.name}",
        "href": url_for("improvement.meeting", board_id=one.board_id, meeting_id=one.id) if reads else "",
        "text": f"It meets on {day(one.held_on)}. What is yours in its plans has no update for it yet.",
        "due": f"Wanted by {day(one.updates_by)}",
        "tag_text": due.tag,
        "tone": due.tone,
        "action": "See what is wanted" if reads else "",
    }


def _plan_action(one: PlanAction) -> dict[str, Any]:
    due = deadline(one.due_on, today()) if one.due_on is not None else None
    said = f"Complete by {one.due.said}" if one.due.said else "No day is set"
    return {
        "title": f"Action {one.ref}: {one.wording}",
        "href": url_for("improvement.action", plan_id=one.plan_id, action_id=one.id),
        "text": f"{one.plan.name}. {one.delivery.name}",
        "due": said,
        "tag_text": due.tag if due else "",
        "tone": due.tone if due else "quiet",
        "action": "Update",
    }


def _moderates() -> bool:
    return actor().may(Permission.MODERATE) or actor().may(Permission.VALIDATE)


def _sent_back_first(audits: list[Audit]) -> list[Audit]:
    return sorted(audits, key=lambda audit: (audit.at is not Stage.SENT_BACK, audit.due_on, audit.id))


def _audit(audit: Audit) -> dict[str, Any]:
    due = deadline(audit.due_on, today())
    back = audit.at is Stage.SENT_BACK
    return {
        "title": f"Case {audit.case.reference}",
        "href": url_for("auditing.edit", audit_id=audit.id),
        "text": f"{audit.tool.name}, {audit.unit.name}",
        "due": due.words,
        "tag_text": "Sent back to you" if back else due.tag,
        "tone": "urgent" if back else due.tone,
        "action": ACTION[audit.at],
    }


def _contribution(one: Contribution) -> dict[str, Any]:
    due = deadline(one.until, today())
    return {
        "title": f"Case {one.audit.case.reference}",
        "href": url_for("auditing.contribution", contribution_id=one.id),
        "text": f"{one.audit.tool.name}, for {one.agency_name}",
        "due": f"Wanted by {day(one.until)}",
        "tag_text": "Done" if one.done_at else due.tag,
        "tone": "good" if one.done_at else due.tone,
        "action": "Open" if one.done_at else "Go on" if one.begun_at else "Start",
    }


def _moderations() -> list[dict[str, Any]]:
    return [_moderation(one) for one in (*moderations_to_do(actor()), *moderations_waiting(actor()))]


def _moderation(one: Moderation) -> dict[str, Any]:
    due = deadline(one.due_on, today())
    waits = one.audit.at is Stage.SENT_BACK
    return {
        "title": f"Case {one.audit.case.reference}",
        "href": url_for("moderation.show", moderation_id=one.id),
        "text": "Waits for its auditor: you sent it back" if waits else TODO[one.at],
        "due": "" if waits else due.words,
        "tag_text": "Sent back" if waits else due.tag,
        "tone": "quiet" if waits else due.tone,
        "action": "" if waits else "Judge" if one.tier == "external" else "Moderate",
    }


def _action(one: ChildAction) -> dict[str, Any]:
    due = deadline(one.due_on, today())
    asked = one.at is ActionState.TIME_ASKED
    return {
        "title": f"Case {one.audit.case.reference}",
        "href": url_for("actions.show", action_id=one.id),
        "text": shortened(one.what),
        "due": due.words,
        "tag_text": "More time asked" if asked else due.tag,
        "tone": "attention" if asked else due.tone,
        "action": "Open",
    }


def _to_answer(one: ChildAction) -> dict[str, Any]:
    done = one.at is ActionState.SAID_DONE
    return {
        "title": f"Case {one.audit.case.reference}",
        "href": url_for("actions.checking" if done else "actions.timing", action_id=one.id),
        "text": f"{one.owner.name} says that an action is done" if done else f"{one.owner.name} asks for more time",
        "due": f"Due on {day(one.due_on)}",
        "tag_text": one.of.name,
        "tone": "attention" if one.of.at_once else "quiet",
        "action": "Answer",
    }


def _to_sign_off(one: Escalation) -> dict[str, Any]:
    due, grade = deadline(one.due_on, today()), one.audit.tool.scale.level(one.grade).name
    return {
        "title": f"Case {one.audit.case.reference}",
        "href": url_for("escalation.show", escalation_id=one.id),
        "text": f"{grade} audit to sign off, {one.audit.unit.name}",
        "due": due.words,
        "tag_text": "Child not safe yet" if one.child_safe is False else due.tag,
        "tone": "urgent" if one.child_safe is False else due.tone,
        "action": "Sign off",
    }


def _outcome(one: Release) -> dict[str, Any]:
    return {
        "title": f"Case {one.audit.case.reference}",
        "href": url_for("feedback.show", release_id=one.id),
        "text": f"{one.audit.tool.name}, {month(one.audit.period)}: what it found is released to you",
        "due": f"Released on {day(day_of(one.released_at))}",
        "tag_text": "New",
        "tone": "info",
        "action": "Read",
    }


def _names_resolvers() -> bool:
    return any(actor().may(permission) for permission in NAMERS)


def _to_resolve(one: Challenge) -> dict[str, Any]:
    age = working_days_between(day_of(one.raised_at), today())
    return {
        "title": f"Case {one.audit.case.reference}",
        "href": url_for("moderation.challenge_show", challenge_id=one.id),
        "text": f"{one.audit.auditor.name} challenges {plural(len(one.points), 'judgement')} by {one.moderator.name}",
        "due": f"Raised on {day(day_of(one.raised_at))}",
        "tag_text": plural(age, "working day") if age else "New today",
        "tone": "attention" if age > OLD_CHALLENGE else "quiet",
        "action": "Resolve",
    }


def _round(one: queries.Running) -> dict[str, Any]:
    due = deadline(one.round.due_on, today())
    done = f"{one.handed_in} of {one.allocated} handed in" if one.allocated else "No case is allocated yet"
    return {
        "title": f"{one.round.programme.name}, {one.round.month:%B %Y}",
        "href": url_for("sampling.board", round_id=one.round.id),
        "text": f"{done}, {one.late} late" if one.late else done,
        "due": due.words,
        "tag_text": due.tag if one.handed_in < one.allocated or not one.allocated else "All handed in",
        "tone": due.tone if one.handed_in < one.allocated or not one.allocated else "good",
        "action": "Open",
    }
