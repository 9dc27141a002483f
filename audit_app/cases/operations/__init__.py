"""What is done with case lists: taken from files, kept all or nothing, and their teams named."""

from audit_app.cases.operations.loading import load
from audit_app.cases.operations.naming import name_teams
from audit_app.cases.operations.taking import Taken, take

__all__ = ["Taken", "load", "name_teams", "take"]
