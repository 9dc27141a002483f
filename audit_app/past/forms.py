"""The forms of past audits."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from audit_app.cases.teams import folded_label
from audit_app.frameworks.content import Scale
from audit_app.past.words import guess
from audit_app.web.forms import Form

UNDECIDED, NO_GRADE, WHOLE = "", "none", 0


class PastFileForm(Form):
    """A spreadsheet of past audits to be read."""

    file = FileField("Workbook or CSV file", [FileRequired("Choose a file")])
    scale = SelectField("What its grades are graded on")
    authority = SelectField("Authority", coerce=int)


class VersionForm(Form):
    """A yes to what was shown."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class EmptyForm(Form):
    """A button."""


def field_of(kind: str, word: str) -> str:
    """What the field of a word is called in the form."""
    return f"{kind}-{sha256(folded_label(word).encode()).hexdigest()[:16]}"


def words_form(
    words: Iterable[str],
    teams: Iterable[str],
    scale: Scale,
    units: list[SelectChoice],
    said: Mapping[str, str | None],
) -> type[Form]:
    """The form that asks what each word for a grade means, as it was said before, and which unit each team name."""
    levels = [SelectChoice(value=UNDECIDED, label="Not decided")]
    levels += [SelectChoice(value=level.key, label=level.name) for level in reversed(scale.levels)]
    levels.append(SelectChoice(value=NO_GRADE, label="Not a grade: nothing was given"))
    places = [SelectChoice(value=WHOLE, label="The whole authority"), *units]
    fields: dict[str, object] = {"version": IntegerField(widget=HiddenInput(), validators=[InputRequired()])}
    for word in words:
        key = folded_label(word)
        default = said[key] or NO_GRADE if key in said else guess(word, scale) or UNDECIDED
        fields[field_of("word", word)] = SelectField(f"“{word}”", choices=levels, default=default)
    for label in teams:
        fields[field_of("team", label)] = SelectField(f"“{label}”", choices=places, coerce=int, default=WHOLE)
    return type("WordsForm", (Form,), fields)
