"""Writing an action, changing it while it is not given, and withdrawing it."""

import datetime as dt

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.actions import operations, queries
from audit_app.actions.forms import ActionForm, ReasonForm
from audit_app.actions.kinds import kind_of, kinds
from audit_app.actions.model import ChildAction
from audit_app.actions.rules import Wanted, refusal_to_change, refusal_to_withdraw, refusal_to_write
from audit_app.actions.views import blueprint
from audit_app.actions.views.reading import ONE, WRITES
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.visibility import Sight
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

OF_AUDIT = "/audits/<int(max=2147483647):audit_id>/actions/new"
CHANGED = "Somebody changed this action after you opened it. It stands now as its page says. What you wrote is below."
writes = requires(*WRITES)


def _audit(audit_id: int) -> Audit:
    # Whoever judges an audit blind writes actions too: their own are all that they see.
    return audit_or_404(audit_id, actor(), least=Sight.BLIND)


def _form(audit: Audit, *, empty: bool = False, **shown: object) -> ActionForm:
    form = ActionForm(formdata=None, **shown) if empty or shown else ActionForm()
    people = queries.could_own(audit)
    worker = queries.worker_among(people, audit.case.authority_id, audit.case.worker)
    form.offer(people, worker, audit.tool.sections_for(audit.category))
    return form


def _wanted(form: ActionForm) -> tuple[Wanted, Person]:
    """What was written; without a day it is the usual one of its kind."""
    due_on: dt.date = form.due_on.data or working_days_after(today(), kind_of(form.kind.data).usual_working_days)
    wanted = Wanted(
        form.kind.data,
        form.what.data or "",
        form.why.data or "",
        form.shows.data or "",
        due_on,
        form.section.data or None,
    )
    return wanted, db.session.get_one(Person, int(form.owner.data))


@blueprint.get(OF_AUDIT)
@writes
def new(audit_id: int) -> ResponseReturnValue:
    """The form that writes an action for the child of an audit."""
    audit = _audit(audit_id)
    return _writing(audit, _form(audit, empty=True))


def _writing(
    audit: Audit, form: ActionForm, code: int = 200, *, action: ChildAction | None = None, changed: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "actions/write.html",
        audit=audit,
        form=form,
        action=action,
        kinds=kinds().values(),
        refused=refusal_to_change(action.matter, actor()) if action else refusal_to_write(audit.facts, actor()),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(OF_AUDIT)
@writes
def create(audit_id: int) -> ResponseReturnValue:
    """Keep an action for the child of an audit."""
    audit = _audit(audit_id)
    form = _form(audit)
    if not form.validate():
        return _writing(audit, form, 422)
    wanted, owner = _wanted(form)
    try:
        action = operations.write(audit, wanted, owner, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _writing(audit, form, 422)
    given = f"{action.owner.name} has this action now, and is told."
    flash(given if action.given_at else "The action is kept. Its owner is told once your part is handed in.")
    return redirect(url_for("actions.show", action_id=action.id))


@blueprint.get(f"{ONE}/edit")
@writes
def edit(action_id: int) -> ResponseReturnValue:
    """The form that changes an action which is not given yet."""
    found = queries.action_or_404(action_id, actor())
    shown = {name: getattr(found, name) for name in ("kind", "what", "why", "shows", "due_on")}
    form = _form(found.audit, version=found.version_id, owner=str(found.owner_id), section=found.section or "", **shown)
    return _writing(found.audit, form, action=found)


@blueprint.post(f"{ONE}/edit")
@writes
def update(action_id: int) -> ResponseReturnValue:
    """Keep what an action says now."""
    found = queries.action_or_404(action_id, actor(), to_write=True)
    form = _form(found.audit)
    if not form.validate():
        return _writing(found.audit, form, 422, action=found)
    wanted, owner = _wanted(form)
    try:
        operations.change(found, wanted, owner, form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _writing(found.audit, form, 422, action=found)
    except Stale:
        form.version.data = found.version_id
        return _writing(found.audit, form, 409, action=found, changed=True)
    flash("The action is changed.")
    return redirect(url_for("actions.show", action_id=found.id))


withdraws = requires(*WRITES, Permission.VOID_AUDITS)


@blueprint.get(f"{ONE}/withdraw")
@withdraws
def withdrawing(action_id: int) -> ResponseReturnValue:
    """The form that withdraws an action."""
    found = queries.action_or_404(action_id, actor())
    return _withdrawing(found, ReasonForm(formdata=None, version=found.version_id))


def _withdrawing(
    found: ChildAction, form: ReasonForm, code: int = 200, *, changed: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "actions/withdraw.html",
        action=found,
        form=form,
        refused=refusal_to_withdraw(found.matter, actor(), "reason"),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(f"{ONE}/withdraw")
@withdraws
def withdraw(action_id: int) -> ResponseReturnValue:
    """Withdraw an action that need not be done."""
    found, form = queries.action_or_404(action_id, actor(), to_write=True), ReasonForm()
    if not form.validate():
        return _withdrawing(found, form, 422)
    audit_id, given = found.audit_id, found.given_at is not None
    try:
        operations.withdraw(found, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _withdrawing(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _withdrawing(found, form, 409, changed=True)
    flash("The action is withdrawn.")
    if not given:
        return redirect(url_for("auditing.show", audit_id=audit_id))
    return redirect(url_for("actions.show", action_id=action_id))
