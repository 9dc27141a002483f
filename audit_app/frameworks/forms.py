"""The forms of frameworks and tools."""

import base64
import binascii

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, ValidationError

from audit_app.web.forms import Form

MOST_BYTES = 1_000_000
NOT_TEXT = "The file is not plain text in UTF-8. Save it as a YAML file in UTF-8 and try again."


class FileForm(Form):
    """A framework or tool in a file."""

    file = FileField("YAML file", [FileRequired("Choose a file")])

    def text(self) -> str:
        """What the file says; raises `ValidationError` where it cannot be text."""
        data: bytes = self.file.data.stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ValidationError(f"The file is too large. It can have up to {MOST_BYTES:,} bytes.")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise ValidationError(NOT_TEXT) from fault


class KeepForm(Form):
    """What was looked at and is to be kept: the file again, in letters that a browser does not change."""

    content = HiddenField(validators=[InputRequired(), Length(max=2 * MOST_BYTES)])

    def text(self) -> str | None:
        """What the file says, or nothing where it was tampered with."""
        try:
            return base64.b64decode(self.content.data or "", validate=True).decode()
        except (binascii.Error, ValueError):
            return None

    @staticmethod
    def packed(text: str) -> str:
        """A file as the form carries it."""
        return base64.b64encode(text.encode()).decode()


class ConfirmForm(Form):
    """One button: nothing is asked beside it."""
