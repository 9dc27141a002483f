"""The list of audits asks as much of the database for a full page as for a short one."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from audit_app.auditing.model import Audit
from audit_app.auditing.queries import listing
from audit_app.auditing.queries.listing import COUNTED, length_said
from audit_app.db import db
from tests import make
from tests.statements import statements


def test_the_list_asks_at_most_eight_statements_whatever_the_number_of_audits(app: Flask) -> None:
    made = make.authority()
    asked = []
    for more in (3, 30):
        for number in range(more):
            make.audit(made, team=made.teams[number % 3 + 1])
        db.session.commit()
        browser = make.client_of(app, made.head)
        browser.get("/audits")
        with statements() as said:
            assert browser.get("/audits").status_code == 200
        asked.append(len(said))
    assert asked[0] == asked[1] <= 8


def test_the_length_of_a_list_is_counted_up_to_a_thousand() -> None:
    said = {total: length_said(total) for total in (1, COUNTED, COUNTED + 1)}
    assert list(said.values()) == ["1 audit", "1,000 audits", "More than 1,000 audits"]


def test_a_long_list_says_that_it_is_longer_than_what_was_counted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "COUNTED", 2)
    listing._listed.cache_clear()
    made = make.authority()
    browser = make.client_of(app, made.head)
    for more, said in ((2, "2 audits"), (3, "More than 2 audits")):
        while count_of(Audit) < more:
            make.audit(made, team=made.teams[1])
        db.session.commit()
        assert said in browser.get("/audits").text
    listing._listed.cache_clear()


def count_of(model: type[Audit]) -> int:
    """How many rows a table has."""
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()
