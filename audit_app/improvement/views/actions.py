"""The page of an action with its updates, and the form on which it is written."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.clock import today
from audit_app.improvement import operations, queries
from audit_app.improvement.forms import ActionForm, UpdateForm
from audit_app.improvement.model import Plan, PlanAction
from audit_app.improvement.views import blueprint
from audit_app.improvement.views.doorway import ONE, differing, edits, plan_to_edit
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, signed_in

NOT_YOURS = "Only whoever leads this action, or writes the plan, says how far it is."
PART = ONE + "/actions/<int(max=2147483647):action_id>"


def _page(action: PlanAction, form: UpdateForm, code: int = 200) -> ResponseReturnValue:
    plan = action.plan
    page = render_template(
        "improvement/action.html",
        plan=plan,
        action=action,
        form=form,
        tells=queries.may_update(actor(), action),
        edits=queries.may_edit(actor(), plan),
        reads_plan=queries.may_read(actor(), plan),
        formers=queries.formers_of(plan, [operations.thing_of(action)]),
        scales=plan.scales,
        today=today(),
    )
    return page, code


@blueprint.get(PART)
@signed_in
def action(plan_id: int, action_id: int) -> ResponseReturnValue:
    """An action with everything that was said of it."""
    found = queries.action_or_404(plan_id, action_id, actor())
    form = UpdateForm(formdata=None, told_on=today(), delivery=found.delivery.key)
    form.offer(found.plan.scales.delivery)
    return _page(found, form)


@blueprint.post(PART)
@signed_in
def action_tell(plan_id: int, action_id: int) -> ResponseReturnValue:
    """Say how far an action is."""
    found, form = queries.action_or_404(plan_id, action_id, actor()), UpdateForm()
    form.offer(found.plan.scales.delivery)
    if not queries.may_update(actor(), found):
        form.form_errors.append(NOT_YOURS)
        return _page(found, form, 422)
    if not form.validate():
        return _page(found, form, 422)
    try:
        operations.tell(found, form.update(), by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _page(found, form, 422)
    flash(f"Action {found.ref} is updated: {found.delivery.name.lower()}.")
    return redirect(url_for("improvement.action", plan_id=plan_id, action_id=action_id))


def _form(
    plan: Plan, form: ActionForm, kept: PlanAction | None, code: int = 200, **more: object
) -> ResponseReturnValue:
    return render_template("improvement/action_form.html", plan=plan, form=form, kept=kept, **more), code


@blueprint.get(ONE + "/actions/new")
@edits
def action_new(plan_id: int) -> ResponseReturnValue:
    """The form for a new action."""
    plan, form = plan_to_edit(plan_id), ActionForm(formdata=None)
    form.offer(plan, queries.leads_for(plan.unit))
    return _form(plan, form, None)


@blueprint.post(ONE + "/actions/new")
@edits
def action_create(plan_id: int) -> ResponseReturnValue:
    """Add an action."""
    return _save(plan_to_edit(plan_id), None)


@blueprint.get(PART + "/change")
@edits
def action_edit(plan_id: int, action_id: int) -> ResponseReturnValue:
    """The form that changes an action."""
    plan = plan_to_edit(plan_id)
    kept = queries.action_in(plan, action_id)
    form = ActionForm.of(kept)
    form.offer(plan, queries.leads_for(plan.unit))
    return _form(plan, form, kept)


@blueprint.post(PART + "/change")
@edits
def action_update(plan_id: int, action_id: int) -> ResponseReturnValue:
    """Change what will be done, who leads, or by when."""
    plan = plan_to_edit(plan_id)
    return _save(plan, queries.action_in(plan, action_id))


def _save(plan: Plan, kept: PlanAction | None) -> ResponseReturnValue:
    form, people = ActionForm(), queries.leads_for(plan.unit)
    form.offer(plan, people)
    if not form.validate():
        return _form(plan, form, kept, 422)
    try:
        kept = operations.change_action(
            plan, kept, form.values(), form.recommendation.data, form.version.data, by=actor().id
        )
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _form(plan, form, kept, 422)
    except Stale:
        if kept is None:
            raise
        form.version.data = kept.version_id
        theirs = ActionForm.of(kept)
        theirs.offer(plan, people)
        return _form(plan, form, kept, 409, theirs=differing(theirs, form))
    flash(f"Action {kept.ref} is saved.")
    return redirect(url_for("improvement.action", plan_id=plan.id, action_id=kept.id))
