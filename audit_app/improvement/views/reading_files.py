"""Readings from a file: handed in, its columns explained once, shown as they would become, and taken."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.cases.codes import folded
from audit_app.cases.forms import LONGEST_NAME, NOT_USED, ColumnFields, meaning_form
from audit_app.cases.mapping import Mapping
from audit_app.cases.ways import Way
from audit_app.improvement import queries
from audit_app.improvement.bringing import said
from audit_app.improvement.columns import READINGS
from audit_app.improvement.forms import ConfirmForm
from audit_app.improvement.forms.reading_files import ReadingsFileForm, TakeForm
from audit_app.improvement.model import Plan, ReadingsFile
from audit_app.improvement.operations import reading_files as operations
from audit_app.improvement.queries.reading_files import readings_file_or_404, readings_waiting
from audit_app.improvement.views import blueprint
from audit_app.improvement.views.doorway import ONE, edits, plan_to_edit
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import plural
from audit_app.web.forms import Form
from audit_app.web.guard import actor

MOST_PROBLEMS = 200
FILE = ONE + "/readings/<int(max=2147483647):readings_id>"
SHEET = FILE + "/columns/<int(max=2147483647):place>"


def _mine(plan_id: int, readings_id: int) -> ReadingsFile:
    return readings_file_or_404(plan_to_edit(plan_id), readings_id, actor().id)


def _asking(plan: Plan, form: ReadingsFileForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "improvement/readings_new.html", plan=plan, form=form, waiting=readings_waiting(plan, actor().id)
    )
    return page, code


@blueprint.get(ONE + "/readings/new")
@edits
def readings_new(plan_id: int) -> ResponseReturnValue:
    """The form that takes a file of readings."""
    return _asking(plan_to_edit(plan_id), ReadingsFileForm(formdata=None))


@blueprint.post(ONE + "/readings/new")
@edits
def readings_send(plan_id: int) -> ResponseReturnValue:
    """Read a file, and lead to what would become of it, or to what its columns hold."""
    plan, form = plan_to_edit(plan_id), ReadingsFileForm()
    if not form.validate():
        return _asking(plan, form, 422)
    try:
        kept = operations.send_in(plan, form.file.data.stream, form.file.data.filename, by=actor().id)
    except Refused as refused:
        form.file.errors = [refused.refusal.reason]
        return _asking(plan, form, 422)
    return redirect(url_for("improvement.readings_check", plan_id=plan_id, readings_id=kept.id))


@blueprint.get(SHEET)
@edits
def readings_columns(plan_id: int, readings_id: int, place: int) -> ResponseReturnValue:
    """Each column of a sheet with examples of its values, and a choice of what it may hold."""
    kept = _mine(plan_id, readings_id)
    table = _table(kept, place)
    name = (kept.way or {}).get("name") or kept.filename.rpartition(".")[0][:LONGEST_NAME] or "Readings"
    form = meaning_form(table["columns"], READINGS)(formdata=None, version=kept.version_id, called=name)
    known = {folded(head): of for head, of in (kept.way["mapping"]["columns"] if kept.way else {}).items()}
    for at, column in enumerate(table["columns"]):
        holds = ColumnFields.of(at).holds
        if holds in form:
            form[holds].data = known.get(folded(column["heading"]), NOT_USED) if known else column["guess"]
    return _columns_page(kept, place, form)


def _table(kept: ReadingsFile, place: int) -> dict[str, Any]:
    return kept.tables[place] if place < len(kept.tables) else abort(404)


def _columns_page(kept: ReadingsFile, place: int, form: Form, code: int = 200, stale: str = "") -> ResponseReturnValue:
    table = _table(kept, place)
    columns = [
        {**column, "holds": form[name] if (name := ColumnFields.of(at).holds) in form else None}
        for at, column in enumerate(table["columns"])
    ]
    page = render_template(
        "improvement/readings_columns.html",
        plan=kept.plan,
        kept=kept,
        place=place,
        table=table,
        form=form,
        columns=columns,
        said=stale,
    )
    return page, code


@blueprint.post(SHEET)
@edits
def readings_explain(plan_id: int, readings_id: int, place: int) -> ResponseReturnValue:
    """Remember what the columns hold, and read the file by it."""
    kept = _mine(plan_id, readings_id)
    table = _table(kept, place)
    form = meaning_form(table["columns"], READINGS)()
    fine = form.validate()
    held = [
        (column["heading"], form[name].data)
        for at, column in enumerate(table["columns"])
        if (name := ColumnFields.of(at).holds) in form and form[name].data not in (NOT_USED, None)
    ]
    way = Way(table["sheet"], Mapping(tuple(held)), form.called.data or "")
    faults = operations.faults_in(kept, way, place)
    if not fine or faults:
        form.form_errors.extend(faults)
        return _columns_page(kept, place, form, 422)
    headings = [column["heading"] for column in table["columns"]]
    try:
        operations.explain(kept, way, headings, form.version.data, by=actor().id)
    except Stale as stale:
        form.version.data = kept.version_id
        return _columns_page(kept, place, form, 409, str(stale))
    return redirect(url_for("improvement.readings_check", plan_id=plan_id, readings_id=readings_id))


def _checking(kept: ReadingsFile, form: TakeForm, code: int = 200) -> ResponseReturnValue:
    looked = operations.look_at(kept)
    form.mark.data = looked.mark
    indicators = {one.ref: one for one in queries.indicators_of(kept.plan)}
    brought = {change.ref for change in looked.changes} | {ref for ref, _ in looked.found.findings}
    page = render_template(
        "improvement/readings_check.html",
        plan=kept.plan,
        kept=kept,
        form=form,
        found=looked.found,
        problems=looked.found.problems[:MOST_PROBLEMS],
        more=max(0, len(looked.found.problems) - MOST_PROBLEMS),
        changes=looked.changes,
        indicators=indicators,
        silent=[one for one in indicators.values() if one.ref not in brought and one.kind != "live"],
        said=said,
        place=next((at for at, one in enumerate(kept.tables) if one["sheet"] == (kept.way or {})["sheet"]), 0),
    )
    return page, code


@blueprint.get(FILE)
@edits
def readings_check(plan_id: int, readings_id: int) -> ResponseReturnValue:
    """What is wrong with a file of readings, or what it would change; first what its columns hold."""
    kept = _mine(plan_id, readings_id)
    if kept.way is None:
        likely = next((at for at, one in enumerate(kept.tables) if one["likely"]), 0)
        return redirect(url_for("improvement.readings_columns", plan_id=plan_id, readings_id=readings_id, place=likely))
    return _checking(kept, TakeForm(formdata=None))


@blueprint.post(FILE)
@edits
def readings_take(plan_id: int, readings_id: int) -> ResponseReturnValue:
    """Keep every reading of a file, or none."""
    kept, form = _mine(plan_id, readings_id), TakeForm()
    if kept.way is None or not form.validate():
        abort(400)
    try:
        taken = operations.take(kept, form.mark.data or "", by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _checking(kept, form, 422)
    except Stale:
        form.form_errors.append("Somebody changed this plan after you looked. This is what the file would change now.")
        return _checking(kept, form, 409)
    flash(f"{plural(taken, 'reading')} from “{kept.filename}” kept.")
    return redirect(url_for("improvement.show", plan_id=plan_id))


@blueprint.post(FILE + "/cancel")
@edits
def readings_cancel(plan_id: int, readings_id: int) -> ResponseReturnValue:
    """Say no to a file: what was read is erased."""
    kept = _mine(plan_id, readings_id)
    if not ConfirmForm().validate():
        abort(400)
    operations.erase(kept)
    flash(f"Nothing of “{kept.filename}” was taken, and nothing of it is kept.")
    return redirect(url_for("improvement.show", plan_id=plan_id))
