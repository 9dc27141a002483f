"""Sharing out the cases that wait, evenly and at random: who takes part, a look at it, and the audits themselves."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.adjusting import Adjusted
from audit_app.sampling.forms import AllocateForm, IssueForm
from audit_app.sampling.queries.auditors import Candidate, candidates
from audit_app.sampling.queries.samples import without_audit
from audit_app.sampling.views import blueprint
from audit_app.sampling.views.drawing import new_seed
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

Planned = operations.Plan | operations.RoundPlan
runs = requires(Permission.RUN_ROUNDS)


def hint_of(one: Candidate) -> str:
    """What a page says of somebody who may audit: where they work, and their load."""
    works = f"{one.person.unit.name}. " if one.person.unit else ""
    limits = f". {one.keeps_out}" if one.keeps_out else ""
    return f"{works}{one.in_round:,} in this round, {one.to_do:,} to write in all{limits}"


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
    """Who shares the cases that wait: those whom the programme asks, but for who is away or exempt."""
    round_ = round_or_404(round_id, actor())
    able = candidates(round_)
    usual = [one.person.id for one in able if one.takes_part]
    form = AllocateForm(formdata=None, seed=new_seed(), auditors=usual, cap=round_.programme.policy.cap)
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


def _preview(
    round_: Round, form: AllocateForm, moves: Mapping[int, int | None] | None = None, *, stale: bool = False
) -> tuple[str, int]:
    plan = operations.plan_allocation(round_, form.auditors.data, form.seed.data or "", form.cap.data, moves)
    form.form_errors += [refused.reason for refused in plan.final.refusals.values()]
    page = render_template(
        "sampling/allocation.html",
        round=round_,
        form=form,
        plan=plan,
        stale=stale,
        people=loads_of(plan.able, plan.final, plan.auditors),
        apart=[one for key, one in plan.able.items() if key not in plan.auditors],
        rows=rows_of({reference: one.case for reference, one in plan.waiting.items()}, plan, moves or {}),
    )
    return page, 409 if stale else 422 if plan.final.refusals else 200


@dataclass(frozen=True, slots=True)
class Row:
    """One case on the page that shows who would get what: who may have it, who is chosen, and why that can't be."""

    id: int
    case: CaseRecord
    choices: Sequence[Candidate]
    proposed: int
    chosen: int
    wrong: str

    @property
    def chosen_one(self) -> str:
        """The name of whoever is chosen among those who may have it."""
        return next((one.person.name for one in self.choices if one.person.id == self.chosen), "Nobody yet")


def rows_of(
    cases: Mapping[str, CaseRecord],
    plan: Planned,
    moves: Mapping[int, int | None],
    ids: Mapping[str, int] | None = None,
) -> list[Row]:
    """The cases of a plan by reference, each with its choices; ids are those that the choices are sent under."""
    proposed = {pair.reference: int(pair.auditor) for pair in plan.found.pairs}
    rows = []
    for reference, case in sorted(cases.items()):
        key = case.id if ids is None else ids[reference]
        usual = proposed.get(reference, 0)
        chosen = (moves[key] or 0) if key in moves else usual
        refused = plan.final.refusals.get(reference)
        choices = list(plan.choices[reference])
        if chosen and chosen not in {one.person.id for one in choices} and str(chosen) in plan.able:
            choices.append(plan.able[str(chosen)])  # what was chosen stays to be seen, beside why it can't be
        rows.append(Row(key, case, choices, usual, chosen, refused.reason if refused else ""))
    return rows


def loads_of(
    able: Mapping[str, Candidate], final: Adjusted, asked: Collection[str] = ()
) -> list[tuple[Candidate, int]]:
    """Those who take part or would get something, by name, each with how many audits they would get."""
    given = Counter(pair.auditor for pair in final.pairs)
    found = [(one, given[key]) for key, one in able.items() if key in asked or given[key]]
    return sorted(found, key=lambda pair: (pair[0].person.name, pair[0].person.id))


@blueprint.post("/rounds/<int(max=2147483647):round_id>/allocate/adjust")
@runs
def allocate_adjust(round_id: int) -> ResponseReturnValue:
    """Show who would get what with other auditors chosen for some cases; nothing is given out."""
    round_, form = round_or_404(round_id, actor()), IssueForm()
    _offer(form, candidates(round_))
    moves = form.moves
    if moves is None:
        abort(400)
    if form.validate():
        try:
            return _preview(round_, form, moves)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
    return _form_page(round_, form, 422)


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
    moves = form.moves
    if moves is None:
        abort(400)
    if not form.validate():
        return _form_page(round_, form, 422)
    seed, cap = form.seed.data or "", form.cap.data
    try:
        given = operations.allocate_at_random(
            round_, form.auditors.data, seed, cap, form.fingerprint.data, moves, by=actor().id
        )
    except Stale:
        return _preview(round_, form, moves, stale=True)
    except Refused as refused:
        return _refused(round_, form, moves, refused)
    flash(f"{plural(len(given), 'audit')} {'is' if len(given) == 1 else 'are'} with {_auditors(given)}.")
    return redirect(url_for("sampling.board", round_id=round_.id))


def _refused(round_: Round, form: IssueForm, moves: Mapping[int, int | None], refused: Refused) -> ResponseReturnValue:
    """The page that the refusal is about: the choices, where one of them can't be, or else who takes part."""
    if moves:
        try:
            page, code = _preview(round_, form, moves)
        except Refused:
            pass
        else:
            if code == 422:
                return page, code
    form.form_errors.append(refused.refusal.reason)
    return _form_page(round_, form, 422)


def _auditors(given: list[Audit]) -> str:
    return plural(len({audit.auditor_id for audit in given}), "auditor")
