"""Your work today."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from audit_app.web.guard import actor, signed_in

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """What is due, what came back, what was decided."""
    return render_template("home/index.html", who=actor())
