"""The pages and files of reports: audits, rounds, samples, pairs of judgements, and an external auditor's findings."""

from flask import Blueprint

blueprint = Blueprint("reporting", __name__)

from audit_app.reporting.views import figures, findings, observing, papers  # noqa: E402, F401 (they put their pages on it)
