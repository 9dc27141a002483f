"""The forms of units."""

from collections.abc import Callable, Iterable

from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.organisation.looks import NO_COLOUR
from audit_app.organisation.model import Kind, Unit
from audit_app.web.forms import Form

KINDS = [SelectChoice(value=kind.value, label=kind.value.capitalize()) for kind in Kind]
INDENT = "\N{EM SPACE}"  # browsers fold ordinary spaces at the beginning of a choice


def unit_choices(units: Iterable[Unit], *, value: Callable[[int], int | str] = int) -> list[SelectChoice]:
    """Units to choose among, in the order given, each set in as far as it stands below the highest of them."""
    listed = list(units)
    top = min((unit.depth for unit in listed), default=0)
    return [SelectChoice(value=value(unit.id), label=INDENT * (unit.depth - top) + unit.name) for unit in listed]


class UnitForm(Form):
    """A new unit."""

    name = StringField("Name", [InputRequired("Enter a name"), Length(max=100)])
    kind = RadioField("What it is", [InputRequired("Choose what it is")], choices=KINDS)
    parent = SelectField("Below which unit", coerce=int)


class RenameForm(Form):
    """Another name for a unit, or another place in the tree."""

    version = IntegerField(widget=HiddenInput())
    name = StringField("Name", [InputRequired("Enter a name"), Length(max=100)])
    parent = SelectField("Below which unit", coerce=int)


class ClosingForm(Form):
    """Closing or opening a unit."""


class LookForm(Form):
    """How a unit's papers look: a colour and a logo."""

    version = IntegerField(widget=HiddenInput())
    colour = StringField("Colour", [Length(max=7, message=NO_COLOUR)])
    logo = FileField("Logo")
    no_logo = BooleanField("Take the logo away")


class UseLookForm(Form):
    """A yes to how papers look."""

    version = IntegerField(widget=HiddenInput())
