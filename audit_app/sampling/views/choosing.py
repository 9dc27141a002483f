"""Giving cases out by hand: from the sample, and from the list."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.cases.codes import CATEGORIES
from audit_app.cases.model import CaseRecord
from audit_app.programmes.model import Round
from audit_app.programmes.queries import round_or_404
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refused
from audit_app.sampling import operations
from audit_app.sampling.forms import ByHandForm, CaseForm, FindForm, ReallocateForm
from audit_app.sampling.model import SampledCase
from audit_app.sampling.queries import auditors as queries
from audit_app.sampling.queries.samples import audits_of, drawn_in, find_audit, given_in, without_audit
from audit_app.sampling.rules import refusal_to_choose
from audit_app.sampling.views import blueprint
from audit_app.sampling.views.allocating import hint_of
from audit_app.web.formats import plural
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


def offer(form: CaseForm | ReallocateForm, choice: queries.Choice) -> None:
    """Offer those who may have a case."""
    form.auditor.choices = [
        SelectChoice(value=one.person.id, label=one.person.name, render_kw={"hint": hint_of(one)}) for one in choice.may
    ]


@blueprint.get("/rounds/<int(max=2147483647):round_id>/allocate/by-hand")
@runs
def by_hand(round_id: int) -> ResponseReturnValue:
    """An auditor for each case that waits, chosen one by one."""
    round_ = round_or_404(round_id, actor())
    return _by_hand_page(round_, ByHandForm(formdata=None))


def _by_hand_page(round_: Round, form: ByHandForm, code: int = 200) -> ResponseReturnValue:
    cases = [one.case for one in without_audit(round_)]
    page = render_template(
        "sampling/by_hand.html",
        round=round_,
        form=form,
        choices=queries.choices_of(cases, queries.candidates(round_)),
        chosen=form.chosen or {},
        categories=CATEGORIES,
        refused=refusal_to_add_cases(round_.closed_at is not None),
    )
    return page, code


@blueprint.post("/rounds/<int(max=2147483647):round_id>/allocate/by-hand")
@runs
def by_hand_give(round_id: int) -> ResponseReturnValue:
    """Give out the cases for which an auditor was chosen."""
    round_, form = round_or_404(round_id, actor()), ByHandForm()
    chosen = form.chosen
    if not form.validate() or chosen is None:
        abort(400)
    try:
        given = operations.allocate_by_hand(round_, chosen, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _by_hand_page(round_, form, 422)
    flash(f"{plural(len(given), 'audit')} {'is' if len(given) == 1 else 'are'} given out.")
    return redirect(url_for("sampling.by_hand" if without_audit(round_) else "sampling.board", round_id=round_.id))


@blueprint.get("/rounds/<int(max=2147483647):round_id>/cases")
@runs
def find(round_id: int) -> ResponseReturnValue:
    """The cases of a round's list, found by reference, to give one out that was not drawn."""
    round_, form = round_or_404(round_id, actor()), FindForm(request.args)
    page = queries.search(
        round_, form.q.data or "", after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    ids = [case.id for case in page.items]
    return render_template(
        "sampling/find.html",
        round=round_,
        form=form,
        page=page,
        audits=audits_of(round_, ids, actor()),
        given=given_in(round_, ids),
        sampled=drawn_in(round_, ids),
        categories=CATEGORIES,
        refused=refusal_to_add_cases(round_.closed_at is not None),
    )


@blueprint.get("/rounds/<int(max=2147483647):round_id>/cases/<int(max=2147483647):case_id>/allocate")
@runs
def allocate_case(round_id: int, case_id: int) -> ResponseReturnValue:
    """One case: who may audit it, and why the others may not."""
    round_ = round_or_404(round_id, actor())
    case, sampled = queries.case_or_404(round_, case_id)
    return _case_page(round_, case, sampled, CaseForm(formdata=None))


def _case_page(
    round_: Round, case: CaseRecord, sampled: SampledCase | None, form: CaseForm, code: int = 200
) -> ResponseReturnValue:
    (choice,) = queries.choices_of([case], queries.candidates(round_))
    offer(form, choice)
    page = render_template(
        "sampling/allocate_case.html",
        round=round_,
        case=case,
        sampled=sampled,
        form=form,
        choice=choice,
        category=CATEGORIES.get(case.category, case.category),
        audit=find_audit(round_.id, case.id),
        refused=refusal_to_add_cases(round_.closed_at is not None),
    )
    return page, code


@blueprint.post("/rounds/<int(max=2147483647):round_id>/cases/<int(max=2147483647):case_id>/allocate")
@runs
def allocate_case_give(round_id: int, case_id: int) -> ResponseReturnValue:
    """Give one case to one auditor."""
    round_, form = round_or_404(round_id, actor()), CaseForm()
    case, sampled = queries.case_or_404(round_, case_id)
    (choice,) = queries.choices_of([case], queries.candidates(round_))
    offer(form, choice)
    if form.validate():
        if (refused := refusal_to_choose(form.reason.data or "", sampled is not None)) is not None:
            form.reason.errors = [refused.reason]
            return _case_page(round_, case, sampled, form, 422)
        try:
            (given,) = operations.allocate_by_hand(
                round_, {case.id: form.auditor.data}, form.reason.data or "", by=actor().id
            )
        except Refused as refused_now:
            form.form_errors.append(refused_now.refusal.reason)
        else:
            flash(f"The audit of case {case.reference} is with {given.auditor.name}.")
            return redirect(url_for("sampling.board", round_id=round_.id))
    return _case_page(round_, case, sampled, form, 422)
