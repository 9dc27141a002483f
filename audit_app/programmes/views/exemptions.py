"""The pages on which exemptions from a programme are read, recorded and ended."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.identity.model import Person
from audit_app.programmes import operations, queries
from audit_app.programmes.exempting import LONGEST
from audit_app.programmes.forms import EndExemptionForm, ExemptionForm
from audit_app.programmes.model import Exemption, Programme
from audit_app.programmes.months import month_after, months_between
from audit_app.programmes.rules import MONTHS_BACK
from audit_app.programmes.views import blueprint
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import month
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/exemptions")
@runs
def exemptions(programme_id: int) -> ResponseReturnValue:
    """Who is, was or will be exempt from a programme, and who takes part."""
    programme = queries.programme_or_404(programme_id, actor())
    return render_template(
        "programmes/exemptions.html",
        programme=programme,
        exemptions=queries.exemptions_of(programme),
        expected=queries.expected_in_month(programme, today().replace(day=1)),
        auditors=queries.auditors_of(programme),
        exempt=queries.exempt_in_month(programme.id, today().replace(day=1)),
        today=today(),
    )


def _offer(programme: Programme, form: ExemptionForm) -> tuple[dict[int, Person], dict[int, Person]]:
    """Ask for those who audit in the programme, and for heads of service."""
    people = [one for one in queries.auditors_of(programme) if one.id != actor().id]
    approvers = queries.approvers_of(programme)
    months = [month_after(today(), count) for count in range(-MONTHS_BACK, LONGEST)]
    form.offer(people, approvers, months)
    return {one.id: one for one in people}, {one.id: one for one in approvers}


def _exempting(programme: Programme, form: ExemptionForm, code: int = 200) -> ResponseReturnValue:
    return render_template("programmes/exempt.html", programme=programme, form=form), code


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/exempt")
@runs
def exempting(programme_id: int) -> ResponseReturnValue:
    """The form that records an exemption."""
    programme = queries.programme_or_404(programme_id, actor())
    asked = request.args.get("month", f"{today():%Y-%m}")
    form = ExemptionForm(formdata=None, person=request.args.get("person", type=int), from_month=asked, to_month=asked)
    _offer(programme, form)
    return _exempting(programme, form)


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/exempt")
@runs
def exempt(programme_id: int) -> ResponseReturnValue:
    """Record an exemption."""
    programme, form = queries.programme_or_404(programme_id, actor(), to_write=True), ExemptionForm()
    people, approvers = _offer(programme, form)
    if form.validate():
        person, approver = people[form.person.data], approvers[form.approver.data]
        first, last = form.months
        try:
            operations.exempt(programme, person, first, last, form.reason.data or "", approver, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{person.name} is exempt from {month(first)} to the end of {month(last)}.")
            return redirect(url_for("programmes.exemptions", programme_id=programme.id))
    return _exempting(programme, form, 422)


def _ending(programme: Programme, exemption: Exemption, form: EndExemptionForm, code: int = 200) -> ResponseReturnValue:
    page = render_template("programmes/end_exemption.html", programme=programme, exemption=exemption, form=form)
    return page, code


def _offer_to_end(exemption: Exemption, form: EndExemptionForm) -> None:
    count = months_between(exemption.from_month, exemption.to_month) + 1
    form.offer(month_after(exemption.from_month, number) for number in range(count))


@blueprint.get("/programmes/<int(max=2147483647):programme_id>/exemptions/<int(max=2147483647):exemption_id>/end")
@runs
def ending_exemption(programme_id: int, exemption_id: int) -> ResponseReturnValue:
    """The form that ends an exemption."""
    programme = queries.programme_or_404(programme_id, actor())
    exemption = queries.exemption_or_404(programme, exemption_id)
    here = min(max(today().replace(day=1), exemption.from_month), exemption.to_month)
    form = EndExemptionForm(formdata=None, version=exemption.version_id, month=f"{here:%Y-%m}")
    _offer_to_end(exemption, form)
    return _ending(programme, exemption, form)


@blueprint.post("/programmes/<int(max=2147483647):programme_id>/exemptions/<int(max=2147483647):exemption_id>/end")
@runs
def end_exemption(programme_id: int, exemption_id: int) -> ResponseReturnValue:
    """End an exemption."""
    programme = queries.programme_or_404(programme_id, actor())
    exemption = queries.exemption_or_404(programme, exemption_id, to_write=True)
    form, code = EndExemptionForm(), 422
    _offer_to_end(exemption, form)
    if form.validate():
        try:
            operations.end_exemption(exemption, form.chosen, form.version.data, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        except Stale as stale:
            form.form_errors.append(str(stale))
            form.version.data, code = exemption.version_id, 409
        else:
            flash(f"{exemption.person.name} audits again from {month(form.chosen)}.")
            return redirect(url_for("programmes.exemptions", programme_id=programme.id))
    return _ending(programme, exemption, form, code)
