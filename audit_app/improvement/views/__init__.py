"""The pages of improvement plans: read by whoever has a part in one, written by whoever keeps it."""

from flask import Blueprint

blueprint = Blueprint("improvement", __name__)

from audit_app.improvement.views import (  # noqa: E402, F401 (they put their pages on it)
    actions,
    boards,
    files,
    indicators,
    plans,
    reading_files,
    readings,
)
