"""The first gate: no view without a rule, no way round it, and an application that does not start otherwise."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import BaseConverter, FloatConverter, IntegerConverter, Rule

from audit_app.access.table import Permission
from audit_app.db import db
from audit_app.history.model import Entry
from audit_app.web import guard
from audit_app.web.guard import Unguarded, public, requires, signed_in
from tests import make

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
LARGEST = 2**31 - 1


def view() -> Callable[[], str]:
    """A view that says nothing of who may come in."""
    return lambda: "answered"


@pytest.fixture
def world(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def doors(app: Flask) -> Flask:
    """The application with a door of every kind."""
    for name, rule in {
        "any": requires(Permission.VOID_AUDITS, Permission.MANAGE_UNITS),
        "in": signed_in,
        "all": public,
    }.items():
        app.add_url_rule(f"/door/{name}", f"door_{name}", rule(view()))
    return app


def test_an_application_with_a_view_that_says_nothing_does_not_start(app: Flask) -> None:
    guard.refuse_unguarded(app)
    app.add_url_rule("/forgotten", "forgotten", view())
    with pytest.raises(Unguarded, match="forgotten"):
        guard.refuse_unguarded(app)


def test_a_view_that_says_nothing_is_not_answered_even_if_it_came_later(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", view())
    with pytest.raises(Unguarded, match="forgotten"):
        app.test_client().get("/forgotten")


def test_one_of_the_permissions_is_enough_and_none_is_not(doors: Flask, world: make.Authority) -> None:
    for who, code in ((world.head, 200), (world.admin, 200), (world.senior, 403), (world.board, 403)):
        assert make.client_of(doors, who).get("/door/any").status_code == code
    assert make.client_of(doors, world.board).get("/door/in").status_code == 200
    nobody = doors.test_client()
    assert [nobody.get(f"/door/{name}").status_code for name in ("any", "in", "all")] == [302, 302, 200]


def test_a_refusal_is_written_down_with_the_page_and_the_person_and_nothing_else(
    doors: Flask, world: make.Authority
) -> None:
    make.client_of(doors, world.senior).get("/door/any?q=asked")
    make.client_of(doors, world.head).get("/door/any")
    doors.test_client().get("/door/any")
    kinds = [(one.kind, one.actor_id) for one in db.session.execute(select(Entry)).scalars() if "refused" in one.kind]
    assert kinds == [("access.refused", world.senior.id)]


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method", "_method"])
def test_no_header_or_field_changes_what_is_asked(app: Flask, world: make.Authority, name: str) -> None:
    admin = make.client_of(app, world.admin)
    before = world.board.active
    answer = admin.get(f"/people/{world.board.id}/end", headers={name: "POST"}, query_string={"_method": "POST"})
    assert answer.status_code == 200
    assert "Sign out" in answer.text  # the page that asks first
    db.session.expire_all()
    assert world.board.active is before is True


def test_a_method_that_a_route_does_not_name_is_405_or_asks_who_it_is(app: Flask, world: make.Authority) -> None:
    admin = make.client_of(app, world.admin)
    for method in METHODS:
        named = method in ("GET", "HEAD")
        assert (admin.open("/people", method=method).status_code == 200) is named, method
        assert (admin.open("/people", method=method).status_code == 405) is not named, method


def arguments(app: Flask, kind: type[BaseConverter]) -> list[tuple[Rule, BaseConverter]]:
    """The parts of addresses that are read as one kind of value."""
    rules = list(app.url_map.iter_rules())
    app.url_map.update()
    return [(rule, one) for rule in rules for one in rule._converters.values() if isinstance(one, kind)]


def unbounded(app: Flask) -> list[str]:
    """The addresses in which a number may be larger than a database takes."""
    return [
        rule.rule
        for rule, one in arguments(app, IntegerConverter)
        if isinstance(one, IntegerConverter) and (one.max is None or one.max > LARGEST or one.signed)
    ]


def test_no_number_in_an_address_is_larger_than_a_database_takes(app: Flask) -> None:
    assert arguments(app, IntegerConverter)
    assert unbounded(app) == []
    assert arguments(app, FloatConverter) == []


@pytest.mark.parametrize("rule", ["/a/<int:a>", "/a/<int(signed=True, max=5):a>", "/a/<int(max=2147483648):a>"])
def test_a_number_without_a_limit_is_found(app: Flask, rule: str) -> None:
    app.add_url_rule(rule, "unlimited", public(view()))
    assert unbounded(app) == [rule]


def test_a_number_beyond_every_database_is_a_page_that_is_not_there(either_app: Flask) -> None:
    world = make.authority()
    admin = make.client_of(either_app, world.admin)
    for number in ("2147483648", "9223372036854775808", "9" * 40, "-1", "1e3", "0x1", "1.0", "NaN", "%00", "1%00"):
        assert admin.get(f"/people/{number}").status_code == 404, number
        assert admin.post(f"/people/{number}/restore").status_code in (400, 404), number
    assert admin.get("/people/2147483647").status_code == 404
