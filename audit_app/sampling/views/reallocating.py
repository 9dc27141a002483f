"""Giving audits to somebody else: one by one, several of one person, or those that were handed back."""

from collections.abc import Mapping, Sequence

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import audit_or_404
from audit_app.auditing.rules import refusal_to_reallocate
from audit_app.auditing.workflow import Stage
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.forms import IssueManyForm, LeaveForm, ManyForm, ReallocateForm
from audit_app.sampling.queries import auditors as queries
from audit_app.sampling.queries import people
from audit_app.sampling.views import blueprint
from audit_app.sampling.views.allocating import loads_of, rows_of
from audit_app.sampling.views.choosing import offer
from audit_app.sampling.views.drawing import new_seed
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


def _audit_or_404(round_: Round, audit_id: int, *, to_write: bool = False) -> Audit:
    audit = audit_or_404(audit_id, actor(), to_write=to_write)
    if audit.round_id != round_.id:
        abort(404)
    return audit


@blueprint.get("/rounds/<int(max=2147483647):round_id>/audits/<int(max=2147483647):audit_id>/reallocate")
@runs
def reallocating(round_id: int, audit_id: int) -> ResponseReturnValue:
    """Giving an audit that is not handed in to somebody else."""
    round_ = round_or_404(round_id, actor())
    audit = _audit_or_404(round_, audit_id)
    return _one_page(round_, audit, ReallocateForm(formdata=None, version=audit.version_id))


def _one_page(round_: Round, audit: Audit, form: ReallocateForm, code: int = 200) -> ResponseReturnValue:
    choice = _others(round_, audit)
    offer(form, choice)
    page = render_template(
        "sampling/reallocate.html",
        round=round_,
        audit=audit,
        form=form,
        choice=choice,
        started=audit.at is Stage.IN_PROGRESS,
        refused=refusal_to_reallocate(audit.at, audit.auditor_id, 0, started_too=True),
    )
    return page, code


def _others(round_: Round, audit: Audit) -> queries.Choice:
    others = [one for one in queries.candidates(round_) if one.person.id != audit.auditor_id]
    (choice,) = queries.choices_of([audit.case], others)
    return choice


@blueprint.post("/rounds/<int(max=2147483647):round_id>/audits/<int(max=2147483647):audit_id>/reallocate")
@runs
def reallocate(round_id: int, audit_id: int) -> ResponseReturnValue:
    """Give an audit that is not handed in to somebody else."""
    round_, form = round_or_404(round_id, actor()), ReallocateForm()
    audit = _audit_or_404(round_, audit_id, to_write=True)
    offer(form, _others(round_, audit))
    if form.version.data != audit.version_id:
        raise Stale("this audit")
    if form.validate():
        try:
            person = db.session.get_one(Person, form.auditor.data)
            operations.reallocate(round_, audit, person, by=actor().id, started_too=bool(form.started.data))
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The audit of case {audit.case.reference} is now with {person.name}.")
            return redirect(url_for("sampling.board", round_id=round_.id))
    return _one_page(round_, audit, form, 422)


@blueprint.post("/rounds/<int(max=2147483647):round_id>/audits/<int(max=2147483647):audit_id>/leave")
@runs
def leave(round_id: int, audit_id: int) -> ResponseReturnValue:
    """Leave an audit that was handed back with its auditor after all."""
    round_, form = round_or_404(round_id, actor()), LeaveForm()
    audit = _audit_or_404(round_, audit_id, to_write=True)
    if form.version.data != audit.version_id:
        raise Stale("this audit")
    again = ReallocateForm(formdata=None, version=audit.version_id)
    if form.validate():
        try:
            operations.leave_with_auditor(round_, audit, by=actor().id)
        except Refused as refused:
            again.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The audit of case {audit.case.reference} stays with {audit.auditor.name}.")
            return redirect(url_for("sampling.board", round_id=round_.id))
    return _one_page(round_, audit, again, 422)


# Several audits of one person


def _offer(form: ManyForm, audits: Sequence[Audit]) -> None:
    def choices(stage: Stage) -> list[SelectChoice]:
        return [
            SelectChoice(value=one.id, label=f"Case {one.case.reference}", render_kw={"hint": _hint(one)})
            for one in audits
            if one.at is stage
        ]

    form.audits.choices, form.started.choices = choices(Stage.ALLOCATED), choices(Stage.IN_PROGRESS)


def _hint(audit: Audit) -> str:
    back = f". Handed back: {audit.handed_back_because}" if audit.handed_back_at else ""
    return f"{audit.unit.name}, due {audit.due_on.day} {audit.due_on:%B}{back}"


@blueprint.get("/auditors/<int(max=2147483647):person_id>/reallocate")
@runs
def reallocating_many(person_id: int) -> ResponseReturnValue:
    """Which of somebody's audits go to others; those not started are chosen, unless others are."""
    person = people.holder_or_404(person_id, actor())
    audits = people.movable_audits(person.id, actor())
    form = ManyForm(formdata=None, seed=new_seed(), audits=[one.id for one in audits if one.at is Stage.ALLOCATED])
    return _many_page(person, audits, form)


def _many_page(person: Person, audits: Sequence[Audit], form: ManyForm, code: int = 200) -> ResponseReturnValue:
    _offer(form, audits)
    page = render_template(
        "sampling/reallocate_many.html",
        someone=person,
        form=form,
        audits=audits,
        sent_back=people.sent_back_to(person.id, actor()),
    )
    return page, code


def _chosen(form: ManyForm, audits: Sequence[Audit]) -> list[Audit]:
    wanted = set(form.chosen)
    return [one for one in audits if one.id in wanted]


@blueprint.post("/auditors/<int(max=2147483647):person_id>/reallocate")
@runs
def reallocate_many_look(person_id: int) -> ResponseReturnValue:
    """Show who would get what; nothing changes hands."""
    person, form = people.holder_or_404(person_id, actor()), ManyForm()
    audits = people.movable_audits(person.id, actor())
    _offer(form, audits)
    if form.validate():
        try:
            return _many_preview(person, form, _chosen(form, audits), {})
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
    return _many_page(person, audits, form, 422)


def _many_preview(
    person: Person, form: ManyForm, audits: Sequence[Audit], moves: Mapping[int, int | None], *, stale: bool = False
) -> tuple[str, int]:
    plans = operations.plan_reallocation(
        audits, [person.id], form.seed.data or "", moves, started_too=bool(form.started.data)
    )
    refusals = [refused.reason for plan in plans for refused in plan.final.refusals.values()]
    form.form_errors += refusals
    shown = [
        {
            "plan": plan,
            "round": plan.round,
            "people": loads_of(plan.able, plan.final),
            "rows": rows_of(
                {reference: audit.case for reference, audit in plan.audits.items()},
                plan,
                moves,
                {reference: audit.id for reference, audit in plan.audits.items()},
            ),
        }
        for plan in plans
    ]
    page = render_template(
        "sampling/reallocation.html",
        someone=person,
        form=form,
        plans=shown,
        moving=sum(len(plan.final.pairs) for plan in plans),
        fingerprint=operations.fingerprint_of(plans),
        stale=stale,
    )
    return page, 409 if stale else 422 if refusals else 200


@blueprint.post("/auditors/<int(max=2147483647):person_id>/reallocate/adjust")
@runs
def reallocate_many_adjust(person_id: int) -> ResponseReturnValue:
    """Show who would get what with other auditors chosen; nothing changes hands."""
    return _many_step(person_id, issuing=False)


@blueprint.post("/auditors/<int(max=2147483647):person_id>/reallocate/issue")
@runs
def reallocate_many_issue(person_id: int) -> ResponseReturnValue:
    """Give somebody's audits to others as it was looked at, or show what would be given now."""
    return _many_step(person_id, issuing=True)


def _many_step(person_id: int, *, issuing: bool) -> ResponseReturnValue:
    person, form = people.holder_or_404(person_id, actor()), IssueManyForm()
    audits = people.movable_audits(person.id, actor())
    _offer(form, audits)
    moves = form.moves
    if moves is None:
        abort(400)
    chosen = _chosen(form, audits)
    if not form.validate():
        # Some were handed in or given away meanwhile: what is left is shown again.
        gone = len(chosen) < len(set(form.chosen))
        if gone and chosen:
            return _gone(person, audits)
        return _many_page(person, audits, form, 422)
    try:
        if not issuing:
            return _many_preview(person, form, chosen, moves)
        moved = operations.reallocate_many(
            chosen,
            [person.id],
            form.seed.data or "",
            form.fingerprint.data,
            moves,
            started_too=bool(form.started.data),
            by=actor().id,
        )
    except Stale:
        return _many_preview(person, form, chosen, moves, stale=True)
    except Refused as refused:
        return _many_refused(person, form, audits, moves, refused)
    flash(
        f"{plural(len(moved), 'audit')} of {person.name} {'is' if len(moved) == 1 else 'are'} with somebody else now."
    )
    return redirect(url_for("sampling.auditor" if person.active else "handover.held", person_id=person.id))


def _gone(person: Person, audits: Sequence[Audit]) -> ResponseReturnValue:
    form = ManyForm(formdata=None, seed=new_seed(), audits=[one.id for one in audits if one.at is Stage.ALLOCATED])
    form.form_errors.append("Some of these audits changed after you looked. Nothing changed hands. Choose again.")
    return _many_page(person, audits, form, 409)


def _many_refused(
    person: Person, form: ManyForm, audits: Sequence[Audit], moves: Mapping[int, int | None], refused: Refused
) -> ResponseReturnValue:
    if moves:
        try:
            page, code = _many_preview(person, form, _chosen(form, audits), moves)
        except Refused:
            pass
        else:
            if code == 422:
                return page, code
    form.form_errors.append(refused.refusal.reason)
    return _many_page(person, audits, form, 422)


@blueprint.get("/rounds/<int(max=2147483647):round_id>/handed-back")
@runs
def handed_back(round_id: int) -> ResponseReturnValue:
    """The audits of a round that their auditors handed back, each with its reason."""
    round_ = round_or_404(round_id, actor())
    audits = people.handed_back_in(round_.id, actor())
    return render_template("sampling/handed_back.html", round=round_, audits=audits, leave=LeaveForm(formdata=None))
