"""The pages of the calendar: what is planned, opened from it, skipped."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.programmes import operations, queries
from audit_app.programmes.forms import MonthForm, SkipForm
from audit_app.programmes.model import Programme
from audit_app.programmes.planning import State
from audit_app.programmes.views import blueprint
from audit_app.programmes.views.programmes import shown
from audit_app.programmes.working_days import known_until
from audit_app.refusal import Refused
from audit_app.web.formats import day, month
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


@blueprint.get("/programmes/calendar")
@runs
def calendar() -> ResponseReturnValue:
    """The calendar of all programmes: what is coming, and who is busy."""
    programmes = queries.programmes_of(actor())
    months = queries.months_of(programmes)
    late = any(one.due_may_move for found in months for _, one in found.rounds)
    return render_template(
        "programmes/calendar.html",
        months=months,
        unplanned=[one for one in programmes if one.frequency == "as_needed" and one.ended_at is None],
        known_until=known_until() if late else None,
    )


def _month_form(programme: Programme, form: MonthForm) -> MonthForm:
    form.offer(one.month for one in queries.calendar_of(programme))
    return form


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/open-planned")
@runs
def open_planned(programme_id: int) -> ResponseReturnValue:
    """Open a planned round as it is usual."""
    programme = queries.programme_or_404(programme_id, actor(), to_write=True)
    form = _month_form(programme, MonthForm())
    if not form.validate():
        return shown(programme, 422, "Choose a month of the calendar.")
    try:
        opened = operations.open_planned(programme, form.chosen, by=actor().id)
    except Refused as refused:
        return shown(programme, 422, refused.refusal.reason)
    done = f"The round of {month(opened.month)} is open. Audits fall due on {day(opened.due_on)}."
    flash(done if opened.case_list else f"{done} Choose a case list: none was taken lately.")
    return redirect(url_for("sampling.board", round_id=opened.id))


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/skip-month")
@runs
def skipping(programme_id: int) -> ResponseReturnValue:
    """The form that skips a planned month."""
    programme = queries.programme_or_404(programme_id, actor())
    form = SkipForm(formdata=None, month=request.args.get("month", ""))
    return _skipping(programme, form)


def _skipping(programme: Programme, form: SkipForm, code: int = 200) -> ResponseReturnValue:
    _offer_to_skip(programme, form)
    return render_template("programmes/skip.html", programme=programme, form=form), code


def _offer_to_skip(programme: Programme, form: SkipForm) -> None:
    form.offer(one.month for one in queries.calendar_of(programme) if one.may_skip)


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/skip-month")
@runs
def skip(programme_id: int) -> ResponseReturnValue:
    """Skip a planned month."""
    programme, form = queries.programme_or_404(programme_id, actor(), to_write=True), SkipForm()
    _offer_to_skip(programme, form)
    if form.validate():
        try:
            operations.skip_month(programme, form.chosen, form.reason.data or "", by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{month(form.chosen)} is skipped. You can plan it again.")
            return redirect(url_for("programmes.show", programme_id=programme.id))
    return _skipping(programme, form, 422)


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/plan-again")
@runs
def plan_again(programme_id: int) -> ResponseReturnValue:
    """Plan a month again that was skipped."""
    programme, form = queries.programme_or_404(programme_id, actor(), to_write=True), MonthForm()
    form.offer(one.month for one in queries.calendar_of(programme) if one.state is State.SKIPPED)
    if not form.validate():
        return shown(programme, 422, "This month is not skipped.")
    operations.plan_again(programme, form.chosen, by=actor().id)
    flash(f"{month(form.chosen)} is planned again.")
    return redirect(url_for("programmes.show", programme_id=programme.id))
