"""What people see when something goes wrong: what happened, that nothing was lost, and what to do."""

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import TemplateNotFound
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from audit_app.db import db
from audit_app.refusal import Refused, Stale

log = logging.getLogger("audit_app")
AUTOSAVE = "autosave"


def wants_json() -> bool:
    """Whether the question came from the page's own script, which reads JSON."""
    return request.headers.get("X-Requested-With") == AUTOSAVE


def page(code: int, **values: object) -> ResponseReturnValue:
    """The error page of a code, or its JSON for the page's own script."""
    db.session.rollback()
    if wants_json():
        return {"error": code, **{k: str(v) for k, v in values.items()}}, code
    try:
        return render_template(f"errors/{code}.html", **values), code
    except TemplateNotFound:
        return render_template("errors/500.html", **values), code


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    return page(error.code, description=error.description)


def _refused(error: Refused) -> ResponseReturnValue:
    return page(422, reason=error.refusal.reason)


def _stale(error: Exception) -> ResponseReturnValue:
    return page(409, reason=str(error) if isinstance(error, Stale) else "")


def _malformed(error: Exception) -> ResponseReturnValue:
    log.warning("malformed input: %s", type(error).__name__)
    return page(400)


def _unavailable(error: DBAPIError) -> ResponseReturnValue:
    log.error("database unavailable: %s", type(error.orig).__name__)
    return page(503)


def _broken(error: Exception) -> ResponseReturnValue:
    # The message may hold what a person typed; the traceback's frames do not print values.
    log.error("unexpected %s at %s", type(error).__name__, request.endpoint, exc_info=error)
    return page(500)


def connect(app: Flask) -> None:
    """Give the application its error pages."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(IntegrityError, _stale)
    app.register_error_handler(DataError, _malformed)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(StatementError, _malformed)
    app.register_error_handler(RecursionError, _malformed)
    if not app.testing:
        app.register_error_handler(Exception, _broken)
