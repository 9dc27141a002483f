"""The pages of a round: its board, its samples, and who audits which case."""

from flask import Blueprint

blueprint = Blueprint("sampling", __name__)

# They put their pages on it.
from audit_app.sampling.views import (  # noqa: E402
    allocating,  # noqa: F401
    board,  # noqa: F401
    choosing,  # noqa: F401
    drawing,  # noqa: F401
    explaining,  # noqa: F401
    handing_back,  # noqa: F401
    people,  # noqa: F401
    reallocating,  # noqa: F401
)
