"""The whole application with a few views more that go wrong in every way; it answers as in service, not as in tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from flask import Blueprint, Flask, abort, redirect, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError

from audit_app import create_app
from audit_app.db import db, only_read
from audit_app.history.model import Entry
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, Stale
from audit_app.web.guard import public, records_reading
from audit_app.web.transaction import afterwards, keep
from tests.serving import settings_of

lab = Blueprint("lab", __name__, url_prefix="/lab")
numbers = count(1)
SECRET = "a child's story that no log may tell"
ERRORS: dict[str, Callable[[], Exception]] = {
    "refused": lambda: Refused(Refusal("not today")),
    "stale": lambda: Stale("this unit"),
    "stale-data": lambda: StaleDataError(SECRET),
    "integrity": lambda: IntegrityError(SECRET, {}, Exception(SECRET)),
    "data": lambda: DataError(SECRET, {}, Exception(SECRET)),
    "operational": lambda: OperationalError(SECRET, {}, Exception(SECRET)),
    "interface": lambda: InterfaceError(SECRET, {}, Exception(SECRET)),
    "programming": lambda: ProgrammingError(SECRET, {}, Exception(SECRET)),
    "no-connection": lambda: NoConnection(SECRET),
    "overflow": lambda: OverflowError(SECRET),
    "unicode": lambda: UnicodeEncodeError("utf-8", SECRET, 0, 1, SECRET),
    "recursion": lambda: RecursionError(SECRET),
    "lookup": lambda: LookupError(SECRET),
    "os": lambda: OSError(SECRET),
}


def write(name: str = "") -> None:
    """Change something, and say so in the history."""
    name = name or f"unit {next(numbers)}"
    unit = {"name": name, "kind": "authority", "path": f"/{name}/", "active": True, "version_id": 1}
    db.session.execute(insert(Unit).values(unit))
    record("unit.added", subject="unit:0", body={"name": name})


def kept() -> tuple[int, int]:
    """How many units and how many entries of the history there are."""
    counted = (select(func.count()).select_from(table) for table in (Unit, Entry))
    units, entries = (db.session.execute(one).scalar_one() for one in counted)
    db.session.rollback()
    return units, entries


def _fail_to_commit() -> None:
    """Do what the database only minds when all is to be kept."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("pragma defer_foreign_keys=on"))
        db.session.execute(text("update unit set parent_id = 999"))
    else:
        db.session.execute(text("create temp table once (n integer unique deferrable initially deferred)"))
        db.session.execute(text("insert into once values (1), (1)"))


@lab.route("/answer/<int(max=599):code>", methods=["GET", "POST"])
@public
def answer(code: int) -> ResponseReturnValue:
    if request.method == "POST":
        write()
    return "an answer", code


@lab.post("/abort/<int(max=599):code>")
@public
def aborted(code: int) -> ResponseReturnValue:
    write()
    abort(code)


@lab.post("/abort-with-an-answer")
@public
def aborted_with_an_answer() -> ResponseReturnValue:
    write()
    abort(redirect("/"))


@lab.post("/raise/<kind>")
@public
def raised(kind: str) -> ResponseReturnValue:
    write()
    raise ERRORS[kind]() from ValueError(SECRET)


@lab.get("/raise-at-once/<kind>")
@public
def raised_at_once(kind: str) -> ResponseReturnValue:
    raise ERRORS[kind]()


@lab.post("/commit-fails")
@public
def commit_fails() -> ResponseReturnValue:
    write()
    _fail_to_commit()
    return "never seen"


@lab.get("/cookie")
@public
def cookie() -> ResponseReturnValue:
    session["kept"] = "something"
    return "a cookie"


@lab.get("/who")
@public
def who() -> ResponseReturnValue:
    return {"address": request.remote_addr, "secure": request.is_secure, "host": request.host}


@lab.post("/lose-the-database")
@public
def lose_the_database() -> ResponseReturnValue:
    write()
    db.session.execute(text("select pg_terminate_backend(pg_backend_pid())"))
    return "never seen"


@lab.get("/ask/<table>")
@public
def ask(table: str) -> ResponseReturnValue:
    db.session.execute(text(f"select * from {table}"))
    return "asked"


@lab.route("/writes", methods=["GET", "HEAD", "OPTIONS"])
@public
def writes() -> ResponseReturnValue:
    write()
    return "written"


@lab.get("/reading-is-an-event")
@public
@records_reading
def recorded() -> ResponseReturnValue:
    record("audit.opened", subject="audit:0")
    return "read"


@lab.get("/long-work")
@public
@records_reading
def long_work() -> ResponseReturnValue:
    record("audit.opened", subject="audit:0")
    keep()
    if request.args.get("write"):
        write()
    return str(kept())


@lab.post("/put-off/<int(max=599):code>")
@public
def put_off(code: int) -> ResponseReturnValue:
    def note() -> None:
        if request.args.get("breaks"):
            raise LookupError(SECRET)
        if request.args.get("fails"):
            raise OperationalError(SECRET, {}, Exception(SECRET))
        write()
        db.session.commit()

    write()
    afterwards(note)
    return "an answer", code


@contextmanager
def laboratory(instance: Path, url: str, **changes: object) -> Iterator[Flask]:
    """The application with its failing views; without forms' tokens, unless asked for."""
    settings = replace(settings_of(instance, url), environment="production")
    app = create_app(replace(settings, **changes))  # type: ignore[arg-type]
    app.config["WTF_CSRF_ENABLED"] = False
    app.register_blueprint(lab)
    only_read(False)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
