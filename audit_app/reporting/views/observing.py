"""Writing one's overall observations of an exercise, and finishing a copy of one's findings."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.cases.sensitive import warnings_in
from audit_app.clock import now
from audit_app.refusal import Stale
from audit_app.reporting import operations
from audit_app.reporting.contents.findings import HEADINGS, Observations, digest, findings_paper, refusal_to_finish
from audit_app.reporting.forms import FinishFindingsForm, ObservationsForm
from audit_app.reporting.model import Findings
from audit_app.reporting.pdf import pdf
from audit_app.reporting.queries import findings as queries
from audit_app.reporting.queries.findings import Work
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import council, receipt
from audit_app.reporting.views.findings import ONE, paper_of
from audit_app.web.errors import wants_json
from audit_app.web.guard import actor, requires

validates = requires(Permission.VALIDATE)
Warned = dict[str, list[tuple[str, str]]]


def _work(exercise_id: int, person_id: int) -> Work:
    return queries.work_or_404(exercise_id, person_id, actor(), own=True)


def _warned(written: Observations) -> Warned:
    """What looks as if it told who somebody is, by field."""
    texts = {name: getattr(written, name) for name, _ in HEADINGS}
    found = {name: [(text[w.start : w.end], w.words) for w in warnings_in(text)] for name, text in texts.items()}
    return {name: lines for name, lines in found.items() if lines}


def _writing(
    work: Work, findings: Findings | None, form: ObservationsForm, code: int = 200, **more: object
) -> ResponseReturnValue:
    page = render_template(
        "reporting/findings_write.html",
        work=work,
        form=form,
        headings=HEADINGS,
        saved_at=findings.saved_at if findings else None,
        warnings=_warned(form.observations),
        **more,
    )
    return page, code


@blueprint.get(ONE + "/write")
@validates
def observing(exercise_id: int, person_id: int) -> ResponseReturnValue:
    """One's overall observations, to write."""
    work = _work(exercise_id, person_id)
    findings = queries.find_findings(work)
    form = ObservationsForm(formdata=None, version=findings.version_id if findings else 0)
    if findings is not None:
        form.show(findings.observations)
    return _writing(work, findings, form)


@blueprint.post(ONE + "/write")
@validates
def observe(exercise_id: int, person_id: int) -> ResponseReturnValue:
    """Keep one's observations, by button or by itself while somebody writes."""
    work = _work(exercise_id, person_id)
    form = ObservationsForm()
    if not form.validate():
        if wants_json():
            return {"reason": "This could not be saved as it stands. Save it with the button to see why."}, 422
        return _writing(work, queries.find_findings(work), form, 422)
    try:
        kept = operations.write_observations(work, form.observations, form.version.data or 0)
    except Stale:
        if wants_json():
            return {"reason": "These observations were saved in another tab."}, 409
        stored = queries.find_findings(work)
        # Saving again from this page is a decision, made with both versions in sight.
        form.version.data = stored.version_id if stored else 0
        return _writing(work, stored, form, 409, stored=stored.observations if stored else Observations())
    if wants_json():
        return {"saved_at": kept.saved_at.isoformat(), "version": kept.version_id}
    if _warned(kept.observations):
        return redirect(url_for("reporting.observing", exercise_id=exercise_id, person_id=person_id, _anchor="names"))
    flash("Your observations are saved.")
    return redirect(url_for("reporting.findings", exercise_id=exercise_id, person_id=person_id))


def _finishing(work: Work, form: FinishFindingsForm | None = None, code: int = 200) -> ResponseReturnValue:
    material = queries.material_of(work)
    paper, _ = paper_of(work)
    changed = form is not None
    page = render_template(
        "reporting/findings_finish.html",
        work=work,
        document=paper,
        left=material.left_out.sentences,
        refused=refusal_to_finish(material),
        changed=changed,
        form=FinishFindingsForm(formdata=None, seen=digest(paper)),
    )
    return page, code


@blueprint.get(ONE + "/finish")
@validates
def finishing(exercise_id: int, person_id: int) -> ResponseReturnValue:
    """All of it once more, before a copy is finished."""
    return _finishing(_work(exercise_id, person_id))


@blueprint.post(ONE + "/finish")
@validates
def finish(exercise_id: int, person_id: int) -> ResponseReturnValue:
    """Finish a copy of one's findings; it is kept for good."""
    work = _work(exercise_id, person_id)
    form = FinishFindingsForm()
    findings = queries.find_findings(work, to_write=True)
    material = queries.material_of(work)
    if not form.validate() or findings is None or refusal_to_finish(material) is not None:
        return _finishing(work, code=422)
    number = operations.next_number(findings)
    paper = findings_paper(material, council=council(), produced_at=now(), receipt=receipt(), number=number)
    if digest(paper) != form.seen.data:
        return _finishing(work, form, 409)
    ids = [audit.id for audit in material.audits]
    paper = in_own_colours(paper, work.exercise.unit_id)
    copy = operations.finish_findings(findings, ids, pdf(paper), by=actor().id)
    flash(f"Copy {copy.number} of your findings is finished and kept for good.")
    return redirect(url_for("reporting.findings", exercise_id=exercise_id, person_id=person_id))
