"""Drawing audits for moderation at random: asked, looked at, carried out."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.identity.absences import days_away
from audit_app.identity.model import Person
from audit_app.identity.queries import away_between
from audit_app.moderation import operations
from audit_app.moderation.arrival import absent
from audit_app.moderation.drawing import Plan, plan, refusal_to_draw, refusal_to_share, share_of
from audit_app.moderation.forms.giving import CarryOutForm, DrawForm
from audit_app.moderation.operations.giving import Terms
from audit_app.moderation.queries import past_of
from audit_app.moderation.queries import rounds as queries
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.giving import USUAL_DAYS, people_of
from audit_app.moderation.views.rounds import runs
from audit_app.organisation.queries import authority_of
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refused, refuse_if
from audit_app.web.formats import plural
from audit_app.web.guard import actor


@dataclass(frozen=True, slots=True)
class Looked:
    """What a draw would do, with the audits and people that it is about."""

    plan: Plan
    audits: dict[int, Audit]
    people: dict[int, Person]
    away: list[tuple[str, str]]  # whoever gets none, and when they are away: today or on the day it is due


def _offer(round_: Round, form: DrawForm) -> dict[str, list[Person]]:
    people = people_of(round_)
    in_hand = queries.unfinished_counts([person for some in people.values() for person in some])
    away = away_between(
        {person.id for some in people.values() for person in some}, today(), working_days_after(today(), USUAL_DAYS)
    )
    hints = {}
    for person in {person.id: person for some in people.values() for person in some}.values():
        held = f"{plural(in_hand[person.id], 'moderation')} in hand" if in_hand.get(person.id) else ""
        days = f"Away {days_away(away[person.id])}" if person.id in away else ""
        if held or days:
            hints[person.id] = ". ".join(part for part in (held, days) if part)
    form.offer(people, hints)
    return people


def _look(round_: Round, form: DrawForm, people: dict[str, list[Person]]) -> Looked:
    """What the draw that was asked for would do; refused where it cannot be made."""
    tier, blind = form.tier.data, form.blind.data == "blind"
    chosen = {person.id: person for person in people[tier] if person.id in form.chosen}
    days = away_between(chosen, today(), form.due_on.data)
    gone = absent(days, today(), form.due_on.data)
    refuse_if(refusal_to_share(len(chosen), len(gone)))
    away = [(person.name, days_away(days[key])) for key, person in chosen.items() if key in gone]
    chosen = {key: person for key, person in chosen.items() if key not in gone}
    audits = {audit.id: audit for audit in queries.may_be_given(round_, tier)}
    past = past_of(audits.values())
    refusals = {
        audit.id: {
            person.id: refused.reason
            for person in chosen.values()
            if (refused := operations.refusal_for(audit, person, tier, blind=blind, random=True, past=past[audit.id]))
        }
        for audit in audits.values()
    }
    everybody = frozenset(chosen)
    frame = sum(bool(everybody - why.keys()) for why in refusals.values())
    count = form.number.data if form.size.data == "number" else share_of(form.percent.data, frame)
    refuse_if(refusal_to_draw(refusals, everybody, form.seed.data, count))
    return Looked(plan(refusals, everybody, form.seed.data, count), audits, chosen, away)


def _asking(round_: Round, form: DrawForm, code: int = 200) -> ResponseReturnValue:
    sizes = {tier: len(queries.may_be_given(round_, tier)) for tier in ("senior", "external")}
    coverage = queries.coverage(round_, actor())
    page = render_template("moderation/draw.html", round=round_, form=form, sizes=sizes, coverage=coverage)
    return page, code


@blueprint.get("/rounds/<int(max=2147483647):round_id>/moderation/draw")
@runs
def drawing(round_id: int) -> ResponseReturnValue:
    """The form of a random draw, with what is usual filled in."""
    found = round_or_404(round_id, actor())
    form = DrawForm(request.args or None)
    _offer(found, form)
    if not request.args:
        form.suggest(
            tier="senior",
            number=max(1, queries.coverage(found, actor()).missing),
            blind=found.programme.blind,
            due_on=working_days_after(today(), USUAL_DAYS),
        )
    return _asking(found, form)


@blueprint.get("/rounds/<int(max=2147483647):round_id>/moderation/draw/preview")
@runs
def preview(round_id: int) -> ResponseReturnValue:
    """What the draw would do, before it is done."""
    found = round_or_404(round_id, actor())
    form = DrawForm(request.args)
    people = _offer(found, form)
    if not form.validate_for(today()):
        return _asking(found, form, 422)
    try:
        looked = _look(found, form, people)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _asking(found, form, 422)
    return _preview(found, form, looked)


def _preview(
    round_: Round, form: DrawForm, looked: Looked, code: int = 200, *, changed: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "moderation/preview.html",
        round=round_,
        form=form,
        plan=looked.plan,
        audits=looked.audits,
        people=looked.people,
        away=looked.away,
        again=f"{url_for('moderation.drawing', round_id=round_.id)}?{urlencode(form.pairs)}",
        changed=changed,
    )
    return page, code


@blueprint.post("/rounds/<int(max=2147483647):round_id>/moderation/draw")
@runs
def draw(round_id: int) -> ResponseReturnValue:
    """Carry out the draw that was looked at; one that would turn out otherwise by now is shown again."""
    found = round_or_404(round_id, actor())
    form = CarryOutForm()
    people = _offer(found, form)
    if not form.validate_for(today()):
        return _asking(found, form, 422)
    try:
        looked = _look(found, form, people)
        if looked.plan.digest != form.digest.data:
            return _preview(found, form, looked, 409, changed=True)
        exercise = None
        if form.tier.data == "external":
            unit = authority_of(found.programme.unit)
            exercise = operations.make_exercise(unit.id, form.exercise.data or "", by=actor().id)
        terms = Terms(form.tier.data, form.blind.data == "blind", form.due_on.data, exercise)
        operations.draw(found, looked.plan, looked.audits, looked.people, terms, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _asking(found, form, 422)
    flash(f"{plural(looked.plan.size, 'audit')} drawn and given to {plural(len(looked.plan.loads), 'moderator')}.")
    return redirect(url_for("moderation.round", round_id=found.id))
