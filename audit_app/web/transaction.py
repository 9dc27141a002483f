"""One request, one transaction: an answer under 400 commits, anything else rolls back."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from audit_app.db import db, only_read
from audit_app.web import errors

log = logging.getLogger("audit_app")
READS = frozenset({"GET", "HEAD", "OPTIONS"})


# What the address of a file may be asked with; an address without numbers, or of a file, never changes.
OF_FILES = frozenset({"filename", "v"})


class Application(Flask):
    """Flask, with the commit inside the dispatch, so that a failed commit meets the same error pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[tuple[object, ...], str] = {}

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """The address of a page; one that never changes is put together once, as every page links to forty of them."""
        fixed = not values or (endpoint == "static" and values.keys() <= OF_FILES)
        if not fixed or endpoint.startswith(".") or not has_request_context():
            return super().url_for(endpoint, **values)
        key = (request.script_root, endpoint, *values.values())
        if key not in self._addresses:
            self._addresses[key] = super().url_for(endpoint, **values)
        return self._addresses[key]

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer the request, then keep or undo what it changed."""
        answer = self.make_response(super().dispatch_request())
        if answer.status_code < 400:
            db.session.commit()
        else:
            db.session.rollback()
        return answer

    def log_exception(self, exc_info: Any) -> None:
        """Say what broke and where, without the words of anybody."""
        errors.say_what_broke(exc_info[1])


def begin() -> None:
    """Before a request: say whether its transaction may write; a GET may not, unless its view records the reading."""
    g.afterwards = []
    view = current_app.view_functions.get(request.endpoint or "")
    reads = request.method in READS and not getattr(view, "records_reading", False)
    only_read(reads or getattr(view, "reads_at_first", False))


def keep() -> None:
    """Keep what this request did so far: the long work that follows writes nothing and holds up no other writer."""
    db.session.commit()
    only_read(True)


def afterwards(action: Callable[[], None]) -> None:
    """Do something in a short transaction of its own, once this request's transaction is over, whatever came of it."""
    g.afterwards.append(action)


def finish(response: Response) -> Response:
    """After a request: close its transaction, then carry out what was put off."""
    actions, g.afterwards = g.get("afterwards", []), []
    if not actions:
        return response
    db.session.remove()
    only_read(False)
    try:
        for action in actions:
            action()
    except (SQLAlchemyError, OSError) as error:
        # What the request kept stays kept, so its answer stays true. A refusal that could not be noted is no answer.
        log.error("could not note what happened: %s", type(error).__name__)
        if response.status_code >= 400:
            response = current_app.make_response(errors.page(503))
    finally:
        db.session.remove()
    return response


def forget(error: BaseException | None = None) -> None:
    """When a request is over: what comes next in this thread starts afresh."""
    only_read(False)


def connect(app: Flask) -> None:
    """Put the transaction around every request of the application."""
    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(forget)
