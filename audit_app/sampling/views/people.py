"""The people who audit and moderate: loads, days away, how much they take on, and what they must not audit."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, SelectChoice

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.identity import operations as identity
from audit_app.identity import queries as identities
from audit_app.identity.forms import AwayForm
from audit_app.identity.model import Person
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.forms import CapacityForm, ConnectionForm, FindAuditorForm, WorkerNameForm
from audit_app.sampling.queries import connections
from audit_app.sampling.queries import people as queries
from audit_app.sampling.views import blueprint
from audit_app.web.forms import Form
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)
F = TypeVar("F", bound=Form)


def _paths() -> tuple[str, ...]:
    return actor().paths(Permission.RUN_ROUNDS)


@blueprint.get("/auditors")
@runs
def auditors() -> ResponseReturnValue:
    """Everybody who audits or moderates in one's units, by name."""
    form = FindAuditorForm(request.args)
    page = queries.colleagues_page(
        actor(), form.q.data or "", after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return render_template("sampling/auditors.html", form=form, page=page, people=queries.colleagues(page.items))


@blueprint.get("/auditors/<int(max=2147483647):person_id>")
@runs
def auditor(person_id: int) -> ResponseReturnValue:
    """One person: what they have to write, when they are away, and which cases they are never given."""
    return _page(queries.colleague_or_404(person_id, actor()))


def _page(person: Person, wrong: Form | None = None, code: int = 200) -> ResponseReturnValue:
    authorities = connections.authorities_around(_paths())
    (load,) = queries.colleagues([person])
    limit = load.capacity
    capacity = CapacityForm(
        formdata=None,
        version=limit.version_id if limit else 0,
        at_once=limit.at_once if limit else None,
        a_month=limit.a_month if limit else None,
    )
    forms: dict[str, Form] = {"away": AwayForm(formdata=None), "capacity": capacity}
    forms |= {"name": _name_form(sent=False), "connection": ConnectionForm(formdata=None)}
    kinds = {type(form): key for key, form in forms.items()}
    if wrong is not None:
        forms[kinds[type(wrong)]] = wrong
    page = render_template(
        "sampling/auditor.html",
        someone=person,
        form=wrong,
        forms=forms,
        opened=kinds[type(wrong)] if wrong is not None else "",
        load=load,
        absences=identities.absences_of(person.id, today()),
        audits=queries.movable_audits(person.id, actor()),
        names=connections.worker_names_of(person.id, [one.id for one in authorities]),
        authorities={one.id: one.name for one in authorities},
        connected=connections.connections_of(person.id, _paths()),
    )
    return page, code


def _name_form(*, sent: bool) -> WorkerNameForm:
    form = WorkerNameForm() if sent else WorkerNameForm(formdata=None)
    around = connections.authorities_around(_paths())
    form.authority.choices = [SelectChoice(value=one.id, label=one.name) for one in around]
    return form


def _at(field: Field, refused: Refused) -> None:
    field.errors = [refused.refusal.reason]


def _told(
    person: Person, form: F, tell: Callable[[F], str], wrong: Callable[[F, Refused], None]
) -> ResponseReturnValue:
    """What a form of the page tells is kept, or the page is shown again with why not."""
    if form.validate():
        try:
            said = tell(form)
        except Refused as refused:
            wrong(form, refused)
        else:
            flash(said)
            return redirect(url_for("sampling.auditor", person_id=person.id))
    return _page(person, form, 422)


@blueprint.post("/auditors/<int(max=2147483647):person_id>/absence/add")
@runs
def absence_add(person_id: int) -> ResponseReturnValue:
    """Record days on which somebody is away."""
    person = queries.colleague_or_404(person_id, actor())

    def tell(form: AwayForm) -> str:
        identity.record_away(person, form.away, by=actor().id)
        return f"{person.name} is recorded as away: {form.away.words}."

    return _told(person, AwayForm(), tell, lambda form, refused: form.refuse(refused.refusal))


@blueprint.post("/auditors/<int(max=2147483647):person_id>/absence/<int(max=2147483647):absence_id>/take-back")
@runs
def absence_take_back(person_id: int, absence_id: int) -> ResponseReturnValue:
    """Take somebody's days away back."""
    person = queries.colleague_or_404(person_id, actor())
    told = identities.absence_or_404(person.id, absence_id)
    identity.take_back_away(told, by=actor().id)
    flash(f"{person.name} is no longer recorded as away: {told.away.words}.")
    return redirect(url_for("sampling.auditor", person_id=person.id))


@blueprint.post("/auditors/<int(max=2147483647):person_id>/capacity/set")
@runs
def capacity_set(person_id: int) -> ResponseReturnValue:
    """Set the most audits that somebody is asked to write."""
    person = queries.colleague_or_404(person_id, actor())

    def tell(form: CapacityForm) -> str:
        identity.limit_audits(person, form.at_once.data, form.a_month.data, form.version.data, by=actor().id)
        return f"How much {person.name} takes on is saved."

    try:
        return _told(person, CapacityForm(), tell, lambda form, refused: None)
    except Stale:
        shown = CapacityForm()
        shown.at_once.errors = ["Somebody changed this after you opened it. Check the numbers above, and save again."]
        kept = identities.capacities_of([person.id]).get(person.id)
        shown.version.data = kept.version_id if kept else 0
        return _page(person, shown, 409)


@blueprint.post("/auditors/<int(max=2147483647):person_id>/names/add")
@runs
def worker_name_add(person_id: int) -> ResponseReturnValue:
    """Remember what the case lists call somebody."""
    person = queries.colleague_or_404(person_id, actor())

    def tell(form: WorkerNameForm) -> str:
        operations.name_worker(person, form.authority.data, form.label.data or "", by=actor().id)
        return f"Cases of “{form.label.data}” are never given to {person.name}."

    return _told(person, _name_form(sent=True), tell, lambda form, refused: _at(form.label, refused))


@blueprint.post("/auditors/<int(max=2147483647):person_id>/names/<int(max=2147483647):name_id>/remove")
@runs
def worker_name_remove(person_id: int, name_id: int) -> ResponseReturnValue:
    """Forget what the case lists call somebody."""
    person = queries.colleague_or_404(person_id, actor())
    around = [one.id for one in connections.authorities_around(_paths())]
    named = connections.worker_name_or_404(person.id, name_id, around)
    operations.forget_worker_name(named, by=actor().id)
    flash(f"“{named.label}” is no longer remembered for {person.name}.")
    return redirect(url_for("sampling.auditor", person_id=person.id))


@blueprint.post("/auditors/<int(max=2147483647):person_id>/cases/add")
@runs
def connection_add(person_id: int) -> ResponseReturnValue:
    """Record that somebody knows a case."""
    person = queries.colleague_or_404(person_id, actor())
    form = ConnectionForm()
    case = connections.find_case_of(form.reference.data or "", _paths())
    if case is None and form.validate():
        form.reference.errors = ["No case of yours has this reference. Check it against the case list."]
        return _page(person, form, 422)

    def tell(form: ConnectionForm) -> str:
        if case is not None:
            operations.connect(person, case, by=actor().id)
        return f"Case {form.reference.data} is never given to {person.name}."

    return _told(person, form, tell, lambda form, refused: _at(form.reference, refused))


@blueprint.post("/auditors/<int(max=2147483647):person_id>/cases/<int(max=2147483647):connection_id>/remove")
@runs
def connection_remove(person_id: int, connection_id: int) -> ResponseReturnValue:
    """Take back that somebody knows a case."""
    person = queries.colleague_or_404(person_id, actor())
    told = connections.connection_or_404(person.id, connection_id, _paths())
    operations.take_back_connection(told, by=actor().id)
    flash(f"Case {told.case.reference} may be given to {person.name} again.")
    return redirect(url_for("sampling.auditor", person_id=person.id))
