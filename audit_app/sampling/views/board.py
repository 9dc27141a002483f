"""A round's board: how far it is, who has what, and what to do next."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import ENDED, Stage
from audit_app.clock import day_of, today
from audit_app.escalation.queries import reaudits_in
from audit_app.identity.queries import names_of
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.sampling.forms import BoardForm
from audit_app.sampling.progress import STANDING_WORDS, Standing, chased_words, due_words, standing_of
from audit_app.sampling.queries import board as queries
from audit_app.sampling.queries.samples import samples_of
from audit_app.sampling.telling import told_of
from audit_app.sampling.views import blueprint
from audit_app.web.guard import actor, requires

TONES = {
    Stage.ALLOCATED: "quiet",
    Stage.SENT_BACK: "attention",
    Stage.MODERATED: "good",
    Stage.VALIDATED: "good",
    Stage.WITHDRAWN: "quiet",
    Stage.VOID: "quiet",
}


@blueprint.get("/rounds/<int(max=2147483647):round_id>")
@requires(Permission.RUN_ROUNDS)
def board(round_id: int) -> ResponseReturnValue:
    """One round: how far it is, who has what, late ones first."""
    round_ = round_or_404(round_id, actor())
    form = BoardForm(request.args)
    names = queries.names_in(round_)
    form.auditor.choices = [SelectChoice(value="", label="All")]
    form.auditor.choices += [SelectChoice(value=str(key), label=name) for key, name in names]
    wanted = _wanted(form)
    totals = queries.totals(round_, actor(), today())
    page = queries.audits_page(
        round_, wanted, actor(), today(), after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    happened = queries.happenings(round_)
    return render_template(
        "sampling/board.html",
        round=round_,
        form=form,
        totals=totals,
        page=page,
        rows=[_row(audit) for audit in page.items],
        applied=_applied(round_, form, dict(names)),
        filtered=wanted != queries.Wanted(),
        unseen=totals.audits - page.total if wanted == queries.Wanted() else 0,
        samples=samples_of(round_),
        due=due_words(round_.due_on, today()),
        overdue=round_.due_on < today(),
        chased={one.person_id: chased_words(one.chased_on, today()) for one in totals.held},
        refused=refusal_to_add_cases(round_.closed_at is not None),
        happened=[(entry, told) for entry in happened if (told := told_of(entry.kind, entry.body or {})) is not None],
        again=0 if round_.closed_at else reaudits_in(round_.programme_id, round_.month, actor()),
        names=names_of({entry.actor_id for entry in happened if entry.actor_id}),
    )


def _wanted(form: BoardForm) -> queries.Wanted:
    auditor, standing = form.auditor.data or "", form.standing.data or ""
    return queries.Wanted(
        int(auditor) if auditor in {choice.value for choice in form.auditor.choices if choice.value} else None,
        Standing(int(standing)) if standing in {str(one.value) for one in Standing} else None,
    )


def _row(audit: Audit) -> dict[str, object]:
    late = standing_of(audit.at, audit.due_on, today()) is Standing.LATE
    first = day_of(audit.first_handed_in_at) if audit.first_handed_in_at else None
    return {
        "audit": audit,
        "late": late,
        "handed_back": audit.handed_back_at is not None and audit.at not in ENDED,
        "tone": TONES.get(audit.at, "info"),
        "due": due_words(audit.due_on, today(), "late") if late else "",
        "handed_in_late": first is not None and first > audit.due_on and audit.at not in ENDED,
    }


def _applied(round_: Round, form: BoardForm, names: dict[int, str]) -> list[dict[str, object]]:
    """What was chosen, each with the address without it."""
    wanted = _wanted(form)
    groups: list[dict[str, object]] = []
    auditor = str(wanted.auditor_id) if wanted.auditor_id is not None else None
    standing = str(wanted.standing.value) if wanted.standing is not None else None
    if wanted.auditor_id is not None:
        href = url_for("sampling.board", round_id=round_.id, standing=standing)
        groups.append({"heading": "Auditor", "items": [{"text": names.get(wanted.auditor_id, ""), "href": href}]})
    if standing is not None:
        href = url_for("sampling.board", round_id=round_.id, auditor=auditor)
        groups.append(
            {"heading": "Handed in", "items": [{"text": STANDING_WORDS[Standing(int(standing))], "href": href}]}
        )
    return groups
