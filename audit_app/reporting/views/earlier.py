"""Grades month by month with the months before this service: shown when somebody asks for them, in no other figure."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import now
from audit_app.measures import queries as measures
from audit_app.measures.counts import by_month
from audit_app.measures.queries import Filters
from audit_app.past.queries import counted
from audit_app.reporting.contents.earlier import earlier_paper, imported_months, own_months
from audit_app.reporting.document import Document
from audit_app.reporting.pdf import pdf
from audit_app.reporting.queries.looks import in_colours_of
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import PDF, council, file
from audit_app.web.guard import actor, requires

# Months have small numbers in them: they are for those who may open audits, not to publish.
works_with = requires(Permission.READ_AUDITS)


def _paper() -> Document:
    """The months of the units whose figures somebody may see, without what they judge blind just now."""
    who = actor()
    judges = who.may(Permission.MODERATE) or who.may(Permission.VALIDATE)
    paper = earlier_paper(
        imported_months(counted(who.paths(Permission.SEE_FIGURES))),
        own_months(by_month(measures.population(Filters(), who))),
        held_blind=measures.held_blind(who) if judges else 0,
        council=council(),
        produced_at=now(),
    )
    return in_colours_of(paper, who)


@blueprint.get("/reports/months")
@works_with
def earlier() -> ResponseReturnValue:
    """The months as a page."""
    return render_template("reporting/earlier.html", document=_paper())


@blueprint.get("/reports/months.pdf")
@works_with
def earlier_pdf() -> ResponseReturnValue:
    """The months as a PDF."""
    return file(pdf(_paper()), PDF, "grades-by-month.pdf")
