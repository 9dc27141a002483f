"""The pages on which evidence is cited, cited anew as it is today, and left out."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.clock import today
from audit_app.evaluation import operations, queries
from audit_app.evaluation.forms import (
    FORMS,
    CitedActionForm,
    CitedFigureForm,
    CitedReadingForm,
    CitedRoundForm,
    CitedThemeForm,
    CitingForm,
)
from audit_app.evaluation.model import Citation, Statement
from audit_app.evaluation.queries.offered import plans_for, rounds_for, units_for
from audit_app.evaluation.queries.shown import is_sealed, shown_statement
from audit_app.evaluation.queries.today import Today
from audit_app.evaluation.said import Kind
from audit_app.evaluation.views import blueprint
from audit_app.evaluation.views.doorway import STATEMENT, area_or_404, statement_to_write, writes
from audit_app.improvement.forms import ConfirmForm
from audit_app.improvement.queries import sealed_from
from audit_app.measures import queries as measures
from audit_app.refusal import Refused
from audit_app.web.guard import actor

EVIDENCE = STATEMENT + "/evidence"
KIND = EVIDENCE + "/<any(figure, reading, round, theme, action):evidence>"
CITATION = EVIDENCE + "/<int(max=2147483647):citation_id>"


def _offered(statement: Statement, kind: Kind, *, sent: bool) -> CitingForm:
    """The form of a kind of evidence, with what there is to choose from."""
    form = FORMS[kind]() if sent else FORMS[kind](formdata=None)
    edition, who = statement.edition, actor()
    match form:
        case CitedFigureForm():
            form.offer(units_for(edition, who), *measures.runs(who), measures.offered(who))
        case CitedReadingForm() | CitedActionForm():
            form.offer(plans_for(edition, who))
        case CitedRoundForm():
            form.offer(rounds_for(edition, who))
        case CitedThemeForm():
            form.offer(units_for(edition, who))
    return form


def _citing(statement: Statement, kind: Kind, form: CitingForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "evaluation/cite.html",
        edition=statement.edition,
        area=area_or_404(statement.edition, statement.area),
        statement=statement,
        sealed=is_sealed(statement, sealed_from(actor())),
        kind=kind,
        kinds=list(Kind),
        form=form,
        held_blind=measures.held_blind(actor()) if kind is not Kind.ACTION else 0,
    )
    return page, code


@blueprint.get(KIND)
@writes
def cite_form(edition_id: int, statement_id: int, evidence: str) -> ResponseReturnValue:
    """What of a kind of evidence can be cited."""
    statement, kind = statement_to_write(edition_id, statement_id), Kind(evidence)
    return _citing(statement, kind, _offered(statement, kind, sent=False))


@blueprint.post(KIND)
@writes
def cite(edition_id: int, statement_id: int, evidence: str) -> ResponseReturnValue:
    """Cite a piece of evidence as it stands today."""
    statement, kind = statement_to_write(edition_id, statement_id), Kind(evidence)
    form = _offered(statement, kind, sent=True)
    if not form.validate():
        return _citing(statement, kind, form, 422)
    try:
        made = operations.cite(statement, kind, form.what(), by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _citing(statement, kind, form, 422)
    flash(f"Cited: {made.label}. {made.cited.words}.")
    return redirect(_place(statement))


def _place(statement: Statement) -> str:
    return url_for(
        "evaluation.area", edition_id=statement.edition_id, area=statement.area, _anchor=f"statement-{statement.id}"
    )


def _refusing(citation: Citation, refused: Refused) -> ResponseReturnValue:
    shown = shown_statement(citation.statement, Today(actor(), today()))
    page = render_template(
        "evaluation/not_cited.html",
        edition=citation.statement.edition,
        area=area_or_404(citation.statement.edition, citation.statement.area),
        one=next((one for one in shown.evidence if one.citation.id == citation.id), None),
        statement=citation.statement,
        reason=refused.refusal.reason,
    )
    return page, 422


@blueprint.post(CITATION + "/renew")
@writes
def citation_renew(edition_id: int, statement_id: int, citation_id: int) -> ResponseReturnValue:
    """Cite the same evidence as it is today."""
    citation = queries.citation_in(statement_to_write(edition_id, statement_id), citation_id)
    if not ConfirmForm().validate():
        abort(400)
    try:
        made = operations.renew(citation, by=actor())
    except Refused as refused:
        return _refusing(citation, refused)
    flash(f"Cited as it is today: {made.label}. {made.cited.words}.")
    return redirect(_place(citation.statement))


@blueprint.post(CITATION + "/leave-out")
@writes
def citation_leave_out(edition_id: int, statement_id: int, citation_id: int) -> ResponseReturnValue:
    """Cite a piece of evidence no longer."""
    citation = queries.citation_in(statement_to_write(edition_id, statement_id), citation_id)
    if not ConfirmForm().validate():
        abort(400)
    try:
        operations.leave_out(citation, by=actor())
    except Refused as refused:
        return _refusing(citation, refused)
    flash("The evidence is taken out. That it was cited is kept.")
    return redirect(_place(citation.statement))
