"""The forms of rounds: opened, changed."""

from wtforms import IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form


class RoundForm(Form):
    """A round to be opened."""

    month = SelectField("Month")
    tool_version = SelectField("Version of the audit tool", coerce=int)
    case_list = SelectField("Case list", coerce=int)
    due_on = DatePartsField("Due day", subject="The due day")


class RoundChangeForm(Form):
    """What can be changed of an open round, and the version that was being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    case_list = SelectField("Case list", coerce=int)
    due_on = DatePartsField("Due day", [InputRequired("Enter the due day")], subject="The due day")


NO_LIST = SelectChoice(value=0, label="None yet")
