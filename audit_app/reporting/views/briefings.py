"""A published learning briefing as a file: PDF and Word."""

from flask import abort
from flask.typing import ResponseReturnValue

from audit_app.learning import queries
from audit_app.learning.rules import READS_BRIEFINGS
from audit_app.reporting import operations
from audit_app.reporting.contents.briefing import briefing_paper
from audit_app.reporting.document import Document
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.views.files import WHOLE, council, paper_file, put_files
from audit_app.web.guard import actor, requires
from audit_app.web.transaction import keep

ONE = "/learning/briefings/published/<int(max=2147483647):published_id>"
reads_briefings = requires(*READS_BRIEFINGS)


def _paper(published_id: int, form: str) -> tuple[Document, str]:
    """A published briefing, with its file's name; it is closed to whoever judges blind an audit that it counts."""
    published = queries.published_or_404(published_id, actor())
    if queries.is_closed_to(published, actor()):
        abort(404)
    operations.note_briefing_taken(published, form, by=actor().id)
    keep()
    contents = published.contents
    paper = briefing_paper(contents, council=council(), published_at=published.published_at, number=published.number)
    name = f"learning-briefing-{published_id}-{contents.last:%Y-%m}"
    return in_own_colours(paper, published.briefing.unit_id), name


def _file(published_id: int, form: str) -> ResponseReturnValue:
    paper, name = _paper(published_id, form)
    return paper_file(paper, form, name)


put_files(ONE, "briefing", reads_briefings, _file, WHOLE)
