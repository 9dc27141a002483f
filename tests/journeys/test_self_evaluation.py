"""A self-evaluation: the officer writes, cites, sees evidence gone stale and publishes; a board member reads it."""

import pytest

from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.programmes import operations as programmes
from audit_app.programmes.model import Programme, Round
from tests.journeys.person import Cast
from tests.journeys.person import Person as Somebody
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
WORDS = "We audit every month, and a second person looks at some of it."
AREA, ROUND = "Leadership and the conditions for good practice", "Private fostering"


def test_a_statement_goes_from_its_evidence_to_the_board(cast: Cast, served: Served) -> None:
    officer, board = cast.somebody("officer"), cast.somebody("board")
    _begins(officer)
    _writes_and_cites(officer)
    _closes_the_round(served)
    _sees_it_stale(officer)
    paper = _publishes(officer)
    _reads(board, paper)


def _begins(officer: Somebody) -> None:
    officer.follows("Improvement plan")
    officer.follows("Self-evaluation of practice")
    officer.presses("Begin an edition")
    officer.presses("Begin")
    officer.told("is begun.")


def _writes_and_cites(officer: Somebody) -> None:
    officer.follows(AREA)
    officer.presses("Write a statement")
    officer.writes("What you say", WORDS)
    officer.presses("Save statement")
    officer.told("The statement is saved.")
    officer.follows("Cite evidence")
    officer.follows("Round of audits")
    officer.picks("Round", ROUND)
    officer.presses("Cite this")
    officer.told("Cited: ")
    officer.does_not_read("Out of date")


def _closes_the_round(served: Served) -> None:
    with served.within():
        officer = db.session.scalars(
            db.select(Person.id).where(Person.email == served.world.people["officer"][1])
        ).one()
        for one in db.session.scalars(db.select(Round).join(Programme).where(Round.closed_at.is_(None))):
            programmes.close_round(one, by=officer)
        db.session.commit()


def _sees_it_stale(officer: Somebody) -> None:
    officer.comes(officer.path.partition("#")[0])
    officer.reads("Out of date")
    officer.reads("The round was “Open” when it was cited, and is “Closed” now.")
    officer.presses("Cite as it is today")
    officer.told("Cited as it is today: ")
    officer.does_not_read("Out of date")


def _publishes(officer: Somebody) -> str:
    officer.comes("/self-evaluation")
    officer.follows(", Northmere")
    officer.presses("Check and publish")
    officer.ticks("I have read all of it")
    officer.presses("Publish this edition")
    officer.told("The self-evaluation is published.")
    return officer.path


def _reads(board: Somebody, paper: str) -> None:
    board.follows("Reports", exact=True)
    board.follows("Self-evaluation of practice")
    board.does_not_read("Begin an edition")
    board.follows("as published")
    assert board.path == paper
    board.reads(WORDS)
    board.reads("Nothing has changed")
    board.comes("/self-evaluation/new", answer=403)
