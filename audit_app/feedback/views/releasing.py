"""The pages of those who release outcomes: one, a whole round, and taking one back."""

from collections import Counter

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.visibility import Sight
from audit_app.feedback import operations, queries
from audit_app.feedback.forms import NOBODY, ReleaseForm, RetractForm, RoundForm
from audit_app.feedback.model import Release
from audit_app.feedback.queries.outcomes import lookers
from audit_app.feedback.rules import refusal_to_release, refusal_to_retract
from audit_app.feedback.views import blueprint
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

releases = requires(Permission.RELEASE)
AUDIT = "/audits/<int(max=2147483647):audit_id>/release"
ROUND = "/rounds/<int(max=2147483647):round_id>/outcomes"
RETRACT = "/outcomes/<int(max=2147483647):release_id>/retract"


@blueprint.get(AUDIT)
@releases
def releasing(audit_id: int) -> ResponseReturnValue:
    """Who will see an outcome, before it is released."""
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL)
    worker = queries.worker_of(audit)
    return _releasing(audit, ReleaseForm(formdata=None, practitioner=str(worker) if worker else NOBODY))


def _releasing(audit: Audit, form: ReleaseForm, code: int = 200) -> ResponseReturnValue:
    form.offer(queries.practitioners_for(audit))
    page = render_template(
        "feedback/release.html",
        audit=audit,
        form=form,
        managers=lookers(audit),
        refused=refusal_to_release(audit.facts, queries.standing_of([audit.id])[audit.id], actor()),
    )
    return page, code


@blueprint.post(AUDIT)
@releases
def release(audit_id: int) -> ResponseReturnValue:
    """Release an outcome."""
    audit, form = audit_or_404(audit_id, actor(), least=Sight.FULL, to_write=True), ReleaseForm()
    form.offer(queries.practitioners_for(audit))
    if not form.validate():
        return _releasing(audit, form, 422)
    try:
        released = operations.release(audit, form.chosen, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _releasing(audit, form, 422)
    flash("The outcome is released. Those whose work it is about see it in their work.")
    return redirect(url_for("feedback.show", release_id=released.id))


@blueprint.get(ROUND, endpoint="round")
@releases
def show_round(round_id: int) -> ResponseReturnValue:
    """The outcomes of a round: released, ready, and not ready with why."""
    return _round(round_or_404(round_id, actor(), permissions=(Permission.RELEASE,)), RoundForm(formdata=None))


def _round(round_: Round, form: RoundForm, code: int = 200) -> ResponseReturnValue:
    audits = queries.ready_in(round_, actor())
    standing, released = queries.standing_of(audit.id for audit in audits), queries.releases_in(round_)
    rows = [
        (audit, released.get(audit.id), refusal_to_release(audit.facts, standing[audit.id], actor()))
        for audit in audits
        if actor().reaches(Permission.RELEASE, audit.unit.path)
    ]
    ready = sum(refused is None for _, _, refused in rows)
    why = Counter(refused.reason for _, out, refused in rows if refused is not None and out is None)
    page = render_template(
        "feedback/round.html", round=round_, form=form, rows=rows, ready=ready, why=sorted(why.items())
    )
    return page, code


@blueprint.post(ROUND)
@releases
def release_round(round_id: int) -> ResponseReturnValue:
    """Release every outcome of a round that is ready."""
    round_ = round_or_404(round_id, actor(), permissions=(Permission.RELEASE,), to_write=True)
    form = RoundForm()
    if not form.validate():
        return _round(round_, form, 422)
    count = operations.release_round(round_, by=actor())
    if not count:
        form.form_errors.append("No outcome of this round is ready to be released.")
        return _round(round_, form, 422)
    flash(f"{plural(count, 'outcome')} {'is' if count == 1 else 'are'} released.")
    return redirect(url_for("feedback.round", round_id=round_.id))


@blueprint.get(RETRACT)
@releases
def retracting(release_id: int) -> ResponseReturnValue:
    """The form that takes a released outcome back."""
    found = queries.release_or_404(release_id, actor())
    return _retracting(found, RetractForm(formdata=None, version=found.version_id))


def _retracting(found: Release, form: RetractForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    refused = refusal_to_retract(found.audit.facts, found.retracted, actor(), "reason")
    page = render_template("feedback/retract.html", release=found, form=form, refused=refused, changed=changed)
    return page, code


@blueprint.post(RETRACT)
@releases
def retract(release_id: int) -> ResponseReturnValue:
    """Take a released outcome back."""
    found, form = queries.release_or_404(release_id, actor(), to_write=True), RetractForm()
    if not form.validate():
        return _retracting(found, form, 422)
    try:
        operations.retract(found, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _retracting(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _retracting(found, form, 409, changed=True)
    flash("The outcome is taken back. Nobody to whom it was released sees it any more.")
    return redirect(url_for("auditing.show", audit_id=found.audit_id))
