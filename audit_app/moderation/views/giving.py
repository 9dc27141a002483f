"""Giving chosen audits to a moderator by hand."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.identity.model import Person
from audit_app.moderation import operations
from audit_app.moderation.forms.giving import GiveForm, WhomForm
from audit_app.moderation.model import Route
from audit_app.moderation.queries import past_of
from audit_app.moderation.queries import rounds as queries
from audit_app.moderation.views import blueprint
from audit_app.moderation.views.rounds import runs
from audit_app.organisation.queries import authority_of
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.programmes.working_days import working_days_after
from audit_app.refusal import Refused
from audit_app.web.guard import actor

TIERS = ("senior", "external")
USUAL_DAYS = 10


def people_of(round_: Round) -> dict[str, list[Person]]:
    """The moderators of a round's authority, by tier."""
    return {tier: queries.moderators(round_, tier) for tier in TIERS}


def _whom(round_: Round, whom: str) -> tuple[str, Person]:
    """The tier and the person that were chosen."""
    tier, _, key = whom.partition(":")
    people = queries.moderators(round_, tier) if tier in TIERS else []
    found = next((person for person in people if str(person.id) == key), None)
    if found is None:
        abort(404)
    return tier, found


def _can_and_cannot(round_: Round, tier: str, person: Person) -> tuple[list[Audit], list[tuple[Audit, str]]]:
    """The audits that can be given to somebody, and those that cannot, with why."""
    audits = queries.may_be_given(round_, tier)
    past, can, cannot = past_of(audits), list[Audit](), list[tuple[Audit, str]]()
    for audit in audits:
        refused = operations.refusal_for(audit, person, tier, blind=False, random=False, past=past[audit.id])
        if refused is None:
            can.append(audit)
        else:
            cannot.append((audit, refused.reason))
    return can, cannot


def _which(round_: Round, whom: str, form: GiveForm | None = None, code: int = 200) -> ResponseReturnValue:
    tier, person = _whom(round_, whom)
    can, cannot = _can_and_cannot(round_, tier, person)
    rows = queries.rows_of(can, actor())
    if form is None:
        form = GiveForm(formdata=None, whom=whom, due_on=working_days_after(today(), USUAL_DAYS))
    form.audits.choices = [_choice(row) for row in rows]
    page = render_template(
        "moderation/give.html", round=round_, tier=tier, moderator=person, form=form, can=can, cannot=cannot
    )
    return page, code


def _choice(row: queries.Row) -> SelectChoice:
    audit = row.audit
    grade = f" Judged {row.audited.name.lower()} overall." if row.audited else ""
    hint = f"{audit.unit.name}. Audited by {audit.auditor.name}.{grade}"
    return SelectChoice(value=audit.id, label=f"Case {audit.case.reference}", render_kw={"hint": hint})


@blueprint.get("/rounds/<int(max=2147483647):round_id>/moderation/give")
@runs
def giving(round_id: int) -> ResponseReturnValue:
    """To whom, and then which audits."""
    found = round_or_404(round_id, actor())
    people = people_of(found)
    asked = "whom" in request.args
    form = WhomForm(request.args if asked else None)
    form.offer(people)
    if asked and form.validate():
        return _which(found, form.whom.data)
    page = render_template("moderation/whom.html", round=found, form=form, people=people)
    return page, 422 if asked else 200


@blueprint.post("/rounds/<int(max=2147483647):round_id>/moderation/give")
@runs
def give(round_id: int) -> ResponseReturnValue:
    """Give the chosen audits to a moderator."""
    found = round_or_404(round_id, actor())
    form = GiveForm()
    tier, person = _whom(found, form.whom.data or "")
    can, _ = _can_and_cannot(found, tier, person)
    form.audits.choices = [SelectChoice(value=audit.id) for audit in can]
    if not form.validate_for(tier, today()):
        return _which(found, form.whom.data or "", form, 422)
    exercise = None
    if tier == "external":
        unit = authority_of(found.programme.unit)
        exercise = operations.make_exercise(unit.id, form.exercise.data or "", by=actor().id)
    chosen = [audit for audit in can if audit.id in (form.audits.data or [])]
    try:
        for audit in chosen:
            operations.give(
                audit,
                person,
                tier,
                route=Route(form.route.data),
                blind=False,
                due_on=form.due_on.data,
                by=actor().id,
                exercise=exercise,
            )
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _which(found, form.whom.data or "", form, 422)
    noun = "audit is" if len(chosen) == 1 else "audits are"
    flash(f"{len(chosen)} {noun} given to {person.name}.")
    return redirect(url_for("moderation.round", round_id=found.id))
