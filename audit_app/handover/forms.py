"""The forms of a handover: why moderations go to others, and buttons."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from audit_app.web.forms import Form


class PassOnForm(Form):
    """Why somebody's moderations go to others, as it was looked at."""

    reason = StringField("Why they go to others", [InputRequired("Say why they go to others"), Length(max=200)])
    fingerprint = HiddenField()


class ReasonForm(Form):
    """Why somebody's actions go to others."""

    reason = StringField("Why they go to others", [InputRequired("Say why they go to others"), Length(max=200)])


class EmptyForm(Form):
    """A button by itself."""
