"""The pages on which a round is opened, closed, and opened again."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.cases.model import CaseList
from audit_app.cases.queries import lists_around
from audit_app.clock import today
from audit_app.frameworks.model import ToolVersion
from audit_app.programmes import operations, queries
from audit_app.programmes.forms import NO_LIST, ConfirmForm, RoundChangeForm, RoundForm
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.rules import months_around, refusal_to_be_due, usual_month
from audit_app.programmes.views import blueprint
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import day, month, plural
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


def _programme(programme_id: int, *, to_write: bool = False) -> Programme:
    return queries.programme_or_404(programme_id, actor(), to_write=to_write)


def _round(round_id: int, *, to_write: bool = False) -> Round:
    return queries.round_or_404(round_id, actor(), to_write=to_write)


def _choices_of_lists(lists: dict[int, CaseList]) -> list[SelectChoice]:
    offered = [
        SelectChoice(value=one.id, label=f"Taken on {day(one.taken_on)}: {plural(one.read, 'case')}")
        for one in lists.values()
    ]
    return [*offered, NO_LIST]


def _offer_round(programme: Programme, form: RoundForm) -> tuple[dict[int, ToolVersion], dict[int, CaseList]]:
    """Ask for a month, a version of the tool and a case list among those that there are."""
    tools = {tool.id: tool for tool in queries.versions_of(programme.tool_key)}
    lists = {one.id: one for one in lists_around(programme.unit.path)}
    taken = queries.months_taken(programme)
    free = [first for first in months_around(today()) if first not in taken]
    form.month.choices = [SelectChoice(value=f"{first:%Y-%m}", label=month(first)) for first in free]
    form.tool_version.choices = [
        SelectChoice(value=tool.id, label=f"{tool.name}, version {tool.version}") for tool in tools.values()
    ]
    form.case_list.choices = _choices_of_lists(lists)
    return tools, lists


def _due_can_be(form: RoundForm | RoundChangeForm, first: date, kept: date | None = None) -> bool:
    """Whether audits can be due on the day that was typed, said at its field; empty, it is counted."""
    due = form.due_on.data
    refusal = refusal_to_be_due(first, due, today()) if due is not None and due != kept else None
    if refusal is not None:
        form.due_on.errors = [refusal.reason]
    return refusal is None


def _opening(programme: Programme, form: RoundForm, code: int = 200) -> ResponseReturnValue:
    return render_template("programmes/open_round.html", programme=programme, form=form), code


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/open-round")
@runs
def open_round(programme_id: int) -> ResponseReturnValue:
    """The form that opens a round."""
    programme, form = _programme(programme_id), RoundForm(formdata=None)
    _offer_round(programme, form)
    first = usual_month([date.fromisoformat(f"{choice.value}-01") for choice in form.month.choices], today())
    if first is not None:
        form.month.data = f"{first:%Y-%m}"
        form.due_on.process_data(operations.due_day(programme, first))
    return _opening(programme, form)


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/open-round")
@runs
def start_round(programme_id: int) -> ResponseReturnValue:
    """Open a round."""
    programme, form = _programme(programme_id, to_write=True), RoundForm()
    tools, lists = _offer_round(programme, form)
    first = date.fromisoformat(f"{form.month.data}-01") if form.validate() else None
    if first is not None and _due_can_be(form, first):
        try:
            opened = operations.open_round(
                programme,
                first,
                tools[form.tool_version.data],
                lists.get(form.case_list.data),
                form.due_on.data,
                by=actor().id,
            )
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The round of {month(first)} is open. Audits fall due on {day(opened.due_on)}.")
            return redirect(url_for("sampling.board", round_id=opened.id))
    return _opening(programme, form, 422)


def _offer_lists(round_: Round, form: RoundChangeForm) -> dict[int, CaseList]:
    """Ask for a case list among those that there are, with the one that the round has."""
    lists = {one.id: one for one in lists_around(round_.programme.unit.path)}
    if round_.case_list is not None:
        lists.setdefault(round_.case_list.id, round_.case_list)
    form.case_list.choices = _choices_of_lists(lists)
    return lists


@blueprint.get("/rounds/<int(max=2147483647):round_id>/change")
@runs
def edit_round(round_id: int) -> ResponseReturnValue:
    """The form that chooses a round's case list or another due day."""
    round_ = _round(round_id)
    form = RoundChangeForm(formdata=None, version=round_.version_id, case_list=round_.case_list_id or NO_LIST.value)
    form.due_on.process_data(round_.due_on)
    _offer_lists(round_, form)
    return render_template("programmes/change_round.html", round=round_, form=form)


@blueprint.post("/rounds/<int(max=2147483647):round_id>/change")
@runs
def update_round(round_id: int) -> ResponseReturnValue:
    """Choose a round's case list, or another due day."""
    round_, form = _round(round_id, to_write=True), RoundChangeForm()
    lists = _offer_lists(round_, form)
    code, stale = 422, False
    fresh = form.version.data == round_.version_id
    if form.validate() and (not fresh or _due_can_be(form, round_.month, round_.due_on)):
        try:
            chosen = lists.get(form.case_list.data)
            operations.change_round(round_, chosen, form.due_on.data, form.version.data, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        except Stale:
            # What was chosen stays in the form beside what somebody else saved; saving again replaces theirs.
            form.version.data, code, stale = round_.version_id, 409, True
        else:
            flash(f"The round of {month(round_.month)} is changed.")
            return redirect(url_for("sampling.board", round_id=round_.id))
    return render_template("programmes/change_round.html", round=round_, form=form, stale=stale), code


@blueprint.get("/rounds/<int(max=2147483647):round_id>/close")
@runs
def closing(round_id: int) -> ResponseReturnValue:
    """What closing a round means, before it is done."""
    return _confirm(_round(round_id), ConfirmForm(formdata=None))


@blueprint.get("/rounds/<int(max=2147483647):round_id>/reopen")
@runs
def reopening(round_id: int) -> ResponseReturnValue:
    """What opening a round again means, before it is done."""
    return _confirm(_round(round_id), ConfirmForm(formdata=None))


def _confirm(round_: Round, form: ConfirmForm, code: int = 200) -> ResponseReturnValue:
    """The page for what can be done now: an open round is closed, a closed one is opened again."""
    return render_template("programmes/close.html", round=round_, form=form), code


@blueprint.post("/rounds/<int(max=2147483647):round_id>/close")
@runs
def close(round_id: int) -> ResponseReturnValue:
    """Close a round."""
    return _change(round_id, operations.close_round, "is closed")


@blueprint.post("/rounds/<int(max=2147483647):round_id>/reopen")
@runs
def reopen(round_id: int) -> ResponseReturnValue:
    """Open a closed round again."""
    return _change(round_id, operations.reopen_round, "is open again")


def _change(round_id: int, change: Callable[..., None], done: str) -> ResponseReturnValue:
    round_, form = _round(round_id, to_write=True), ConfirmForm()
    if form.validate():
        try:
            change(round_, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The round of {month(round_.month)} {done}.")
            return redirect(url_for("sampling.board", round_id=round_.id))
    return _confirm(round_, form, 422)
