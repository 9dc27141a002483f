"""The pages of audits: finding, writing, reading, and what may be done to them."""

from flask import Blueprint

blueprint = Blueprint("auditing", __name__)

from audit_app.auditing.views import alerts, ending, reading, writing  # noqa: E402, F401 (they put their pages on it)
