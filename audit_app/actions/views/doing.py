"""What the owner of an action does: says that it is done, asks for more time."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.actions import operations, queries
from audit_app.actions.forms import DoneForm, MoreTimeForm
from audit_app.actions.model import ChildAction
from audit_app.actions.rules import refusal_to_ask_time, refusal_to_say_done
from audit_app.actions.views import blueprint
from audit_app.actions.views.reading import ONE, OWNS
from audit_app.actions.views.writing import CHANGED
from audit_app.clock import today
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

does = requires(*OWNS)


@blueprint.get(f"{ONE}/done")
@does
def finishing(action_id: int) -> ResponseReturnValue:
    """The form that says what was done."""
    found = queries.action_or_404(action_id, actor())
    return _finishing(found, DoneForm(formdata=None, version=found.version_id))


def _finishing(found: ChildAction, form: DoneForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "actions/done.html",
        action=found,
        form=form,
        refused=refusal_to_say_done(found.matter, actor(), "evidence"),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(f"{ONE}/done")
@does
def finish(action_id: int) -> ResponseReturnValue:
    """Say that an action is done, with what shows it."""
    found, form = queries.action_or_404(action_id, actor(), to_write=True), DoneForm()
    if not form.validate():
        return _finishing(found, form, 422)
    try:
        operations.say_done(found, form.evidence.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _finishing(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _finishing(found, form, 409, changed=True)
    flash("You have said that it is done. The auditor and the team’s manager are told, and one of them verifies it.")
    return redirect(url_for("actions.show", action_id=found.id))


@blueprint.get(f"{ONE}/more-time")
@does
def asking(action_id: int) -> ResponseReturnValue:
    """The form that asks for more time."""
    found = queries.action_or_404(action_id, actor())
    return _asking(found, MoreTimeForm(formdata=None, version=found.version_id))


def _asking(found: ChildAction, form: MoreTimeForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    later = working_days_after(max(found.due_on, today()), 1)
    page = render_template(
        "actions/more_time.html",
        action=found,
        form=form,
        refused=refusal_to_ask_time(found.matter, actor(), later, "reason", today()),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(f"{ONE}/more-time")
@does
def ask(action_id: int) -> ResponseReturnValue:
    """Ask for more time, with a reason."""
    found, form = queries.action_or_404(action_id, actor(), to_write=True), MoreTimeForm()
    if not form.validate():
        return _asking(found, form, 422)
    try:
        operations.ask_time(found, form.day.data, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _asking(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _asking(found, form, 409, changed=True)
    flash("You have asked for more time. Until somebody answers, the day stays as it is.")
    return redirect(url_for("actions.show", action_id=found.id))
