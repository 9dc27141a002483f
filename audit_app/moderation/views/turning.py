"""What becomes of a moderation: sending the audit back, the outcome that others read, and reopening."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.visibility import Sight
from audit_app.clock import today
from audit_app.moderation import operations, queries
from audit_app.moderation.challenge import refusal_to_allow_late, refusal_to_challenge
from audit_app.moderation.forms.judging import ReopenForm, SendBackForm
from audit_app.moderation.model import Moderation, Phase
from audit_app.moderation.rules import PERMISSION, refusal_to_reopen
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.moderating import (
    is_with_moderator,
    judges,
    moderation_of,
    note_opening,
    rows_of,
)
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refusal, Refused
from audit_app.web.guard import actor, records_reading, requires

TIERS = ("senior", "external")
READS = (Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE, Permission.READ_AUDITS)


@blueprint.get("/audits/<int(max=2147483647):audit_id>/moderation/<tier>")
@requires(*READS)
@records_reading
def outcome(audit_id: int, tier: str) -> ResponseReturnValue:
    """What a finished moderation says of the audit itself, for the auditor and all who may read the audit."""
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL)
    moderation = queries.find_moderation(audit, tier) if tier in TIERS else None
    if moderation is None or moderation.at is not Phase.DONE:
        abort(404)
    note_opening(moderation)
    rows = [row for row in rows_of(moderation) if any(one.tier == tier for one in row.settled)]
    found = queries.outcome_of(moderation)
    cannot = refusal_to_challenge(audit.facts, actor(), found, today())
    after = max(today(), found.last_day)
    later = working_days_after(after, 1)
    allows = refusal_to_allow_late(audit.facts, moderation.moderator_id, actor(), found, later, "reason", after) is None
    return render_template(
        "moderation/outcome.html",
        audit=audit,
        moderation=moderation,
        rows=[row for row in rows if not row.added],
        added=[row for row in rows if row.added],
        overridden=[row for row in rows for one in row.settled if one.tier == tier and one.decision == "override"],
        may_reopen=refusal_to_reopen(audit.facts, actor(), tier, "reason") is None,
        challenges=[one for one in queries.challenges_of(audit) if one.tier == tier],
        outcome=found,
        may_challenge=cannot is None,
        auditor_cannot=cannot if audit.auditor_id == actor().id and not found.is_challenged else None,
        may_allow=allows,
    )


@blueprint.get("/moderations/<int(max=2147483647):moderation_id>/send-back")
@judges
def sending_back(moderation_id: int) -> ResponseReturnValue:
    """The form that sends an audit back to its auditor."""
    moderation = moderation_of(moderation_id)
    if not is_with_moderator(moderation) or moderation.at is Phase.JUDGING_BLIND:
        return redirect(url_for("moderation.show", moderation_id=moderation.id))
    form = SendBackForm(formdata=None, version=moderation.version_id)
    return render_template("moderation/send_back.html", moderation=moderation, form=form)


@blueprint.post("/moderations/<int(max=2147483647):moderation_id>/send-back")
@judges
def send_back(moderation_id: int) -> ResponseReturnValue:
    """Ask once more, then send the audit back."""
    moderation = moderation_of(moderation_id, to_write=True)
    form = SendBackForm()
    if not form.validate():
        return render_template("moderation/send_back.html", moderation=moderation, form=form), 422
    if form.confirmed.data != "yes":
        operations.working(moderation, Phase.DECIDING, Phase.SETTLING, by=actor())
        return render_template("moderation/send_back_check.html", moderation=moderation, form=form)
    try:
        operations.send_back(moderation, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return render_template("moderation/send_back.html", moderation=moderation, form=form), 422
    flash(f"The audit of case {moderation.audit.case.reference} is sent back to its auditor.")
    return redirect(url_for("moderation.show", moderation_id=moderation.id))


def _finished(audit_id: int, tier: str, *, to_write: bool = False) -> tuple[Audit, Moderation]:
    audit = audit_or_404(audit_id, actor(), least=Sight.FULL, to_write=to_write)
    moderation = queries.find_moderation(audit, tier) if tier in TIERS else None
    if moderation is None or not actor().reaches(Permission.REOPEN, audit.unit.path):
        abort(404)
    return audit, moderation


@blueprint.get("/audits/<int(max=2147483647):audit_id>/moderation/<tier>/reopen")
@requires(Permission.REOPEN)
def reopening(audit_id: int, tier: str) -> ResponseReturnValue:
    """The form that reopens a finished moderation."""
    audit, moderation = _finished(audit_id, tier)
    refused = refusal_to_reopen(audit.facts, actor(), tier, "reason")
    return _reopening(audit, moderation, ReopenForm(formdata=None), refused)


def _reopening(audit: Audit, moderation: Moderation, form: ReopenForm, refused: Refusal | None = None) -> str:
    return render_template(
        "moderation/reopen.html",
        audit=audit,
        moderation=moderation,
        form=form,
        refused=refused,
        still_may=moderation.moderator.actor(today()).may(PERMISSION[moderation.tier]),
    )


@blueprint.post("/audits/<int(max=2147483647):audit_id>/moderation/<tier>/reopen")
@requires(Permission.REOPEN)
def reopen(audit_id: int, tier: str) -> ResponseReturnValue:
    """Reopen a finished moderation."""
    audit, moderation = _finished(audit_id, tier, to_write=True)
    form = ReopenForm()
    if form.validate():
        try:
            operations.reopen(moderation, form.reason.data or "", by=actor())
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The moderation of case {audit.case.reference} is open again, with {moderation.moderator.name}.")
            return redirect(url_for("auditing.show", audit_id=audit.id))
    return _reopening(audit, moderation, form), 422
