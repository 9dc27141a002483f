"""The pages on which readings are entered or taken, and a person says otherwise where one stands."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.clock import today
from audit_app.improvement import operations, queries
from audit_app.improvement.forms import ConfirmForm, OverrideForm, ReadingForm
from audit_app.improvement.model import Indicator, Plan, Reading
from audit_app.improvement.queries.standing import Standing, figure_said, may_see, standing_at
from audit_app.improvement.views import blueprint
from audit_app.improvement.views.doorway import edits, plan_to_edit, standing
from audit_app.improvement.views.indicators import PART
from audit_app.refusal import Refused
from audit_app.web.guard import actor

READING = PART + "/readings/<int(max=2147483647):reading_id>"


def _entering(plan: Plan, found: Indicator, form: ReadingForm, code: int = 200) -> ResponseReturnValue:
    return render_template("improvement/reading_form.html", plan=plan, indicator=found, form=form), code


@blueprint.get(PART + "/read")
@edits
def reading(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """The form for a reading."""
    plan = plan_to_edit(plan_id)
    return _entering(plan, queries.indicator_in(plan, indicator_id), ReadingForm(formdata=None, read_on=today()))


@blueprint.post(PART + "/read")
@edits
def reading_enter(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """Keep a reading."""
    plan = plan_to_edit(plan_id)
    found, form = queries.indicator_in(plan, indicator_id), ReadingForm()
    if not form.validate():
        return _entering(plan, found, form, 422)
    try:
        operations.read(found, form.finding(), by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _entering(plan, found, form, 422)
    flash(f"The reading is kept. {found.ref}: {standing(found).words}.")
    return redirect(url_for("improvement.indicator", plan_id=plan_id, indicator_id=indicator_id))


@blueprint.post(PART + "/take-reading")
@edits
def reading_take(plan_id: int, indicator_id: int) -> ResponseReturnValue:
    """Count a live figure today, and keep it."""
    plan, form = plan_to_edit(plan_id), ConfirmForm()
    found = queries.indicator_in(plan, indicator_id)
    if not form.validate():
        abort(400)
    try:
        operations.read_figure(found, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return render_template("improvement/not_read.html", plan=plan, indicator=found, form=form), 422
    flash(f"The reading is kept. {found.ref}: {standing(found).words}.")
    return redirect(url_for("improvement.indicator", plan_id=plan_id, indicator_id=indicator_id))


def _reading_in(found: Indicator, reading_id: int) -> Reading:
    sealed = queries.sealed_from(actor())
    mine = [one for one in found.readings if one.id == reading_id and may_see(one, sealed)]
    return mine[0] if mine else abort(404)


def _stating(plan: Plan, shown: Standing, form: OverrideForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "improvement/override.html", plan=plan, indicator=shown.indicator, standing=shown, form=form,
        figure=figure_said(shown.reading) if shown.reading else "",
    )  # fmt: skip
    return page, code


@blueprint.get(READING + "/override")
@edits
def override(plan_id: int, indicator_id: int, reading_id: int) -> ResponseReturnValue:
    """What comes out of a reading, and what may be stated instead."""
    plan = plan_to_edit(plan_id)
    shown = standing_at(_reading_in(queries.indicator_in(plan, indicator_id), reading_id), today())
    own = shown.own
    form = OverrideForm(
        formdata=None,
        state=own.state if own else "",
        milestone=own.milestone_on.isoformat() if own and own.milestone_on else "",
        reason=own.reason if own else "",
    )
    form.offer(shown.indicator, shown.computed_words)
    return _stating(plan, shown, form)


@blueprint.post(READING + "/override")
@edits
def override_state(plan_id: int, indicator_id: int, reading_id: int) -> ResponseReturnValue:
    """State a person's own view, or let what comes out stand again."""
    plan = plan_to_edit(plan_id)
    found = _reading_in(queries.indicator_in(plan, indicator_id), reading_id)
    shown, form = standing_at(found, today()), OverrideForm()
    form.offer(shown.indicator, shown.computed_words)
    if not form.validate():
        return _stating(plan, shown, form, 422)
    stated = form.stated(shown.indicator)
    try:
        if stated is None:
            operations.take_back_override(found, form.reason.data or "", by=actor().id)
        else:
            operations.override(found, stated, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _stating(plan, shown, form, 422)
    flash(f"{shown.indicator.ref} is stated as: {standing_at(found, today()).words}.")
    return redirect(url_for("improvement.indicator", plan_id=plan_id, indicator_id=indicator_id))
