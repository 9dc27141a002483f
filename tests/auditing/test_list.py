"""The list of audits asks as much of the database for a full page as for a short one."""

from flask import Flask

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
