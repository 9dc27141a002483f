"""The pages of the tree of units, and of how their papers look."""

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.clock import now
from audit_app.organisation import operations, queries
from audit_app.organisation.forms import ClosingForm, LookForm, RenameForm, UnitForm, UseLookForm, unit_choices
from audit_app.organisation.looks import MOST_BYTES, colour_in, logo_in
from audit_app.organisation.model import PaperLook, Unit
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires, signed_in

blueprint = Blueprint("organisation", __name__)
manages = requires(Permission.MANAGE_UNITS)
LOOK = "/units/<int(max=2147483647):unit_id>/papers"


def _paths() -> tuple[str, ...]:
    return actor().paths(Permission.MANAGE_UNITS)


def _tree() -> list[Unit]:
    return queries.tree(_paths())


def _parents(units: list[Unit], moved: Unit | None = None) -> list[SelectChoice]:
    fit = [u for u in units if u.active and u.kind != "team"]
    if moved is not None:
        fit = [u for u in units if u in fit or u.id == moved.parent_id]
        fit = [u for u in fit if not u.path.startswith(moved.path)]
    return unit_choices(fit)


def _people_in(unit: Unit) -> int:
    # The room of people is above this one; it says how many still work in a unit.
    counted: int = current_app.extensions["people_in_unit"](unit.path)
    return counted


@blueprint.get("/units")
@manages
def index() -> ResponseReturnValue:
    """The tree of units."""
    units = _tree()
    return render_template("organisation/index.html", units=units, top=min((u.depth for u in units), default=0))


@blueprint.get("/units/new")
@manages
def new() -> ResponseReturnValue:
    """The form for a new unit."""
    form = UnitForm(formdata=None)
    form.parent.choices = _parents(_tree())
    return render_template("organisation/new.html", form=form)


@blueprint.post("/units/new")
@manages
def create() -> ResponseReturnValue:
    """Add a unit."""
    form = UnitForm()
    form.parent.choices = _parents(_tree())
    if form.validate():
        try:
            parent = queries.unit_or_404(form.parent.data, _paths())
            unit = operations.add(form.name.data or "", form.kind.data, parent, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{unit.name} is added.")
            return redirect(url_for("organisation.index"))
    return render_template("organisation/new.html", form=form), 422


@blueprint.get("/units/<int(max=2147483647):unit_id>")
@manages
def edit(unit_id: int) -> ResponseReturnValue:
    """One unit: its name, its place, and closing it."""
    unit = queries.unit_or_404(unit_id, _paths())
    form = RenameForm(formdata=None, version=unit.version_id, name=unit.name, parent=unit.parent_id)
    return _page(unit, form)


def _page(unit: Unit, form: RenameForm, code: int = 200) -> ResponseReturnValue:
    _offer_parents(unit, form)
    closing = ClosingForm(formdata=None)
    return render_template("organisation/edit.html", unit=unit, form=form, closing=closing), code


def _offer_parents(unit: Unit, form: RenameForm) -> None:
    if unit.parent_id is None or unit.path in _paths():
        # One's own root stays where it is.
        form.parent.choices = [SelectChoice(value=unit.parent_id or 0, label="Stays where it is")]
        form.parent.data = unit.parent_id or 0
    else:
        form.parent.choices = _parents(_tree(), unit)


@blueprint.post("/units/<int(max=2147483647):unit_id>")
@manages
def update(unit_id: int) -> ResponseReturnValue:
    """Rename or move a unit."""
    unit = queries.unit_or_404(unit_id, _paths())
    form = RenameForm()
    _offer_parents(unit, form)
    if not form.validate():
        return _page(unit, form, 422)
    if form.version.data != unit.version_id:
        raise Stale("this unit")
    try:
        if form.name.data and form.name.data != unit.name:
            operations.rename(unit, form.name.data, by=actor().id)
        if form.parent.data and form.parent.data != unit.parent_id:
            operations.move(unit, queries.unit_or_404(form.parent.data, _paths()), by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _page(unit, form, 422)
    flash(f"{unit.name} is changed.")
    return redirect(url_for("organisation.index"))


@blueprint.post("/units/<int(max=2147483647):unit_id>/close")
@manages
def close(unit_id: int) -> ResponseReturnValue:
    """Close a unit that nobody works in, or open it again."""
    unit = queries.unit_or_404(unit_id, _paths())
    form = ClosingForm()
    if not form.validate():
        abort(400)
    if unit.active:
        operations.close(unit, _people_in(unit), by=actor().id)
        flash(f"{unit.name} is closed. What was counted there stays counted there.")
    else:
        operations.open_again(unit, by=actor().id)
        flash(f"{unit.name} is open again.")
    return redirect(url_for("organisation.index"))


def _look_page(unit: Unit, form: LookForm, last: PaperLook | None, code: int = 200) -> ResponseReturnValue:
    form.version.data = last.number if last else 0
    page = render_template(
        "organisation/look.html",
        unit=unit,
        form=form,
        last=last,
        using=UseLookForm(formdata=None, version=form.version.data),
        in_use=queries.look_in_use(unit.path, now()),
        most=MOST_BYTES,
    )
    return page, code


@blueprint.get(LOOK)
@manages
def look(unit_id: int) -> ResponseReturnValue:
    """How the papers of a unit look: the colour, the logo, and what is not in use yet."""
    unit = queries.unit_or_404(unit_id, _paths())
    last = queries.latest_look(unit)
    return _look_page(unit, LookForm(formdata=None, colour=last.colour if last else ""), last)


@blueprint.post(LOOK)
@manages
def change_look(unit_id: int) -> ResponseReturnValue:
    """Keep another colour or logo to try out; no paper looks like it yet."""
    unit, form = queries.unit_or_404(unit_id, _paths()), LookForm()
    last = queries.latest_look(unit)
    if not form.validate():
        return _look_page(unit, form, last, 422)
    kept, colour = last.drawn if last else None, ""
    try:
        colour = colour_in(form.colour.data or "")
    except Refused as refused:
        form.colour.errors = [refused.refusal.reason]
    try:
        if form.no_logo.data:
            kept = None
        elif form.logo.data:
            kept = logo_in(form.logo.data.stream.read(MOST_BYTES + 1))
    except Refused as refused:
        form.logo.errors = [refused.refusal.reason]
    if form.colour.errors or form.logo.errors:
        return _look_page(unit, form, last, 422)
    try:
        operations.draft_look(unit, form.version.data or 0, colour, kept, by=actor().id)
    except Stale as stale:
        form.form_errors.append(f"{stale} What is there now is shown below; what you typed is still here.")
        return _look_page(unit, form, last, 409)
    flash("This is kept to try out. No paper looks like it yet.")
    return redirect(url_for("organisation.look", unit_id=unit.id))


@blueprint.post(f"{LOOK}/use")
@manages
def use_look(unit_id: int) -> ResponseReturnValue:
    """Let papers made from now on look like what was tried out."""
    unit, form = queries.unit_or_404(unit_id, _paths()), UseLookForm()
    if not form.validate():
        abort(400)
    operations.use_look(unit, form.version.data or 0, by=actor().id)
    flash(f"Papers of {unit.name} made from now on look like this. Papers that are frozen stay as they were.")
    return redirect(url_for("organisation.look", unit_id=unit.id))


def _look_shown(look_id: int) -> PaperLook:
    """A look, for whoever may open anything here at all."""
    return queries.look_or_404(look_id) if actor().grants else abort(404)


@blueprint.get("/looks/<int(max=2147483647):look_id>/logo.png")
@signed_in
def logo(look_id: int) -> ResponseReturnValue:
    """A logo, for the page of a paper."""
    found = _look_shown(look_id).logo or abort(404)
    return Response(found, mimetype="image/png")


@blueprint.get("/looks/<int(max=2147483647):look_id>/colours.css")
@signed_in
def colours(look_id: int) -> ResponseReturnValue:
    """The colour of papers, for the page of one."""
    return Response(render_template("organisation/colours.css", look=_look_shown(look_id)), mimetype="text/css")
