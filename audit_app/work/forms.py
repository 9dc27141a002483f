"""The forms of long work: buttons only."""

from audit_app.web.forms import Form


class ButtonForm(Form):
    """One button: nothing is asked beside it."""
