"""What the forms of plans share."""

from typing import Any

from wtforms import IntegerField, SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from audit_app.improvement.model import Plan

SHORT, LONG = 200, 8_000


def version_field() -> Any:
    """Which version was being edited."""
    return IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)


def recommendations_of(plan: Plan) -> list[SelectChoice]:
    """A plan's recommendations to choose from."""
    return [SelectChoice(value=one.ref, label=f"{one.ref}. {one.wording}"[:SHORT]) for one in plan.recommendations]
