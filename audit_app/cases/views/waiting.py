"""A case list that was read and waits for a yes: what would become of it, behind every count the rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.cases import operations, queries
from audit_app.cases.forms import EmptyForm, VersionForm
from audit_app.cases.model import StagedList
from audit_app.cases.operations.jobs import LOAD
from audit_app.cases.packing import unpack_json
from audit_app.cases.preview import value_in_words
from audit_app.cases.sheet import problems_csv
from audit_app.cases.views import blueprint
from audit_app.cases.views.doorway import UNUSED, in_order, my_paths, runs
from audit_app.frameworks.content import CATEGORIES
from audit_app.organisation.queries import tree
from audit_app.web.guard import actor
from audit_app.web.paging import SIZE, Page
from audit_app.work import operations as work

T = TypeVar("T")
KINDS = {
    "new": "New cases",
    "changed": "Changed cases",
    "closed": "Cases that are closed now",
    "gone": "Cases that are no longer on the list",
}
OUTCOMES = {"held": "Rows that would be held", "refused": "Rows that would be refused"}


def staged_or_404(staged_id: int, *, to_write: bool = False) -> StagedList:
    """A staged list of the person's own; anybody else's does not exist."""
    found = queries.find_staged(staged_id, actor().id, my_paths(), to_write=to_write)
    if found is None:
        if queries.was_staged(staged_id, actor().id):
            flash("That list is not kept any more: what was read is erased after one day. Choose the file again.")
            abort(redirect(url_for("cases.index")))
        abort(404)
    return found


@blueprint.get("/case-lists/waiting/<int(max=2147483647):staged_id>")
@runs
def waiting(staged_id: int) -> ResponseReturnValue:
    """What would become of a list if it were loaded; nothing of it is stored as a case yet."""
    one = staged_or_404(staged_id)
    if one.preview is None:
        return redirect(url_for("cases.meaning", staged_id=one.id))
    return _preview(one)


def _preview(one: StagedList, code: int = 200, *, stale: bool = False) -> ResponseReturnValue:
    shown = one.preview or {}
    cases: dict[int, dict[str, int]] = {}
    for unit_id, category, count in shown["cases"]:
        cases.setdefault(unit_id, {})[category] = count
    difference, way = shown["difference"], one.way or {}
    page = render_template(
        "cases/waiting.html",
        one=one,
        shown=shown,
        form=VersionForm(formdata=None, version=one.version_id),
        cases=cases,
        units=in_order(one.authority, set(cases)),
        categories={key: words for key, words in CATEGORIES.items() if any(key in counts for counts in cases.values())},
        telling=[column for column in shown["left_out"] if column["kind"] not in UNUSED],
        unused=[column for column in shown["left_out"] if column["kind"] in UNUSED],
        difference=difference,
        difference_from=date.fromisoformat(difference["taken_on"]) if difference else None,
        way=way,
        can_be_said=way.get("mapping") is not None or len(shown["recognised"]) == 1,
        stale=stale,
    )
    return page, code


@blueprint.post("/case-lists/waiting/<int(max=2147483647):staged_id>/load")
@runs
def confirm(staged_id: int) -> ResponseReturnValue:
    """Say yes to a preview: the worker loads it, all or nothing."""
    one = staged_or_404(staged_id, to_write=True)
    form = VersionForm()
    if one.preview is None or not form.validate():
        abort(400)
    if form.version.data != one.version_id:
        return _preview(one, 409, stale=True)
    given = {"staged": one.id, "version": one.version_id, "owner": actor().id}
    back = url_for("cases.waiting", staged_id=one.id)
    job = work.ask(LOAD, given, title=f"Load “{one.filename}”", back=back, owner=actor().id)
    return redirect(url_for("work.show", job_id=job.id))


@blueprint.post("/case-lists/waiting/<int(max=2147483647):staged_id>/cancel")
@runs
def cancel(staged_id: int) -> ResponseReturnValue:
    """Say no to a preview: what was read is erased."""
    one = staged_or_404(staged_id, to_write=True)
    if not EmptyForm().validate():
        abort(400)
    operations.erase(one)
    flash(f"“{one.filename}” was not loaded, and nothing of it is kept.")
    return redirect(url_for("cases.index"))


def _details(one: StagedList) -> dict[str, Any]:
    found: dict[str, Any] = unpack_json(one.details) if one.details else {"problems": [], "differences": {}}
    return found


def _page_of(found: Sequence[T]) -> Page[T]:
    """A page of what was packed: the address says after or before which place."""
    after, before = request.args.get("after", ""), request.args.get("before", "")
    start = _place(after) if after else max(0, _place(before) - SIZE)
    if start >= len(found):
        start = 0
    end = start + SIZE
    older = str(end) if end < len(found) else None
    return Page(found[start:end], len(found), older, str(start) if start else None, not start)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@blueprint.get("/case-lists/waiting/<int(max=2147483647):staged_id>/<any(held,refused):outcome>")
@runs
def waiting_problems(staged_id: int, outcome: str) -> ResponseReturnValue:
    """The rows that would be held, or refused: each problem with where it is and what was expected."""
    one = staged_or_404(staged_id)
    found = [problem[1:] for problem in _details(one)["problems"] if problem[0] == outcome]
    page = _page_of(found)
    return render_template("cases/waiting_problems.html", one=one, outcome=outcome, title=OUTCOMES[outcome], page=page)


@blueprint.get("/case-lists/waiting/<int(max=2147483647):staged_id>/problems.csv")
@runs
def waiting_csv(staged_id: int) -> ResponseReturnValue:
    """Every problem of a list as a file, to work through beside the case system."""
    content = problems_csv(_details(staged_or_404(staged_id))["problems"])
    answer = Response(content, mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="rows-with-problems.csv")
    return answer


@blueprint.get("/case-lists/waiting/<int(max=2147483647):staged_id>/<any(new,changed,closed,gone):kind>")
@runs
def waiting_difference(staged_id: int, kind: str) -> ResponseReturnValue:
    """The cases behind one count of what is different from the last list."""
    one = staged_or_404(staged_id)
    found = _details(one)["differences"].get(kind, [])
    page = _page_of(found)
    names = {str(unit.id): unit.name for unit in tree([one.authority.path])}

    def worded(name: str, value: str) -> str:
        if name == "team":
            return names.get(value, "")
        return CATEGORIES.get(value, value) if name == "category" else value

    rows = [
        (reference, [(value_in_words(name), worded(name, was), worded(name, now)) for name, was, now in changes])
        for reference, changes in page.items
    ]
    return render_template("cases/waiting_difference.html", one=one, kind=kind, title=KINDS[kind], page=page, rows=rows)
