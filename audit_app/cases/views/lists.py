"""The case lists that were loaded, and what became of the rows of one."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from audit_app.cases import queries
from audit_app.cases.views import blueprint
from audit_app.cases.views.doorway import UNUSED, in_order, list_or_404, menu_of, my_paths, runs
from audit_app.frameworks.content import CATEGORIES
from audit_app.identity.queries import names_of
from audit_app.web.guard import actor

OUTCOMES = {"held": "Held rows", "refused": "Refused rows"}


@blueprint.get("/case-lists")
@runs
def index() -> ResponseReturnValue:
    """The case lists that were loaded, the last one first."""
    page = queries.lists_page(my_paths(), after=request.args.get("after", ""), before=request.args.get("before", ""))
    several = len(queries.authorities(my_paths())) > 1
    names = names_of(one.loaded_by for one in page.items if one.loaded_by)
    waiting = queries.staged_of(actor().id, my_paths())
    return render_template("cases/index.html", page=page, several=several, names=names, waiting=waiting)


@blueprint.get("/case-lists/<int(max=2147483647):list_id>")
@runs
def show(list_id: int) -> ResponseReturnValue:
    """One case list: what was read, held and refused, and what changed since the list before."""
    one = list_or_404(list_id)
    cases = queries.cases_by_team_and_category(one)
    difference = one.summary.get("difference")
    return render_template(
        "cases/show.html",
        one=one,
        menu=menu_of(one, "cases.show"),
        held=queries.reasons_of(one, "held"),
        refused=queries.reasons_of(one, "refused"),
        unknown=[team for team in queries.teams_of(one) if team.held],
        cases=cases,
        units=in_order(one.authority, set(cases)),
        categories={key: words for key, words in CATEGORIES.items() if any(key in counts for counts in cases.values())},
        loader=names_of([one.loaded_by or 0]).get(one.loaded_by or 0, ""),
        difference=difference,
        difference_from=date.fromisoformat(difference["taken_on"]) if difference else None,
        again=request.args.get("again") == "yes",
    )


@blueprint.get("/case-lists/<int(max=2147483647):list_id>/<any(held,refused):outcome>")
@runs
def problems(list_id: int, outcome: str) -> ResponseReturnValue:
    """The rows of a list that are held, or that were refused: each problem with where it is."""
    one = list_or_404(list_id)
    page = queries.problems_page(
        one, outcome, after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return render_template(
        "cases/problems.html",
        one=one,
        outcome=outcome,
        title=OUTCOMES[outcome],
        page=page,
        menu=menu_of(one, "cases.problems", outcome),
    )


@blueprint.get("/case-lists/<int(max=2147483647):list_id>/columns")
@runs
def columns(list_id: int) -> ResponseReturnValue:
    """How a list was read: its sheets, the columns taken and left out, and what was doubtful."""
    one = list_or_404(list_id)
    telling = [column for column in one.summary["left_out"] if column["kind"] not in UNUSED]
    unused = [column for column in one.summary["left_out"] if column["kind"] in UNUSED]
    menu = menu_of(one, "cases.columns")
    return render_template("cases/columns.html", one=one, menu=menu, telling=telling, unused=unused)
