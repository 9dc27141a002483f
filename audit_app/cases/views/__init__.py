"""The pages of case lists: reading one, seeing what would become of it, loading it, and what became of it."""

from flask import Blueprint, Flask

from audit_app.cases.operations.taking import sweep_uploads

blueprint = Blueprint("cases", __name__)


def connect(app: Flask) -> None:
    """Delete what an earlier run left behind of files that nobody read."""
    sweep_uploads(app.extensions["settings"].instance)


from audit_app.cases.views import lists, meaning, reading, teams, waiting  # noqa: E402, F401 (they put their pages on it)
