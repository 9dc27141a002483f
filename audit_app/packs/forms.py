"""The forms of packs: in which form the papers are wanted, and buttons."""

from wtforms import RadioField, SelectChoice

from audit_app.web.forms import Form

FORMS = {"pdf": ("pdf",), "docx": ("docx",), "both": ("pdf", "docx")}
CHOICES = [
    SelectChoice(value="pdf", label="PDF, to read and to keep"),
    SelectChoice(value="docx", label="Word"),
    SelectChoice(value="both", label="Both"),
]


class PackForm(Form):
    """What a pack is to hold."""

    form = RadioField("Each audit as", choices=CHOICES, default="pdf")

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that were chosen."""
        return FORMS[self.form.data]


class PapersForm(PackForm):
    """In which form the papers of a meeting are wanted."""

    form = RadioField("Each paper as", choices=CHOICES, default="pdf")


class ButtonForm(Form):
    """One button: nothing is asked beside it."""
