"""Asking for all audits of a round as one file."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.packs import queries
from audit_app.packs.forms import PackForm
from audit_app.packs.operations.making import ask_for_round
from audit_app.packs.rules import KEPT_HOURS, refusal_to_ask
from audit_app.packs.views import blueprint
from audit_app.packs.views.keeping import takes_packs
from audit_app.refusal import Refused
from audit_app.web.guard import actor

ROUND = "/packs/rounds/<int(max=2147483647):round_id>"


def _page(holding: queries.Holding, form: PackForm, code: int = 200) -> ResponseReturnValue:
    job = queries.being_made(actor())
    page = render_template(
        "packs/round.html",
        holding=holding,
        form=form,
        job=job,
        refused=refusal_to_ask(len(holding.audits), waits=job is not None),
        days=KEPT_HOURS // 24,
    )
    return page, code


@blueprint.get(ROUND)
@takes_packs
def asking(round_id: int) -> ResponseReturnValue:
    """What a pack of a round would hold for this person, and in which form."""
    holding = queries.holding_of(queries.round_or_404(round_id, actor()), actor())
    return _page(holding, PackForm(formdata=None))


@blueprint.post(ROUND)
@takes_packs
def ask(round_id: int) -> ResponseReturnValue:
    """Ask for the audits of a round as one file."""
    holding = queries.holding_of(queries.round_or_404(round_id, actor()), actor())
    form = PackForm()
    if not form.validate():
        return _page(holding, form, 422)
    try:
        job = ask_for_round(holding, form.forms, url_for("packs.asking", round_id=round_id), by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _page(holding, form, 422)
    return redirect(url_for("work.show", job_id=job.id), 303)
