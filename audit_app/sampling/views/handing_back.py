"""Handing an audit back before it is started: somebody knows the family, or can't do it in time."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.rules import refusal_to_hand_back
from audit_app.auditing.visibility import Sight
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.forms import HandBackForm
from audit_app.sampling.handing_back import Because
from audit_app.sampling.views import blueprint
from audit_app.web.guard import actor, requires


def _own_or_404(audit_id: int, *, to_write: bool = False) -> Audit:
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL, to_write=to_write)
    if audit.auditor_id != actor().id:
        abort(404)
    return audit


def _page(audit: Audit, form: HandBackForm, code: int = 200) -> ResponseReturnValue:
    refused = refusal_to_hand_back(audit.facts, actor(), "a reason")
    return render_template("sampling/hand_back.html", audit=audit, form=form, refused=refused), code


@blueprint.get("/audits/<int(max=2147483647):audit_id>/hand-back")
@requires(Permission.AUDIT)
def handing_back(audit_id: int) -> ResponseReturnValue:
    """Why an audit of one's own is handed back."""
    audit = _own_or_404(audit_id)
    return _page(audit, HandBackForm(formdata=None, version=audit.version_id))


@blueprint.post("/audits/<int(max=2147483647):audit_id>/hand-back")
@requires(Permission.AUDIT)
def hand_back(audit_id: int) -> ResponseReturnValue:
    """Hand an audit back, to be given to somebody else."""
    audit, form = _own_or_404(audit_id, to_write=True), HandBackForm()
    if form.version.data != audit.version_id:
        raise Stale("this audit")
    if form.validate():
        try:
            because = Because(form.because.data)
            operations.hand_back(audit, because, form.words.data or "", audit.version_id, by=actor())
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The audit of case {audit.case.reference} is handed back, to be given to somebody else.")
            return redirect(url_for("home.index"))
    return _page(audit, form, 422)
