"""Drawing a sample: the terms, weights where cases are weighed, a look at what they give, and the draw itself."""

import json
import secrets
from collections import Counter
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refusal, Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.describing import ORDERS, attribute_title
from audit_app.sampling.exclusions import REASON_WORDS
from audit_app.sampling.explanation import policy_words
from audit_app.sampling.fingerprint import fingerprint_of_draw
from audit_app.sampling.forms import ChangeDrawForm, ConfirmDrawForm, DrawForm, WeighForm
from audit_app.sampling.groups import groups_of
from audit_app.sampling.policy import Method
from audit_app.sampling.queries import frames
from audit_app.sampling.queries.taking_part import taking_part
from audit_app.sampling.views import blueprint
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)
FIRST, MOST_VALUES, MOST_NAMED = 10, 60, 50


def new_seed() -> str:
    """A seed that nobody chose; whoever draws may type another."""
    return secrets.token_hex(6)


def _refused(round_: Round) -> Refusal | None:
    if round_.case_list_id is None:
        return Refusal(operations.NO_LIST)
    return refusal_to_add_cases(round_.closed_at is not None)


def _form_page(round_: Round, form: DrawForm, code: int = 200) -> ResponseReturnValue:
    refused = _refused(round_)
    listed, closed = (0, 0) if refused else frames.size_of(round_)
    return render_template(
        "sampling/draw.html",
        round=round_,
        form=form,
        refused=refused,
        listed=listed,
        closed=closed,
        auditors=[one.name for one in taking_part(round_)],
    ), code


@blueprint.get("/rounds/<int(max=2147483647):round_id>/draw")
@runs
def draw(round_id: int) -> ResponseReturnValue:
    """The terms of a draw, as the programme's policy has them."""
    round_ = round_or_404(round_id, actor())
    form = DrawForm(formdata=None).offer(frames.own_columns_of(round_))
    return _form_page(round_, form.fill(operations.usual_terms(round_, new_seed())))


@blueprint.post("/rounds/<int(max=2147483647):round_id>/draw")
@runs
def draw_look(round_id: int) -> ResponseReturnValue:
    """Show what the terms give, or ask for weights first; nothing is kept."""
    round_ = round_or_404(round_id, actor())
    form = DrawForm().offer(frames.own_columns_of(round_))
    if not form.validate():
        return _form_page(round_, form, 422)
    if form.method.data == Method.WEIGHTED and _refused(round_) is None:
        return _weigh_page(round_, form, {})
    return _looked_at(round_, form)


def _looked_at(round_: Round, form: DrawForm) -> ResponseReturnValue:
    try:
        look = operations.look(round_, form.terms)
    except Refused as refused:
        form.refuse(refused.refusal)
        return _form_page(round_, form, 422)
    return _preview(round_, form, look)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One value that a case list has, with how often, and the weight that is typed for it."""

    named: str
    value: str
    cases: int
    times: str
    wrong: bool


def _weigh_page(
    round_: Round, form: DrawForm, typed: dict[tuple[str, str], str], wrong: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    """How likely cases of each kind are to be drawn, for each thing that was chosen."""
    names, kept = list(form.weigh_by.data or ()), form.all_weights
    cases = frames.listed(round_, names).frame.cases
    groups = []
    for name in names:
        order = {value: place for place, value in enumerate(ORDERS.get(name, ()))}
        counts = Counter(case.value(name) for case in cases)
        values = sorted(counts, key=lambda value: (value == "", order.get(value, len(order)), value))
        if len(values) > MOST_VALUES:
            form.weigh_by.errors = [
                f"{attribute_title(name)} has {len(values):,} values on this list. "
                f"Choose something with {MOST_VALUES} or fewer"
            ]
            return _form_page(round_, form, 422)
        rows = [
            Weighed(
                json.dumps([name, value]),
                value,
                counts[value],
                typed.get((name, value), kept.get(name, {}).get(value, "1")),
                (name, value) in (wrong or ()),
            )
            for value in values
        ]
        groups.append((attribute_title(name), rows))
    page = render_template("sampling/weigh.html", round=round_, form=form, groups=groups, wrong=bool(wrong))
    return page, 422 if wrong else 200


@blueprint.post("/rounds/<int(max=2147483647):round_id>/draw/weigh")
@runs
def draw_weigh(round_id: int) -> ResponseReturnValue:
    """Show what the terms give with the weights that were typed; nothing is kept."""
    round_ = round_or_404(round_id, actor())
    form = WeighForm()
    form.offer(frames.own_columns_of(round_))
    if not form.validate():
        return _form_page(round_, form, 422)
    if wrong := form.keep():
        return _weigh_page(round_, form, form.typed, wrong)
    return _looked_at(round_, form)


def _preview(round_: Round, form: DrawForm, look: operations.Look, *, stale: bool = False) -> ResponseReturnValue:
    drawn = look.drawn
    attributes = {case.reference: case.attributes for case in drawn.frame.cases}
    reasons = []
    for reason, words in REASON_WORDS.items():
        references = sorted({one.reference for one in drawn.exclusions if one.reason is reason})
        if references:
            reasons.append((words, len(references), references[:MOST_NAMED]))
    page = render_template(
        "sampling/preview.html",
        round=round_,
        form=form,
        drawn=drawn,
        look=look,
        stale=stale,
        fingerprint=fingerprint_of_draw(drawn),
        policy=policy_words(drawn.policy),
        reasons=reasons,
        groups=groups_of(drawn),
        first=[(one, attributes[one.reference]) for one in drawn.cases[:FIRST]],
    )
    return page, 409 if stale else 200


@blueprint.post("/rounds/<int(max=2147483647):round_id>/draw/change")
@runs
def draw_change(round_id: int) -> ResponseReturnValue:
    """Go back to the terms, with what was filled in."""
    round_, form = round_or_404(round_id, actor()), ChangeDrawForm()
    form.offer(frames.own_columns_of(round_))
    form.validate()
    form.keep()
    return _form_page(round_, form)


@blueprint.post("/rounds/<int(max=2147483647):round_id>/draw/confirm")
@runs
def draw_confirm(round_id: int) -> ResponseReturnValue:
    """Draw what was looked at, or show what would be drawn now where something has changed since."""
    round_, form = round_or_404(round_id, actor()), ConfirmDrawForm()
    form.offer(frames.own_columns_of(round_))
    if not form.validate():
        return _form_page(round_, form, 422)
    try:
        sample = operations.draw(round_, form.terms, form.fingerprint.data, by=actor().id)
    except Refused as refused:
        form.refuse(refused.refusal)
        return _form_page(round_, form, 422)
    except Stale:
        return _preview(round_, form, operations.look(round_, form.terms), stale=True)
    flash(f"The sample of {plural(len(sample.cases), 'case')} is drawn and kept.")
    return redirect(url_for("sampling.sample", sample_id=sample.id))
