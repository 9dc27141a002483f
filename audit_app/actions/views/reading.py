"""The pages on which actions are found and read."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.actions import queries
from audit_app.actions.forms import ListForm
from audit_app.actions.model import ChildAction
from audit_app.actions.rules import (
    is_author,
    refusal_to_change,
    refusal_to_change_hands,
    refusal_to_check,
    refusal_to_move,
    refusal_to_withdraw,
)
from audit_app.actions.views import blueprint
from audit_app.actions.workflow import TO_DO, State
from audit_app.auditing.visibility import Sight, sight_of
from audit_app.cases.sensitive import warnings_in
from audit_app.clock import today
from audit_app.history.operations import record
from audit_app.organisation.queries import tree
from audit_app.web.guard import actor, records_reading, requires

ONE = "/actions/<int(max=2147483647):action_id>"
OWNS = (Permission.DO_ACTIONS,)
WRITES = (Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE)
READS = (Permission.DO_ACTIONS, Permission.SEE_ACTIONS, *WRITES)
TONES = {
    State.DRAFT: "quiet",
    State.OPEN: "info",
    State.TIME_ASKED: "attention",
    State.SAID_DONE: "attention",
    State.VERIFIED: "good",
    State.WITHDRAWN: "quiet",
}
MOST_ENDED = 10


def is_late(action: ChildAction) -> bool:
    """Whether an action is still to be done after its day."""
    return action.at in TO_DO and action.due_on < today()


def tone(action: ChildAction) -> tuple[str, str]:
    """The tag of an action: its words and its tone."""
    return ("Overdue", "urgent") if is_late(action) else (action.at.words, TONES[action.at])


@blueprint.get("/actions/yours")
@requires(*OWNS)
def yours() -> ResponseReturnValue:
    """What one has to do for children, soonest due first, and what waits for an answer."""
    who = actor()
    return render_template(
        "actions/yours.html",
        to_do=queries.owned_by(who),
        waiting=queries.waits_for_check(who),
        to_answer=queries.to_answer(who),
        tone=tone,
        is_late=is_late,
    )


@blueprint.get("/actions")
@requires(Permission.SEE_ACTIONS)
def index() -> ResponseReturnValue:
    """The actions for the children of one's units, filtered."""
    who = actor()
    units = tree(who.paths(Permission.SEE_ACTIONS))
    form = ListForm(request.args)
    form.offer(units, queries.owners(who))
    chosen = next((unit for unit in units if str(unit.id) == form.unit.data), None)
    asked = queries.Asked(
        form.state.data or "",
        form.kind.data or "",
        chosen.path if chosen else "",
        int(form.owner.data) if form.owner.data else None,
    )
    page = queries.actions_page(who, asked, after=request.args.get("after", ""), before=request.args.get("before", ""))
    return render_template("actions/index.html", form=form, page=page, applied=_applied(form), tone=tone)


def _applied(form: ListForm) -> list[dict[str, Any]]:
    found = []
    for field in form:
        if field.name in form.chosen:
            words = next(choice.label for choice in field.choices if choice.value == field.data).strip()
            left: dict[str, Any] = {name: value for name, value in form.chosen.items() if name != field.name}
            tag = {"text": words, "href": url_for("actions.index", **left)}
            found.append({"heading": field.label.text, "items": [tag]})
    return found


@blueprint.get(ONE)
@requires(*READS)
@records_reading
def show(action_id: int) -> ResponseReturnValue:
    """One action: what is to be done, why, by whom and when, and everything that was said of it."""
    found, who = queries.action_or_404(action_id, actor()), actor()
    matter = found.matter
    if not is_author(matter, who):
        record("audit.opened", subject=found.audit.subject, body={"action": found.id}, by=who.id)
    does = found.owner_id == who.id and who.may(Permission.DO_ACTIONS)
    checks = refusal_to_check(matter, who) is None
    words = (found.what, found.why, found.shows) if is_author(matter, who) else ()
    return render_template(
        "actions/show.html",
        action=found,
        steps=queries.steps_of(found),
        tone=tone,
        late=is_late(found),
        section=next((one for one in found.audit.tool.sections if one.key == found.section), None),
        reads_audit=sight_of(found.audit.facts, who) is Sight.FULL,
        may_say_done=does and found.at in TO_DO,
        may_ask_time=does and found.at is State.OPEN,
        may_check=checks and found.at is State.SAID_DONE,
        may_answer=checks and found.at is State.TIME_ASKED,
        may_change=refusal_to_change(matter, who) is None,
        may_change_hands=refusal_to_change_hands(found.audit.case.unit.path, who) is None,
        may_move=refusal_to_move(matter, who, "reason") is None,
        may_withdraw=refusal_to_withdraw(matter, who, "reason") is None,
        named=[text[one.start : one.end] for text in words for one in warnings_in(text)],
    )
