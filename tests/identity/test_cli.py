"""Tests of the command that makes the first administrator."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.access.table import Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.identity.model import Person
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Unit

WHO = {"--email": "First@Council.Example", "--name": "First Administrator", "--unit": "Northmere"}


def said(app: Flask, **other: str) -> tuple[int, str]:
    """What the command answers when it is given these options, and what it ends with."""
    options = WHO | {f"--{name}": value for name, value in other.items()}
    words = [word for option in options.items() for word in option]
    result = app.test_cli_runner().invoke(args=["people", "create-admin", *words])
    db.session.remove()
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def people() -> int:
    """How many accounts there are."""
    return db.session.execute(select(func.count()).select_from(Person)).scalar_one()


def test_the_first_administrator_founds_the_authority_and_gets_a_link_that_works_once(app: Flask) -> None:
    code, words = said(app, address="https://audits.council.example")
    assert code == 0
    made = db.session.execute(select(Person)).scalar_one()
    assert (made.email, made.name) == ("first@council.example", "First Administrator")
    assert made.actor(today()).has(Role.ADMINISTRATOR)
    assert [(unit.name, unit.kind) for unit in db.session.execute(select(Unit)).scalars()] == [
        ("Northmere", "authority")
    ]
    found = re.search(r"https://audits\.council\.example(/\S+)", words)
    assert found is not None
    assert verify() == []
    assert app.test_client().get(found[1]).status_code == 200


def test_an_authority_that_is_there_is_used(app: Flask) -> None:
    root = organisation.add("Northmere", "authority", None, by=None)
    db.session.commit()
    path = root.path
    code, _ = said(app, unit="northmere")
    assert code == 0
    made = db.session.execute(select(Person)).scalar_one()
    assert [grant.unit.path for grant in made.grants] == [path]


def test_a_unit_that_is_not_there_is_refused_with_those_that_are(app: Flask) -> None:
    organisation.add("Northmere", "authority", None, by=None)
    db.session.commit()
    code, words = said(app, unit="Southmere")
    assert code == 2
    assert "“Southmere”" in words
    assert "“Northmere”" in words
    assert people() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"email": "@council.example"},
        {"email": "two words@council.example"},
        {"name": " "},
        {"unit": ""},
        {"address": "audits.council.example"},
    ],
)
def test_a_wrong_word_is_refused_and_nothing_is_kept(app: Flask, wrong: dict[str, str]) -> None:
    code, _ = said(app, **wrong)
    assert code == 2
    assert people() == 0
    assert db.session.execute(select(func.count()).select_from(Unit)).scalar_one() == 0


def test_the_same_address_twice_is_refused(app: Flask) -> None:
    assert said(app)[0] == 0
    code, words = said(app)
    assert code == 1
    assert "has an account already" in words
    assert people() == 1
