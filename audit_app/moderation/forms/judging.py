"""The forms of a moderator; a section's forms are made from the tool, so that no section is known to code."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from audit_app.clock import today
from audit_app.frameworks.content import Section, Tool
from audit_app.moderation.rules import BlindGrade, Decision
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

LONGEST = 50_000
NOT_APPLICABLE = "not_applicable"
YES_NO = [SelectChoice(value="yes", label="Yes"), SelectChoice(value="no", label="No")]
SAID = {"yes": True, "no": False}
DECISIONS = [SelectChoice(value="agree", label="Agree"), SelectChoice(value="override", label="Override")]


def version_field() -> Any:
    """Which version was being edited."""
    return IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)


def grades_of(tool: Tool, section: Section, without: Iterable[str] = ()) -> list[SelectChoice]:
    """The grades that a section can be given, best first."""
    levels = [SelectChoice(value=level.key, label=level.name) for level in reversed(tool.scale.levels)]
    if section.may_be_not_applicable:
        levels.append(SelectChoice(value=NOT_APPLICABLE, label="Not applicable"))
    return [level for level in levels if level.value not in without]


def _said(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


class BlindForm(Form):
    """One's own grade on a section, and why."""

    version = version_field()
    reason = TextAreaField("Your reason", [Length(max=LONGEST)])

    @property
    def given(self) -> BlindGrade:
        """What was filled in."""
        grade = self["grade"].data
        not_applicable = grade == NOT_APPLICABLE
        return BlindGrade(None if not_applicable else grade or None, not_applicable, self.reason.data or "")

    def show(self, grade: BlindGrade) -> None:
        """Fill the form in from a draft."""
        self["grade"].data = NOT_APPLICABLE if grade.not_applicable else grade.grade
        self.reason.data = grade.reason


@lru_cache(maxsize=256)
def blind_form(tool: Tool, key: str) -> type[BlindForm]:
    """The form of one section while judging blind."""
    grade = RadioField("Your grade", [Optional()], choices=grades_of(tool, tool.section(key)))
    return type("BlindForm", (BlindForm,), {"grade": grade})


class DecisionForm(Form):
    """What a moderator decides on a section."""

    version = version_field()
    decision = RadioField("Do you agree with the grade?", [Optional()], choices=DECISIONS)
    evidence_supports = RadioField(
        "Does the auditor's evidence support the auditor's grade?", [Optional()], choices=YES_NO
    )
    reason = TextAreaField("Your words to the auditor", [Length(max=LONGEST)])

    @property
    def given(self) -> Decision:
        """What was filled in."""
        grade = self["grade"].data
        not_applicable = grade == NOT_APPLICABLE
        return Decision(
            decision=self.decision.data or None,
            grade=None if not_applicable else grade or None,
            not_applicable=not_applicable,
            reason_code=self["reason_code"].data or None,
            reason=self.reason.data or "",
            evidence_supports=SAID.get(self.evidence_supports.data or ""),
        )

    def show(self, decision: Decision) -> None:
        """Fill the form in from a draft."""
        self.decision.data = decision.decision
        self["grade"].data = NOT_APPLICABLE if decision.not_applicable else decision.grade
        self["reason_code"].data = decision.reason_code
        self.reason.data = decision.reason
        self.evidence_supports.data = _said(decision.evidence_supports)


@lru_cache(maxsize=1024)
def decision_form(tool: Tool, key: str, standing: str | None) -> type[DecisionForm]:
    """The form of one section with the earlier work in sight; the grade that stands is no grade to override with."""
    without = {NOT_APPLICABLE if standing is None else standing}
    grade = RadioField("The grade that you give", [Optional()], choices=grades_of(tool, tool.section(key), without))
    reasons = [SelectChoice(value=reason.key, label=reason.name) for reason in tool.reasons]
    code = RadioField("The reason for your override", [Optional()], choices=reasons)
    return type("DecisionForm", (DecisionForm,), {"grade": grade, "reason_code": code})


class QualityForm(Form):
    """How good the audit itself is."""

    version = version_field()
    with_auditor = RadioField("Did you go through this audit together with its auditor?", [Optional()], choices=YES_NO)
    together_on = DatePartsField("On which day?", [Optional()], subject="The day")
    present = StringField("Who else was there?", [Length(max=500)])
    words = TextAreaField("What would make the next audit better", [Length(max=LONGEST)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be kept: nobody has met on a day that is still to come."""
        fine = super().validate(extra_validators)
        if fine and self.together_on.data is not None and self.together_on.data > today():
            self.together_on.errors = ["The day must be today or in the past"]
            return False
        return fine

    @property
    def ratings(self) -> dict[str, str]:
        """The level chosen for each criterion, as far as one was chosen."""
        found = {field.name.removeprefix("quality-"): field.data for field in self if field.name.startswith("quality-")}
        return {key: level for key, level in found.items() if level}

    @property
    def together(self) -> bool | None:
        """Whether it was carried out with the auditor, if that was said."""
        return SAID.get(self.with_auditor.data or "")

    def show(
        self, ratings: dict[str, str], words: str, together: bool | None, on: dt.date | None, present: str
    ) -> None:
        """Fill the form in from what is kept."""
        self.together_on.process_data(on)
        self.present.data = present
        for key, level in ratings.items():
            self[f"quality-{key}"].data = level
        self.words.data, self.with_auditor.data = words, _said(together)


@lru_cache(maxsize=32)
def quality_form(tool: Tool) -> type[QualityForm]:
    """The form on the quality of an audit made with this tool."""
    levels = [SelectChoice(value=level.key, label=level.name) for level in reversed(tool.quality.scale.levels)]
    fields = {
        f"quality-{one.key}": RadioField(one.name, [Optional()], choices=levels, description=one.hint)
        for one in tool.quality.criteria
    }
    return type("QualityForm", (QualityForm,), fields)


class FinalForm(Form):
    """Committing, finishing or agreeing, after everything was looked at."""

    version = version_field()


class SendBackForm(Form):
    """Sending an audit back to its auditor."""

    version = version_field()
    confirmed = HiddenField()
    reason = TextAreaField("What is missing", [InputRequired("Say what is missing"), Length(max=5000)])


class ReopenForm(Form):
    """Reopening a finished moderation."""

    reason = TextAreaField("Why it is reopened", [InputRequired("Say why it is reopened"), Length(max=5000)])
