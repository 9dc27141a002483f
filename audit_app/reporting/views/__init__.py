"""The pages and files of reports: blank tools, audits, rounds, samples, pairs, external findings, plans."""

from flask import Blueprint, Flask

from audit_app.reporting.standing import pieces
from audit_app.wording.queries import offer
from config import Settings

blueprint = Blueprint("reporting", __name__)

from audit_app.reporting.views import (  # noqa: E402, F401 (they put their pages on it)
    audits,
    blank,
    briefings,
    committee,
    earlier,
    evaluations,
    figure_sheets,
    figures,
    findings,
    look_samples,
    observing,
    papers,
    plans,
    supervising,
    validations,
)


def connect(app: Flask) -> None:
    """Offer the words that stand in papers for editing."""
    settings: Settings = app.extensions["settings"]
    offer(app, pieces(settings.council_name))
