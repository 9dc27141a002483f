"""A published learning briefing as a file."""

from flask import abort
from flask.typing import ResponseReturnValue

from audit_app.learning import queries
from audit_app.learning.rules import READS_BRIEFINGS
from audit_app.reporting import operations
from audit_app.reporting.contents.briefing import briefing_paper
from audit_app.reporting.pdf import pdf
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import PDF, council, file
from audit_app.web.guard import actor, records_reading, requires
from audit_app.web.transaction import keep


@blueprint.get("/learning/briefings/published/<int(max=2147483647):published_id>.pdf")
@requires(*READS_BRIEFINGS)
@records_reading
def briefing_pdf(published_id: int) -> ResponseReturnValue:
    """A published briefing as a PDF; it is closed to whoever judges blind an audit that it counts."""
    published = queries.published_or_404(published_id, actor())
    if queries.is_closed_to(published, actor()):
        abort(404)
    operations.note_briefing_taken(published, by=actor().id)
    keep()
    contents = published.contents
    paper = briefing_paper(contents, council=council(), published_at=published.published_at, number=published.number)
    return file(pdf(paper), PDF, f"learning-briefing-{published_id}-{contents.last:%Y-%m}.pdf")
