"""The pages of the tree of units."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.organisation import operations, queries
from audit_app.organisation.forms import ClosingForm, RenameForm, UnitForm
from audit_app.organisation.model import Unit
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

blueprint = Blueprint("organisation", __name__)
manages = requires(Permission.MANAGE_UNITS)


def _paths() -> tuple[str, ...]:
    return actor().paths(Permission.MANAGE_UNITS)


def _tree() -> list[Unit]:
    return queries.tree(_paths())


def _parents(units: list[Unit], moved: Unit | None = None) -> list[SelectChoice]:
    fit = [u for u in units if u.active and u.kind != "team"]
    if moved is not None:
        fit = [u for u in units if u in fit or u.id == moved.parent_id]
        fit = [u for u in fit if not u.path.startswith(moved.path)]
    top = min((unit.depth for unit in units), default=0)
    return [SelectChoice(value=u.id, label="\u2003" * (u.depth - top) + u.name) for u in fit]


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
