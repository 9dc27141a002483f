"""The pages where an administrator invites people, gives roles and ends accounts; they show no case content."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from audit_app.access.table import Permission, Role
from audit_app.clock import today
from audit_app.history.queries import entries_of
from audit_app.identity import operations, queries
from audit_app.identity.forms import EndForm, GrantForm, InviteForm, PersonForm, SearchForm
from audit_app.identity.model import Person
from audit_app.identity.views import blueprint
from audit_app.organisation import queries as organisation
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

NO_TEAM = 0
manages = requires(Permission.MANAGE_PEOPLE)


def _paths() -> tuple[str, ...]:
    return actor().paths(Permission.MANAGE_PEOPLE)


def _units() -> list[Unit]:
    return [unit for unit in organisation.tree(_paths()) if unit.active]


def _choices(units: list[Unit], first: str = "") -> list[SelectChoice]:
    indented = unit_choices(units)
    return [SelectChoice(value=NO_TEAM, label=first), *indented] if first else indented


def _unit(unit_id: int) -> Unit | None:
    return organisation.unit_or_404(unit_id, _paths()) if unit_id != NO_TEAM else None


def _person_or_404(person_id: int, *, to_write: bool = False) -> Person:
    return queries.person_or_404(person_id, _paths(), to_write=to_write)


@blueprint.get("/people")
@manages
def people_index() -> ResponseReturnValue:
    """Everybody with an account, found by name, e-mail address or role."""
    form = SearchForm(request.args)
    asked = queries.Asked(form.q.data or "", form.role.data or "", bool(form.ended.data))
    page = queries.people_page(
        _paths(), asked, after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return render_template("identity/people.html", form=form, page=page, today=today())


@blueprint.get("/people/new")
@manages
def people_new() -> ResponseReturnValue:
    """The form that invites somebody."""
    form = InviteForm(formdata=None)
    form.unit.choices = _choices(_units(), "No team of their own")
    return render_template("identity/invite.html", form=form)


@blueprint.post("/people/new")
@manages
def people_create() -> ResponseReturnValue:
    """Invite somebody: the next page shows the one-time link, once."""
    form = InviteForm()
    form.unit.choices = _choices(_units(), "No team of their own")
    if form.validate():
        try:
            unit = _unit(form.unit.data)
            made, token = operations.invite(
                form.email.data or "", form.name.data or "", form.job_title.data or "", unit, by=actor().id
            )
        except Refused as refused:
            form.email.errors = [refused.refusal.reason]
        else:
            return _show_link(made, token, "They are invited")
    return render_template("identity/invite.html", form=form), 422


def _show_link(person: Person, token: str, title: str) -> ResponseReturnValue:
    link = url_for("identity.link", token=token, _external=True)
    return render_template("identity/link_made.html", someone=person, link=link, title=title)


@blueprint.get("/people/<int(max=2147483647):person_id>")
@manages
def people_show(person_id: int) -> ResponseReturnValue:
    """One person: roles, and what was done to the account."""
    return _page(_person_or_404(person_id), _grant_form(None))


def _grant_form(data: object) -> GrantForm:
    form = GrantForm(formdata=None) if data is None else GrantForm()
    form.unit.choices = _choices(_units())
    return form


def _page(person: Person, form: GrantForm, code: int = 200) -> ResponseReturnValue:
    entries = entries_of(f"person:{person.id}")
    names = queries.names_of({e.actor_id for e in entries if e.actor_id})
    page = render_template(
        "identity/person.html", someone=person, form=form, entries=entries, names=names, today=today(), words=_words()
    )
    return page, code


def _words() -> dict[str, str]:
    return {role.value: role.words for role in Role}


@blueprint.get("/people/<int(max=2147483647):person_id>/change")
@manages
def people_edit(person_id: int) -> ResponseReturnValue:
    """The form that changes name, title or team."""
    person = _person_or_404(person_id)
    kept = {"name": person.name, "email": person.email, "job_title": person.job_title}
    form = PersonForm(formdata=None, obj=None, version=person.version_id, **kept)
    form.unit.choices = _choices(_units(), "No team of their own")
    form.unit.data = person.unit_id or NO_TEAM
    return render_template("identity/change.html", form=form, someone=person)


@blueprint.post("/people/<int(max=2147483647):person_id>/change")
@manages
def people_update(person_id: int) -> ResponseReturnValue:
    """Change name, title or team."""
    person = _person_or_404(person_id, to_write=True)
    form = PersonForm()
    form.unit.choices = _choices(_units(), "No team of their own")
    if not form.validate():
        return render_template("identity/change.html", form=form, someone=person), 422
    if form.version.data != person.version_id:
        raise Stale("this account")
    unit = _unit(form.unit.data)
    try:
        operations.change(
            person, form.name.data or "", form.job_title.data or "", unit, by=actor().id, email=form.email.data
        )
    except Refused as refused:
        form.email.errors = [refused.refusal.reason]
        return render_template("identity/change.html", form=form, someone=person), 422
    flash(f"The account of {person.name} is changed.")
    return redirect(url_for("identity.people_show", person_id=person.id))


@blueprint.post("/people/<int(max=2147483647):person_id>/give-role")
@manages
def people_grant(person_id: int) -> ResponseReturnValue:
    """Give somebody a role."""
    person = _person_or_404(person_id, to_write=True)
    form = _grant_form(True)
    if form.validate():
        unit = organisation.unit_or_404(form.unit.data, _paths())
        try:
            operations.grant(person, Role(form.role.data), unit, form.until.data, by=actor().id)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"{person.name} is now {Role(form.role.data).words.lower()} in {unit.name}.")
            return redirect(url_for("identity.people_show", person_id=person.id))
    return _page(person, form, 422)


@blueprint.post("/people/<int(max=2147483647):person_id>/roles/<int(max=2147483647):grant_id>/end")
@manages
def people_end_grant(person_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role away."""
    person = _person_or_404(person_id, to_write=True)
    given = next((g for g in person.grants if g.id == grant_id and g.ended_at is None), None)
    if given is None:
        abort(404)
    operations.end_grant(given, by=actor().id)
    flash(f"{person.name} is no longer {Role(given.role).words.lower()} in {given.unit.name}.")
    return redirect(url_for("identity.people_show", person_id=person.id))


@blueprint.post("/people/<int(max=2147483647):person_id>/new-link")
@manages
def people_link(person_id: int) -> ResponseReturnValue:
    """Make a new one-time link, for somebody who lost theirs or forgot their password."""
    person = _person_or_404(person_id, to_write=True)
    purpose = "reset" if person.password_hash else "invitation"
    return _show_link(person, operations.make_link(person, purpose, by=actor().id), "A new one-time link")


@blueprint.get("/people/<int(max=2147483647):person_id>/end")
@manages
def people_leaving(person_id: int) -> ResponseReturnValue:
    """What ending an account means, before it is done."""
    return _leaving_page(_person_or_404(person_id), EndForm(formdata=None))


def _leaving_page(person: Person, form: EndForm, code: int = 200) -> ResponseReturnValue:
    return render_template("identity/end.html", someone=person, form=form, held=operations.open_work_of(person)), code


@blueprint.post("/people/<int(max=2147483647):person_id>/end")
@manages
def people_end(person_id: int) -> ResponseReturnValue:
    """End the account of somebody who leaves."""
    person = _person_or_404(person_id, to_write=True)
    form = EndForm()
    if form.validate():
        try:
            operations.end_account(person, by=actor().id, because=form.because.data or "")
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
        else:
            flash(f"The account of {person.name} has ended. They are signed out everywhere.")
            return redirect(url_for("identity.people_show", person_id=person.id))
    return _leaving_page(person, form, 422)


@blueprint.post("/people/<int(max=2147483647):person_id>/restore")
@manages
def people_restore(person_id: int) -> ResponseReturnValue:
    """Let somebody who came back in again."""
    person = _person_or_404(person_id, to_write=True)
    if person.active:
        abort(404)
    return _show_link(person, operations.restore_account(person, by=actor().id), "The account is open again")
