"""A sample as it was drawn: how, from what, why each case, and what was replaced."""

from collections import Counter

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.cases.model import CaseRecord
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refusal, Refused
from audit_app.sampling import operations
from audit_app.sampling.coverage import coverage
from audit_app.sampling.coverage_scene import coverage_scene
from audit_app.sampling.describing import COMPARED, ORDERS
from audit_app.sampling.exclusions import REASON_WORDS, ExclusionReason
from audit_app.sampling.explanation import explain, policy_words
from audit_app.sampling.forms import FindForm, ReplaceForm
from audit_app.sampling.groups import groups_of
from audit_app.sampling.model import Sample, SampledCase
from audit_app.sampling.queries import samples as queries
from audit_app.sampling.queries.leafing import leaf
from audit_app.sampling.rules import refusal_to_take_out
from audit_app.sampling.selection import Drawn
from audit_app.sampling.views import blueprint
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


@blueprint.get("/samples/<int(max=2147483647):sample_id>")
@runs
def sample(sample_id: int) -> ResponseReturnValue:
    """One sample: what it was drawn from, how, what was left out and why, and its cases."""
    kept = queries.sample_or_404(sample_id, actor())
    drawn = queries.redrawn(kept)
    form = FindForm(request.args)
    wanted = form.q.data or ""
    if wanted and wanted in drawn.frame.references():
        found = queries.find_case(kept, wanted)
        if found is not None:
            return redirect(url_for("sampling.case", sample_id=kept.id, case_id=found))
    page = queries.cases_page(kept, after=request.args.get("after", ""), before=request.args.get("before", ""))
    ids = [one.case_id for one in page.items]
    audited = queries.audited_in(kept, actor())
    tables = coverage(drawn.frame, drawn.references, tuple(COMPARED), ORDERS)
    return render_template(
        "sampling/sample.html",
        sample=kept,
        round=kept.round,
        drawn=drawn,
        same=drawn.references == queries.references_of(kept),
        form=form,
        missing=wanted,
        page=page,
        audits=queries.audits_of(kept.round, ids, actor()),
        given=queries.given_in(kept.round, ids),
        policy=policy_words(drawn.policy),
        groups=groups_of(drawn, audited.references),
        blind=audited.blind,
        departures=kept.terms.get("departures", ()),
        left_out=[(words, count, reason.value) for reason, words, count in _left_out(drawn)],
        replacements=queries.replacements_of(kept),
        tables=tables,
        picture=coverage_scene(tables[0], "Teams: share of the list and of the sample"),
        compared=COMPARED,
        grouped=drawn.policy.strata or tuple(drawn.policy.weights),
        refused=refusal_to_add_cases(kept.round.closed_at is not None),
    )


def _left_out(drawn: Drawn) -> list[tuple[ExclusionReason, str, int]]:
    """The reasons for which cases were left out, with how many cases each."""
    counts = Counter(one.reason for one in {(one.reference, one.reason): one for one in drawn.exclusions}.values())
    return [(reason, words, counts[reason]) for reason, words in REASON_WORDS.items() if counts[reason]]


@blueprint.get("/samples/<int(max=2147483647):sample_id>/left-out")
@runs
def left_out(sample_id: int) -> ResponseReturnValue:
    """The cases that were left out before the draw, each with why; for one reason, or for all."""
    kept = queries.sample_or_404(sample_id, actor())
    drawn = queries.redrawn(kept)
    reasons = _left_out(drawn)
    wanted = next((reason for reason, _, _ in reasons if reason.value == request.args.get("reason")), None)
    rows = [one for one in drawn.exclusions if wanted in (None, one.reason)]
    page = leaf(rows, after=request.args.get("after", ""), before=request.args.get("before", ""))
    return render_template(
        "sampling/left_out.html",
        sample=kept,
        round=kept.round,
        reasons=reasons,
        wanted=wanted,
        page=page,
        cases=len({one.reference for one in rows}),
        words=REASON_WORDS,
        ids=queries.ids_on_list(kept, {one.reference for one in page.items}),
    )


def _case_or_404(kept: Sample, drawn: Drawn, case_id: int) -> CaseRecord:
    case = queries.case_or_404(kept, case_id)
    if case.reference not in drawn.frame.references():
        abort(404)
    return case


@blueprint.get("/samples/<int(max=2147483647):sample_id>/cases/<int(max=2147483647):case_id>")
@runs
def case(sample_id: int, case_id: int) -> ResponseReturnValue:
    """How one case of the list was chosen, or why it was not."""
    kept = queries.sample_or_404(sample_id, actor())
    drawn = queries.redrawn(kept)
    found = _case_or_404(kept, drawn, case_id)
    place = queries.find_sampled(kept, case_id)
    said = next(one.attributes for one in drawn.frame.cases if one.reference == found.reference)
    return render_template(
        "sampling/case.html",
        sample=kept,
        round=kept.round,
        case=found,
        sentences=explain(drawn, found.reference),
        said={words: said.get(name, "") for name, words in COMPARED.items()},
        held=place is not None and not place.removed,
        audit=queries.audits_of(kept.round, [case_id], actor()).get(case_id),
        given=bool(queries.given_in(kept.round, [case_id])),
        may_replace=place is not None and _refused(kept, place) is None,
    )


def _refused(kept: Sample, place: SampledCase) -> Refusal | None:
    audit = queries.find_audit(kept.round_id, place.case_id)
    closed = refusal_to_add_cases(kept.round.closed_at is not None)
    return closed or refusal_to_take_out(not place.removed, audit.at if audit else None, "reason")


@blueprint.get("/samples/<int(max=2147483647):sample_id>/cases/<int(max=2147483647):case_id>/replace")
@runs
def replacing(sample_id: int, case_id: int) -> ResponseReturnValue:
    """Taking a drawn case out: what will happen, and why it is done."""
    kept = queries.sample_or_404(sample_id, actor())
    place = queries.find_sampled(kept, case_id)
    if place is None:
        abort(404)
    return _replacing_page(kept, place, ReplaceForm(formdata=None))


def _replacing_page(kept: Sample, place: SampledCase, form: ReplaceForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "sampling/replace.html", sample=kept, round=kept.round, place=place, form=form, refused=_refused(kept, place)
    )
    return page, code


@blueprint.post("/samples/<int(max=2147483647):sample_id>/cases/<int(max=2147483647):case_id>/replace")
@runs
def replace(sample_id: int, case_id: int) -> ResponseReturnValue:
    """Take a drawn case out and let the next reserve come in."""
    kept, form = queries.sample_or_404(sample_id, actor()), ReplaceForm()
    place = queries.find_sampled(kept, case_id)
    if place is None:
        abort(404)
    if form.validate():
        try:
            come = operations.replace_case(kept, case_id, form.reason.data or "", by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            then = f"Case {come.case.reference} takes its place." if come else "No case was left to take its place."
            flash(f"Case {place.case.reference} is taken out of the sample. {then}")
            return redirect(url_for("sampling.sample", sample_id=kept.id))
    return _replacing_page(kept, place, form, 422)
