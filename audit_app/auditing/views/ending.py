"""Replying to an outcome, withdrawing an audit, and making one void."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission, Role
from audit_app.auditing import operations, queries
from audit_app.auditing.forms import ReplyForm, VoidForm, WithdrawForm
from audit_app.auditing.model import Audit
from audit_app.auditing.views import blueprint
from audit_app.auditing.visibility import Sight
from audit_app.identity.model import Person
from audit_app.identity.queries import people_of_unit
from audit_app.organisation.queries import authority_of
from audit_app.refusal import Refused
from audit_app.web.guard import actor, requires

SECOND = frozenset({Role.HEAD_OF_SERVICE, Role.SENIOR_MANAGER, Role.AUDIT_OFFICER})


@blueprint.get("/audits/<int(max=2147483647):audit_id>/reply")
@requires(Permission.AUDIT)
def reply(audit_id: int) -> ResponseReturnValue:
    """The form for the auditor's reply to an outcome."""
    audit = queries.audit_or_404(audit_id, actor(), least=Sight.FULL)
    return render_template("auditing/reply.html", audit=audit, form=ReplyForm(formdata=None, tier=_last_tier(audit)))


def _last_tier(audit: Audit) -> str:
    settled = [j.tier for j in queries.judgements_of(audit) if j.phase == "settled"]
    return settled[-1] if settled else "senior"


@blueprint.post("/audits/<int(max=2147483647):audit_id>/reply")
@requires(Permission.AUDIT)
def reply_send(audit_id: int) -> ResponseReturnValue:
    """Record the auditor's reply."""
    audit = queries.audit_or_404(audit_id, actor(), least=Sight.FULL, to_write=True)
    form = ReplyForm()
    if form.validate():
        try:
            operations.reply(audit, _last_tier(audit), form.words.data or "", by=actor())
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash("Your reply is recorded, beside the outcome.")
            return redirect(url_for("auditing.show", audit_id=audit.id))
    return render_template("auditing/reply.html", audit=audit, form=form), 422


@blueprint.get("/audits/<int(max=2147483647):audit_id>/withdraw")
@requires(Permission.RUN_ROUNDS)
def withdrawing(audit_id: int) -> ResponseReturnValue:
    """The form that withdraws an audit."""
    audit = queries.audit_or_404(audit_id, actor())
    return render_template("auditing/withdraw.html", audit=audit, form=WithdrawForm(formdata=None))


@blueprint.post("/audits/<int(max=2147483647):audit_id>/withdraw")
@requires(Permission.RUN_ROUNDS)
def withdraw(audit_id: int) -> ResponseReturnValue:
    """Take an audit out before it was handed in."""
    audit = queries.audit_or_404(audit_id, actor(), to_write=True)
    form = WithdrawForm()
    if form.validate():
        try:
            operations.withdraw(audit, form.reason.data or "", by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The audit of case {audit.case.reference} is withdrawn.")
            return redirect(url_for("sampling.board", round_id=audit.round_id))
    return render_template("auditing/withdraw.html", audit=audit, form=form), 422


def _seconds(audit: Audit) -> list[Person]:
    """Who could agree that an audit is void."""
    people = people_of_unit(authority_of(audit.unit).path)
    without = {actor().id, audit.auditor_id}
    return [
        p for p in people if p.id not in without and any(Role(g.role) in SECOND for g in p.grants if not g.ended_at)
    ]


@blueprint.get("/audits/<int(max=2147483647):audit_id>/void")
@requires(Permission.VOID_AUDITS)
def voiding(audit_id: int) -> ResponseReturnValue:
    """The form that makes a handed-in audit void."""
    audit = queries.audit_or_404(audit_id, actor(), least=Sight.FULL)
    form = VoidForm(formdata=None)
    form.second.choices = [SelectChoice(value=p.id, label=p.name) for p in _seconds(audit)]
    return render_template("auditing/void.html", audit=audit, form=form)


@blueprint.post("/audits/<int(max=2147483647):audit_id>/void")
@requires(Permission.VOID_AUDITS)
def void(audit_id: int) -> ResponseReturnValue:
    """Take a handed-in audit out of the figures."""
    audit = queries.audit_or_404(audit_id, actor(), least=Sight.FULL, to_write=True)
    form, seconds = VoidForm(), {p.id: p for p in _seconds(audit)}
    form.second.choices = [SelectChoice(value=p.id, label=p.name) for p in seconds.values()]
    if form.validate():
        try:
            operations.void(audit, form.reason.data or "", seconds[form.second.data], by=actor())
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The audit of case {audit.case.reference} is void and counts no longer.")
            return redirect(url_for("auditing.show", audit_id=audit.id))
    return render_template("auditing/void.html", audit=audit, form=form), 422
