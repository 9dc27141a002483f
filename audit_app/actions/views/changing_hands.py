"""Saying between two case lists that a child has another worker or team; what is to be done for the child follows."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.actions import queries
from audit_app.actions.forms import HandsForm
from audit_app.actions.model import ChildAction
from audit_app.actions.rules import may_see, refusal_to_change_hands
from audit_app.actions.views import blueprint
from audit_app.actions.views.reading import ONE
from audit_app.actions.views.writing import CHANGED
from audit_app.cases.operations import change_hands
from audit_app.cases.queries import units_for_cases
from audit_app.db import db
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import authority_of
from audit_app.refusal import Refused, Stale, refuse_if
from audit_app.web.guard import actor, requires

leads = requires(Permission.VERIFY_ACTIONS, Permission.RUN_ROUNDS)


def _offered(found: ChildAction, form: HandsForm) -> HandsForm:
    case = found.audit.case
    form.offer(units_for_cases(authority_of(case.unit)))
    return form


@blueprint.get(f"{ONE}/child")
@leads
def changing_hands(action_id: int) -> ResponseReturnValue:
    """The form that says who works with the child now."""
    found = queries.action_or_404(action_id, actor())
    case = found.audit.case
    form = HandsForm(formdata=None, version=case.version_id, worker=case.worker, unit=case.unit_id)
    return _page(found, _offered(found, form))


def _page(found: ChildAction, form: HandsForm, code: int = 200, *, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "actions/child.html",
        action=found,
        form=form,
        refused=refusal_to_change_hands(found.audit.case.unit.path, actor()),
        changed=CHANGED if changed else "",
    )
    return page, code


@blueprint.post(f"{ONE}/child")
@leads
def change_of_hands(action_id: int) -> ResponseReturnValue:
    """Keep who works with the child now, with a reason; actions that are not ended follow at once."""
    found = queries.action_or_404(action_id, actor(), to_write=True)
    case, form = found.audit.case, _offered(found, HandsForm())
    if not form.validate():
        return _page(found, form, 422)
    unit = db.session.get_one(Unit, form.unit.data)
    try:
        refuse_if(refusal_to_change_hands(case.unit.path, actor()))
        change_hands(case, form.worker.data or "", unit, form.reason.data or "", form.version.data or 0, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _page(found, form, 422)
    except Stale:
        form.version.data = case.version_id
        return _page(found, form, 409, changed=True)
    flash(f"Case {case.reference} is kept with its worker and {unit.name}. {found.owner.name} has this action now.")
    # Whoever has no part in the new team does not see its actions any more.
    if not may_see(found.matter, actor()):
        return redirect(url_for("home.index"))
    return redirect(url_for("actions.show", action_id=found.id))
