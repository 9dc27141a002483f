"""The list of editions, a new one, and an edition with its areas."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.evaluation import operations, queries
from audit_app.evaluation.forms import EditionForm
from audit_app.evaluation.queries.overview import at_a_glance
from audit_app.evaluation.queries.shown import shown_edition
from audit_app.evaluation.views import blueprint
from audit_app.evaluation.views.doorway import ONE, area_or_404, reads, sees, writes
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.refusal import Refused
from audit_app.web.guard import actor


def _my_units() -> list[Unit]:
    return [unit for unit in tree(actor().paths(Permission.WRITE_EVALUATIONS)) if unit.active]


@blueprint.get("/self-evaluation")
@reads
def index() -> ResponseReturnValue:
    """The editions that one may read: published, and where one may see it, while they are written."""
    who = actor()
    editions = queries.editions_open_to(who) if who.may(Permission.SEE_EVALUATIONS) else None
    return render_template(
        "evaluation/index.html",
        published=queries.published_open_to(who),
        editions=editions,
        statements=queries.statements_in(editions or []),
        writes=who.may(Permission.WRITE_EVALUATIONS),
    )


def _beginning(form: EditionForm, code: int = 200) -> ResponseReturnValue:
    return render_template("evaluation/new.html", form=form), code


@blueprint.get("/self-evaluation/new")
@writes
def new() -> ResponseReturnValue:
    """The form for a new edition."""
    form = EditionForm(formdata=None, first=today().replace(day=1).isoformat())
    form.offer(_my_units(), today())
    return _beginning(form)


@blueprint.post("/self-evaluation/new")
@writes
def create() -> ResponseReturnValue:
    """Begin an edition."""
    form, units = EditionForm(), _my_units()
    form.offer(units, today())
    if not form.validate():
        return _beginning(form, 422)
    unit = next(one for one in units if one.id == form.unit.data)
    try:
        made = operations.begin(unit, form.begins, form.months.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _beginning(form, 422)
    copied = " It starts with what the last one says: confirm its evidence." if made.statements else ""
    flash(f"The edition of {made.period} is begun.{copied}")
    return redirect(url_for("evaluation.show", edition_id=made.id))


@blueprint.get(ONE)
@sees
def show(edition_id: int) -> ResponseReturnValue:
    """An edition: its areas, how much each says, and how much of its evidence has gone stale."""
    edition = queries.edition_or_404(edition_id, actor())
    return render_template(
        "evaluation/show.html",
        edition=edition,
        areas=at_a_glance(edition, actor(), today()),
        later=queries.later_than(edition),
        writes=queries.may_write(actor(), edition),
    )


@blueprint.get(ONE + "/areas/<area>")
@sees
def area(edition_id: int, area: str) -> ResponseReturnValue:
    """An area: what is said to each question, and what that rests on."""
    edition = queries.edition_or_404(edition_id, actor())
    found = area_or_404(edition, area)
    later = queries.later_than(edition)
    return render_template(
        "evaluation/area.html",
        edition=edition,
        shown=shown_edition(edition, actor(), today(), only=found.key)[0],
        later=later,
        writes=queries.may_write(actor(), edition) and not later,
    )
