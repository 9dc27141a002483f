"""What a list calls its teams, and the unit that each means."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.cases import operations, queries
from audit_app.cases.forms import UNDECIDED, field_of, teams_form
from audit_app.cases.model import CaseList
from audit_app.cases.views import blueprint
from audit_app.cases.views.doorway import list_or_404, menu_of, runs
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.refusal import Refused
from audit_app.web.formats import plural
from audit_app.web.forms import Form
from audit_app.web.guard import actor

NO_TEAM = "No team given"


def _naming(one: CaseList, *, sent: bool) -> tuple[Form, list[queries.Team], dict[int, Unit]]:
    """The form of a list's team names, the teams, and the units they may mean."""
    teams = {team.key: team for team in queries.teams_of(one)}
    units = {unit.id: unit for unit in queries.units_for_cases(one.authority)}
    choices = [SelectChoice(value=UNDECIDED, label="Not decided")]
    choices += unit_choices(units.values())
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
    one = list_or_404(list_id)
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
        menu=menu_of(one, "cases.teams"),
        no_team=NO_TEAM,
    )
    return page, code


@blueprint.post("/case-lists/<int(max=2147483647):list_id>/teams")
@runs
def name_teams(list_id: int) -> ResponseReturnValue:
    """Say which units team names mean: remembered, and at once for the rows that were held for it."""
    one = list_or_404(list_id, to_write=True)
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
