"""Giving an action to another owner."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.actions import operations, queries
from audit_app.actions.forms import GiveToForm
from audit_app.actions.model import ChildAction
from audit_app.actions.rules import refusal_to_move
from audit_app.actions.views import blueprint
from audit_app.actions.views.reading import ONE, WRITES
from audit_app.actions.views.writing import CHANGED
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor, requires

leads = requires(*WRITES, Permission.VERIFY_ACTIONS, Permission.RUN_ROUNDS)


def _offered(found: ChildAction, form: GiveToForm) -> GiveToForm:
    people = [one for one in queries.could_own(found.audit) if one.id != found.owner_id]
    case = found.audit.case
    form.owner.offer(people, queries.worker_among(people, case.authority_id, case.worker))
    return form


@blueprint.get(f"{ONE}/owner")
@leads
def moving(action_id: int) -> ResponseReturnValue:
    """The form that gives an action to somebody else."""
    found = queries.action_or_404(action_id, actor())
    return _moving(found, _offered(found, GiveToForm(formdata=None, version=found.version_id)))


def _moving(found: ChildAction, form: GiveToForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "actions/owner.html",
        action=found,
        form=form,
        refused=refusal_to_move(found.matter, actor(), "reason"),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(f"{ONE}/owner")
@leads
def move(action_id: int) -> ResponseReturnValue:
    """Give an action to somebody else, with a reason."""
    found = queries.action_or_404(action_id, actor(), to_write=True)
    form = _offered(found, GiveToForm())
    if not form.validate():
        return _moving(found, form, 422)
    owner = db.session.get_one(Person, int(form.owner.data))
    try:
        operations.give_to(found, owner, form.reason.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _moving(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        return _moving(found, form, 409, changed=True)
    flash(f"{owner.name} has this action now.")
    return redirect(url_for("actions.show", action_id=found.id))
