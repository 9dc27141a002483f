"""Somebody's open actions on one paper, for their next supervision."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.actions import queries as actions
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.reporting import operations
from audit_app.reporting.contents.supervision import Prompt, supervision_paper
from audit_app.reporting.document import Document
from audit_app.reporting.pdf import pdf
from audit_app.reporting.queries.looks import in_colours_of
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import PDF, council, file, receipt
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep

OF = "/supervision/<int(max=2147483647):person_id>"
supervises = requires(Permission.DO_ACTIONS, Permission.SEE_ACTIONS)


def _paper(person_id: int, form: str) -> tuple[Document, Person]:
    """One's own paper, or that of somebody whose actions one sees; anybody else's does not exist."""
    who, person = actor(), db.session.get(Person, person_id)
    own = person_id == who.id and who.may(Permission.DO_ACTIONS)
    if person is None or not (own or actions.leads_owner(person_id, who)):
        abort(404)
    prompts, found = [], actions.for_supervision(person_id, who)
    for one in found:
        said = [step.words for step in actions.steps_of(one) if step.words]
        prompts.append(
            Prompt(
                one.audit.case.reference,
                one.of.name,
                one.what,
                one.why,
                one.shows,
                one.due_on,
                one.at.words,
                said[-1] if said else "",
            )
        )
    as_of = receipt()
    operations.note_supervision_taken(person_id, {one.audit_id for one in found}, form, by=who.id)
    keep()
    paper = supervision_paper(person.name, prompts, today(), council=council(), produced_at=now(), receipt=as_of)
    return in_colours_of(paper, who), person


@blueprint.get(OF)
@supervises
@records_reading
def supervision(person_id: int) -> ResponseReturnValue:
    """Somebody's open actions as a page to print."""
    paper, person = _paper(person_id, "page")
    return render_template("reporting/supervision.html", document=paper, owner=person)


@blueprint.get(f"{OF}.pdf")
@supervises
@records_reading
def supervision_pdf(person_id: int) -> ResponseReturnValue:
    """The same paper as a PDF."""
    paper, _ = _paper(person_id, "pdf")
    return file(pdf(paper), PDF, f"supervision-{person_id}-{today():%Y-%m-%d}.pdf")
