"""What a board's meeting is shown of its plans, as a paper in every form; a frozen one is the same bytes for ever."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.improvement.model import Meeting
from audit_app.improvement.queries import boards, sealed_from
from audit_app.reporting import operations
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.document import Document
from audit_app.reporting.queries.plans import plan_paper
from audit_app.reporting.views import blueprint
from audit_app.reporting.views.files import paper_file, put_files
from audit_app.web.guard import actor, requires
from audit_app.web.transaction import keep

PAPER = "/boards/<int(max=2147483647):board_id>/meetings/<int(max=2147483647):meeting_id>/paper"
AUDIENCES = (Audience.BOARD, Audience.PUBLIC)
reads_plans = requires(Permission.SEE_PLANS)


def _audience() -> Audience:
    """Whom it is for: the board, unless it is asked for to publish."""
    return next((one for one in AUDIENCES if one.value == request.args.get("for")), Audience.BOARD)


def _paper(board_id: int, meeting_id: int) -> tuple[Document, Meeting]:
    """A meeting's paper, frozen or as it would be today; it does not exist for whoever judges blind what it counts."""
    found = boards.meeting_in(boards.board_or_404(board_id, actor()), meeting_id)
    contents = boards.shown_to(found, sealed_from(actor()), today())
    if contents is None or not contents["plans"]:
        abort(404)
    return plan_paper(found, contents, _audience()), found


@blueprint.get(PAPER)
@reads_plans
def plan_page(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """The action plan as a page to read or print."""
    paper, found = _paper(board_id, meeting_id)
    return render_template(
        "reporting/plan.html", document=paper, meeting=found, audience=_audience(), audiences=AUDIENCES
    )


def _taken(board_id: int, meeting_id: int, form: str) -> ResponseReturnValue:
    """The same to take away; that somebody has it is recorded."""
    paper, found = _paper(board_id, meeting_id)
    operations.note_plan_taken(found, form, by=actor().id)
    keep()
    return paper_file(paper, form, f"action-plan-{found.board_id}-{found.held_on:%Y-%m-%d}-{_audience().value}")


put_files(PAPER, "plan", reads_plans, _taken)
