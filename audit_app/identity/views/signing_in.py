"""Signing in and out; a session that ends keeps what was typed."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from audit_app.access.actor import Actor
from audit_app.clock import now, today
from audit_app.db import db, reading, waiting_at_most
from audit_app.history.operations import record_now
from audit_app.identity import operations, queries
from audit_app.identity.forms import PasswordForm, SignInForm
from audit_app.identity.model import Person
from audit_app.identity.queries import Fictional
from audit_app.identity.rules import session_runs
from audit_app.identity.views import blueprint
from audit_app.refusal import Refused
from audit_app.web.errors import wants_json
from audit_app.web.guard import public, signed_in
from audit_app.web.transaction import afterwards

SEEN_EVERY = dt.timedelta(seconds=60)
KEPT_HOURS = 12


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed-in person as Flask-Login knows them; its id is the session's token, never the person's."""

    token: str
    actor: Actor
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The session's token."""
        return self.token


def load(token: str) -> Signed | None:
    """Who a browser's token belongs to, if session, account and time still allow."""
    found = queries.find_sign_in(token, today())
    idle = dt.timedelta(minutes=current_app.extensions["settings"].session_idle_minutes)
    if found is None or not session_runs(found.seen_at, found.ends_at, now(), idle):
        return None
    if now() - found.seen_at > SEEN_EVERY:
        key = found.token_hash
        afterwards(lambda: _note_seen(key))
    return Signed(token, found.actor)


def _note_seen(token_hash: str) -> None:
    with waiting_at_most(0.5):  # nobody waits for a long import to read a page; the next request notes it as well
        operations.note_seen(token_hash)


def begin(found: Person) -> None:
    """Make this browser the person's: a new session, nothing carried over."""
    if current_user.is_authenticated:
        operations.sign_out(current_user.token, by=current_user.actor.id)
    session.clear()
    g.pop("csrf_token", None)  # made for the session that has just ended; the page that follows needs one of its own
    token = operations.sign_in(found)
    login_user(Signed(token, found.actor(today())))
    session["last_person"] = found.id


def unauthenticated() -> ResponseReturnValue:
    """Ask who it is; a form that was being sent is kept, and can be sent again after signing in."""
    if wants_json():
        return {"error": 401}, 401
    if request.method != "POST":
        return redirect(url_for("identity.sign_in", next=request.full_path.rstrip("?")))
    form = SignInForm(formdata=None, kept=_keep())
    return render_template("identity/sign_in.html", form=form, ended=True, people=_demonstration()), 401


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="kept")


def _keep() -> str:
    # Only what came with this browser's own form token is here: the CSRF check comes first.
    fields = [[k, v] for k, v in request.form.items(multi=True) if k != "csrf_token" and "password" not in k]
    if not fields:
        return ""
    kept = {"path": request.path, "fields": fields, "person": session.get("last_person")}
    signed: str = _signer().dumps(kept)
    return signed


def _kept(text: str, person_id: int) -> dict[str, Any] | None:
    try:
        kept = _signer().loads(text, max_age=KEPT_HOURS * 3600)
    except BadSignature:
        return None
    return kept if kept["person"] == person_id else None


def _safe_next(target: str) -> str:
    """Where to go after signing in: only to a page of this service."""
    path = target.split("?")[0]
    if not path.startswith("/") or path.startswith(("//", "/\\")) or any(ord(c) < 33 for c in target):
        return url_for("home.index")
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except (NotFound, MethodNotAllowed, HTTPException):
        return url_for("home.index")
    return url_for("home.index") if endpoint.startswith("identity.sign_") else request.script_root + target


def _demonstration() -> list[Fictional]:
    """The fictional people who may be tried out: in demonstration only, which production refuses to be."""
    return queries.fictional_people() if current_app.extensions["settings"].demonstration else []


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """The sign-in page."""
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    form = SignInForm(formdata=None, next=request.args.get("next", ""))
    return render_template("identity/sign_in.html", form=form, ended=False, people=_demonstration())


@blueprint.post("/sign-in")
@public
def sign_in_submit() -> ResponseReturnValue:
    """Sign in, then go on where one was."""
    form, address, code = SignInForm(), request.remote_addr or "", 422
    if form.validate():
        email, password = form.email.data or "", form.password.data or ""
        try:
            found = _found(email, password, address)
        except Refused as refused:
            form.form_errors.append(refused.refusal.reason)
            code = 429
        else:
            if found is not None:
                kept = _kept(form.kept.data, found.id) if form.kept.data else None
                operations.keep_up(found, password)
                begin(found)
                if kept is not None:
                    return render_template("identity/kept.html", kept=kept)
                return redirect(_safe_next(form.next.data or "/"))
            afterwards(lambda: operations.note_failure(email, address))
            form.form_errors.append("The e-mail address or password is not right.")
    return render_template("identity/sign_in.html", form=form, ended=False, people=_demonstration()), code


def _found(email: str, password: str, address: str) -> Person | None:
    """Whoever signs in with these. To hash a password is slow by design: no writer waits while it is done."""
    with reading():
        found = operations.person_of_credentials(email, password, address)
        db.session.rollback()
    return found if found is not None and found.active else None


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    operations.sign_out(current_user.token, by=current_user.actor.id)
    logout_user()
    session.clear()
    return redirect(url_for("identity.sign_in"))


@blueprint.get("/link/<token>")
@public
def link(token: str) -> ResponseReturnValue:
    """The page that a one-time link opens."""
    found = queries.find_link(token)
    if found is None:
        return render_template("identity/link_ended.html"), 404
    return render_template("identity/choose_password.html", form=PasswordForm(formdata=None), link_person=found.person)


@blueprint.post("/link/<token>")
@public
def link_submit(token: str) -> ResponseReturnValue:
    """Choose the password and sign in."""
    found = queries.find_link(token)
    if found is None:
        return render_template("identity/link_ended.html"), 404
    form = PasswordForm()
    if form.validate():
        try:
            person = operations.set_password(found, form.password.data or "")
        except Refused as refused:
            form.password.errors = [refused.refusal.reason]
        else:
            begin(person)
            flash("Your password is set and you are signed in.")
            return redirect(url_for("home.index"))
    page = render_template("identity/choose_password.html", form=form, link_person=found.person)
    return page, 422


@blueprint.get("/forgotten-password")
@public
def forgotten() -> ResponseReturnValue:
    """How to get in again after forgetting the password."""
    return render_template("identity/forgotten.html")


def note_refused() -> None:
    """Keep that a signed-in person was refused a page, in a transaction of its own."""
    if not current_user.is_authenticated:
        return
    by, endpoint = current_user.actor.id, request.endpoint or ""
    afterwards(lambda: record_now("access.refused", body={"page": endpoint}, by=by))


def connect(app: Flask) -> None:
    """Teach the application who is signed in."""
    manager = LoginManager()
    manager.session_protection = None  # the session row, not the browser's address, says whether it runs
    manager.init_app(app, add_context_processor=False)  # pages ask for the person, and some must not ask at all
    manager.user_loader(load)
    app.extensions["unauthenticated"] = unauthenticated
