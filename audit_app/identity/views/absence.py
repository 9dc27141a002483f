"""Your absence: the days on which somebody who audits or moderates is away, said by themselves."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity import operations, queries
from audit_app.identity.forms import AwayForm
from audit_app.identity.model import Person
from audit_app.identity.views import blueprint
from audit_app.refusal import Refused
from audit_app.web.guard import actor, requires

works = requires(Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE)


@blueprint.get("/absence")
@works
def absence() -> ResponseReturnValue:
    """When one is away from today on, and the form that says so."""
    return _page(AwayForm(formdata=None))


def _page(form: AwayForm, code: int = 200) -> ResponseReturnValue:
    mine = actor().id
    page = render_template(
        "identity/absence.html",
        form=form,
        absences=queries.absences_of(mine, today()),
        capacity=queries.capacities_of([mine]).get(mine),
    )
    return page, code


@blueprint.post("/absence/add")
@works
def absence_add() -> ResponseReturnValue:
    """Record days on which one is away."""
    form = AwayForm()
    if form.validate():
        try:
            operations.record_away(db.session.get_one(Person, actor().id), form.away, by=actor().id)
        except Refused as refused:
            form.refuse(refused.refusal)
        else:
            flash(f"You are recorded as away: {form.away.words}.")
            return redirect(url_for("identity.absence"))
    return _page(form, 422)


@blueprint.post("/absence/<int(max=2147483647):absence_id>/take-back")
@works
def absence_take_back(absence_id: int) -> ResponseReturnValue:
    """Take days away back."""
    told = queries.absence_or_404(actor().id, absence_id)
    operations.take_back_away(told, by=actor().id)
    flash(f"You are no longer recorded as away: {told.away.words}.")
    return redirect(url_for("identity.absence"))
