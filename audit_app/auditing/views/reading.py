"""The pages on which audits are found and read."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.auditing import queries
from audit_app.auditing.comparison import comparison, judged_sections
from audit_app.auditing.contributing import asks_for
from audit_app.auditing.drafts import concerns_of
from audit_app.auditing.forms import ListForm
from audit_app.auditing.model import Audit
from audit_app.auditing.rules import refusal_to_reply, refusal_to_void, refusal_to_withdraw, refusal_to_write
from audit_app.auditing.timeline import TOLD, sign_off_in
from audit_app.auditing.views import blueprint
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.auditing.workflow import Stage
from audit_app.history.operations import record
from audit_app.history.queries import entries_of
from audit_app.identity.queries import names_of
from audit_app.web.guard import actor, records_reading, requires

SEES = (
    Permission.AUDIT,
    Permission.MODERATE,
    Permission.VALIDATE,
    Permission.READ_AUDITS,
    Permission.SEE_PROGRESS,
)


@blueprint.get("/audits")
@requires(*SEES)
def index() -> ResponseReturnValue:
    """The audits that one may see, filtered."""
    form = ListForm(request.args)
    form.stage.choices = [SelectChoice(value="", label="Any stage")]
    form.stage.choices += [SelectChoice(value=stage.value, label=stage.words) for stage in Stage]
    asked = queries.Asked(form.q.data or "", form.stage.data or "", form.whose.data == "mine")
    page = queries.page_of(actor(), asked, after=request.args.get("after", ""), before=request.args.get("before", ""))
    hidden = {a.id for a in page.items if sight_of(a.facts, actor()) is Sight.BLIND}
    stages = {stage.value: stage.words for stage in Stage}
    return render_template("auditing/index.html", form=form, page=page, hidden=hidden, asked=asked, stages=stages)


@blueprint.get("/audits/<int(max=2147483647):audit_id>")
@requires(*SEES)
@records_reading
def show(audit_id: int) -> ResponseReturnValue:
    """One audit, as much of it as this person may see; that they opened it is recorded."""
    audit = queries.audit_or_404(audit_id, actor())
    sight = sight_of(audit.facts, actor())
    if sight is Sight.PROGRESS:
        return render_template(
            "auditing/progress.html",
            audit=audit,
            may_withdraw=_may_withdraw(audit),
            asks=bool(audit.tool.agencies) and asks_for(audit.facts, actor()),
        )
    if sight is Sight.BLIND:
        return render_template("auditing/blind.html", audit=audit, sections=audit.tool.sections_for(audit.category))
    if audit.auditor_id == actor().id and refusal_to_write(audit.facts, actor()) is None:
        return redirect(url_for("auditing.edit", audit_id=audit.id))
    record("audit.opened", subject=audit.subject, by=actor().id)
    entries = entries_of(audit.subject)
    ledger, gone = queries.judgements_of(audit), queries.retracted_of(audit)
    rows = comparison(judged_sections(audit.tool, audit.category, ledger, gone), ledger, gone)
    return render_template(
        "auditing/show.html",
        audit=audit,
        answers=queries.answers_of(audit),
        rows=rows,
        alerts=queries.alerts_of(audit),
        contributed=[one for one in queries.contributions_of(audit) if one.withdrawn_at is None],
        concerns=concerns_of,
        replies=queries.replies_of(audit),
        entries=[e for e in entries if e.kind in TOLD],
        told=TOLD,
        sign_off=sign_off_in((e.kind, e.body or {}) for e in reversed(entries)),
        names=names_of({e.actor_id for e in entries if e.actor_id}),
        may_reply=refusal_to_reply(audit.facts, actor(), "words") is None,
        may_void=refusal_to_void(audit.facts, actor(), 0, "reason") is None,
    )


def _may_withdraw(audit: Audit) -> bool:
    running = actor().reaches(Permission.RUN_ROUNDS, audit.unit.path)
    return running and refusal_to_withdraw(audit.at, "reason") is None
