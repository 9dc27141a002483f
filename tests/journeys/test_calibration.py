"""A calibration: a manager grades a vignette alone, the officer closes it, and the manager reads how all grades lie."""

import pytest

from audit_app.db import db
from audit_app.identity.model import Person as Account
from tests.calibration import doing
from tests.journeys.person import Cast, Person
from tests.journeys.serving import Served

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
SECTIONS = 3


def test_a_manager_grades_alone_and_reads_how_all_grades_lie(cast: Cast, served: Served) -> None:
    with served.within():
        _others_have_graded(served)
    manager = cast.somebody("manager")
    _grades(manager)
    _closes(cast.somebody("officer"))
    _reads_the_results(manager)


def _others_have_graded(served: Served) -> None:
    accounts = {
        who: db.session.scalars(db.select(Account).filter_by(email=email)).one()
        for who, (_, email) in served.world.people.items()
    }
    made = doing.authority_again(accounts)
    crowd = doing.crowd(made, 5)
    calibration = doing.started(made, [*crowd, made.manager])
    for one in crowd:
        doing.graded(calibration, one, "outstanding")


def _grades(manager: Person) -> None:
    manager.reads("To grade for a calibration")
    manager.follows("Vignette 1")
    manager.reads("0 of 3 sections graded")
    manager.presses("Start")
    for number in range(SECTIONS):
        manager.reads(f"section {number + 1} of {SECTIONS}")
        manager.does_not_read("Manager Crowd")
        manager.chooses("Requires improvement to be good")
        manager.writes("Your reason", "Visits are regular, and little changes for the child.")
        manager.presses("Save and continue")
    manager.heads("Check your grades of Vignette 1")
    manager.reads("Committing cannot be undone")
    manager.presses("Commit my grades")
    manager.told("Your grades of Vignette 1 are committed")


def _closes(officer: Person) -> None:
    officer.comes("/calibrations")
    officer.follows("Autumn calibration")
    officer.reads("Finished")
    officer.presses("Close and open the results")
    officer.reads("Everybody has finished.")
    officer.presses("Close and open the results")
    officer.told("Autumn calibration is closed. 6 people have a certificate.")
    officer.reads("Who took part")


def _reads_the_results(manager: Person) -> None:
    manager.comes("/calibrations")
    manager.reads("You have a calibration certificate")
    manager.presses("See results")
    manager.heads("Results of Autumn calibration")
    manager.reads("5 Outstanding")
    manager.reads("1 Requires improvement to be good")
    manager.does_not_read("Manager Crowd")
    manager.does_not_read("Who took part")
