"""The pages of programmes."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.programmes import operations, queries
from audit_app.programmes.forms import ChangeForm, ConfirmForm, ProgrammeForm, TermsForm
from audit_app.programmes.frequency import Frequency
from audit_app.programmes.kinds import OTHER, Kind, kinds
from audit_app.programmes.model import Programme
from audit_app.programmes.operations import Terms
from audit_app.programmes.views import blueprint
from audit_app.programmes.wording import groups
from audit_app.programmes.working_days import known_until
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import month
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)
FREQUENCIES = {one.value: one.words for one in Frequency}


def _programme(programme_id: int, *, to_write: bool = False) -> Programme:
    return queries.programme_or_404(programme_id, actor(), to_write=to_write)


@blueprint.get("/programmes")
@runs
def index() -> ResponseReturnValue:
    """The programmes, each with its last rounds."""
    programmes = queries.programmes_of(actor())
    return render_template(
        "programmes/index.html",
        programmes=programmes,
        rounds=queries.last_rounds_of(programmes),
        counts=queries.counts_of(programmes),
        tools=queries.names_of_tools(),
        calendars=queries.calendars_of(programmes),
    )


def _offer(form: ProgrammeForm) -> dict[int, Unit]:
    """Ask for a unit and a tool among those that there are."""
    units = [unit for unit in tree(actor().paths(Permission.RUN_ROUNDS)) if unit.active and unit.kind != "team"]
    form.unit.choices = unit_choices(units)
    tools = {tool.key: tool.name for tool in reversed(queries.tools_on_offer())}
    form.tool_key.choices = [SelectChoice(value=key, label=name) for key, name in reversed(tools.items())]
    form.offer_months(today())
    return {unit.id: unit for unit in units}


@blueprint.get("/programmes/new")
@runs
def new() -> ResponseReturnValue:
    """The kinds that a new programme may be of; for one that was chosen, the form with what is usual for it."""
    kind = kinds().get(request.args.get("kind", ""))
    if kind is None:
        offered = {tool.key for tool in queries.tools_on_offer()}
        return render_template("programmes/kinds.html", kinds=kinds().values(), offered=offered)
    form = ProgrammeForm(formdata=None, kind=kind.key, tool_key=kind.tool_key)
    _offer(form)
    name = "" if kind.key == OTHER else kind.name
    first = today().replace(day=1) if kind.frequency.planned else None
    form.show(Terms(name, kind.due_working_days, kind.frequency.value, first))
    return _making(form, kind)


def _making(form: ProgrammeForm, kind: Kind, code: int = 200) -> ResponseReturnValue:
    """The form of a new programme, beside the policies that it starts with."""
    grades = queries.grades_of(form.tool_key.data or kind.tool_key)
    usual = groups(operations.suited(kind.policies, grades), grades)
    missing = bool(kind.tool_key) and kind.tool_key not in {choice.value for choice in form.tool_key.choices}
    page = render_template("programmes/new.html", form=form, kind=kind, usual=usual, missing=missing, other=OTHER)
    return page, code


@blueprint.post("/programmes/new")
@runs
def create() -> ResponseReturnValue:
    """Make a programme."""
    form = ProgrammeForm()
    units = _offer(form)
    kind = kinds().get(form.kind.data or "", kinds()[OTHER])
    if form.validate():
        unit, tool = units[form.unit.data], form.tool_key.data
        try:
            made = operations.make_programme(unit, tool, form.terms(), kind.policies, kind=kind.key, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{made.name} is made. Open its first round when you have a case list.")
            return redirect(url_for("programmes.show", programme_id=made.id))
    return _making(form, kind, 422)


@blueprint.get("/programmes/<int(max=2147483647):programme_id>")
@runs
def show(programme_id: int) -> ResponseReturnValue:
    """One programme: how it is run, its calendar, and its rounds."""
    return shown(_programme(programme_id))


def shown(programme: Programme, code: int = 200, refusal: str = "") -> ResponseReturnValue:
    """The page of a programme, perhaps with why something was refused."""
    page = queries.rounds_page(programme, after=request.args.get("after", ""), before=request.args.get("before", ""))
    kind = kinds().get(programme.kind or "")
    answer = render_template(
        "programmes/show.html",
        programme=programme,
        page=page,
        tools=queries.names_of_tools(),
        kind=kind.name if kind is not None and kind.key != OTHER else "",
        frequency=Frequency(programme.frequency).words,
        calendar=queries.calendar_of(programme),
        known_until=known_until(),
        refusal=refusal,
    )
    return answer, code


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/change")
@runs
def edit(programme_id: int) -> ResponseReturnValue:
    """The form that changes how a programme is run."""
    programme = _programme(programme_id)
    form = ChangeForm(formdata=None, version=programme.version_id)
    form.offer_months(today(), programme.first_month)
    form.show(operations.terms_of(programme))
    return render_template("programmes/change.html", programme=programme, form=form)


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/change")
@runs
def update(programme_id: int) -> ResponseReturnValue:
    """Change how a programme is run."""
    programme = _programme(programme_id, to_write=True)
    form = ChangeForm()
    form.offer_months(today(), programme.first_month)
    if not form.validate():
        return render_template("programmes/change.html", programme=programme, form=form), 422
    try:
        operations.change_programme(programme, form.terms(), form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return render_template("programmes/change.html", programme=programme, form=form), 422
    except Stale:
        return _both_versions(programme, form)
    flash(f"{programme.name} is changed. Rounds that are open keep their due day.")
    return redirect(url_for("programmes.show", programme_id=programme.id))


def _both_versions(programme: Programme, form: ChangeForm) -> ResponseReturnValue:
    """What somebody else saved meanwhile, beside what was typed; saving again then takes the place of theirs."""
    form.version.data = programme.version_id
    return render_template("programmes/change.html", programme=programme, form=form, theirs=_said(programme, form)), 409


def _said(programme: Programme, form: TermsForm) -> list[tuple[str, str, str]]:
    """Each answer that differs: its label, what is kept now, and what was typed."""
    kept, typed = operations.terms_of(programme), form.terms()
    pairs = [(form[name].label.text, getattr(kept, name), getattr(typed, name)) for name in Terms.__slots__]
    return [(label, _words(old), _words(mine)) for label, old, mine in pairs if old != mine]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return month(value)
    return FREQUENCIES.get(str(value), str(value)) if value is not None else "No month"


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/end")
@runs
def ending(programme_id: int) -> ResponseReturnValue:
    """What ending a programme means, or starting it again, before it is done."""
    programme = _programme(programme_id)
    return render_template("programmes/end.html", programme=programme, form=ConfirmForm(formdata=None))


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/end")
@runs
def end(programme_id: int) -> ResponseReturnValue:
    """End a programme, or start it again."""
    programme, form = _programme(programme_id, to_write=True), ConfirmForm()
    if form.validate():
        ended = programme.ended_at is not None
        try:
            change = operations.start_programme_again if ended else operations.end_programme
            change(programme, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{programme.name} {'goes on' if ended else 'has ended'}.")
            return redirect(url_for("programmes.show", programme_id=programme.id))
    return render_template("programmes/end.html", programme=programme, form=form), 422
