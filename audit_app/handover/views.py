"""The pages of a handover: what an account holds, asking for it to be moved, and moderations passed on."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.handover import operations, queries
from audit_app.handover.forms import EmptyForm, LeadsForm, PassOnForm, ReasonForm
from audit_app.handover.holdings import WORDS, Held, Work, open_work
from audit_app.identity.model import Person
from audit_app.identity.operations import leaving
from audit_app.identity.queries import person_or_404
from audit_app.moderation import operations as moderation
from audit_app.refusal import Refused, Stale
from audit_app.sampling.queries.people import holder_or_404
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

blueprint = Blueprint("handover", __name__)
PERSON = "/people/<int(max=2147483647):person_id>"
# Where one piece of work is given to somebody else; audits and moderations go all at once.
PLACES = {
    Work.RESOLUTION: ("moderation.challenge_naming", "challenge_id"),
    Work.SIGN_OFF: ("escalation.naming", "escalation_id"),
    Work.CONTRIBUTION: ("auditing.contributions", "audit_id"),
    Work.ACTION: ("actions.moving", "action_id"),
}
CHANGED = "These moderations or the moderators have changed since you looked. Look at who would get what now."


@blueprint.get(f"{PERSON}/holds")
@requires(Permission.RUN_ROUNDS, Permission.MANAGE_PEOPLE)
def held(person_id: int) -> ResponseReturnValue:
    """What an account holds: each piece for whoever runs the rounds, and only how much for an administrator."""
    return _page(*queries.holder_or_404(person_id, actor()))


def _page(
    person: Person, mine: list[Held], problem: str = "", code: int = 200, *, leads: LeadsForm | None = None
) -> ResponseReturnValue:
    runs, everything = actor().may(Permission.RUN_ROUNDS), queries.held_by(person.id)
    page = render_template(
        "handover/held.html",
        someone=person,
        runs=runs,
        groups=[(work, WORDS[work][1], rows) for work in Work if (rows := _rows(mine, work))],
        counts=open_work(everything),
        elsewhere=len(everything) - len(mine),
        asks=actor().may(Permission.MANAGE_PEOPLE),
        problem=problem,
        form=ReasonForm(formdata=None),
        leads=_leads(person) if leads is None else leads,
    )
    return page, code


def _leads(person: Person, form: LeadsForm | None = None) -> LeadsForm:
    """The form on which somebody else is named to lead; nobody is offered where some lie outside one's rounds."""
    form = form or LeadsForm(formdata=None)
    form.offer(operations.who_could_lead_for(person, actor()))
    return form


def _rows(mine: list[Held], work: Work) -> list[tuple[Held, str]]:
    return [(one, _place(one)) for one in mine if one.work is work]


def _place(one: Held) -> str:
    if one.work is Work.PLAN_ACTION:
        return url_for("improvement.action_edit", plan_id=one.plan_id, action_id=one.id)
    if one.work not in PLACES:
        return ""
    endpoint, name = PLACES[one.work]
    values: dict[str, Any] = {name: one.id}
    return url_for(endpoint, **values)


@blueprint.post(f"{PERSON}/holds/ask")
@requires(Permission.MANAGE_PEOPLE)
def ask(person_id: int) -> ResponseReturnValue:
    """Ask the audit officers to give somebody's work to others."""
    EmptyForm().validate()
    person = person_or_404(person_id, actor().paths(Permission.MANAGE_PEOPLE))
    try:
        operations.ask_to_move(person, by=actor())
    except Refused as refused:
        return _page(person, [], refused.refusal.reason, 422)
    flash(f"The audit officer is asked to give the work of {person.name} to others.")
    return redirect(url_for("handover.held", person_id=person.id))


@blueprint.get(f"{PERSON}/moderations/pass-on")
@requires(Permission.RUN_ROUNDS)
def passing_on(person_id: int) -> ResponseReturnValue:
    """Who would get each of somebody's moderations, and which stay with them and why."""
    return _plan(holder_or_404(person_id, actor()), PassOnForm(formdata=None))


def _plan(person: Person, form: PassOnForm, code: int = 200, *, changed: str = "") -> ResponseReturnValue:
    plan = moderation.plan_passing_on(person, by=actor())
    form.fingerprint.data = moderation.fingerprint_of(plan)
    page = render_template("handover/pass_on.html", someone=person, form=form, plan=plan, changed=changed)
    return page, code


@blueprint.post(f"{PERSON}/moderations/pass-on")
@requires(Permission.RUN_ROUNDS)
def pass_on(person_id: int) -> ResponseReturnValue:
    """Give somebody's moderations to others, as it was looked at."""
    person, form = holder_or_404(person_id, actor()), PassOnForm()
    if form.validate():
        try:
            plan = moderation.pass_on(person, form.reason.data or "", form.fingerprint.data or "", by=actor())
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        except Stale:
            return _plan(person, form, 409, changed=CHANGED)
        else:
            gone = sum(one.to is not None for one in plan)
            stay = f" {plural(len(plan) - gone, 'moderation stays', 'moderations stay')}." if len(plan) > gone else ""
            flash(f"{plural(gone, 'moderation is', 'moderations are')} given to others.{stay}")
            return redirect(url_for("handover.held", person_id=person.id))
    return _plan(person, form, 422)


@blueprint.post(f"{PERSON}/actions/pass-on")
@requires(Permission.RUN_ROUNDS)
def actions_pass_on(person_id: int) -> ResponseReturnValue:
    """Give each of somebody's actions to whoever looks after the child; all of them lie where one runs rounds."""
    (person, mine), form = queries.holder_or_404(person_id, actor()), ReasonForm()
    if form.validate():
        try:
            moved = operations.pass_actions_on(person, form.reason.data or "", by=actor())
        except Refused as refused:
            return _page(person, mine, refused.refusal.reason, 422)
        gone = sum(one.to is not None for one in moved)
        flash(f"{plural(gone, 'action is', 'actions are')} given to whoever looks after the child.")
        for why in sorted({one.stays_because for one in moved if one.to is None}):
            flash(f"Some actions stay: {why}")
        return redirect(url_for("handover.held", person_id=person.id))
    return _page(person, mine, "Say why the actions go to others.", 422)


@blueprint.post(f"{PERSON}/leads/pass-on")
@requires(Permission.RUN_ROUNDS)
def leads_pass_on(person_id: int) -> ResponseReturnValue:
    """Let somebody else lead every action of improvement plans that somebody leads."""
    person, mine = queries.holder_or_404(person_id, actor())
    form = _leads(person, LeadsForm())
    problem = "Choose who leads these actions, and say why."
    if form.validate():
        to = next(one for one in operations.who_could_lead_for(person, actor()) if one.id == form.lead.data)
        try:
            count = operations.pass_leads_on(person, to, form.why.data or "", by=actor())
        except Refused as refused:
            problem = refused.refusal.reason
        else:
            flash(f"{plural(count, 'action of a plan is', 'actions of plans are')} led by {to.name} now.")
            return redirect(url_for("handover.held", person_id=person.id))
    return _page(person, mine, problem, 422, leads=form)


def connect(app: Flask) -> None:
    """Say what an account holds whenever it may end."""
    leaving.connect(operations.hear_leaving)
