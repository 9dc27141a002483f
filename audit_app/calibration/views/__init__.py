"""The pages of calibrations: preparing them, grading blind, and how the grades came out."""

from flask import Blueprint

blueprint = Blueprint("calibration", __name__)

from audit_app.calibration.views import (  # noqa: E402, F401 (they put their pages on it)
    grading,
    preparing,
    results,
    running,
    vignettes,
)
