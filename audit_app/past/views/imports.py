"""The imports of past audits: which there are, the rows of one, and taking one back whole."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.identity.queries import names_of
from audit_app.past import operations, queries
from audit_app.past.forms import VersionForm
from audit_app.past.model import PastImport
from audit_app.past.views import blueprint
from audit_app.past.views.reading import my_paths, runs
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import plural
from audit_app.web.guard import actor

ONE = "/past-audits/<int(max=2147483647):import_id>"


@blueprint.get("/past-audits")
@runs
def index() -> ResponseReturnValue:
    """The spreadsheets that were imported, the last one first, and what waits for a yes."""
    page = queries.imports_page(my_paths(), after=request.args.get("after", ""), before=request.args.get("before", ""))
    names = names_of(one.imported_by for one in page.items if one.imported_by)
    waiting = queries.staged_of(actor().id, my_paths())
    return render_template("past/index.html", page=page, names=names, waiting=waiting)


@blueprint.get(ONE)
@runs
def show(import_id: int) -> ResponseReturnValue:
    """One import: its file, its months, and its rows."""
    one = queries.import_or_404(import_id, my_paths())
    people = [who for who in (one.imported_by, one.taken_back_by) if who]
    page = None
    if one.taken_back_at is None:
        page = queries.audits_page(one, after=request.args.get("after", ""), before=request.args.get("before", ""))
    return render_template("past/show.html", one=one, page=page, names=names_of(people))


def _taking_back(one: PastImport, code: int = 200, said: str = "") -> ResponseReturnValue:
    form = VersionForm(formdata=None, version=one.version_id)
    return render_template("past/take_back.html", one=one, form=form, said=said), code


@blueprint.get(ONE + "/taking-back")
@runs
def taking_back(import_id: int) -> ResponseReturnValue:
    """What taking an import back would do, before it is done."""
    return _taking_back(queries.import_or_404(import_id, my_paths()))


@blueprint.post(ONE + "/taking-back")
@runs
def take_back(import_id: int) -> ResponseReturnValue:
    """Take an import back whole."""
    one = queries.import_or_404(import_id, my_paths(), to_write=True)
    form = VersionForm()
    if not form.validate():
        abort(400)
    try:
        operations.take_back(one, form.version.data, by=actor().id)
    except Stale as stale:
        return _taking_back(one, 409, str(stale))
    except Refused as refused:
        return _taking_back(one, 422, refused.refusal.reason)
    flash(f"The import is taken back: {plural(one.rows, 'past audit')} removed from every figure.")
    return redirect(url_for("past.show", import_id=one.id))
