"""The pages of a round: its board, its samples, and who audits which case."""

from flask import Blueprint

blueprint = Blueprint("sampling", __name__)

# They put their pages on it.
from audit_app.sampling.views import allocating, board, choosing, drawing, explaining  # noqa: E402, F401
