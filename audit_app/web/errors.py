"""What people see when something goes wrong: what happened, that nothing was lost, and what to do."""

import logging
import traceback

from flask import Flask, current_app, g, render_template, request
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from jinja2 import TemplateNotFound
from sqlalchemy import exc
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from audit_app.db import db
from audit_app.refusal import Refused, Stale

log = logging.getLogger("audit_app")
AUTOSAVE = "autosave"
WITHOUT_DATABASE = (500, 503)  # these pages must appear when nothing else works
MALFORMED = (DataError, OverflowError, UnicodeError, RecursionError)
NOT_MIGRATED = ("UndefinedTable", "UndefinedColumn")


def wants_json() -> bool:
    """Whether the question came from the page's own script, which reads JSON."""
    return request.headers.get("X-Requested-With") == AUTOSAVE


def page(code: int, **values: object) -> tuple[str | dict[str, object], int]:
    """The error page of a code, or its JSON for the page's own script."""
    _undo()
    if wants_json():
        return {"error": code, **{k: str(v) for k, v in values.items()}}, code
    g.without_database = code in WITHOUT_DATABASE
    try:
        return _rendered(code, values), code
    except SQLAlchemyError as error:  # the other pages say who is signed in
        log.error("database unavailable: %s", type(error).__name__)
        _undo()
        g.without_database = True
        return _rendered(503, {}), 503


def _undo() -> None:
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session().invalidate()  # the connection itself is gone


def _rendered(code: int, values: dict[str, object]) -> str:
    try:
        return render_template(f"errors/{code}.html", **values)
    except TemplateNotFound:
        return render_template(f"errors/{400 if code < 500 else 500}.html", **values)


def say_what_broke(error: BaseException) -> None:
    """Tell the log what broke and where."""
    log.error("unexpected %s at %s\n%s", type(error).__name__, request.endpoint, where_it_broke(error))


def where_it_broke(error: BaseException) -> str:
    """Where an error came from, for the log; never its own words, which may be what a person typed."""
    lines, chained = list[str](), [error]
    while (before := chained[-1].__cause__ or chained[-1].__context__) and before not in chained:
        chained.append(before)
    for one in reversed(chained):
        lines += [*traceback.format_tb(one.__traceback__), f"{type(one).__name__}\n"]
    return "".join(lines)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    if request_ctx.url_adapter is None:  # asked by a name that is not ours: no page of ours could link to anything
        return "The address is not one of this service.", error.code, {"Content-Type": "text/plain"}
    kept = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
    return *page(error.code, description=error.description), kept


def _refused(error: Refused) -> ResponseReturnValue:
    return page(422, reason=error.refusal.reason)


def _stale(error: Exception) -> ResponseReturnValue:
    return page(409, reason=str(error) if isinstance(error, Stale) else "")


def _malformed(error: Exception) -> ResponseReturnValue:
    log.warning("malformed input: %s", type(error).__name__)
    return page(400)


def _statement(error: StatementError) -> ResponseReturnValue:
    """Whether what was typed, the database, or the application is to blame for a statement that failed."""
    if isinstance(error, DataError) or isinstance(error.orig, MALFORMED):
        return _malformed(error)
    unreachable = isinstance(error, exc.OperationalError | exc.InterfaceError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    )
    if unreachable or type(error.orig).__name__ in NOT_MIGRATED:
        return _unavailable(error)
    return _broken(error)


def _unavailable(error: Exception) -> ResponseReturnValue:
    log.error("database unavailable: %s", type(getattr(error, "orig", error)).__name__)
    return page(503)


def _broken(error: Exception) -> ResponseReturnValue:
    if current_app.testing:
        raise error  # a test sees it as it is
    say_what_broke(error)
    return page(500)


def connect(app: Flask) -> None:
    """Give the application its error pages."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(IntegrityError, _stale)
    app.register_error_handler(StatementError, _statement)
    app.register_error_handler(exc.TimeoutError, _unavailable)  # every connection is in use
    for kind in MALFORMED:
        app.register_error_handler(kind, _malformed)
    app.register_error_handler(Exception, _broken)
