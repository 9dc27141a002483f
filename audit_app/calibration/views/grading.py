"""Grading a vignette blind: one section at a time, with nothing that anybody else graded, then committing for good."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.calibration import operations, queries
from audit_app.calibration.forms import ConfirmForm, VerdictForm, verdict_form
from audit_app.calibration.model import Grading, Rater, Verdict, Vignette
from audit_app.calibration.rules import refusal_to_grade
from audit_app.calibration.views import blueprint
from audit_app.clock import today
from audit_app.frameworks.content import Section
from audit_app.refusal import Refusal, Refused, Stale
from audit_app.web.errors import wants_json
from audit_app.web.formats import day
from audit_app.web.guard import actor, requires

grades = requires(Permission.CALIBRATE)
PART = "/calibrations/<int(max=2147483647):calibration_id>"
ONE = PART + "/vignettes/<int(max=2147483647):vignette_id>"


def _refusal(rater: Rater, grading: Grading | None) -> Refusal | None:
    calibration = rater.calibration
    committed = grading is not None and grading.committed_at is not None
    return refusal_to_grade(calibration.at(today()), committed, day(calibration.closes_on))


def _menu(vignette: Vignette, verdicts: dict[str, Verdict], current: str = "") -> list[dict[str, object]]:
    """The sections with the state of each."""
    return [
        {
            "text": section.name,
            "href": _address(vignette, section),
            "current": section.key == current,
            **_state(verdicts.get(section.key)),
        }
        for section in vignette.sections
    ]


def _address(vignette: Vignette, section: Section) -> str:
    return url_for(
        "calibration.section",
        calibration_id=vignette.calibration_id,
        vignette_id=vignette.id,
        section=section.key,
    )


def _state(verdict: Verdict | None) -> dict[str, str]:
    if verdict is None or not (verdict.grade or verdict.reason):
        return {"state": "Not graded", "tone": "quiet"}
    if verdict.grade and verdict.reason:
        return {"state": "Graded", "tone": "good"}
    return {"state": "Reason needed" if verdict.grade else "Grade needed", "tone": "attention"}


@blueprint.get(PART + "/yours")
@grades
def yours(calibration_id: int) -> ResponseReturnValue:
    """One's own part: the vignettes with how far one is."""
    rater = queries.rater_or_404(calibration_id, actor())
    parts = []
    for vignette in rater.calibration.vignettes:
        grading = rater.grading_of(vignette)
        verdicts, left = queries.verdicts_of(grading), queries.finished(grading, vignette.sections)
        following = next((one for one in vignette.sections if one.name in left), vignette.sections[0])
        parts.append((vignette, grading, _menu(vignette, verdicts), len(left), _address(vignette, following)))
    state = rater.calibration.at(today())
    return render_template(
        "calibration/yours.html", rater=rater, calibration=rater.calibration, parts=parts, state=state
    )


def _asked(calibration_id: int, vignette_id: int, *, to_write: bool = False) -> tuple[Rater, Vignette]:
    rater = queries.rater_or_404(calibration_id, actor(), to_write=to_write)
    return rater, queries.vignette_or_404(rater.calibration, vignette_id)


def _section(vignette: Vignette, key: str) -> Section:
    found = next((one for one in vignette.sections if one.key == key), None)
    if found is None:
        abort(404)
    return found


def _shown(
    rater: Rater,
    vignette: Vignette,
    asked: Section,
    form: VerdictForm | None = None,
    code: int = 200,
    *,
    stored: Verdict | None = None,
) -> ResponseReturnValue:
    grading = rater.grading_of(vignette)
    verdicts = queries.verdicts_of(grading)
    kept = verdicts.get(asked.key)
    if form is None:
        form = verdict_form(rater.calibration.tool)(formdata=None)
        if kept is not None:
            form.show(kept)
    keys = [one.key for one in vignette.sections]
    page = render_template(
        "calibration/section.html",
        calibration=rater.calibration,
        vignette=vignette,
        section=asked,
        form=form,
        menu=_menu(vignette, verdicts, asked.key),
        number=keys.index(asked.key) + 1,
        kept=kept,
        stored=stored,
        refused=_refusal(rater, grading),
    )
    return page, code


@blueprint.get(ONE + "/sections/<section>")
@grades
def section(calibration_id: int, vignette_id: int, section: str) -> ResponseReturnValue:
    """One section of a vignette, and one's own grade of it."""
    rater, vignette = _asked(calibration_id, vignette_id)
    return _shown(rater, vignette, _section(vignette, section))


@blueprint.post(ONE + "/sections/<section>/grade")
@grades
def grade(calibration_id: int, vignette_id: int, section: str) -> ResponseReturnValue:
    """Keep one's own grade, by button or by itself while somebody writes."""
    rater, vignette = _asked(calibration_id, vignette_id, to_write=True)
    asked = _section(vignette, section)
    form = verdict_form(rater.calibration.tool)()
    if not form.validate():
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return _shown(rater, vignette, asked, form, 422)
    try:
        kept = operations.save(rater, vignette, asked, form.given, form.version.data or 0)
    except Refused as refused:
        if wants_json():
            return {"reason": refused.refusal.reason}, 422
        form.form_errors.append(refused.refusal.reason)
        return _shown(rater, vignette, asked, form, 422)
    except Stale:
        if wants_json():
            return {"reason": "This section was saved in another tab."}, 409
        stored = queries.verdicts_of(rater.grading_of(vignette)).get(asked.key)
        # Saving again from this page is a decision, made with both versions in sight.
        form.version.data = stored.version_id if stored else 0
        return _shown(rater, vignette, asked, form, 409, stored=stored)
    if wants_json():
        return {"saved_at": kept.saved_at.isoformat(), "version": kept.version_id}
    following = _following(rater, vignette, asked)
    if following is None:
        return redirect(url_for("calibration.check", calibration_id=calibration_id, vignette_id=vignette.id))
    return redirect(_address(vignette, following))


def _following(rater: Rater, vignette: Vignette, asked: Section) -> Section | None:
    """The section to go on with: the next that still needs something, or the first that does."""
    left = set(queries.finished(rater.grading_of(vignette), vignette.sections))
    keys = [one.key for one in vignette.sections]
    waiting = [one for one in vignette.sections if one.name in left]
    later = [one for one in waiting if keys.index(one.key) > keys.index(asked.key)]
    return next(iter([*later, *waiting]), None)


def _checked(rater: Rater, vignette: Vignette, form: ConfirmForm, code: int = 200) -> ResponseReturnValue:
    grading = rater.grading_of(vignette)
    page = render_template(
        "calibration/commit.html",
        calibration=rater.calibration,
        vignette=vignette,
        verdicts=queries.verdicts_of(grading),
        left=set(queries.finished(grading, vignette.sections)),
        refused=_refusal(rater, grading),
        form=form,
    )
    return page, code


@blueprint.get(ONE + "/commit")
@grades
def check(calibration_id: int, vignette_id: int) -> ResponseReturnValue:
    """One's own grades once more, and what committing them means."""
    rater, vignette = _asked(calibration_id, vignette_id)
    return _checked(rater, vignette, ConfirmForm(formdata=None))


@blueprint.post(ONE + "/commit")
@grades
def commit(calibration_id: int, vignette_id: int) -> ResponseReturnValue:
    """Commit one's own grades for good."""
    rater, vignette = _asked(calibration_id, vignette_id, to_write=True)
    form = ConfirmForm()
    if not form.validate():
        abort(400)
    try:
        operations.commit(rater, vignette, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _checked(rater, vignette, form, 422)
    flash(f"Your grades of {vignette.title} are committed. You see how they compare once the calibration is closed.")
    return redirect(url_for("calibration.yours", calibration_id=calibration_id))
