"""The composition root: builds the application and connects the rooms; imports all, imported by none."""

import gc
import logging
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from click import get_current_context
from flask import Flask, g, get_flashed_messages, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from audit_app import db as database
from audit_app.access.table import Permission, Role, may
from audit_app.cases.cli import cases
from audit_app.demonstration.cli import demo
from audit_app.frameworks.cli import frameworks
from audit_app.history import cli as record
from audit_app.history import operations as history
from audit_app.identity.cli import people
from audit_app.identity.views import signing_in
from audit_app.measures.cli import measures
from audit_app.notices.cli import notices
from audit_app.past.cli import past
from audit_app.programmes.cli import programmes
from audit_app.sampling.cli import sampling
from audit_app.web import errors, formats, forms, guard, headers, health, pages, transaction
from audit_app.work import operations as work
from audit_app.work.cli import work as work_commands

ROOMS_WITH_PAGES = (
    "identity", "organisation", "frameworks", "cases", "programmes", "auditing", "escalation", "sampling", "moderation",
    "actions", "past", "feedback", "measures", "calibration", "learning", "improvement", "evaluation",
    "reporting", "packs", "handover", "notices", "home", "history", "work", "wording",
)  # fmt: skip
ROOMS_WITH_TABLES = (
    "work", "history", "organisation", "identity", "wording", "frameworks", "cases", "programmes", "auditing",
    "escalation", "sampling", "moderation", "actions", "past", "feedback", "measures", "calibration", "learning",
    "improvement", "evaluation", "notices", "reporting", "packs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a menu."""

    text: str
    href: str
    current: bool = False


Entry = tuple[str, str, tuple[Permission, ...]]

NAVIGATION: tuple[Entry, ...] = (
    ("Your work", "home.index", ()),
    ("Audits", "auditing.index", (Permission.AUDIT, Permission.READ_AUDITS, Permission.SEE_PROGRESS)),
    ("Rounds", "programmes.index", (Permission.RUN_ROUNDS,)),
    ("Measures", "measures.index", (Permission.SEE_FIGURES,)),
    ("Improvement plan", "improvement.index", (Permission.SEE_PLANS,)),
    ("Outcomes", "feedback.index", (Permission.READ_OUTCOMES,)),
    ("Reports", "reporting.index", (Permission.READ_REPORTS,)),
    ("Findings", "reporting.my_findings", (Permission.VALIDATE,)),  # leaders come to them from Reports
)
# Pages that stand under another room's menu entry.
PART_OF = {
    "sampling": "programmes", "cases": "programmes", "past": "programmes", "learning": "measures", "packs": "reporting",
    "evaluation": "improvement",
}  # fmt: skip
ACCOUNT: tuple[Entry, ...] = (
    ("Your messages", "notices.index", ()),
    ("My figures", "measures.mine", (Permission.AUDIT,)),
    ("Your absence", "identity.absence", (Permission.AUDIT, Permission.MODERATE, Permission.VALIDATE)),
    ("Your actions", "actions.yours", (Permission.DO_ACTIONS,)),
    ("Actions for children", "actions.index", (Permission.SEE_ACTIONS,)),
    ("Auditors", "sampling.auditors", (Permission.RUN_ROUNDS,)),
    ("Released outcomes", "feedback.index", (Permission.RELEASE,)),
    ("Themes that come up", "feedback.gathered", (Permission.READ_AUDITS,)),
    ("Audits to sign off", "escalation.index", (Permission.SEE_ESCALATIONS,)),
    ("People", "identity.people_index", (Permission.MANAGE_PEOPLE,)),
    ("Units", "organisation.index", (Permission.MANAGE_UNITS,)),
    (
        "Calibration",
        "calibration.index",
        (Permission.CALIBRATE, Permission.RUN_ROUNDS, Permission.SEE_CALIBRATIONS),
    ),
    ("Tools", "frameworks.index", (Permission.MANAGE_TOOLS,)),
    ("Wording", "wording.index", (Permission.EDIT_WORDING,)),
    ("Record", "history.index", (Permission.CHECK_HISTORY,)),
)


def build(settings: config.Settings | None = None) -> Flask:
    """The whole application, built from settings."""
    settings = settings or config.settings()
    app = transaction.Application("audit_app", template_folder=str(config.HERE / "templates"))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.environment == "test",
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-audit" if settings.secure_cookies else "audit",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # it ends with the session; a form left open for two hours must still be saved
        TRUSTED_HOSTS=list(settings.hosts) or None,
        MAX_CONTENT_LENGTH=(settings.upload_megabytes + 2) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
    )
    app.extensions["settings"] = settings
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    database.connect(app)
    history.connect()
    work.connect()
    if get_current_context(silent=True) or "flask_migrate" in sys.modules:  # a command; a server changes no tables
        migrate = import_module("flask_migrate").Migrate
        migrate(app, database.db, str(config.HERE / "migrations"), render_as_batch=True, compare_type=True)
    _teach_templates(app)
    headers.connect(app)
    transaction.connect(app)
    app.before_request(forms.limit_words)
    CSRFProtect(app)
    app.before_request(guard.check)
    errors.connect(app)
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RequestEntityTooLarge, lambda e: errors.page(413))
    for room in ROOMS_WITH_TABLES:
        import_module(f"audit_app.{room}.model")
    for room in ROOMS_WITH_PAGES:
        views = import_module(f"audit_app.{room}.views")
        app.register_blueprint(views.blueprint)
        if hasattr(views, "connect"):
            views.connect(app)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(pages.blueprint)
    rooms = (cases, demo, frameworks, measures, notices, past, people, record.history, programmes, sampling)
    for commands in (*rooms, work_commands):
        app.cli.add_command(commands)
    guard.refuse_unguarded(app)
    if settings.environment != "test":
        # What was built here lives as long as the process: looking through it for garbage made pages a sixth dearer.
        gc.freeze()
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    return app


def _teach_templates(app: Flask) -> None:
    own = FileSystemLoader(str(config.HERE / "templates"))
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_env.loader = ChoiceLoader([own, govuk])
    app.jinja_env.undefined = ChainableUndefined  # the design system's macros need it
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(formats.FILTERS)
    app.jinja_env.globals.update(Permission=Permission)
    settings: config.Settings = app.extensions["settings"]
    version = pages.version_of(Path(str(app.static_folder)))

    @app.context_processor
    def _page() -> dict[str, object]:
        known = not g.get("without_database") and current_user.is_authenticated
        person = current_user.actor if known else None
        return {
            "version": version,
            "service_name": settings.service_name,
            "council_name": settings.council_name,
            "marking": settings.marking if person else "",
            "environment": "Demonstration" if settings.demonstration else "",
            "person": person,
            "navigation": _links(app, NAVIGATION) if person else [],
            "account_links": _links(app, ACCOUNT) if person else [],
            "notices": get_flashed_messages(),
        }


def _links(app: Flask, entries: tuple[Entry, ...]) -> list[Link]:
    room = request.blueprint or ""
    place = PART_OF.get(room, room)
    shown = _shown(entries, frozenset(grant.role for grant in current_user.actor.grants))
    return [Link(text, app.url_for(endpoint), endpoint.split(".")[0] == place) for text, endpoint in shown]


@cache  # there are few sets of roles, and every page asks
def _shown(entries: tuple[Entry, ...], roles: frozenset[Role]) -> list[tuple[str, str]]:
    """The entries of a menu that somebody with these roles may follow: all without a permission, and theirs."""
    return [
        (text, endpoint)
        for text, endpoint, permissions in entries
        if not permissions or any(may(role, permission) for role in roles for permission in permissions)
    ]


def _forbidden(error: Forbidden) -> ResponseReturnValue:
    signing_in.note_refused()
    return errors.page(403)


def _csrf(error: CSRFError) -> ResponseReturnValue:
    return errors.page(400, description="The page was open for too long, or cookies are switched off.")
