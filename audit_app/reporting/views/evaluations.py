"""A published self-evaluation, as a page and as a file in every form; the same bytes for ever."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.evaluation import queries
from audit_app.evaluation.model import PublishedEvaluation
from audit_app.improvement.queries import sealed_from
from audit_app.improvement.snapshot import thawed
from audit_app.refusal import Refusal, Refused
from audit_app.reporting import operations
from audit_app.reporting.contents.self_evaluation import self_evaluation
from audit_app.reporting.document import Document
from audit_app.reporting.queries.looks import in_own_colours
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import paper_file, put_files
from audit_app.web.guard import actor, requires
from audit_app.web.transaction import keep

TAKEN_BACK = Refusal("This self-evaluation was taken back. Its page says when and why.")
CLOSED = Refusal(
    "This self-evaluation rests on an audit that you judge blind just now. It opens to you once you have committed."
)
ONE = "/self-evaluation/published/<int(max=2147483647):evaluation_id>"
reads_reports = requires(Permission.READ_REPORTS)


def _paper(published: PublishedEvaluation) -> Document | None:
    """A published copy; closed to whoever judges blind an audit that it counts."""
    if not sealed_from(actor()).isdisjoint(published.audit_ids):
        return None
    contents = thawed(published.contents)
    paper = self_evaluation(
        contents, council=contents["council"], published_at=published.published_at,
        number=published.number, contents_hash=published.contents_hash,
    )  # fmt: skip
    return in_own_colours(paper, published.edition.unit_id)


@blueprint.get(ONE)
@reads_reports
def evaluation_page(evaluation_id: int) -> ResponseReturnValue:
    """A published self-evaluation as a page to read or print; where it was taken back, that it was."""
    published = queries.published_or_404(evaluation_id, actor())
    gone = queries.is_closed_to(actor(), published)
    return render_template(
        "reporting/evaluation.html",
        document=None if gone else _paper(published),
        published=published,
        gone=gone,
        writes=queries.may_write(actor(), published.edition),
    )


def _taken(form: str, evaluation_id: int) -> ResponseReturnValue:
    """The same to take away; that somebody has it is recorded."""
    published = queries.published_or_404(evaluation_id, actor())
    if queries.is_closed_to(actor(), published):
        raise Refused(TAKEN_BACK)
    paper = _paper(published)
    if paper is None:
        raise Refused(CLOSED)
    operations.note_evaluation_taken(published, form, by=actor().id)
    keep()
    return paper_file(paper, form, f"self-evaluation-{published.edition_id}-{published.number}")


put_files(ONE, "evaluation", reads_reports, _taken)
