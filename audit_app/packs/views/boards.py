"""Asking for all papers of a board's meeting as one file."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.packs import queries
from audit_app.packs.forms import PapersForm
from audit_app.packs.operations.boards import ask_for_meeting
from audit_app.packs.queries.boards import Shown, shown_or_404
from audit_app.packs.rules import KEPT_HOURS
from audit_app.packs.views import blueprint
from audit_app.packs.views.keeping import reads_reports
from audit_app.refusal import Refused
from audit_app.web.guard import actor

MEETING = "/packs/boards/<int(max=2147483647):board_id>/meetings/<int(max=2147483647):meeting_id>"


def _page(shown: Shown, form: PapersForm, code: int = 200) -> ResponseReturnValue:
    page = render_template(
        "packs/board.html", shown=shown, form=form, job=queries.being_made(actor()), days=KEPT_HOURS // 24
    )
    return page, code


@blueprint.get(MEETING)
@reads_reports
def board_asking(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """What the pack of a meeting would hold, and in which form."""
    return _page(shown_or_404(board_id, meeting_id, actor()), PapersForm(formdata=None))


@blueprint.post(MEETING)
@reads_reports
def board_ask(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """Ask for the papers of a meeting as one file."""
    shown, form = shown_or_404(board_id, meeting_id, actor()), PapersForm()
    if not form.validate():
        return _page(shown, form, 422)
    back = url_for("packs.board_asking", board_id=board_id, meeting_id=meeting_id)
    try:
        job = ask_for_meeting(shown, form.forms, back, by=actor())
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _page(shown, form, 422)
    return redirect(url_for("work.show", job_id=job.id), 303)
