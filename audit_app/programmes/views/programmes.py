"""The pages of programmes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.programmes import operations, queries
from audit_app.programmes.forms import ChangeForm, ConfirmForm, ProgrammeForm, TermsForm
from audit_app.programmes.model import Programme
from audit_app.programmes.operations import Terms
from audit_app.programmes.views import blueprint
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


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
    )


def _offer(form: ProgrammeForm) -> dict[int, Unit]:
    """Ask for a unit and a tool among those that there are."""
    units = [unit for unit in tree(actor().paths(Permission.RUN_ROUNDS)) if unit.active and unit.kind != "team"]
    top = min((unit.depth for unit in units), default=0)
    form.unit.choices = [SelectChoice(value=u.id, label="\u2003" * (u.depth - top) + u.name) for u in units]
    tools = {tool.key: tool.name for tool in reversed(queries.tools_on_offer())}
    form.tool_key.choices = [SelectChoice(value=key, label=name) for key, name in reversed(tools.items())]
    return {unit.id: unit for unit in units}


@blueprint.get("/programmes/new")
@runs
def new() -> ResponseReturnValue:
    """The form for a new programme."""
    usual = Terms("")
    form = ProgrammeForm(
        formdata=None, due_working_days=usual.due_working_days, moderation_percent=usual.moderation_percent
    )
    _offer(form)
    return render_template("programmes/new.html", form=form)


@blueprint.post("/programmes/new")
@runs
def create() -> ResponseReturnValue:
    """Make a programme."""
    form = ProgrammeForm()
    units = _offer(form)
    if form.validate():
        try:
            made = operations.make_programme(units[form.unit.data], form.tool_key.data, form.terms(), by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{made.name} is made. Open its first round when you have a case list.")
            return redirect(url_for("programmes.show", programme_id=made.id))
    return render_template("programmes/new.html", form=form), 422


@blueprint.get("/programmes/<int(max=2147483647):programme_id>")
@runs
def show(programme_id: int) -> ResponseReturnValue:
    """One programme: how it is run, and its rounds."""
    programme = _programme(programme_id)
    page = queries.rounds_page(programme, after=request.args.get("after", ""), before=request.args.get("before", ""))
    tools = queries.names_of_tools()
    return render_template("programmes/show.html", programme=programme, page=page, tools=tools)


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/change")
@runs
def edit(programme_id: int) -> ResponseReturnValue:
    """The form that changes how a programme is run."""
    programme = _programme(programme_id)
    form = ChangeForm(
        formdata=None,
        version=programme.version_id,
        name=programme.name,
        due_working_days=programme.due_working_days,
        moderation_percent=programme.moderation_percent,
        blind=programme.blind,
    )
    return render_template("programmes/change.html", programme=programme, form=form)


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/change")
@runs
def update(programme_id: int) -> ResponseReturnValue:
    """Change how a programme is run."""
    programme = _programme(programme_id, to_write=True)
    form = ChangeForm()
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
    pairs = [(form[name], getattr(programme, name)) for name in Terms.__slots__]
    return [(f.label.text, _words(kept), _words(f.data)) for f, kept in pairs if f.data != kept]


def _words(value: object) -> str:
    return ("Yes" if value else "No") if isinstance(value, bool) else str(value)


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
