"""The pages on which the lead auditor and the audit officer ask people of several agencies to contribute."""

import datetime as dt
from collections.abc import Iterable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission
from audit_app.auditing import queries
from audit_app.auditing.contributing import State, asks_for, refusal_to_ask, refusal_to_be_asked, state_of_contribution
from audit_app.auditing.forms import AskForm, ShareForm, TakeBackForm
from audit_app.auditing.model import Audit, Contribution
from audit_app.auditing.operations import contributions as operations
from audit_app.auditing.views import blueprint
from audit_app.clock import today
from audit_app.identity.model import Person
from audit_app.identity.queries import people_of_unit
from audit_app.organisation.queries import authority_of
from audit_app.refusal import Refused
from audit_app.web.guard import actor, requires

asks = requires(Permission.AUDIT, Permission.RUN_ROUNDS)


def states_of(contributions: Iterable[Contribution]) -> dict[int, State]:
    """How far each contribution is."""
    return {one.id: state_of_contribution(one, today()) for one in contributions}


def _audit(audit_id: int, *, to_write: bool = False) -> Audit:
    """An audit with agencies of which one may ask for contributions; for everybody else there is no such page."""
    audit = queries.audit_or_404(audit_id, actor(), to_write=to_write)
    if not audit.tool.agencies or not asks_for(audit.facts, actor()):
        abort(404)
    return audit


def _contribution(audit: Audit, contribution_id: int) -> Contribution:
    found = next((one for one in queries.contributions_of(audit) if one.id == contribution_id), None)
    if found is None:
        abort(404)
    return found


def _able(audit: Audit, until: dt.date) -> dict[int, Person]:
    """Who could be asked to contribute, by name."""
    people = people_of_unit(authority_of(audit.unit).path)
    now = today()
    return {p.id: p for p in people if refusal_to_be_asked(audit.facts, p.actor(now), until, now) is None}


def _form(audit: Audit, form: AskForm) -> dict[int, Person]:
    able = _able(audit, today())
    form.agency.choices = [
        SelectChoice(value="", label="Choose an agency"),
        *(SelectChoice(value=a.key, label=a.name) for a in audit.tool.agencies_for(audit.category)),
    ]
    named = [
        SelectChoice(value=p.id, label=f"{p.name}, {p.job_title}" if p.job_title else p.name) for p in able.values()
    ]
    form.person.choices = [SelectChoice(value=0, label="Choose a person"), *named]
    return able


def _page(audit: Audit, form: AskForm, code: int = 200) -> ResponseReturnValue:
    contributions = queries.contributions_of(audit)
    page = render_template(
        "auditing/contributions.html",
        audit=audit,
        form=form,
        contributions=contributions,
        states=states_of(contributions),
        leads=audit.auditor_id == actor().id,
        refused=refusal_to_ask(audit.facts, actor()),
    )
    return page, code


@blueprint.get("/audits/<int(max=2147483647):audit_id>/contributions")
@asks
def contributions(audit_id: int) -> ResponseReturnValue:
    """Who was asked to contribute for which agency, how far they are, and asking somebody else."""
    audit = _audit(audit_id)
    form = AskForm(formdata=None)
    _form(audit, form)
    return _page(audit, form)


@blueprint.post("/audits/<int(max=2147483647):audit_id>/contributions/ask")
@asks
def contribution_ask(audit_id: int) -> ResponseReturnValue:
    """Ask somebody of an agency to contribute."""
    audit = _audit(audit_id, to_write=True)
    form = AskForm()
    able = _form(audit, form)
    if form.validate() and _chosen(form):
        person = able[form.person.data]
        try:
            asked = operations.ask(
                audit, person, form.agency.data or "", form.until.data, form.asks.data or "", by=actor()
            )
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{person.name} is asked to contribute for {asked.agency_name}. It is on their page of work.")
            return redirect(url_for("auditing.contributions", audit_id=audit.id))
    return _page(audit, form, 422)


def _chosen(form: AskForm) -> bool:
    if not form.agency.data:
        form.agency.errors = ["Choose an agency"]
    if not form.person.data:
        form.person.errors = ["Choose a person"]
    return bool(form.agency.data and form.person.data)


@blueprint.get("/audits/<int(max=2147483647):audit_id>/contributions/<int(max=2147483647):contribution_id>/withdraw")
@asks
def contribution_withdrawing(audit_id: int, contribution_id: int) -> ResponseReturnValue:
    """The form that takes a contribution back from whoever was asked."""
    audit = _audit(audit_id)
    one = _contribution(audit, contribution_id)
    return render_template(
        "auditing/take_back_contribution.html", audit=audit, one=one, form=TakeBackForm(formdata=None)
    )


@blueprint.post("/audits/<int(max=2147483647):audit_id>/contributions/<int(max=2147483647):contribution_id>/withdraw")
@asks
def contribution_withdraw(audit_id: int, contribution_id: int) -> ResponseReturnValue:
    """Take a contribution back from whoever was asked."""
    audit = _audit(audit_id, to_write=True)
    one, form = _contribution(audit, contribution_id), TakeBackForm()
    if form.validate():
        try:
            operations.withdraw(one, form.reason.data or "", by=actor())
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{one.person.name} is no longer asked to contribute for {one.agency_name}.")
            return redirect(url_for("auditing.contributions", audit_id=audit.id))
    return render_template("auditing/take_back_contribution.html", audit=audit, one=one, form=form), 422


@blueprint.post("/audits/<int(max=2147483647):audit_id>/contributions/<int(max=2147483647):contribution_id>/share")
@asks
def contribution_share(audit_id: int, contribution_id: int) -> ResponseReturnValue:
    """Let a contributor read what the other agencies have finished, or no more."""
    audit = _audit(audit_id, to_write=True)
    one, form = _contribution(audit, contribution_id), ShareForm()
    if not form.validate():
        abort(400)
    shared = form.share.data == "yes"
    operations.share(one, shared, by=actor())
    reads = "now reads" if shared else "no longer reads"
    flash(f"{one.person.name} {reads} what the other agencies have finished.")
    return redirect(url_for("auditing.contributions", audit_id=audit.id))
