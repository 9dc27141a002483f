"""A child may be at risk now: saying so, saying who was told, and what came of it."""

import datetime as dt

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing import operations, queries
from audit_app.auditing.forms import OutcomeForm, RiskForm, TellForm
from audit_app.auditing.model import Audit, RiskAlert
from audit_app.auditing.times import moment_of, time_of
from audit_app.auditing.views import blueprint
from audit_app.auditing.visibility import Sight
from audit_app.clock import now
from audit_app.refusal import Refused
from audit_app.web.guard import actor, requires

raises = requires(Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE)


def _audit(audit_id: int) -> Audit:
    # Whoever judges an audit, blind or not, may meet a child who is not safe.
    return queries.audit_or_404(audit_id, actor(), least=Sight.BLIND)


def _told_at(form: RiskForm | TellForm) -> dt.datetime | None:
    """When somebody was told; faults are put on the form."""
    if form.told_on.data is None and not form.told_time.data:
        return None
    time = time_of(form.told_time.data or "")
    if time is None:
        form.told_time.errors = ["Enter a time, such as 2:15pm"]
        return None
    if form.told_on.data is None:
        form.told_on.errors = ["Enter the day"]
        return None
    told = moment_of(form.told_on.data, time)
    if told > now() + dt.timedelta(minutes=5):
        form.told_time.errors = ["The time must not be in the future"]
        return None
    return told


@blueprint.get("/audits/<int(max=2147483647):audit_id>/risk")
@raises
def risk(audit_id: int) -> ResponseReturnValue:
    """The form that says that a child may be at risk now."""
    return render_template("auditing/risk.html", audit=_audit(audit_id), form=RiskForm(formdata=None))


@blueprint.post("/audits/<int(max=2147483647):audit_id>/risk")
@raises
def risk_raise(audit_id: int) -> ResponseReturnValue:
    """Raise an alert: the head of service and the audit officer see it at once."""
    audit, form = _audit(audit_id), RiskForm()
    if form.validate():
        told_at = _told_at(form)
        if form.told.data and told_at is None and not form.errors:
            form.told_on.errors = ["Enter the day and the time"]
        if not form.errors:
            told = (form.told.data or "") if told_at else ""
            operations.raise_risk(audit, form.concern.data or "", told, told_at, by=actor())
            flash("The alert is raised. The head of service and the audit officer see it now.")
            return redirect(_back(audit))
    return render_template("auditing/risk.html", audit=audit, form=form), 422


def _back(audit: Audit) -> str:
    mine = audit.auditor_id == actor().id
    return url_for("auditing.edit" if mine else "auditing.show", audit_id=audit.id)


def _alert(audit: Audit, alert_id: int) -> RiskAlert:
    found = next((alert for alert in queries.alerts_of(audit) if alert.id == alert_id), None)
    if found is None:
        abort(404)
    return found


@blueprint.get("/audits/<int(max=2147483647):audit_id>/risk/<int(max=2147483647):alert_id>/tell")
@raises
def risk_told(audit_id: int, alert_id: int) -> ResponseReturnValue:
    """The form that says who was told."""
    audit = _audit(audit_id)
    alert = _own(audit, alert_id)
    return render_template("auditing/tell.html", audit=audit, alert=alert, form=TellForm(formdata=None))


def _own(audit: Audit, alert_id: int) -> RiskAlert:
    alert = _alert(audit, alert_id)
    if alert.raised_by != actor().id:
        abort(404)
    return alert


@blueprint.post("/audits/<int(max=2147483647):audit_id>/risk/<int(max=2147483647):alert_id>/tell")
@raises
def risk_tell(audit_id: int, alert_id: int) -> ResponseReturnValue:
    """Say who was told, and when."""
    audit, form = _audit(audit_id), TellForm()
    alert = _own(audit, alert_id)
    if form.validate():
        told_at = _told_at(form)
        if told_at is not None:
            operations.tell_risk(alert, form.told.data or "", told_at, by=actor())
            flash("It is recorded whom you told, and when.")
            return redirect(_back(audit))
    return render_template("auditing/tell.html", audit=audit, alert=alert, form=form), 422


@blueprint.get("/risks")
@requires(Permission.SEE_RISKS)
def risks() -> ResponseReturnValue:
    """Children who may be at risk now, in the units where one must know."""
    return render_template("auditing/risks.html", alerts=queries.open_alerts(actor()))


def _to_close(alert_id: int) -> RiskAlert:
    found = next((alert for alert in queries.open_alerts(actor()) if alert.id == alert_id), None)
    if found is None:
        abort(404)
    return found


@blueprint.get("/risks/<int(max=2147483647):alert_id>/close")
@requires(Permission.SEE_RISKS)
def risk_outcome(alert_id: int) -> ResponseReturnValue:
    """The form that says what came of an alert."""
    return render_template("auditing/close_risk.html", alert=_to_close(alert_id), form=OutcomeForm(formdata=None))


@blueprint.post("/risks/<int(max=2147483647):alert_id>/close")
@requires(Permission.SEE_RISKS)
def risk_close(alert_id: int) -> ResponseReturnValue:
    """Say what came of an alert."""
    alert, form = _to_close(alert_id), OutcomeForm()
    if form.validate():
        try:
            operations.close_risk(alert, form.outcome.data or "", by=actor())
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash("The alert is closed, with what was done.")
            return redirect(url_for("auditing.risks"))
    return render_template("auditing/close_risk.html", alert=alert, form=form), 422
