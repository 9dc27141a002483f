"""Sharing out the cases that wait, evenly and at random: who takes part, a look at it, and the audits themselves."""

from collections import Counter

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.forms import AllocateForm, IssueForm
from audit_app.sampling.queries.auditors import Candidate, candidates
from audit_app.sampling.queries.samples import without_audit
from audit_app.sampling.views import blueprint
from audit_app.sampling.views.drawing import new_seed
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


def hint_of(one: Candidate) -> str:
    """What a page says of somebody who may audit: where they work, and their load."""
    works = f"{one.person.unit.name}. " if one.person.unit else ""
    return f"{works}{one.in_round:,} in this round, {one.to_do:,} to write in all"


def _offer(form: AllocateForm, able: list[Candidate]) -> None:
    form.auditors.choices = [
        SelectChoice(value=one.person.id, label=one.person.name, render_kw={"hint": hint_of(one)}) for one in able
    ]


def _form_page(round_: Round, form: AllocateForm, code: int = 200) -> ResponseReturnValue:
    waiting = without_audit(round_)
    teams = Counter(one.case.unit.name for one in waiting)
    page = render_template(
        "sampling/allocate.html",
        round=round_,
        form=form,
        waiting=len(waiting),
        teams=sorted(teams.items()),
        refused=refusal_to_add_cases(round_.closed_at is not None),
    )
    return page, code


@blueprint.get("/rounds/<int(max=2147483647):round_id>/allocate")
@runs
def allocate(round_id: int) -> ResponseReturnValue:
    """Who shares the cases that wait: team managers, unless others are chosen."""
    round_ = round_or_404(round_id, actor())
    able = candidates(round_)
    form = AllocateForm(formdata=None, seed=new_seed(), auditors=[one.person.id for one in able if one.manages_team])
    _offer(form, able)
    return _form_page(round_, form)


@blueprint.post("/rounds/<int(max=2147483647):round_id>/allocate")
@runs
def allocate_look(round_id: int) -> ResponseReturnValue:
    """Show who would get what; nothing is given out."""
    round_, form = round_or_404(round_id, actor()), AllocateForm()
    _offer(form, candidates(round_))
    if form.validate():
        try:
            return _preview(round_, form)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
    return _form_page(round_, form, 422)


def _preview(round_: Round, form: AllocateForm, *, stale: bool = False) -> ResponseReturnValue:
    plan = operations.plan_allocation(round_, form.auditors.data, form.seed.data or "", form.cap.data)
    given = Counter(pair.auditor for pair in plan.found.pairs)
    people = sorted(plan.auditors.values(), key=lambda one: (one.person.name, one.person.id))
    page = render_template(
        "sampling/allocation.html",
        round=round_,
        form=form,
        plan=plan,
        stale=stale,
        people=[(one, given[str(one.person.id)]) for one in people],
        pairs=[(plan.waiting[pair.reference].case, plan.auditors[pair.auditor]) for pair in plan.found.pairs],
    )
    return page, 409 if stale else 200


@blueprint.post("/rounds/<int(max=2147483647):round_id>/allocate/change")
@runs
def allocate_change(round_id: int) -> ResponseReturnValue:
    """Go back to who takes part, with what was chosen."""
    round_, form = round_or_404(round_id, actor()), IssueForm()
    _offer(form, candidates(round_))
    form.validate()
    return _form_page(round_, form)


@blueprint.post("/rounds/<int(max=2147483647):round_id>/allocate/issue")
@runs
def issue(round_id: int) -> ResponseReturnValue:
    """Give out what was looked at, or show what would be given now where something has changed since."""
    round_, form = round_or_404(round_id, actor()), IssueForm()
    _offer(form, candidates(round_))
    if not form.validate():
        return _form_page(round_, form, 422)
    seed, cap = form.seed.data or "", form.cap.data
    try:
        given = operations.allocate_at_random(
            round_, form.auditors.data, seed, cap, form.fingerprint.data, by=actor().id
        )
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _form_page(round_, form, 422)
    except Stale:
        return _preview(round_, form, stale=True)
    flash(f"{plural(len(given), 'audit')} {'is' if len(given) == 1 else 'are'} with {_auditors(given)}.")
    return redirect(url_for("sampling.board", round_id=round_.id))


def _auditors(given: list[Audit]) -> str:
    return plural(len({audit.auditor_id for audit in given}), "auditor")
