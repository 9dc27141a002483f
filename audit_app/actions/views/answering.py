"""What the auditor or the child's team manager answers: whether it is done, whether there is more time."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.actions import operations, queries
from audit_app.actions.forms import CheckForm, TimeForm
from audit_app.actions.model import ActionStep, ChildAction
from audit_app.actions.rules import refusal_to_check, refusal_to_verify
from audit_app.actions.views import blueprint
from audit_app.actions.views.reading import ONE
from audit_app.actions.views.writing import CHANGED
from audit_app.actions.workflow import State, Step, refusal_to_advance
from audit_app.refusal import Refusal, Refused, Stale
from audit_app.web.guard import actor, requires

answers = requires(Permission.AUDIT, Permission.VERIFY_ACTIONS)


def last(found: ChildAction, step: Step) -> ActionStep | None:
    """What was said when a step was last taken."""
    return next((one for one in reversed(queries.steps_of(found)) if one.of is step), None)


@blueprint.get(f"{ONE}/check")
@answers
def checking(action_id: int) -> ResponseReturnValue:
    """The form that says whether an action is done."""
    found = queries.action_or_404(action_id, actor())
    return _checking(found, CheckForm(formdata=None, version=found.version_id))


def _checking(found: ChildAction, form: CheckForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "actions/check.html",
        action=found,
        form=form,
        said=last(found, Step.SAY_DONE),
        refused=refusal_to_verify(found.matter, actor()),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(f"{ONE}/check")
@answers
def check(action_id: int) -> ResponseReturnValue:
    """Verify that an action is done, or send it back with what is missing."""
    found, form = queries.action_or_404(action_id, actor(), to_write=True), CheckForm()
    if not form.validate():
        return _checking(found, form, 422)
    done = form.decision.data == "yes"
    try:
        answer = operations.verify if done else operations.not_accept
        answer(found, form.words.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _checking(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _checking(found, form, 409, changed=True)
    flash("The action is verified as done." if done else f"{found.owner.name} is told what is missing.")
    return redirect(url_for("actions.show", action_id=found.id))


@blueprint.get(f"{ONE}/time")
@answers
def timing(action_id: int) -> ResponseReturnValue:
    """The form that answers whether there is more time."""
    found = queries.action_or_404(action_id, actor())
    return _timing(found, TimeForm(formdata=None, version=found.version_id, day=found.asked_for))


def _refusal(found: ChildAction) -> Refusal | None:
    return refusal_to_check(found.matter, actor()) or refusal_to_advance(State(found.state), Step.GRANT_TIME)


def _timing(found: ChildAction, form: TimeForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "actions/time.html",
        action=found,
        form=form,
        said=last(found, Step.ASK_TIME),
        refused=_refusal(found),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(f"{ONE}/time")
@answers
def answer_time(action_id: int) -> ResponseReturnValue:
    """Give an action more time, or leave its day as it is."""
    found, form = queries.action_or_404(action_id, actor(), to_write=True), TimeForm()
    if not form.validate():
        return _timing(found, form, 422)
    words, version, granted = form.words.data or "", form.version.data or 0, form.decision.data == "yes"
    if granted and form.day.data is None:
        form.day.errors = ["Enter the day"]
        return _timing(found, form, 422)
    try:
        if granted:
            operations.grant_time(found, form.day.data, words, version, by=actor())
        else:
            operations.refuse_time(found, words, version, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _timing(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _timing(found, form, 409, changed=True)
    flash(f"{found.owner.name} is told your answer.")
    return redirect(url_for("actions.show", action_id=found.id))
