"""Drawing a sample: the terms, a look at what they give, and the draw itself."""

import secrets

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refusal, Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.exclusions import REASON_WORDS
from audit_app.sampling.explanation import policy_words, stratum_words
from audit_app.sampling.fingerprint import fingerprint_of_draw
from audit_app.sampling.forms import ConfirmDrawForm, DrawForm
from audit_app.sampling.queries import frames
from audit_app.sampling.queries.samples import last_size
from audit_app.sampling.selection import Drawn
from audit_app.sampling.views import blueprint
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)
FIRST = 10


def new_seed() -> str:
    """A seed that nobody chose; whoever draws may type another."""
    return secrets.token_hex(6)


def _refused(round_: Round) -> Refusal | None:
    if round_.case_list_id is None:
        return Refusal(operations.NO_LIST)
    return refusal_to_add_cases(round_.closed_at is not None)


def _form_page(round_: Round, form: DrawForm, code: int = 200) -> ResponseReturnValue:
    refused = _refused(round_)
    cases = frames.listed(round_)
    return render_template(
        "sampling/draw.html",
        round=round_,
        form=form,
        refused=refused,
        listed=len(cases.frame.cases),
        closed=len(cases.closed),
    ), code


@blueprint.get("/rounds/<int(max=2147483647):round_id>/draw")
@runs
def draw(round_id: int) -> ResponseReturnValue:
    """The terms of a draw."""
    round_ = round_or_404(round_id, actor())
    return _form_page(round_, DrawForm(formdata=None, seed=new_seed(), size=last_size(round_)))


@blueprint.post("/rounds/<int(max=2147483647):round_id>/draw")
@runs
def draw_look(round_id: int) -> ResponseReturnValue:
    """Show what the terms give; nothing is kept."""
    round_, form = round_or_404(round_id, actor()), DrawForm()
    if form.validate():
        try:
            drawn = operations.plan_draw(round_, form.terms)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            return _preview(round_, form, drawn)
    return _form_page(round_, form, 422)


def _preview(round_: Round, form: DrawForm, drawn: Drawn, *, stale: bool = False) -> ResponseReturnValue:
    attributes = {case.reference: case.attributes for case in drawn.frame.cases}
    reasons = {
        words: len({one.reference for one in drawn.exclusions if one.reason is reason})
        for reason, words in REASON_WORDS.items()
    }
    page = render_template(
        "sampling/preview.html",
        round=round_,
        form=form,
        drawn=drawn,
        stale=stale,
        fingerprint=fingerprint_of_draw(drawn),
        policy=policy_words(drawn.policy),
        reasons={words: count for words, count in reasons.items() if count},
        strata=[(stratum_words(one.key), one) for one in drawn.strata],
        first=[(one, attributes[one.reference]) for one in drawn.cases[:FIRST]],
    )
    return page, 409 if stale else 200


@blueprint.post("/rounds/<int(max=2147483647):round_id>/draw/change")
@runs
def draw_change(round_id: int) -> ResponseReturnValue:
    """Go back to the terms, with what was filled in."""
    round_, form = round_or_404(round_id, actor()), ConfirmDrawForm()
    form.validate()
    return _form_page(round_, form)


@blueprint.post("/rounds/<int(max=2147483647):round_id>/draw/confirm")
@runs
def draw_confirm(round_id: int) -> ResponseReturnValue:
    """Draw what was looked at, or show what would be drawn now where something has changed since."""
    round_, form = round_or_404(round_id, actor()), ConfirmDrawForm()
    if not form.validate():
        return _form_page(round_, form, 422)
    try:
        sample = operations.draw(round_, form.terms, form.fingerprint.data, by=actor().id)
    except Refused as refused:
        form.refuse(refused.refusal)
        return _form_page(round_, form, 422)
    except Stale:
        return _preview(round_, form, operations.plan_draw(round_, form.terms), stale=True)
    flash(f"The sample of {plural(len(sample.cases), 'case')} is drawn and kept.")
    return redirect(url_for("sampling.sample", sample_id=sample.id))
