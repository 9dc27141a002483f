"""The list of plans, one plan theme by theme, and the pages on which plans and recommendations are written."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.clock import today
from audit_app.improvement import operations, queries
from audit_app.improvement.forms import PlanForm, RecommendationForm
from audit_app.improvement.model import Plan, Recommendation
from audit_app.improvement.published import NOTE
from audit_app.improvement.queries.standing import standings_of, targets_said
from audit_app.improvement.queries.told import told_to
from audit_app.improvement.views import blueprint
from audit_app.improvement.views.doorway import ONE, differing, edits, my_units, plan_to_edit, plan_to_read, sees
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor

PART = ONE + "/recommendations/<int(max=2147483647):recommendation_id>"


@blueprint.get("/plans")
@sees
def index() -> ResponseReturnValue:
    """The plans that one may read."""
    return render_template(
        "improvement/index.html",
        plans=queries.plans_open_to(actor()),
        waiting=queries.files_waiting(actor()) if my_units() else [],
        today=today(),
        edits=bool(my_units()),
    )


@blueprint.get(ONE)
@sees
def show(plan_id: int) -> ResponseReturnValue:
    """A plan: each recommendation with its indicators, where they stand, and what is done."""
    plan = plan_to_read(plan_id)
    return render_template(
        "improvement/show.html",
        plan=plan,
        edits=queries.may_edit(actor(), plan),
        standings=standings_of(plan, queries.sealed_from(actor()), today()),
        targets_said=targets_said,
        told=told_to(actor()),
        note=NOTE,
        today=today(),
    )


def _offer(form: PlanForm, plan: Plan | None = None) -> None:
    form.offer(my_units(), queries.boards_for(plan.unit.path if plan else None, actor()))


@blueprint.get("/plans/new")
@edits
def new() -> ResponseReturnValue:
    """The form for a new plan."""
    form = PlanForm(formdata=None)
    _offer(form)
    return render_template("improvement/plan_form.html", form=form, plan=None)


@blueprint.post("/plans/new")
@edits
def create() -> ResponseReturnValue:
    """Make a plan."""
    form = PlanForm()
    _offer(form)
    if form.validate():
        unit = next(one for one in my_units() if one.id == form.unit.data)
        try:
            made = operations.make_plan(unit, form.head(), board_id=form.board.data or None, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{made.name} is made. Add its recommendations.")
            return redirect(url_for("improvement.show", plan_id=made.id))
    return render_template("improvement/plan_form.html", form=form, plan=None), 422


@blueprint.get(ONE + "/change")
@edits
def edit(plan_id: int) -> ResponseReturnValue:
    """The form that changes what a plan says of itself."""
    plan = plan_to_edit(plan_id)
    form = PlanForm.of(plan)
    _offer(form, plan)
    return render_template("improvement/plan_form.html", form=form, plan=plan)


@blueprint.post(ONE + "/change")
@edits
def update(plan_id: int) -> ResponseReturnValue:
    """Change what a plan says of itself; its unit stays."""
    plan, form = plan_to_edit(plan_id), PlanForm()
    _offer(form, plan)
    if not form.validate():
        return render_template("improvement/plan_form.html", form=form, plan=plan), 422
    try:
        operations.change_plan(plan, form.head(), form.version.data, board_id=form.board.data or None, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return render_template("improvement/plan_form.html", form=form, plan=plan), 422
    except Stale:
        form.version.data = plan.version_id
        theirs = differing(PlanForm.of(plan), form)
        return render_template("improvement/plan_form.html", form=form, plan=plan, theirs=theirs), 409
    flash(f"{plan.name} is changed.")
    return redirect(url_for("improvement.show", plan_id=plan.id))


def _recommendation(
    plan: Plan, form: RecommendationForm, kept: Recommendation | None, code: int = 200, **more: object
) -> ResponseReturnValue:
    return render_template("improvement/recommendation_form.html", plan=plan, form=form, kept=kept, **more), code


@blueprint.get(ONE + "/recommendations/new")
@edits
def recommendation_new(plan_id: int) -> ResponseReturnValue:
    """The form for a new recommendation."""
    return _recommendation(plan_to_edit(plan_id), RecommendationForm(formdata=None), None)


@blueprint.post(ONE + "/recommendations/new")
@edits
def recommendation_create(plan_id: int) -> ResponseReturnValue:
    """Add a recommendation."""
    return _save_recommendation(plan_to_edit(plan_id), None)


@blueprint.get(PART + "/change")
@edits
def recommendation_edit(plan_id: int, recommendation_id: int) -> ResponseReturnValue:
    """The form that changes a recommendation."""
    plan = plan_to_edit(plan_id)
    kept = queries.recommendation_in(plan, recommendation_id)
    formers = queries.formers_of(plan, [operations.thing_of(kept)])
    return _recommendation(plan, RecommendationForm.of(kept), kept, formers=formers)


@blueprint.post(PART + "/change")
@edits
def recommendation_update(plan_id: int, recommendation_id: int) -> ResponseReturnValue:
    """Change a recommendation."""
    plan = plan_to_edit(plan_id)
    return _save_recommendation(plan, queries.recommendation_in(plan, recommendation_id))


def _save_recommendation(plan: Plan, kept: Recommendation | None) -> ResponseReturnValue:
    form = RecommendationForm()
    if not form.validate():
        return _recommendation(plan, form, kept, 422)
    try:
        kept = operations.change_recommendation(plan, kept, form.advice(), form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _recommendation(plan, form, kept, 422)
    except Stale:
        if kept is None:
            raise
        form.version.data = kept.version_id
        return _recommendation(plan, form, kept, 409, theirs=differing(RecommendationForm.of(kept), form))
    flash(f"Recommendation {kept.ref} is saved.")
    return redirect(url_for("improvement.show", plan_id=plan.id, _anchor=f"recommendation-{kept.id}"))
