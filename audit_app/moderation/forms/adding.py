"""The forms of sections that an external auditor adds."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from audit_app.frameworks.content import Section, Tool
from audit_app.moderation.adding import Addition
from audit_app.moderation.forms.judging import LONGEST, NOT_APPLICABLE, grades_of, version_field
from audit_app.web.forms import Form

OWN = "own"


class AddForm(Form):
    """Which section to add: one of the tool, or one's own under a heading."""

    heading = StringField("Heading of your section", [Length(max=120)])

    @property
    def wanted(self) -> Addition:
        """What was chosen."""
        chosen = self["section"].data
        return Addition(None, self.heading.data or "") if chosen == OWN else Addition(chosen)


def add_form(offered: Iterable[Section]) -> type[AddForm]:
    """The form that offers these sections of the tool, and one of one's own."""
    choices = [SelectChoice(value=one.key, label=one.name) for one in offered]
    choices.append(SelectChoice(value=OWN, label="A section of your own"))
    chosen = RadioField("Which section do you add?", [InputRequired("Choose a section")], choices=choices)
    return type("AddForm", (AddForm,), {"section": chosen})


class AddedForm(Form):
    """What an external auditor writes in an added section."""

    version = version_field()
    words = TextAreaField("What you found", [Length(max=LONGEST)])

    @property
    def chosen(self) -> str | None:
        """The grade that was chosen; none in a section of one's own."""
        return (self["grade"].data or None) if "grade" in self else None


@lru_cache(maxsize=256)
def added_form(tool: Tool, key: str | None) -> type[AddedForm]:
    """The form of one added section; without a key it is one's own, and has no grade."""
    if key is None:
        return AddedForm
    choices = grades_of(tool, tool.section(key), without=(NOT_APPLICABLE,))
    fields: dict[str, Any] = {"grade": RadioField("Your grade", [Optional()], choices=choices)}
    return type("AddedForm", (AddedForm,), fields)
