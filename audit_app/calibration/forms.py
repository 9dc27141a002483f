"""The forms of calibrations; what is asked of a section is made from the tool, so that no section is known to code."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from audit_app.access.table import Permission, Role, may
from audit_app.auditing.model import Audit
from audit_app.calibration.model import Calibration, Verdict, Vignette
from audit_app.calibration.operations import Terms
from audit_app.frameworks.content import CATEGORIES, Section, Tool
from audit_app.frameworks.model import ToolVersion
from audit_app.identity.model import Person
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.programmes.forms.programmes import WholeNumberField
from audit_app.web.fields import DatePartsField
from audit_app.web.formats import month
from audit_app.web.forms import Form

LONGEST = 20_000
SHARE = "Enter a whole number from 0 to 100"
ASKED = tuple(role for role in Role if may(role, Permission.CALIBRATE))


def version_field() -> Any:
    """Which version was being edited."""
    return IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)


class TermsForm(Form):
    """How a calibration is run, as far as it can be changed."""

    name = StringField("Name", [InputRequired("Enter a name"), Length(max=100)])
    opens_on = DatePartsField("First day", [InputRequired("Enter the first day")], subject="The first day")
    closes_on = DatePartsField("Last day", [InputRequired("Enter the last day")], subject="The last day")
    share_needed = WholeNumberField(
        "Share of grades within one level, for a certificate", [InputRequired(SHARE), NumberRange(0, 100, SHARE)]
    )
    panel = StringField("Who sets the reference grades", [Length(max=500)])

    def terms(self) -> Terms:
        """What was filled in."""
        return Terms(
            self.name.data or "", self.opens_on.data, self.closes_on.data, self.share_needed.data, self.panel.data or ""
        )


class CalibrationForm(TermsForm):
    """A new calibration."""

    unit = SelectField("For which unit, and all below it", coerce=int)
    tool_version = SelectField("Audit tool", coerce=int)

    def offer(self, units: Sequence[Unit], tools: Iterable[ToolVersion]) -> None:
        """Ask for a unit and a tool among those that there are."""
        self.unit.choices = unit_choices(units)
        self.tool_version.choices = [SelectChoice(value=t.id, label=f"{t.name}, {t.version}") for t in tools]


class ChangeForm(TermsForm):
    """Changes to a calibration, and the version that was being edited."""

    version = version_field()

    @classmethod
    def of(cls, calibration: Calibration) -> "ChangeForm":
        """The form filled in with what is kept."""
        kept = {name: getattr(calibration, name) for name in Terms.__slots__}
        return cls(formdata=None, version=calibration.version_id, **kept)


class VignetteForm(Form):
    """A new vignette: written here, or made from an earlier audit."""

    title = StringField("Title", [InputRequired("Enter a title"), Length(max=100)])
    category = SelectField("What kind of case it is")
    copied = SelectField("Start from", coerce=int, default=0)

    def offer(self, tool: Tool, audits: Iterable[Audit]) -> None:
        """Offer the kinds of case that the tool grades, and the audits that can be copied."""
        kinds = {key: name for key, name in CATEGORIES.items() if any(s.graded for s in tool.sections_for(key))}
        self.category.choices = [SelectChoice(value=key, label=name) for key, name in kinds.items()]
        self.copied.choices = [SelectChoice(value=0, label="Nothing: I write it myself")] + [
            SelectChoice(value=one.id, label=f"Case {one.case.reference}, {month(one.period)}, {one.unit.name}")
            for one in audits
        ]


class WordsForm(Form):
    """What the record shows, section by section, and that somebody read it for names and references."""

    version = version_field()
    checked = BooleanField("I have read all of it, and it tells nobody who the child, a relative or a worker is")

    @property
    def words(self) -> dict[str, str]:
        """What was written, by section."""
        return {field.name.removeprefix("words-"): field.data or "" for field in self if field.name[:6] == "words-"}

    def show(self, vignette: Vignette) -> None:
        """Fill the form in with what is kept."""
        self.version.data, self.checked.data = vignette.version_id, vignette.checked_at is not None
        for key, text in vignette.words.items():
            self[f"words-{key}"].data = text


@lru_cache(maxsize=64)
def words_form(tool: Tool, category: str) -> type[WordsForm]:
    """The form for the words of a vignette about a case of this category."""
    graded = [section for section in tool.sections_for(category) if section.graded]
    fields = {f"words-{section.key}": TextAreaField(section.name, [Length(max=LONGEST)]) for section in graded}
    return type("WordsForm", (WordsForm,), fields)


def _grades(tool: Tool) -> list[SelectChoice]:
    return [SelectChoice(value=level.key, label=level.name) for level in reversed(tool.scale.levels)]


class ReferenceForm(Form):
    """The panel's grade of each section, and why."""

    version = version_field()

    @property
    def grades(self) -> dict[str, dict[str, str]]:
        """What was filled in, by section."""
        keys = [field.name.removeprefix("grade-") for field in self if field.name.startswith("grade-")]
        return {
            key: {"grade": self[f"grade-{key}"].data or "", "reason": self[f"reason-{key}"].data or ""} for key in keys
        }

    def show(self, vignette: Vignette) -> None:
        """Fill the form in with what is kept."""
        self.version.data = vignette.version_id
        for section in vignette.sections:
            kept: Mapping[str, str] = vignette.reference.get(section.key, {})
            self[f"grade-{section.key}"].data = kept.get("grade") or None
            self[f"reason-{section.key}"].data = kept.get("reason", "")


@lru_cache(maxsize=64)
def reference_form(tool: Tool, sections: tuple[Section, ...]) -> type[ReferenceForm]:
    """The form for the reference grades of these sections."""
    fields: dict[str, Any] = {}
    for section in sections:
        fields[f"grade-{section.key}"] = RadioField("Reference grade", [Optional()], choices=_grades(tool))
        fields[f"reason-{section.key}"] = TextAreaField("The panel’s reason", [Length(max=LONGEST)])
    return type("ReferenceForm", (ReferenceForm,), fields)


class RatersForm(Form):
    """Who grades: everybody of a role, and people by name."""

    roles = SelectMultipleField(
        "Everybody who is one of these",
        choices=[SelectChoice(value=role.value, label=role.words) for role in ASKED],
    )
    people = SelectMultipleField("And these people", coerce=int)

    def offer(self, people: Sequence[Person]) -> None:
        """Offer the people who can be asked."""
        self.people.choices = [
            SelectChoice(value=one.id, label=one.name, render_kw={"hint": one.job_title}) for one in people
        ]

    def chosen(self, people: Sequence[Person]) -> list[Person]:
        """The people who were chosen, by role or by name."""
        roles, ids = set(self.roles.data or ()), set(self.people.data or ())
        return [
            one
            for one in people
            if one.id in ids or roles & {grant.role for grant in one.grants if grant.ended_at is None}
        ]


class FinalForm(Form):
    """Starting or closing, once what will happen was read."""

    version = version_field()


class ConfirmForm(Form):
    """Committing or removing, once what will happen was read."""


class VerdictForm(Form):
    """One's own grade of a section, and why."""

    version = version_field()
    reason = TextAreaField("Your reason", [Length(max=LONGEST)])

    @property
    def given(self) -> tuple[str | None, str]:
        """What was filled in."""
        return self["grade"].data or None, self.reason.data or ""

    def show(self, verdict: Verdict) -> None:
        """Fill the form in with what is kept."""
        self["grade"].data, self.reason.data, self.version.data = verdict.grade, verdict.reason, verdict.version_id


@lru_cache(maxsize=32)
def verdict_form(tool: Tool) -> type[VerdictForm]:
    """The form of one section while grading."""
    return type("VerdictForm", (VerdictForm,), {"grade": RadioField("Your grade", [Optional()], choices=_grades(tool))})
