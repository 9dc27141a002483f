"""Saying what the columns of an authority's own kind of list hold: once, and remembered."""

from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.cases import operations
from audit_app.cases.codes import folded
from audit_app.cases.forms import LONGEST_NAME, NOT_USED, OF_ITS_OWN, ColumnFields, meaning_form
from audit_app.cases.mapping import Mapping, faults_of
from audit_app.cases.model import StagedList
from audit_app.cases.operations.jobs import READ_AGAIN
from audit_app.cases.views import blueprint
from audit_app.cases.views.doorway import runs
from audit_app.cases.views.waiting import staged_or_404
from audit_app.cases.ways import Way
from audit_app.web.forms import Form
from audit_app.web.guard import actor
from audit_app.work import operations as work


def _table(one: StagedList, place: int) -> dict[str, Any]:
    if not 0 <= place < len(one.tables):
        abort(404)
    return one.tables[place]


def _said_already(one: StagedList, table: dict[str, Any]) -> Mapping | None:
    """What the columns of a sheet are said to hold now."""
    if one.way is None or one.way["mapping"] is None or one.way["sheet"] != table["sheet"]:
        return None
    return Mapping.restored(one.way["mapping"])


@blueprint.get("/case-lists/waiting/<int(max=2147483647):staged_id>/columns")
@runs
def meaning(staged_id: int) -> ResponseReturnValue:
    """Which sheet of a workbook holds the cases; where there is one, what its columns hold."""
    one = staged_or_404(staged_id)
    if len(one.tables) == 1:
        return redirect(url_for("cases.sheet", staged_id=one.id, place=0))
    return render_template("cases/sheets.html", one=one)


@blueprint.get("/case-lists/waiting/<int(max=2147483647):staged_id>/columns/<int(max=2147483647):place>")
@runs
def sheet(staged_id: int, place: int) -> ResponseReturnValue:
    """Each column of a sheet with examples of its values, and a choice of what it may hold."""
    one = staged_or_404(staged_id)
    table = _table(one, place)
    said = _said_already(one, table)
    form = _filled(one, table, said)
    return _page(one, place, table, form)


def _filled(one: StagedList, table: dict[str, Any], said: Mapping | None) -> Form:
    made = meaning_form(table["columns"])
    name = (one.way or {}).get("name") or one.filename.rpartition(".")[0][:LONGEST_NAME] or "Case list"
    form = made(formdata=None, version=one.version_id, called=name)
    holds = {folded(heading): field for heading, field in said.columns} if said else {}
    names = {folded(heading): name for heading, name in said.extras} if said else {}
    for at, column in enumerate(table["columns"]):
        key, fields = folded(column["heading"]), ColumnFields.of(at)
        if fields.holds not in form:
            continue
        if key in names:
            form[fields.holds].data, form[fields.name].data = OF_ITS_OWN, names[key]
        else:
            form[fields.holds].data = holds.get(key, NOT_USED) if said else column["guess"]
    return form


def _page(
    one: StagedList, place: int, table: dict[str, Any], form: Form, code: int = 200, *, stale: bool = False
) -> ResponseReturnValue:
    added = {folded(heading) for heading in (one.way or {}).get("added", ())}
    columns = []
    for at, column in enumerate(table["columns"]):
        names = ColumnFields.of(at)
        asked = names.holds in form
        columns.append(
            {
                **column,
                "holds": form[names.holds] if asked else None,
                "name": form[names.name] if asked and not column["kind"] else None,
                "new": folded(column["heading"]) in added,
            }
        )
    page = render_template(
        "cases/meaning.html", one=one, place=place, table=table, form=form, columns=columns, stale=stale
    )
    return page, code


@blueprint.post("/case-lists/waiting/<int(max=2147483647):staged_id>/columns/<int(max=2147483647):place>/read")
@runs
def read(staged_id: int, place: int) -> ResponseReturnValue:
    """Remember what the columns hold, and read the list by it."""
    one = staged_or_404(staged_id, to_write=True)
    table = _table(one, place)
    form = meaning_form(table["columns"])()
    fine = form.validate()
    mapping = _mapping(table, form)
    faults = faults_of(mapping, {column["heading"]: column["kind"] for column in table["columns"]})
    if not fine or faults:
        form.form_errors.extend(faults)
        return _page(one, place, table, form, 422)
    if form.version.data != one.version_id:
        form.version.data = one.version_id
        return _page(one, place, table, form, 409, stale=True)
    name = form.called.data
    way = Way(table["sheet"], mapping, name)
    headings = [column["heading"] for column in table["columns"]]
    operations.remember(one.authority, name, way, headings, by=actor().id)
    given = {"staged": one.id, "version": one.version_id, "way": way.stored(), "owner": actor().id}
    back = url_for("cases.sheet", staged_id=one.id, place=place)
    job = work.ask(READ_AGAIN, given, title=f"Read “{one.filename}”", back=back, owner=actor().id)
    return redirect(url_for("work.show", job_id=job.id))


def _mapping(table: dict[str, Any], form: Form) -> Mapping:
    columns, extras = [], []
    for at, column in enumerate(table["columns"]):
        names = ColumnFields.of(at)
        if names.holds not in form or form[names.holds].data in (NOT_USED, None):
            continue
        if form[names.holds].data == OF_ITS_OWN:
            extras.append((column["heading"], key_of(form[names.name].data or column["heading"])))
        else:
            columns.append((column["heading"], form[names.holds].data))
    return Mapping(tuple(columns), tuple(extras))


def key_of(name: str) -> str:
    """The name that a detail is kept under: lower case, words joined."""
    return "_".join("".join(sign if sign.isalnum() else " " for sign in name.casefold()).split())
