"""The forms of case lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.cases.mapping import CASE_LIST, Wanted
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

UNDECIDED = 0
NOT_USED, OF_ITS_OWN = "", "extra"
LONGEST_NAME = 60


class CaseListForm(Form):
    """A case list to be read."""

    file = FileField("Workbook or CSV file", [FileRequired("Choose a file")])
    taken_on = DatePartsField(
        "The day that the list was taken from the case system",
        [InputRequired("Enter the day that the list was taken")],
        subject="The day that the list was taken",
    )
    authority = SelectField("Authority", coerce=int)


class VersionForm(Form):
    """A yes to what was shown: the preview that it was said to."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class EmptyForm(Form):
    """A button."""


def field_of(label: str) -> str:
    """What the field of a team name is called in the form."""
    return f"team-{sha256(label.encode()).hexdigest()[:16]}"


def teams_form(labels: Iterable[tuple[str, str]], choices: list[SelectChoice]) -> type[Form]:
    """The form that asks which unit each team name means; labels come with what is shown for them."""
    fields = {field_of(key): SelectField(shown, coerce=int, choices=choices) for key, shown in labels}
    return type("TeamsForm", (Form,), dict(fields))


@dataclass(frozen=True, slots=True)
class ColumnFields:
    """What the fields of one column are called in the form."""

    holds: str
    name: str

    @staticmethod
    def of(place: int) -> "ColumnFields":
        """Those of the column at a place of its sheet."""
        return ColumnFields(f"column-{place}", f"name-{place}")


def meaning_form(columns: Sequence[dict[str, Any]], wanted: Wanted = CASE_LIST) -> type[Form]:
    """The form that asks what each column of a sheet holds; columns that are never kept are not asked about."""
    own = wanted is CASE_LIST  # only a case list keeps details of an authority's own
    choices = [SelectChoice(value=NOT_USED, label="Not used")]
    choices += [SelectChoice(value=field, label=words) for field, words in wanted.fields.items()]
    choices += [SelectChoice(value=OF_ITS_OWN, label="A detail of its own, kept under a name")] * own
    fields: dict[str, Any] = {
        "version": IntegerField(widget=HiddenInput(), validators=[InputRequired()]),
        "called": StringField(
            "What you call this kind of list",
            [InputRequired("Enter what you call this kind of list"), Length(max=LONGEST_NAME)],
        ),
    }
    for place, column in enumerate(columns):
        if column["kind"] == "" or (own and column["kind"] == "date_of_birth"):
            names = ColumnFields.of(place)
            birth = column["kind"] == "date_of_birth"
            offered = [one for one in choices if not birth or one.value in (NOT_USED, "date_of_birth")]
            label = f"What “{column['heading']}” holds"
            fields[names.holds] = SelectField(label, choices=offered, default=NOT_USED)
            if own and not birth:
                label = f"Name for “{column['heading']}”"
                fields[names.name] = StringField(label, [Length(max=LONGEST_NAME)])
    return type("MeaningForm", (Form,), fields)
