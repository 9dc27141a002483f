"""The forms of case lists."""

from collections.abc import Iterable
from hashlib import sha256

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired

from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

UNDECIDED = 0


class CaseListForm(Form):
    """A case list to be loaded."""

    file = FileField("Workbook or CSV file", [FileRequired("Choose a file")])
    taken_on = DatePartsField(
        "The day that the list was taken from the case system",
        [InputRequired("Enter the day that the list was taken")],
        subject="The day that the list was taken",
    )
    authority = SelectField("Authority", coerce=int)


def field_of(label: str) -> str:
    """What the field of a team name is called in the form."""
    return f"team-{sha256(label.encode()).hexdigest()[:16]}"


def teams_form(labels: Iterable[tuple[str, str]], choices: list[SelectChoice]) -> type[Form]:
    """The form that asks which unit each team name means; labels come with what is shown for them."""
    fields = {field_of(key): SelectField(shown, coerce=int, choices=choices) for key, shown in labels}
    return type("TeamsForm", (Form,), dict(fields))
