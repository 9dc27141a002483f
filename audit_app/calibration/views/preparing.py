"""The list of calibrations, and the pages on which one is made and changed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.calibration import operations, queries
from audit_app.calibration.forms import CalibrationForm, ChangeForm, TermsForm
from audit_app.calibration.model import Calibration
from audit_app.calibration.operations import Terms
from audit_app.calibration.rules import State
from audit_app.calibration.views import blueprint
from audit_app.clock import today
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import day
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


@blueprint.get("/calibrations")
@requires(Permission.CALIBRATE, Permission.RUN_ROUNDS, Permission.SEE_CALIBRATIONS)
def index() -> ResponseReturnValue:
    """What one is asked to grade, what came of it, and what one runs."""
    who = actor()
    return render_template(
        "calibration/index.html",
        parts=queries.parts_of(who),
        has_finished=queries.has_finished,
        certificate=queries.certificate_of(who.id),
        run=queries.run_by(who),
        outcomes=queries.outcomes_open_to(who),
        runs=who.may(Permission.RUN_ROUNDS),
        grades=who.may(Permission.CALIBRATE),
        today=today(),
    )


def _offer(form: CalibrationForm) -> dict[int, Unit]:
    units = [unit for unit in tree(actor().paths(Permission.RUN_ROUNDS)) if unit.active]
    form.offer(units, queries.tools_on_offer())
    return {unit.id: unit for unit in units}


@blueprint.get("/calibrations/new")
@runs
def new() -> ResponseReturnValue:
    """The form for a new calibration."""
    form = CalibrationForm(formdata=None, share_needed=80)
    _offer(form)
    return render_template("calibration/new.html", form=form)


@blueprint.post("/calibrations/new")
@runs
def create() -> ResponseReturnValue:
    """Make a calibration."""
    form = CalibrationForm()
    units = _offer(form)
    if form.validate():
        tool = next(one for one in queries.tools_on_offer() if one.id == form.tool_version.data)
        try:
            made = operations.make(units[form.unit.data], tool, form.terms(), by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{made.name} is made. Add its vignettes, and say who grades.")
            return redirect(url_for("calibration.show", calibration_id=made.id))
    return render_template("calibration/new.html", form=form), 422


@blueprint.get("/calibrations/<int(max=2147483647):calibration_id>")
@runs
def show(calibration_id: int) -> ResponseReturnValue:
    """One calibration for whoever runs it: what is missing, its vignettes, who has finished."""
    calibration = queries.calibration_or_404(calibration_id, actor())
    state = calibration.at(today())
    return render_template(
        "calibration/show.html",
        calibration=calibration,
        state=state,
        preparing=state is State.PREPARING,
        missing=operations.missing_of(calibration) if state is State.PREPARING else (),
        raters=queries.raters_of(calibration),
        has_finished=queries.has_finished,
        readiness=queries.readiness_of,
    )


@blueprint.get("/calibrations/<int(max=2147483647):calibration_id>/change")
@runs
def edit(calibration_id: int) -> ResponseReturnValue:
    """The form that changes the days and the terms."""
    calibration = queries.calibration_or_404(calibration_id, actor())
    return _changing(calibration, ChangeForm.of(calibration))


def _changing(calibration: Calibration, form: TermsForm, code: int = 200, **more: object) -> ResponseReturnValue:
    return render_template("calibration/change.html", calibration=calibration, form=form, **more), code


@blueprint.post("/calibrations/<int(max=2147483647):calibration_id>/change")
@runs
def update(calibration_id: int) -> ResponseReturnValue:
    """Change the days and the terms."""
    calibration = queries.calibration_or_404(calibration_id, actor(), to_write=True)
    form = ChangeForm()
    if not form.validate():
        return _changing(calibration, form, 422)
    try:
        operations.change(calibration, form.terms(), form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _changing(calibration, form, 422)
    except Stale:
        form.version.data = calibration.version_id
        return _changing(calibration, form, 409, theirs=_differing(calibration, form))
    flash(f"{calibration.name} is changed.")
    return redirect(url_for("calibration.show", calibration_id=calibration.id))


def _differing(calibration: Calibration, form: TermsForm) -> list[tuple[str, str, str]]:
    """Each answer that differs: its label, what is kept now, and what was typed."""
    pairs = [(form[name], getattr(calibration, name)) for name in Terms.__slots__]
    return [(f.label.text, _words(kept), _words(f.data)) for f, kept in pairs if f.data != kept]


def _words(value: object) -> str:
    return day(value) if hasattr(value, "isoformat") else str(value)  # type: ignore[arg-type]
