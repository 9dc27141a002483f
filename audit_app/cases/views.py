"""The pages of case lists: loading one, and seeing what was read, held and refused, with why."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.cases import operations, queries
from audit_app.cases.container import Unreadable
from audit_app.cases.forms import UNDECIDED, CaseListForm, field_of, teams_form
from audit_app.cases.model import CaseList
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks.content import CATEGORIES
from audit_app.identity.queries import names_of
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.refusal import Refused
from audit_app.web.formats import plural
from audit_app.web.forms import Form
from audit_app.web.guard import actor, requires

blueprint = Blueprint("cases", __name__)
runs = requires(Permission.RUN_ROUNDS)
OUTCOMES = {"held": "Held rows", "refused": "Refused rows"}
NO_TEAM = "No team given"
UNUSED = ("repeated", "not_used")  # why a column is left out that could identify nobody
OLDEST = timedelta(days=5 * 366)


def _paths() -> tuple[str, ...]:
    return actor().paths(Permission.RUN_ROUNDS)


def _list(list_id: int, *, to_write: bool = False) -> CaseList:
    return queries.list_or_404(list_id, _paths(), to_write=to_write)


def _most_megabytes() -> int:
    megabytes: int = current_app.extensions["settings"].upload_megabytes
    return megabytes


@blueprint.get("/case-lists")
@runs
def index() -> ResponseReturnValue:
    """The case lists that were loaded, the last one first."""
    page = queries.lists_page(_paths(), after=request.args.get("after", ""), before=request.args.get("before", ""))
    several = len(queries.authorities(_paths())) > 1
    names = names_of(one.loaded_by for one in page.items if one.loaded_by)
    return render_template("cases/index.html", page=page, several=several, names=names)


def _offer(form: CaseListForm) -> list[Unit]:
    """Ask for the authority where there is a choice; where there is none, it is settled."""
    found = queries.authorities(_paths())
    form.authority.choices = [SelectChoice(value=unit.id, label=unit.name) for unit in found]
    if len(found) == 1 and not form.authority.raw_data:
        form.authority.data = found[0].id
    return found


def _asking(form: CaseListForm, found: list[Unit], code: int = 200) -> ResponseReturnValue:
    page = render_template("cases/new.html", form=form, authorities=found, megabytes=_most_megabytes())
    return page, code


@blueprint.get("/case-lists/new")
@runs
def new() -> ResponseReturnValue:
    """The form that takes a case list."""
    form = CaseListForm(formdata=None, taken_on=today())
    return _asking(form, _offer(form))


@blueprint.post("/case-lists/new")
@runs
def create() -> ResponseReturnValue:
    """Read a case list in a child process, and keep all of it or nothing."""
    form = CaseListForm()
    found = _offer(form)
    if not form.validate() or not _has_come(form):
        return _asking(form, found, 422)
    upload, taken_on, authority_id = form.file.data, form.taken_on.data, form.authority.data
    try:
        db.session.rollback()  # reading takes a while, and nobody else should wait for it
        taken = operations.take(upload.stream, upload.filename, taken_on, most_bytes=_most_megabytes() * 1024 * 1024)
    except Unreadable as problem:
        form.file.errors = [problem.reason]
    except Refused as refused:
        form.file.errors = [refused.refusal.reason]
    else:
        authority = next((unit for unit in queries.authorities(_paths()) if unit.id == authority_id), None)
        if authority is None:
            abort(404)
        kept, is_new = operations.load(taken, authority, by=actor().id)
        if is_new:
            flash(f"The case list is loaded: {plural(kept.read, 'case')} read.")
        return redirect(url_for("cases.show", list_id=kept.id, again=None if is_new else "yes"))
    return _asking(form, _offer(form), 422)


def _has_come(form: CaseListForm) -> bool:
    """Whether the day that the list was taken can be right."""
    if form.taken_on.data > today():
        form.taken_on.errors = ["The day that the list was taken must be today or in the past"]
    elif form.taken_on.data < today() - OLDEST:
        form.taken_on.errors = ["The day that the list was taken must be within the last five years"]
    return not form.taken_on.errors


@blueprint.get("/case-lists/<int(max=2147483647):list_id>")
@runs
def show(list_id: int) -> ResponseReturnValue:
    """One case list: what was read, held and refused, and what changed since the list before."""
    one = _list(list_id)
    cases = queries.cases_by_team_and_category(one)
    difference = one.summary.get("difference")
    return render_template(
        "cases/show.html",
        one=one,
        menu=_menu(one, "cases.show"),
        held=queries.reasons_of(one, "held"),
        refused=queries.reasons_of(one, "refused"),
        unknown=[team for team in queries.teams_of(one) if team.held],
        cases=cases,
        units=_in_order(one, set(cases)),
        categories={key: words for key, words in CATEGORIES.items() if any(key in counts for counts in cases.values())},
        loader=names_of([one.loaded_by or 0]).get(one.loaded_by or 0, ""),
        difference=difference,
        difference_from=date.fromisoformat(difference["taken_on"]) if difference else None,
        again=request.args.get("again") == "yes",
    )


def _in_order(one: CaseList, ids: set[int]) -> list[Unit]:
    """Units in the tree's order, closed ones included."""
    return [unit for unit in tree([one.authority.path]) if unit.id in ids]


def _menu(one: CaseList, endpoint: str, outcome: str = "") -> list[dict[str, object]]:
    """The parts of a case list's page."""
    parts: list[tuple[str, str, dict[str, Any]]] = [
        ("What was read", "cases.show", {}),
        (f"Held ({one.held:,})", "cases.problems", {"outcome": "held"}),
        (f"Refused ({one.refused:,})", "cases.problems", {"outcome": "refused"}),
        ("Teams", "cases.teams", {}),
        ("Sheets and columns", "cases.columns", {}),
    ]
    return [
        {
            "text": text,
            "href": url_for(part, list_id=one.id, **values),
            "current": part == endpoint and values.get("outcome", "") == outcome,
        }
        for text, part, values in parts
    ]


@blueprint.get("/case-lists/<int(max=2147483647):list_id>/<any(held,refused):outcome>")
@runs
def problems(list_id: int, outcome: str) -> ResponseReturnValue:
    """The rows of a list that are held, or that were refused: each problem with where it is."""
    one = _list(list_id)
    page = queries.problems_page(
        one, outcome, after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return render_template(
        "cases/problems.html",
        one=one,
        outcome=outcome,
        title=OUTCOMES[outcome],
        page=page,
        menu=_menu(one, "cases.problems", outcome),
    )


@blueprint.get("/case-lists/<int(max=2147483647):list_id>/columns")
@runs
def columns(list_id: int) -> ResponseReturnValue:
    """How a list was read: its sheets, the columns taken and left out, and what was doubtful."""
    one = _list(list_id)
    telling = [column for column in one.summary["left_out"] if column["kind"] not in UNUSED]
    unused = [column for column in one.summary["left_out"] if column["kind"] in UNUSED]
    menu = _menu(one, "cases.columns")
    return render_template("cases/columns.html", one=one, menu=menu, telling=telling, unused=unused)


def _naming(one: CaseList, *, sent: bool) -> tuple[Form, list[queries.Team], dict[int, Unit]]:
    """The form of a list's team names, the teams, and the units they may mean."""
    teams = {team.key: team for team in queries.teams_of(one)}
    units = {unit.id: unit for unit in queries.units_for_cases(one.authority)}
    top = min((unit.depth for unit in units.values()), default=0)
    choices = [SelectChoice(value=UNDECIDED, label="Not decided")]
    choices += [SelectChoice(value=u.id, label="\u2003" * (u.depth - top) + u.name) for u in units.values()]
    # A name that somebody else settled meanwhile may still be sent.
    labels = [(key, teams[key].label if key in teams else key) for key in queries.labels_of(one)]
    made = teams_form([(key, shown or NO_TEAM) for key, shown in labels], choices)
    remembered = queries.remembered_teams(one.authority_id)
    form = made() if sent else made(formdata=None)
    for team in teams.values():
        known = team.unit_id or remembered.get(team.key)
        if not sent and known in units:
            form[field_of(team.key)].data = known
    return form, list(teams.values()), units


@blueprint.get("/case-lists/<int(max=2147483647):list_id>/teams")
@runs
def teams(list_id: int) -> ResponseReturnValue:
    """What a list calls its teams, and the unit that each means."""
    one = _list(list_id)
    form, found, _ = _naming(one, sent=False)
    return _teams_page(one, form, found)


def _teams_page(one: CaseList, form: Form, found: list[queries.Team], code: int = 200) -> ResponseReturnValue:
    fields = {team.key: form[field_of(team.key)] for team in found}
    page = render_template(
        "cases/teams.html",
        one=one,
        form=form,
        fields=fields,
        teams=found,
        menu=_menu(one, "cases.teams"),
        no_team=NO_TEAM,
    )
    return page, code


@blueprint.post("/case-lists/<int(max=2147483647):list_id>/teams")
@runs
def name_teams(list_id: int) -> ResponseReturnValue:
    """Say which units team names mean: remembered, and at once for the rows that were held for it."""
    one = _list(list_id, to_write=True)
    form, found, units = _naming(one, sent=True)
    if not form.validate():
        return _teams_page(one, form, found, 422)
    chosen = {team.key: form[field_of(team.key)].data for team in found}
    unknown = {team.key for team in found if team.held}
    named = {
        team.key: units[chosen[team.key]]
        for team in found
        if chosen[team.key] in units and (team.key in unknown or chosen[team.key] != team.unit_id)
    }
    if not named:
        form.form_errors.append("Choose a unit for at least one team name that has none, or another one.")
        return _teams_page(one, form, found, 422)
    try:
        settled, moved = operations.name_teams(one, named, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _teams_page(one, form, found, 422)
    flash(" ".join(filter(None, ["The teams are set.", _settled(settled), _moved(moved)])))
    return redirect(url_for("cases.show", list_id=one.id))


def _settled(count: int) -> str:
    return f"{plural(count, 'row that was held is', 'rows that were held are')} now read." if count else ""


def _moved(count: int) -> str:
    return f"{plural(count, 'case')} moved to another unit." if count else ""
