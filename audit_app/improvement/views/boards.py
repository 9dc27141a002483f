"""The pages of boards: how often they meet, what is due for a meeting, what it was shown, what it decided."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from audit_app.clock import today
from audit_app.improvement import queries
from audit_app.improvement.cycles import CYCLES, refusal_to_decide
from audit_app.improvement.forms.boards import BoardForm, DecisionForm, FreezeForm, MeetingForm
from audit_app.improvement.model import Board, Meeting
from audit_app.improvement.operations import boards as operations
from audit_app.improvement.queries import boards as of_boards
from audit_app.improvement.refs import next_ref
from audit_app.improvement.views import blueprint
from audit_app.improvement.views.doorway import edits, my_units, sees
from audit_app.improvement.wording import due_of
from audit_app.refusal import Refused, Stale
from audit_app.web.formats import day
from audit_app.web.guard import actor

ONE = "/boards/<int(max=2147483647):board_id>"
MEETING = ONE + "/meetings/<int(max=2147483647):meeting_id>"


@blueprint.get("/boards")
@sees
def boards() -> ResponseReturnValue:
    """The boards that one may read about."""
    found = of_boards.boards_open_to(actor())
    return render_template(
        "improvement/boards.html", boards=found, cycles=CYCLES, today=today(), edits=bool(my_units())
    )


def _making(form: BoardForm, code: int = 200) -> ResponseReturnValue:
    return render_template("improvement/board_form.html", form=form), code


@blueprint.get("/boards/new")
@edits
def board_new() -> ResponseReturnValue:
    """The form for a new board."""
    form = BoardForm(formdata=None)
    form.offer(my_units())
    return _making(form)


@blueprint.post("/boards/new")
@edits
def board_create() -> ResponseReturnValue:
    """Make a board."""
    form, units = BoardForm(), my_units()
    form.offer(units)
    if not form.validate():
        return _making(form, 422)
    unit = next(one for one in units if one.id == form.unit.data)
    try:
        made = operations.make_board(unit, form.name.data or "", form.every_months.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _making(form, 422)
    flash(f"{made.name} is made. Say on a plan’s own page that it goes there, and call a meeting.")
    return redirect(url_for("improvement.board", board_id=made.id))


def _board(found: Board, form: MeetingForm, code: int = 200) -> ResponseReturnValue:
    keeps = found.unit_id in {unit.id for unit in my_units()}
    page = render_template("improvement/board.html", board=found, form=form, cycles=CYCLES, today=today(), edits=keeps)
    return page, code


@blueprint.get(ONE)
@sees
def board(board_id: int) -> ResponseReturnValue:
    """A board with its plans and meetings."""
    return _board(of_boards.board_or_404(board_id, actor()), MeetingForm(formdata=None))


@blueprint.post(ONE)
@edits
def meeting_call(board_id: int) -> ResponseReturnValue:
    """Call a meeting."""
    found, form = of_boards.board_or_404(board_id, actor(), to_edit=True), MeetingForm()
    if not form.validate():
        return _board(found, form, 422)
    try:
        made = operations.call_meeting(found, form.held_on.data, form.updates_by.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _board(found, form, 422)
    flash(f"The meeting of {day(made.held_on)} is called.")
    return redirect(url_for("improvement.meeting", board_id=board_id, meeting_id=made.id))


def _meeting(found: Meeting, form: FreezeForm, code: int = 200) -> ResponseReturnValue:
    shown = of_boards.shown_to(found, queries.sealed_from(actor()), today())
    page = render_template(
        "improvement/meeting.html",
        board=found.board,
        meeting=found,
        contents=shown if found.contents else None,
        hidden=shown is None,
        reported=of_boards.reported(found),
        due=of_boards.due_for(found) if not found.contents else None,
        form=form,
        undecided=refusal_to_decide(found.held_on, today()),
        edits=found.board.unit_id in {unit.id for unit in my_units()},
    )
    return page, code


@blueprint.get(MEETING)
@sees
def meeting(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """What is due for a meeting, or what it was shown, and what it decided."""
    found = of_boards.meeting_in(of_boards.board_or_404(board_id, actor()), meeting_id)
    return _meeting(found, FreezeForm(formdata=None, version=found.version_id))


@blueprint.post(MEETING + "/freeze")
@edits
def meeting_freeze(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """Freeze what a meeting is shown."""
    found = of_boards.meeting_in(of_boards.board_or_404(board_id, actor(), to_edit=True), meeting_id)
    form = FreezeForm()
    if not form.validate():
        abort(400)
    try:
        operations.freeze(found, form.version.data, by=actor().id)
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _meeting(found, form, 422)
    except Stale:
        form.version.data = found.version_id
        form.form_errors.append("Somebody changed this meeting after you opened it. Look at it again.")
        return _meeting(found, form, 409)
    flash("What this meeting is shown is frozen.")
    return redirect(url_for("improvement.meeting", board_id=board_id, meeting_id=meeting_id))


def _deciding(found: Meeting, form: DecisionForm, code: int = 200) -> ResponseReturnValue:
    return render_template("improvement/decision.html", board=found.board, meeting=found, form=form), code


@blueprint.get(MEETING + "/decisions/new")
@edits
def decision_new(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """The form for what a meeting decided."""
    kept = of_boards.board_or_404(board_id, actor(), to_edit=True)
    form = DecisionForm(formdata=None)
    form.offer(kept.plans, queries.leads_for(kept.unit))
    return _deciding(of_boards.meeting_in(kept, meeting_id), form)


@blueprint.post(MEETING + "/decisions/new")
@edits
def decision_keep(board_id: int, meeting_id: int) -> ResponseReturnValue:
    """Keep what a meeting decided, as an action."""
    kept = of_boards.board_or_404(board_id, actor(), to_edit=True)
    found, form = of_boards.meeting_in(kept, meeting_id), DecisionForm()
    form.offer(kept.plans, queries.leads_for(kept.unit))
    if not form.validate():
        return _deciding(found, form, 422)
    number, _, ref = form.recommendation.data.partition(":")
    plan = next(one for one in kept.plans if str(one.id) == number)
    taken = [action.ref for part in plan.recommendations for action in part.actions]
    named = form.ref.data or next_ref(ref, taken)
    try:
        operations.decide(
            found, form.words.data or "", plan, ref, ref=named,
            lead_id=form.lead.data or None, due=due_of(form.due.data or ""), by=actor().id,
        )  # fmt: skip
    except Refused as refused:
        form.form_errors.append(refused.refusal.reason)
        return _deciding(found, form, 422)
    flash(f"The decision is kept, as action {named}.")
    return redirect(url_for("improvement.meeting", board_id=board_id, meeting_id=meeting_id))
