"""One request, one transaction: an answer under 400 commits, anything else rolls back."""

from collections.abc import Callable

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from audit_app.db import db, only_read

READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Application(Flask):
    """Flask, with the commit inside the dispatch, so that a failed commit meets the same error pages."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer the request, then keep or undo what it changed."""
        answer = self.make_response(super().dispatch_request())
        if answer.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return answer


def begin() -> None:
    """Before a request: say whether its transaction may write; a GET may not, unless its view records the reading."""
    g.afterwards = []
    view = current_app.view_functions.get(request.endpoint or "")
    only_read(request.method in READS and not getattr(view, "records_reading", False))


def afterwards(action: Callable[[], None]) -> None:
    """Do something in a short transaction of its own, once this request's transaction is over, whatever came of it."""
    g.afterwards.append(action)


def finish(response: Response) -> Response:
    """After a request: close its transaction, then carry out what was put off."""
    actions = g.get("afterwards", [])
    if actions:
        db.session.remove()
        only_read(False)
        for action in actions:
            action()
        db.session.remove()
    return response


def connect(app: Flask) -> None:
    """Put the transaction around every request of the application."""
    app.before_request(begin)
    app.after_request(finish)
