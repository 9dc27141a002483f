"""The page of an indicator, and the forms on which it, its targets and its figure are written."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.improvement import operations, queries
from audit_app.improvement.forms import FigureForm, IndicatorForm, TargetsForm, targets_form
from audit_app.improvement.model import Indicator, Plan
from audit_app.improvement.operations.figures import Bound, name_of
from audit_app.improvement.published import NOTE
from audit_app.improvement.queries.figures import address_of, narrowing
from audit_app.improvement.queries.standing import may_see, targets_said
from audit_app.improvement.queries.told import told_to
from audit_app.improvement.views import blueprint
from audit_app.improvement.views.doorway import ONE, differing, edits, plan_to_edit, plan_to_read, sees, standing
from audit_app.measures import queries as measures
from audit_app.organisation.queries import names_of, tree
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor

PART = ONE + "/indicators/<int(max=2147483647):indicator_id>"


@blueprint.get(PART)
@sees
def indicator(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """An indicator: where it stands, its targets, every reading, and what was changed."""
    plan = plan_to_read(plan_id)
    found = queries.indicator_in(plan, indicator_id)
    sealed = queries.sealed_from(actor())
    bound = Bound.of(found.figure) if found.figure else None
    return render_template(
        "improvement/indicator.html",
        plan=plan,
        indicator=found,
        standing=standing(found),
        readings=[one for one in reversed(found.readings) if may_see(one, sealed)],
        corrected=[one for one in found.every_reading if one not in found.readings and may_see(one, sealed)],
        bound=bound,
        bound_name=name_of(bound.key) if bound else "",
        bound_unit=names_of([bound.unit]).get(bound.unit, "") if bound else "",
        narrowing=narrowing(found.figure),
        address_of=address_of,
        opens_audits=actor().may(Permission.READ_AUDITS),
        edits=queries.may_edit(actor(), plan),
        formers=queries.formers_of(plan, [operations.thing_of(found)]),
        scales=plan.scales,
        targets=targets_said(found),
        told=told_to(actor()),
        note=NOTE,
        today=today(),
    )


def _form(
    plan: Plan, form: IndicatorForm, kept: Indicator | None, code: int = 200, **more: object
) -> ResponseReturnValue:
    return render_template("improvement/indicator_form.html", plan=plan, form=form, kept=kept, **more), code


@blueprint.get(ONE + "/indicators/new")
@edits
def indicator_new(plan_id: int) -> ResponseReturnValue:
    """The form for a new indicator."""
    plan, form = plan_to_edit(plan_id), IndicatorForm(formdata=None)
    form.offer(plan)
    return _form(plan, form, None)


@blueprint.post(ONE + "/indicators/new")
@edits
def indicator_create(plan_id: int) -> ResponseReturnValue:
    """Add an indicator."""
    return _save(plan_to_edit(plan_id), None)


@blueprint.get(PART + "/change")
@edits
def indicator_edit(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """The form that changes an indicator."""
    plan = plan_to_edit(plan_id)
    kept = queries.indicator_in(plan, indicator_id)
    form = IndicatorForm.of(kept)
    form.offer(plan)
    return _form(plan, form, kept)


@blueprint.post(PART + "/change")
@edits
def indicator_update(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """Change an indicator."""
    plan = plan_to_edit(plan_id)
    return _save(plan, queries.indicator_in(plan, indicator_id))


def _save(plan: Plan, kept: Indicator | None) -> ResponseReturnValue:
    form = IndicatorForm()
    form.offer(plan)
    if not form.validate():
        return _form(plan, form, kept, 422)
    try:
        kept = operations.change_indicator(
            plan, kept, form.measure(), form.version.data, kind=form.kind.data, by=actor().id
        )
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _form(plan, form, kept, 422)
    except Stale:
        if kept is None:
            raise
        form.version.data = kept.version_id
        theirs = IndicatorForm.of(kept)
        theirs.offer(plan)
        return _form(plan, form, kept, 409, theirs=differing(theirs, form))
    flash(f"Indicator {kept.ref} is saved." if kept.milestones else f"Indicator {kept.ref} is saved. Set its targets.")
    return redirect(url_for("improvement.indicator", plan_id=plan.id, indicator_id=kept.id))


def _targets(plan: Plan, kept: Indicator, form: TargetsForm, code: int = 200, **more: object) -> ResponseReturnValue:
    return render_template("improvement/targets.html", plan=plan, indicator=kept, form=form, **more), code


@blueprint.get(PART + "/targets")
@edits
def targets(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """An indicator's targets, to be set."""
    plan = plan_to_edit(plan_id)
    kept, form = queries.indicator_in(plan, indicator_id), targets_form()(formdata=None)
    form.show(kept)
    return _targets(plan, kept, form)


@blueprint.post(PART + "/targets")
@edits
def targets_set(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """Set an indicator's targets."""
    plan = plan_to_edit(plan_id)
    kept, form = queries.indicator_in(plan, indicator_id), targets_form()()
    if not form.validate():
        return _targets(plan, kept, form, 422)
    try:
        operations.set_targets(kept, form.targets(), form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _targets(plan, kept, form, 422)
    except Stale:
        form.version.data = kept.version_id
        return _targets(plan, kept, form, 409, theirs=targets_said(kept))
    flash(f"The targets of {kept.ref} are set.")
    return redirect(url_for("improvement.indicator", plan_id=plan.id, indicator_id=kept.id))


def _offered(form: FigureForm) -> None:
    who = actor()
    units = tree(who.paths(Permission.SEE_FIGURES))
    form.offer(units, *measures.runs(who), measures.offered(who))


def _binding(plan: Plan, kept: Indicator, form: FigureForm, code: int = 200, **more: object) -> ResponseReturnValue:
    return render_template("improvement/figure.html", plan=plan, indicator=kept, form=form, **more), code


@blueprint.get(PART + "/figure")
@edits
def figure(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """Which figure of the measures pages an indicator is."""
    plan = plan_to_edit(plan_id)
    kept = queries.indicator_in(plan, indicator_id)
    form = FigureForm(formdata=None, version=kept.version_id, **(kept.figure or {"unit": plan.unit_id}))
    _offered(form)
    return _binding(plan, kept, form)


@blueprint.post(PART + "/figure")
@edits
def figure_bind(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """Bind an indicator to a figure."""
    plan = plan_to_edit(plan_id)
    kept, form = queries.indicator_in(plan, indicator_id), FigureForm()
    _offered(form)
    if not form.validate():
        return _binding(plan, kept, form, 422)
    try:
        operations.bind(plan, kept, form.figure(), form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _binding(plan, kept, form, 422)
    except Stale:
        form.version.data = kept.version_id
        return _binding(plan, kept, form, 409, theirs=name_of(kept.figure["key"]) if kept.figure else "No figure")
    flash(
        f"{kept.ref} is a live figure now. Take a reading." if kept.figure else f"Readings of {kept.ref} are entered."
    )
    return redirect(url_for("improvement.indicator", plan_id=plan.id, indicator_id=kept.id))
