"""The pages on which audits are found and read."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.auditing import family, queries
from audit_app.auditing.comparison import comparison, judged_sections
from audit_app.auditing.contributing import asks_for
from audit_app.auditing.drafts import RIGHTED, concerns_of
from audit_app.auditing.earlier import Beside, Stands, beside
from audit_app.auditing.forms import ListForm
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import listing
from audit_app.auditing.rules import refusal_to_reply, refusal_to_void, refusal_to_withdraw, refusal_to_write
from audit_app.auditing.timeline import TOLD, again_in, sign_off_in
from audit_app.auditing.views import blueprint
from audit_app.auditing.visibility import Sight, holds_blind, shows_earlier, sight_of
from audit_app.auditing.workflow import Stage
from audit_app.history.operations import record
from audit_app.history.queries import entries_of
from audit_app.identity.queries import names_of
from audit_app.web.guard import actor, records_reading, requires

STAGES = {stage.value: stage.words for stage in Stage}
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
    asked = listing.Asked(form.q.data or "", form.stage.data or "", form.whose.data == "mine")
    who = actor()
    page = listing.page_of(who, asked, after=request.args.get("after", ""), before=request.args.get("before", ""))
    hidden = listing.held_blind([one.id for one in page.items], who)
    length = listing.length_said(page.total)
    return render_template(
        "auditing/index.html", form=form, page=page, length=length, hidden=hidden, asked=asked, stages=STAGES
    )


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
        told_of=family.told,
        replies=queries.replies_of(audit),
        entries=[e for e in entries if e.kind in TOLD],
        told=TOLD,
        sign_off=sign_off_in((e.kind, e.body or {}) for e in reversed(entries)),
        again=again_in((e.kind, e.body or {}) for e in reversed(entries)),
        earlier=[one for one in queries.earlier_audits(audit) if _shows(one, audit)],
        names=names_of({e.actor_id for e in entries if e.actor_id}),
        may_reply=refusal_to_reply(audit.facts, actor(), "words") is None,
        may_void=refusal_to_void(audit.facts, actor(), 0, "reason") is None,
    )


@blueprint.get("/audits/<int(max=2147483647):audit_id>/earlier")
@requires(*SEES)
@records_reading
def earlier(audit_id: int) -> ResponseReturnValue:
    """The earlier audits of the same case that one may read, each beside this one; that they were read is recorded."""
    audit = queries.audit_or_404(audit_id, actor(), least=Sight.FULL)
    every = [one for one in queries.earlier_audits(audit) if not holds_blind(one.facts, actor())]
    shown = [one for one in every if _shows(one, audit)]
    for one in shown:
        record("audit.opened", subject=one.subject, body={"beside": audit.id}, by=actor().id)
    now = queries.stands_in(audit) if audit.first_handed_in_at is not None else ()
    answers = queries.drafts_of(audit)
    asked = [s.key for s in audit.tool.sections_for(audit.category) if s.kind == "concerns" and s.key in answers]
    return render_template(
        "auditing/earlier.html",
        audit=audit,
        shown=[(one, _beside(one, audit, now)) for one in shown],
        later=len(every) - len(shown) if audit.auditor_id == actor().id else 0,
        concerns=[concern for key in asked for concern in concerns_of(answers[key].particulars)],
        now=now,
        righted=RIGHTED,
    )


def _shows(one: Audit, audit: Audit) -> bool:
    at_once = audit.round.programme.policy.earlier_at_once or one.id == audit.follows_id
    return shows_earlier(one.facts, audit.facts, actor(), at_once=at_once)


def _beside(one: Audit, audit: Audit, now: tuple[Stands, ...]) -> tuple[Beside, ...]:
    return beside(queries.stands_in(one), now, audit.tool.scale if one.tool.scale == audit.tool.scale else None)


def _may_withdraw(audit: Audit) -> bool:
    running = actor().reaches(Permission.RUN_ROUNDS, audit.unit.path)
    return running and refusal_to_withdraw(audit.at, "reason") is None
