"""The pages of past audits: a spreadsheet is read, explained, looked at, imported, and taken back whole."""

from flask import Blueprint

blueprint = Blueprint("past", __name__)

from audit_app.past.views import imports, reading, waiting  # noqa: E402, F401 (they put their pages on it)
