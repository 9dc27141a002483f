"""What is done with case lists: taken from files, shown before anything is kept, kept all or nothing, teams named."""

from audit_app.cases.operations.changing_hands import change_hands
from audit_app.cases.operations.loading import load
from audit_app.cases.operations.naming import name_teams
from audit_app.cases.operations.staging import confirm, erase, read_again, remember, stage, sweep_staged
from audit_app.cases.operations.taking import Taken, take, take_grid, understand

__all__ = [
    "Taken",
    "change_hands",
    "confirm",
    "erase",
    "load",
    "name_teams",
    "read_again",
    "remember",
    "stage",
    "sweep_staged",
    "take",
    "take_grid",
    "understand",
]
