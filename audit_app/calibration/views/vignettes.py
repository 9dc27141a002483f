"""The pages on which vignettes are written, read for names, and given their reference grades."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.calibration import operations, queries
from audit_app.calibration.forms import (
    ConfirmForm,
    ReferenceForm,
    VignetteForm,
    WordsForm,
    reference_form,
    words_form,
)
from audit_app.calibration.model import Calibration, Vignette
from audit_app.calibration.rules import refusal_to_prepare
from audit_app.calibration.views import blueprint
from audit_app.calibration.views.preparing import runs
from audit_app.cases.sensitive import warnings_in
from audit_app.clock import today
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor

PLACE = "/calibrations/<int(max=2147483647):calibration_id>/vignettes"
ONE = PLACE + "/<int(max=2147483647):vignette_id>"


def _calibration(calibration_id: int, *, to_write: bool = False) -> Calibration:
    return queries.calibration_or_404(calibration_id, actor(), to_write=to_write)


def _vignette(calibration_id: int, vignette_id: int, *, to_write: bool = False) -> Vignette:
    calibration = _calibration(calibration_id, to_write=to_write)
    return queries.vignette_or_404(calibration, vignette_id, to_write=to_write)


@blueprint.get(PLACE + "/new")
@runs
def vignette_new(calibration_id: int) -> ResponseReturnValue:
    """The form for a new vignette."""
    calibration = _calibration(calibration_id)
    form = VignetteForm(formdata=None)
    form.offer(calibration.tool, queries.audits_to_copy(calibration, actor()))
    return render_template("calibration/vignette_new.html", calibration=calibration, form=form)


@blueprint.post(PLACE + "/new")
@runs
def vignette_create(calibration_id: int) -> ResponseReturnValue:
    """Add a vignette."""
    calibration = _calibration(calibration_id, to_write=True)
    form, audits = VignetteForm(), queries.audits_to_copy(calibration, actor())
    form.offer(calibration.tool, audits)
    if form.validate():
        copied = next((one for one in audits if one.id == form.copied.data), None)
        try:
            made = operations.add_vignette(
                calibration, form.title.data or "", form.category.data, copied, by=actor().id
            )
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            return redirect(url_for("calibration.words", calibration_id=calibration.id, vignette_id=made.id))
    return render_template("calibration/vignette_new.html", calibration=calibration, form=form), 422


def _writing(vignette: Vignette, form: WordsForm, code: int = 200, **more: object) -> ResponseReturnValue:
    written = form.words.items()
    found = {key: [(text[w.start : w.end], w.words) for w in warnings_in(text)] for key, text in written}
    page = render_template(
        "calibration/words.html",
        vignette=vignette,
        calibration=vignette.calibration,
        form=form,
        sections=[one for one in vignette.calibration.tool.sections_for(vignette.category) if one.graded],
        warnings={key: lines for key, lines in found.items() if lines},
        frozen=refusal_to_prepare(vignette.calibration.at(today())),
        **more,
    )
    return page, code


@blueprint.get(ONE + "/write")
@runs
def words(calibration_id: int, vignette_id: int) -> ResponseReturnValue:
    """What the record shows, section by section, with what looks like a name."""
    vignette = _vignette(calibration_id, vignette_id)
    form = words_form(vignette.calibration.tool, vignette.category)(formdata=None)
    form.show(vignette)
    return _writing(vignette, form)


@blueprint.post(ONE + "/write")
@runs
def words_save(calibration_id: int, vignette_id: int) -> ResponseReturnValue:
    """Keep the words, and whether they were read for names."""
    vignette = _vignette(calibration_id, vignette_id, to_write=True)
    form = words_form(vignette.calibration.tool, vignette.category)()
    if not form.validate():
        return _writing(vignette, form, 422)
    try:
        operations.write(vignette, form.words, form.version.data, checked=form.checked.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _writing(vignette, form, 422)
    except Stale:
        form.version.data = vignette.version_id
        names = {s.key: s.name for s in vignette.calibration.tool.graded_sections}
        theirs = [
            (names[k], vignette.words.get(k, "")) for k, text in form.words.items() if vignette.words.get(k, "") != text
        ]
        return _writing(vignette, form, 409, theirs=theirs)
    flash(
        f"{vignette.title} is saved." if vignette.checked_at else f"{vignette.title} is saved. It is not confirmed yet."
    )
    return redirect(url_for("calibration.show", calibration_id=calibration_id))


def _vignette_of_panel(calibration_id: int, vignette_id: int, *, to_write: bool = False) -> Vignette:
    """A vignette for whoever may see its reference grades: nobody who is to grade it does."""
    vignette = _vignette(calibration_id, vignette_id, to_write=to_write)
    if any(rater.person_id == actor().id for rater in vignette.calibration.raters):
        abort(404)
    return vignette


def _referring(vignette: Vignette, form: ReferenceForm, code: int = 200, **more: object) -> ResponseReturnValue:
    page = render_template(
        "calibration/reference.html",
        vignette=vignette,
        calibration=vignette.calibration,
        form=form,
        frozen=refusal_to_prepare(vignette.calibration.at(today())),
        **more,
    )
    return page, code


@blueprint.get(ONE + "/reference")
@runs
def reference(calibration_id: int, vignette_id: int) -> ResponseReturnValue:
    """The panel's grades and reasons."""
    vignette = _vignette_of_panel(calibration_id, vignette_id)
    form = reference_form(vignette.calibration.tool, vignette.sections)(formdata=None)
    form.show(vignette)
    return _referring(vignette, form)


@blueprint.post(ONE + "/reference")
@runs
def reference_set(calibration_id: int, vignette_id: int) -> ResponseReturnValue:
    """Keep the panel's grades and reasons."""
    vignette = _vignette_of_panel(calibration_id, vignette_id, to_write=True)
    form = reference_form(vignette.calibration.tool, vignette.sections)()
    if not form.validate():
        return _referring(vignette, form, 422)
    try:
        operations.refer(vignette, form.grades, form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _referring(vignette, form, 422)
    except Stale:
        form.version.data = vignette.version_id
        return _referring(vignette, form, 409, theirs=_differing(vignette, form))
    flash(
        f"The reference grades of {vignette.title} are saved. Nobody else sees them before the calibration is closed."
    )
    return redirect(url_for("calibration.show", calibration_id=calibration_id))


def _differing(vignette: Vignette, form: ReferenceForm) -> list[tuple[str, str]]:
    """What is kept now of each section where it differs from what was typed."""
    scale, found = vignette.calibration.tool.scale, []
    for section in vignette.sections:
        kept = vignette.reference.get(section.key, {"grade": "", "reason": ""})
        if kept != form.grades.get(section.key):
            grade = scale.level(kept["grade"]).name if kept["grade"] else "No grade yet"
            found.append((section.name, f"{grade}. {kept['reason']}"))
    return found


@blueprint.get(ONE + "/remove")
@runs
def removing(calibration_id: int, vignette_id: int) -> ResponseReturnValue:
    """What taking a vignette away means."""
    vignette = _vignette(calibration_id, vignette_id)
    form = ConfirmForm(formdata=None)
    return render_template("calibration/remove.html", vignette=vignette, calibration=vignette.calibration, form=form)


@blueprint.post(ONE + "/remove")
@runs
def remove(calibration_id: int, vignette_id: int) -> ResponseReturnValue:
    """Take a vignette away."""
    vignette, form = _vignette(calibration_id, vignette_id, to_write=True), ConfirmForm()
    calibration, title = vignette.calibration, vignette.title
    if not form.validate():
        abort(400)
    try:
        operations.remove_vignette(vignette, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return render_template("calibration/remove.html", vignette=vignette, calibration=calibration, form=form), 422
    flash(f"{title} is removed.")
    return redirect(url_for("calibration.show", calibration_id=calibration_id))
