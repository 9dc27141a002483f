"""Past audits in trends: seen when somebody asks, by whoever may see the figures, and in no other figure."""

import pytest
from flask import Flask

from audit_app.db import db
from tests import make
from tests.measures import world
from tests.past.importing import imported
from tests.past.sheets import line
from tests.web.markup import one, read, text


@pytest.fixture
def made(app: Flask) -> make.Authority:
    made = make.authority()
    imported(made, line("1", "Jan 2025", team=made.teams[0].name), line("2", "Feb 2025", "I"))
    world.handed_in(made)
    db.session.commit()
    return made


def main_of(app: Flask, made: make.Authority, who: str, address: str) -> str:
    answer = make.client_of(app, made.people[who]).get(address)
    assert answer.status_code == 200
    return text(one(read(answer.text), ".//main"))


def test_the_months_before_stand_beside_those_of_the_service(app: Flask, made: make.Authority) -> None:
    shown = main_of(app, made, "officer", "/reports/months")
    assert "January 2025 to February 2025: imported from the council’s earlier spreadsheets, 2 audits." in shown
    assert "February 2025" in shown
    assert "This service" in shown


def test_past_audits_are_in_no_other_figure(app: Flask, made: make.Authority) -> None:
    assert "2025" not in main_of(app, made, "head", "/measures")


def test_a_manager_sees_the_past_of_what_they_see_figures_of(app: Flask, made: make.Authority) -> None:
    shown = main_of(app, made, "far_manager", "/reports/months")
    assert "No months before this service were imported." in shown


def test_the_months_can_be_taken_away_as_a_pdf(app: Flask, made: make.Authority) -> None:
    answer = make.client_of(app, made.people["officer"]).get("/reports/months.pdf")
    assert answer.mimetype == "application/pdf"
