"""The forms of files of readings."""

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.web.forms import Form


class ReadingsFileForm(Form):
    """A file with readings of many indicators."""

    file = FileField("Workbook or CSV file", [FileRequired("Choose a file")])


class TakeForm(Form):
    """A yes to just what was shown."""

    mark = StringField(widget=HiddenInput(), validators=[InputRequired(), Length(max=64)])
