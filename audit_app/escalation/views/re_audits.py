"""The pages of re-audits: which cases are audited again, when, and putting one in another month."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing.workflow import COUNTED
from audit_app.clock import today
from audit_app.escalation import operations, queries
from audit_app.escalation.forms import MonthForm
from audit_app.escalation.model import ReAudit
from audit_app.escalation.views import blueprint
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import month
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)
ONE = "/re-audits/<int(max=2147483647):reaudit_id>"


@blueprint.get("/re-audits")
@runs
def reaudits() -> ResponseReturnValue:
    """The cases to audit again, by month, and what became of those that were."""
    every = queries.reaudits_due(actor())
    later = queries.followed(one.audit_id for one in every)
    done = {one.audit_id for one in every if one.audit_id in later and later[one.audit_id].at in COUNTED}
    shown = [one.audit_id for one in every] + [one.id for one in later.values()]
    return render_template(
        "escalation/reaudits.html",
        due=[one for one in every if one.audit_id not in done],
        done=[one for one in reversed(every) if one.audit_id in done],
        later=later,
        became=queries.carried_out(later[key] for key in done),
        open_to=queries.open_among(shown, actor()),
        rounds=queries.rounds_to_give_in(one.programme_id for one in every if one.audit_id not in later),
        today=today(),
    )


@blueprint.get(f"{ONE}/month")
@runs
def moving(reaudit_id: int) -> ResponseReturnValue:
    """The form that puts a re-audit in another month."""
    found = queries.reaudit_or_404(reaudit_id, actor())
    return _moving(found, MonthForm(formdata=None, version=found.version_id, month=found.month.isoformat()))


def _moving(found: ReAudit, form: MonthForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    form.offer(today(), found.month)
    return render_template("escalation/move.html", reaudit=found, form=form, changed=changed), code


@blueprint.post(f"{ONE}/month")
@runs
def move(reaudit_id: int) -> ResponseReturnValue:
    """Put a re-audit in another month."""
    found, form = queries.reaudit_or_404(reaudit_id, actor(), to_write=True), MonthForm()
    form.offer(today(), found.month)
    if not form.validate():
        return _moving(found, form, 422)
    try:
        operations.move(found, form.chosen, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _moving(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _moving(found, form, 409, changed=True)
    flash(f"Case {found.audit.case.reference} is to be audited again in {month(found.month)}.")
    return redirect(url_for("escalation.reaudits"))
