"""Plans as files: the empty one, a plan's own, and one that is sent in, looked at, and taken."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.history.operations import record
from audit_app.improvement import operations, queries, writing
from audit_app.improvement.forms import ConfirmForm, FileForm
from audit_app.improvement.layout import SHEETS
from audit_app.improvement.model import PlanFile
from audit_app.improvement.operations.filing import look_at
from audit_app.improvement.queries.told import told_to
from audit_app.improvement.views import blueprint
from audit_app.improvement.views.doorway import ONE, edits, my_units, plan_to_read, sees, workbook
from audit_app.refusal import Refused
from audit_app.web.guard import actor, records_reading

MOST_PROBLEMS = 200
FILE = "/plans/files/<int(max=2147483647):file_id>"


@blueprint.get("/plans/files/template.xlsx")
@edits
def file_template() -> ResponseReturnValue:
    """The empty file, with a sheet that says what is to stand where."""
    return workbook(writing.template(), "improvement-plan.xlsx")


@blueprint.get(ONE + "/plan.xlsx")
@sees
@records_reading
def file_of(plan_id: int) -> ResponseReturnValue:
    """A plan as the file that would make it."""
    plan = plan_to_read(plan_id)
    record("plan.downloaded", subject=plan.subject, by=actor().id)
    return workbook(writing.plan_file(told_to(actor()).written(queries.written_of(plan))), f"plan-{plan.id}.xlsx")


def _asking(form: FileForm, code: int = 200) -> ResponseReturnValue:
    return render_template("improvement/file_new.html", form=form, sheets=SHEETS), code


@blueprint.get("/plans/files/new")
@edits
def file_new() -> ResponseReturnValue:
    """The form that takes a file."""
    form = FileForm(formdata=None)
    form.offer(my_units())
    return _asking(form)


@blueprint.post("/plans/files/new")
@edits
def file_send() -> ResponseReturnValue:
    """Read a file, and lead to what would become of it."""
    form, units = FileForm(), my_units()
    form.offer(units)
    if not form.validate():
        return _asking(form, 422)
    unit = next(one for one in units if one.id == form.unit.data)
    try:
        kept = operations.send_in(unit, form.file.data.stream, form.file.data.filename, by=actor().id)
    except Refused as refused:
        form.file.errors = [refused.refusal.reason]
        return _asking(form, 422)
    return redirect(url_for("improvement.file_check", file_id=kept.id))


def _checking(kept: PlanFile, form: ConfirmForm, code: int = 200) -> ResponseReturnValue:
    written, problems, changes = look_at(kept)
    page = render_template(
        "improvement/file_check.html",
        kept=kept,
        form=form,
        written=written,
        problems=problems[:MOST_PROBLEMS],
        more=max(0, len(problems) - MOST_PROBLEMS),
        changes=changes,
    )
    return page, code


@blueprint.get(FILE)
@edits
def file_check(file_id: int) -> ResponseReturnValue:
    """What is wrong with a file, or what it would change."""
    return _checking(queries.file_or_404(file_id, actor()), ConfirmForm(formdata=None))


@blueprint.post(FILE)
@edits
def file_take(file_id: int) -> ResponseReturnValue:
    """Take the plan from the file: all of it, or nothing."""
    kept, form = queries.file_or_404(file_id, actor()), ConfirmForm()
    if not form.validate():
        abort(400)
    try:
        plan = operations.take_file(kept, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _checking(kept, form, 422)
    flash(f"{plan.name} says what the file says.")
    return redirect(url_for("improvement.show", plan_id=plan.id))
