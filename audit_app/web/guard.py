"""The first gate: every view says who may come in, and the application does not start if one does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from audit_app.access.actor import Actor
from audit_app.access.table import Permission

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may come in: anybody, anybody signed in, or holders of any one of these permissions."""

    public: bool = False
    permissions: tuple[Permission, ...] = ()


class Unguarded(Exception):
    """A view without a rule: the application refuses to start."""


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let in whoever holds at least one of these permissions somewhere."""
    return _with_rule(Rule(permissions=permissions))


def _with_rule(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        cast(Any, view).rule = rule
        return view

    return mark


def signed_in(view: View) -> View:
    """Let in everybody who is signed in."""
    return _with_rule(Rule())(view)


def public(view: View) -> View:
    """Let in everybody."""
    return _with_rule(Rule(public=True))(view)


def records_reading(view: View) -> View:
    """Mark a GET whose reading is itself an event: it may write history, and only that."""
    cast(Any, view).records_reading = True
    return view


def reads_at_first(view: View) -> View:
    """Mark a POST that begins as a reader: it must be answered even while a long import holds the only writer."""
    cast(Any, view).reads_at_first = True
    return view


def actor() -> Actor:
    """The person who asks."""
    return cast(Actor, current_user.actor)


def check() -> ResponseReturnValue | None:
    """Before a request: turn away whoever the view's rule does not let in."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise Unguarded(f"This view says not who may come in: {request.endpoint}")
    if rule.public:
        return None
    if not current_user.is_authenticated:
        return cast(ResponseReturnValue, current_app.extensions["unauthenticated"]())
    if rule.permissions and not any(actor().may(p) for p in rule.permissions):
        g.refused = rule.permissions
        abort(403)
    return None


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule of an endpoint."""
    return cast(Rule | None, getattr(app.view_functions[endpoint], "rule", None))


def refuse_unguarded(app: Flask) -> None:
    """Stop the start when a view has no rule."""
    missing = [e for e in app.view_functions if e != "static" and rule_of(app, e) is None]
    if missing:
        raise Unguarded(f"These views say not who may come in: {', '.join(sorted(missing))}")
