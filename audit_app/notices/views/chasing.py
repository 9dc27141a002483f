"""Chasing the auditors of a round for what is late: the exact words first, then the messages."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.identity.queries import away_between
from audit_app.notices import operations, queries
from audit_app.notices.forms import ChaseForm
from audit_app.notices.kinds import HOW_WORDS, How, Kind
from audit_app.notices.letters import News
from audit_app.notices.rules import refusal_to_chase
from audit_app.notices.views import blueprint
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.refusal import Refused
from audit_app.sampling.queries.board import names_in
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


@blueprint.get("/rounds/<int(max=2147483647):round_id>/chase")
@runs
def chasing(round_id: int) -> ResponseReturnValue:
    """The words that each auditor with late audits would get; nothing is sent."""
    return _page(round_or_404(round_id, actor()), ChaseForm(formdata=None))


def _page(round_: Round, form: ChaseForm, code: int = 200) -> ResponseReturnValue:
    late = queries.late_in(round_, actor(), today())
    only = request.args.get("auditor", "")
    if only.isascii() and only.isdecimal() and int(only) in late:
        late = {int(only): late[int(only)]}
    chased_on, hows = queries.chased_in(round_), queries.choices_of(late)
    away, unreached = away_between(late, today(), today()), queries.unreached(late)
    rows: list[dict[str, Any]] = []
    left: list[str] = []
    for person, audits in late.items():
        refused = refusal_to_chase(audits[0].auditor.name, len(audits), chased_on.get(person), today())
        if refused is not None:
            left.append(refused.reason)
            continue
        rows.append(
            {
                "person": audits[0].auditor,
                "count": len(audits),
                "letter": _letter(audits),
                "how": _how(hows[person].of(Kind.CHASED)),
                "away": away.get(person, ()),
                "unreached": person in unreached,
            }
        )
    page = render_template(
        "notices/chasing.html",
        round=round_,
        form=form,
        rows=rows,
        left=left,
        audits=sum(row["count"] for row in rows),
        mail=operations.mail_is_on(),
    )
    return page, code


def _letter(audits: list[Audit]) -> Any:
    news = [News(Kind.CHASED, audit.period, audit.due_on) for audit in audits]
    return operations.letter_to(audits[0].auditor, news, today())


def _how(how: How) -> str:
    return HOW_WORDS[how] if operations.mail_is_on() else HOW_WORDS[How.HERE]


@blueprint.post("/rounds/<int(max=2147483647):round_id>/chase")
@runs
def chase(round_id: int) -> ResponseReturnValue:
    """Send what was looked at to those who are still late."""
    round_, form = round_or_404(round_id, actor()), ChaseForm()
    form.auditors.choices = [SelectChoice(value=key, label=name) for key, name in names_in(round_)]
    if form.validate():
        try:
            done = operations.chase(round_, form.auditors.data, by=actor())
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            audits = sum(len(theirs) for theirs in done.asked.values())
            flash(f"{plural(len(done.asked), 'auditor is', 'auditors are')} chased for {plural(audits, 'late audit')}.")
            for refusal in done.refused.values():
                flash(refusal.reason)
            return redirect(url_for("sampling.board", round_id=round_.id))
    return _page(round_, form, 422)
