"""The pages on which somebody says who grades, starts a calibration, and closes it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.calibration import operations, queries
from audit_app.calibration.forms import FinalForm, RatersForm
from audit_app.calibration.model import Calibration
from audit_app.calibration.rules import refusal_to_close, refusal_to_start
from audit_app.calibration.views import blueprint
from audit_app.calibration.views.preparing import runs
from audit_app.clock import today
from audit_app.refusal import Refused
from audit_app.web.formats import day, plural
from audit_app.web.guard import actor

ONE = "/calibrations/<int(max=2147483647):calibration_id>"


def _calibration(calibration_id: int, *, to_write: bool = False) -> Calibration:
    return queries.calibration_or_404(calibration_id, actor(), to_write=to_write)


def _choosing(calibration: Calibration, form: RatersForm, code: int = 200) -> ResponseReturnValue:
    begun = [rater.person.name for rater in queries.raters_of(calibration) if rater.gradings]
    page = render_template("calibration/raters.html", calibration=calibration, form=form, begun=begun)
    return page, code


@blueprint.get(ONE + "/raters")
@runs
def raters(calibration_id: int) -> ResponseReturnValue:
    """Who can be asked to grade, and who is."""
    calibration = _calibration(calibration_id)
    form = RatersForm(formdata=None, people=[rater.person_id for rater in calibration.raters])
    form.offer(queries.may_be_asked(calibration))
    return _choosing(calibration, form)


@blueprint.post(ONE + "/raters")
@runs
def raters_choose(calibration_id: int) -> ResponseReturnValue:
    """Say who grades."""
    calibration = _calibration(calibration_id, to_write=True)
    form, people = RatersForm(), queries.may_be_asked(calibration)
    form.offer(people)
    if not form.validate():
        return _choosing(calibration, form, 422)
    try:
        operations.choose_raters(calibration, form.chosen(people), by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _choosing(calibration, form, 422)
    flash(f"{plural(len(calibration.raters), 'person grades', 'people grade')} in {calibration.name}.")
    return redirect(url_for("calibration.show", calibration_id=calibration.id))


def _starting(calibration: Calibration, form: FinalForm, code: int = 200) -> ResponseReturnValue:
    missing = operations.missing_of(calibration)
    refused = refusal_to_start(calibration.at(today()), missing, calibration.closes_on, today())
    page = render_template(
        "calibration/start.html", calibration=calibration, form=form, missing=missing, refused=refused
    )
    return page, code


@blueprint.get(ONE + "/start")
@runs
def starting(calibration_id: int) -> ResponseReturnValue:
    """What starting means, and what is missing for it."""
    calibration = _calibration(calibration_id)
    return _starting(calibration, FinalForm(formdata=None, version=calibration.version_id))


@blueprint.post(ONE + "/start")
@runs
def start(calibration_id: int) -> ResponseReturnValue:
    """Freeze the vignettes and let people grade."""
    calibration, form = _calibration(calibration_id, to_write=True), FinalForm()
    if not form.validate():
        abort(400)
    try:
        operations.start(calibration, form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _starting(calibration, form, 422)
    flash(f"{calibration.name} has started. It can be graded from {day(calibration.opens_on)} on.")
    return redirect(url_for("calibration.show", calibration_id=calibration.id))


def _closing(calibration: Calibration, form: FinalForm, code: int = 200) -> ResponseReturnValue:
    raters, committed = queries.raters_of(calibration), queries.gradings_committed(calibration)
    page = render_template(
        "calibration/close.html",
        calibration=calibration,
        form=form,
        unfinished=[one.person.name for one in raters if not queries.has_finished(one)],
        people=len(raters),
        refused=refusal_to_close(calibration.at(today()), committed, len(raters) * len(calibration.vignettes)),
    )
    return page, code


@blueprint.get(ONE + "/close")
@runs
def closing(calibration_id: int) -> ResponseReturnValue:
    """What closing means, and who has not finished."""
    calibration = _calibration(calibration_id)
    return _closing(calibration, FinalForm(formdata=None, version=calibration.version_id))


@blueprint.post(ONE + "/close")
@runs
def close(calibration_id: int) -> ResponseReturnValue:
    """Open the results."""
    calibration, form = _calibration(calibration_id, to_write=True), FinalForm()
    if not form.validate():
        abort(400)
    try:
        operations.close(calibration, form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _closing(calibration, form, 422)
    certified = sum(1 for rater in calibration.raters if rater.certified_on is not None)
    flash(f"{calibration.name} is closed. {plural(certified, 'person has', 'people have')} a certificate.")
    return redirect(url_for("calibration.results", calibration_id=calibration.id))
