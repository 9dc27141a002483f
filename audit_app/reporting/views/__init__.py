"""The pages and files of reports: blank tools, audits, rounds, samples, pairs, external findings, plans."""

from flask import Blueprint

blueprint = Blueprint("reporting", __name__)

from audit_app.reporting.views import (  # noqa: E402, F401 (they put their pages on it)
    audits,
    blank,
    briefings,
    committee,
    earlier,
    figures,
    findings,
    observing,
    papers,
    plans,
    supervising,
    validations,
)
