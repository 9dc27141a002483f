"""The page of the record: how long it is, its root, that it is whole, and what happened last; never what was said."""

import datetime as dt
from collections.abc import Callable, Iterable

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from audit_app.access.table import Permission
from audit_app.db import db
from audit_app.history import operations, queries
from audit_app.history.forms import CheckForm
from audit_app.history.verification import Findings
from audit_app.web.guard import actor, requires

blueprint = Blueprint("history", __name__)
checks = requires(Permission.CHECK_HISTORY)
CHECKED = "history.checked"
SHOWN = 100  # problems on the page; the command lists a thousand


def _names_of(ids: Iterable[int]) -> dict[int, str]:
    # The room of people is above this one; it says who somebody is.
    names: Callable[[Iterable[int]], dict[int, str]] = current_app.extensions["names_of"]
    return names(ids)


def _in_words(kind: str) -> str:
    thing, _, what = kind.partition(".")
    return f"{thing.replace('_', ' ').capitalize()}: {what.replace('_', ' ')}"


def _page(findings: Findings | None = None) -> ResponseReturnValue:
    page = queries.entries_page(after=request.args.get("after", ""), before=request.args.get("before", ""))
    last = queries.last_of("history", CHECKED)
    people = {entry.actor_id for entry in page.items if entry.actor_id}
    return render_template(
        "history/index.html",
        head=queries.checkpoint(),
        page=page,
        moments={entry.idx: dt.datetime.fromisoformat(entry.at) for entry in page.items},
        words={entry.idx: _in_words(entry.kind) for entry in page.items},
        names=_names_of(people | ({last.actor_id} if last and last.actor_id else set())),
        last=last,
        findings=findings,
        shown=SHOWN,
    )


@blueprint.get("/record")
@checks
def index() -> ResponseReturnValue:
    """The record: its size and root, when it was last checked, and its latest entries."""
    return _page()


@blueprint.post("/record")
@checks
def check() -> ResponseReturnValue:
    """Check every entry from the first to the last, and say what was found; that it was checked is an entry too."""
    if not CheckForm().validate():
        abort(400)
    db.session.rollback()  # a long record takes a while, and nobody else should wait for it
    findings = operations.examine()
    page = _page(findings)
    if not any("the head" in problem for problem in findings.problems):  # without it nothing can be written
        body = {"entries": findings.entries, "root": findings.root, "problems": len(findings.problems)}
        operations.record(CHECKED, subject="history", body=body, by=actor().id)
    return page
