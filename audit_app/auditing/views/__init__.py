"""The pages of audits: finding, writing, reading, and what may be done to them."""

from flask import Blueprint

blueprint = Blueprint("auditing", __name__)

from audit_app.auditing.views import (  # noqa: E402, F401 (they put their pages on it)
    alerts,
    asking,
    contributing,
    ending,
    reading,
    writing,
)
