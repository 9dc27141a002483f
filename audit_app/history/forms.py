"""The form of the record's page."""

from audit_app.web.forms import Form


class CheckForm(Form):
    """Checking the record: one button."""
