"""The forms of challenges: raising, withdrawing, allowing late ones, naming a resolver, and resolving."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from audit_app.frameworks.content import Section, Tool
from audit_app.identity.model import Person
from audit_app.moderation.challenge import Ruling
from audit_app.moderation.forms.judging import LONGEST, NOT_APPLICABLE, grades_of, version_field
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

WORDS = "words-"


class ChosenField(SelectMultipleField):
    """Some judgements, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ChallengeForm(Form):
    """Which judgements are challenged, and why."""

    sections = ChosenField("Which judgements do you challenge?")

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons for each judgement that was chosen."""
        chosen = [key for key in self.sections.data or [] if f"{WORDS}{key}" in self]  # others are not on offer
        return {key: self[f"{WORDS}{key}"].data or "" for key in chosen}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be used: at least one judgement, and a reason for each."""
        fine = bool(super().validate(extra_validators))
        if not self.sections.data and not self.sections.errors:
            self.sections.errors, fine = ["Choose at least one judgement that you challenge"], False
        for key, words in self.reasons.items():
            field = self[f"{WORDS}{key}"]
            if not words and not field.errors:
                field.errors, fine = ["Say why another grade is right"], False
        return fine


def challenge_form(sections: Iterable[Section]) -> type[ChallengeForm]:
    """The form that challenges some of these judgements."""
    offered = list(sections)
    fields: dict[str, Any] = {
        f"{WORDS}{one.key}": TextAreaField("Why another grade is right", [Length(max=LONGEST)]) for one in offered
    }
    choices = [SelectChoice(value=one.key, label=one.name) for one in offered]
    fields["sections"] = ChosenField("Which judgements do you challenge?", choices=choices)
    return type("ChallengeForm", (ChallengeForm,), fields)


class WithdrawChallengeForm(Form):
    """Withdrawing one's challenge."""

    version = version_field()
    reason = TextAreaField("Why you withdraw it", [Length(max=5000)])


class AllowLateForm(Form):
    """Allowing a challenge after its time."""

    reason = TextAreaField(
        "Why a late challenge is allowed", [InputRequired("Say why a late challenge is allowed"), Length(max=5000)]
    )
    until = DatePartsField("Last day", [InputRequired("Enter the last day")], subject="The last day")

    def suggest(self, day: dt.date) -> None:
        """Fill in what is usual."""
        self.until.process_data(day)


class NameForm(Form):
    """Who resolves a challenge."""

    version = version_field()
    resolver = SelectField("Who resolves it", [InputRequired("Choose who resolves it")])
    reason = TextAreaField("Why somebody else is to resolve it", [Length(max=5000)])

    def offer(self, people: Iterable[tuple[Person, str]]) -> None:
        """Offer the people who could, each with what they are."""
        none = SelectChoice(value="", label="Choose somebody")
        self.resolver.choices = [none] + [
            SelectChoice(value=str(person.id), label=f"{person.name}, {what}" if what else person.name)
            for person, what in people
        ]


class DeclineForm(Form):
    """Declining to resolve a challenge."""

    version = version_field()
    reason = TextAreaField(
        "Why you decline", [InputRequired("Say why you decline, so that somebody else can be named"), Length(max=5000)]
    )


class RulingForm(Form):
    """What stands in one challenged section, and why."""

    version = version_field()
    reason = TextAreaField("Why this grade stands", [Length(max=LONGEST)])

    @property
    def given(self) -> Ruling:
        """What was filled in."""
        grade = self["grade"].data
        not_applicable = grade == NOT_APPLICABLE
        return Ruling(None if not_applicable else grade or None, not_applicable, self.reason.data or "")

    def show(self, ruling: Ruling) -> None:
        """Fill the form in from a draft."""
        self["grade"].data = NOT_APPLICABLE if ruling.not_applicable else ruling.grade
        self.reason.data = ruling.reason


def ruling_form(tool: Tool, key: str) -> type[RulingForm]:
    """The form of one challenged section: any grade of the scale can stand."""
    grade = RadioField("The grade that stands", [Optional()], choices=grades_of(tool, tool.section(key)))
    return type("RulingForm", (RulingForm,), {"grade": grade})
