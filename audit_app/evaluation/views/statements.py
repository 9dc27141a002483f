"""The pages on which a statement is written, changed and taken out."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.evaluation import operations
from audit_app.evaluation.areas import Area
from audit_app.evaluation.forms import StatementForm
from audit_app.evaluation.model import Edition, Statement
from audit_app.evaluation.queries.shown import is_sealed
from audit_app.evaluation.views import blueprint
from audit_app.evaluation.views.doorway import (
    ONE,
    STATEMENT,
    area_or_404,
    edition_to_write,
    statement_to_write,
    writes,
)
from audit_app.frameworks.named import Named
from audit_app.improvement.forms import ConfirmForm
from audit_app.improvement.queries import sealed_from
from audit_app.refusal import Refused, Stale
from audit_app.web.guard import actor

NEW = ONE + "/areas/<area>/<question>/new"


def _form(
    edition: Edition, area: Area, question: Named, form: StatementForm, kept: Statement | None = None,
    code: int = 200, **more: object,
) -> ResponseReturnValue:  # fmt: skip
    sealed = kept is not None and is_sealed(kept, sealed_from(actor()))
    page = render_template(
        "evaluation/statement_form.html", edition=edition, area=area, question=question, form=form, kept=kept,
        sealed=sealed, **more,
    )  # fmt: skip
    return page, code


def _asked(edition: Edition, area: str, question: str) -> tuple[Area, Named]:
    found = area_or_404(edition, area)
    if question not in {one.key for one in found.questions}:
        abort(404)
    return found, found.question(question)


@blueprint.get(NEW)
@writes
def statement_new(edition_id: int, area: str, question: str) -> ResponseReturnValue:
    """The form for a new statement."""
    edition = edition_to_write(edition_id)
    return _form(edition, *_asked(edition, area, question), StatementForm(formdata=None))


@blueprint.post(NEW)
@writes
def statement_create(edition_id: int, area: str, question: str) -> ResponseReturnValue:
    """Write a statement."""
    edition, form = edition_to_write(edition_id), StatementForm()
    asked = _asked(edition, area, question)
    if not form.validate():
        return _form(edition, *asked, form, code=422)
    try:
        made = operations.write(edition, area, question, form.words.data or "", by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _form(edition, *asked, form, code=422)
    flash("The statement is saved. Cite what it rests on.")
    return redirect(_place(made))


def _place(statement: Statement) -> str:
    return url_for(
        "evaluation.area", edition_id=statement.edition_id, area=statement.area, _anchor=f"statement-{statement.id}"
    )


def _of(statement: Statement) -> tuple[Area, Named]:
    area = area_or_404(statement.edition, statement.area)
    return area, area.question(statement.question)


@blueprint.get(STATEMENT + "/change")
@writes
def statement_edit(edition_id: int, statement_id: int) -> ResponseReturnValue:
    """The form that changes a statement."""
    kept = statement_to_write(edition_id, statement_id)
    sealed = is_sealed(kept, sealed_from(actor()))
    form = StatementForm(formdata=None, version=kept.version_id, words="" if sealed else kept.words)
    return _form(kept.edition, *_of(kept), form, kept)


@blueprint.post(STATEMENT + "/change")
@writes
def statement_update(edition_id: int, statement_id: int) -> ResponseReturnValue:
    """Change a statement."""
    kept, form = statement_to_write(edition_id, statement_id), StatementForm()
    asked = _of(kept)
    if not form.validate():
        return _form(kept.edition, *asked, form, kept, 422)
    try:
        operations.rewrite(kept, form.words.data or "", form.version.data or 0, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _form(kept.edition, *asked, form, kept, 422)
    except Stale:
        # Saving again from this page is a decision, made with both versions in sight.
        form.version.data = kept.version_id
        return _form(kept.edition, *asked, form, kept, 409, stale=True)
    flash("The statement is saved.")
    return redirect(_place(kept))


@blueprint.post(STATEMENT + "/take-out")
@writes
def statement_take_out(edition_id: int, statement_id: int) -> ResponseReturnValue:
    """Take a statement out."""
    kept = statement_to_write(edition_id, statement_id)
    if not ConfirmForm().validate():
        abort(400)
    try:
        operations.take_out(kept, by=actor())
    except Refused as refused:
        form = StatementForm(formdata=None, version=kept.version_id)
        form.form_errors.append(refused.refusal.reason)
        return _form(kept.edition, *_of(kept), form, kept, 422)
    flash("The statement is taken out. It is kept in the record.")
    return redirect(url_for("evaluation.area", edition_id=edition_id, area=kept.area))
