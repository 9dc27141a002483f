"""The pages of self-evaluations: editions, what they say, what it rests on, and publishing them."""

from flask import Blueprint

blueprint = Blueprint("evaluation", __name__)

from audit_app.evaluation.views import citing, editions, publishing, statements  # noqa: E402, F401 (they put their pages on it)
