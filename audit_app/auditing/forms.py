"""The forms of an audit; a section's form is made from the tool, so that no section is known to code."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from audit_app.auditing.drafts import ASKED, MOST_CONCERNS, RIGHTED, Draft
from audit_app.auditing.family import SEVERAL, asked, chosen, kept
from audit_app.auditing.workflow import Stage
from audit_app.frameworks.content import Section, Tool
from audit_app.frameworks.named import Named
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form

LONGEST = 50_000
NOT_APPLICABLE = "not_applicable"
ANSWERS = [SelectChoice(value=v, label=t) for v, t in (("yes", "Yes"), ("no", "No"), ("na", "Not applicable"))]
OF_CONCERN = ("concern-", "righted-", "shown-")
STATES = [SelectChoice(value=v, label=t) for v, t in RIGHTED.items()]
YES_NO = [SelectChoice(value=v, label=t) for v, t in (("yes", "Yes"), ("no", "No"))]


class BoxesField(SelectMultipleField):
    """Some of several, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SectionForm(Form):
    """What every section asks: its words, and which version was being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)
    evidence = TextAreaField("Evidence", [Length(max=LONGEST)])

    def draft(self, section: Section) -> Draft:
        """What was filled in, as a draft."""
        said = {field.name: field.data or "" for field in self}
        grade = said.get("grade", "")
        question = ASKED.get(section.kind, ("",))[0]
        return Draft(
            grade=grade if grade not in ("", NOT_APPLICABLE) else None,
            not_applicable=grade == NOT_APPLICABLE or said.get(NOT_APPLICABLE) == "yes",
            not_applicable_because=said.get("not_applicable_because", ""),
            evidence=said["evidence"],
            strengths=said.get("strengths", ""),
            improvements=said.get("improvements", ""),
            questions={q.key: said[f"question-{q.key}"] for q in section.questions if said[f"question-{q.key}"]},
            particulars={**self._particulars(said, question), **self._several()},
            limits={k.removeprefix("limit-"): v for k, v in said.items() if k.startswith("limit-") and v},
        )

    def _particulars(self, said: dict[str, str], question: str) -> dict[str, str]:
        names = (question, "how", "why_not")
        return {n: v for n, v in said.items() if v and (n in names or n.startswith(OF_CONCERN))}

    def _several(self) -> dict[str, str]:
        return {f.name: kept(f.data) for f in self if isinstance(f, BoxesField) and f.data}

    def show(self, draft: Draft) -> None:
        """Fill the form in from a draft."""
        values = {
            "grade": NOT_APPLICABLE if draft.not_applicable else draft.grade,
            NOT_APPLICABLE: "yes" if draft.not_applicable else None,
            "not_applicable_because": draft.not_applicable_because,
            "evidence": draft.evidence,
            "strengths": draft.strengths,
            "improvements": draft.improvements,
            **draft.particulars,
            **{name: chosen(draft.particulars, name) for name in SEVERAL},
            **{f"question-{key}": value for key, value in draft.questions.items()},
            **{f"limit-{key}": value for key, value in draft.limits.items()},
        }
        for field in self:
            if field.name in values:
                field.data = values[field.name]


@lru_cache(maxsize=256)
def section_form(tool: Tool, key: str) -> type[SectionForm]:
    """The form of one section of a tool."""
    section = tool.section(key)
    fields: dict[str, object] = {}
    if section.graded:
        levels = [SelectChoice(value=level.key, label=level.name) for level in reversed(tool.scale.levels)]
        if section.may_be_not_applicable:
            levels.append(SelectChoice(value=NOT_APPLICABLE, label="Not applicable"))
        fields["grade"] = RadioField("Your grade", [Optional()], choices=levels)
        fields["strengths"] = TextAreaField("What is working well", [Length(max=LONGEST)])
        fields["improvements"] = TextAreaField("What needs to improve", [Length(max=LONGEST)])
    elif section.may_be_not_applicable:
        fields[NOT_APPLICABLE] = RadioField("Does this apply?", [Optional()], choices=YES_NO)
    if section.may_be_not_applicable:
        fields["not_applicable_because"] = TextAreaField("Why it does not apply", [Length(max=2000)])
    if section.kind in ASKED:
        fields[ASKED[section.kind][0]] = RadioField(_question_of(section), [Optional()], choices=YES_NO)
        if section.kind == "feedback":
            fields |= _of_feedback()
        else:
            fields["how"] = StringField("How", [Length(max=300)])
    if section.kind == "concerns":
        for n in range(1, MOST_CONCERNS + 1):
            fields[f"concern-{n}"] = TextAreaField(f"Concern {n}", [Length(max=5000)])
            fields[f"righted-{n}"] = RadioField(f"What became of concern {n}", [Optional()], choices=STATES)
            fields[f"shown-{n}"] = TextAreaField("What shows it", [Length(max=5000)])
    for question in section.questions:
        name = f"question-{question.key}"
        fields[name] = RadioField(question.text, [Optional()], choices=ANSWERS, description=question.hint)
    if section.overall:
        for rule in tool.limiting:
            fields[f"limit-{rule.key}"] = TextAreaField(rule.prompt, [Length(max=5000)])
    return type("SectionForm", (SectionForm,), fields)


def _of_feedback() -> dict[str, object]:
    choices = asked()
    return {
        "ways": BoxesField("How were they asked?", choices=_named(choices.ways)),
        "whom": BoxesField("Who spoke?", choices=_named(choices.relations)),
        "why_not": RadioField("Why is there none?", [Optional()], choices=_named(choices.reasons)),
    }


def _named(choices: Iterable[Named]) -> list[SelectChoice]:
    return [SelectChoice(value=one.key, label=one.name) for one in choices]


class PassageForm(Form):
    """What a contributor writes in a section of their agency; they give no grade."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)
    evidence = TextAreaField("What your agency knew and did", [Length(max=LONGEST)])

    def draft(self, section: Section) -> Draft:
        """What was filled in, as a draft."""
        said = {field.name: field.data or "" for field in self}
        return Draft(
            evidence=said["evidence"],
            strengths=said.get("strengths", ""),
            improvements=said.get("improvements", ""),
            questions={q.key: said[f"question-{q.key}"] for q in section.questions if said[f"question-{q.key}"]},
        )

    def show(self, draft: Draft) -> None:
        """Fill the form in from a draft."""
        answers = {f"question-{key}": value for key, value in draft.questions.items()}
        words = {"evidence": draft.evidence, "strengths": draft.strengths, "improvements": draft.improvements}
        for field in self:
            if field.name in words | answers:
                field.data = (words | answers)[field.name]


@lru_cache(maxsize=256)
def passage_form(tool: Tool, key: str) -> type[PassageForm]:
    """The form in which a contributor writes one section of a tool."""
    section = tool.section(key)
    fields: dict[str, object] = {}
    if section.graded:
        fields["strengths"] = TextAreaField("What worked well", [Length(max=LONGEST)])
        fields["improvements"] = TextAreaField("What your agency could have done better", [Length(max=LONGEST)])
    for question in section.questions:
        name = f"question-{question.key}"
        fields[name] = RadioField(question.text, [Optional()], choices=ANSWERS, description=question.hint)
    return type("PassageForm", (PassageForm,), fields)


class AskForm(Form):
    """Asking somebody of an agency to contribute."""

    agency = SelectField("Agency")
    person = SelectField("Person", coerce=int)
    until = DatePartsField("Until", [InputRequired("Enter the day")], subject="The day")
    asks = TextAreaField("What you ask of them", [Length(max=5000)])


class TakeBackForm(Form):
    """Taking a contribution back from whoever was asked for it."""

    reason = TextAreaField("Why it is withdrawn", [InputRequired("Say why it is withdrawn"), Length(max=2000)])


class ShareForm(Form):
    """Whether a contributor reads what the other agencies have finished."""

    share = RadioField("Share", choices=YES_NO)


class DoneForm(Form):
    """Saying that a contribution is done, or opening it again."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


def _question_of(section: Section) -> str:
    if section.kind == "feedback":
        return "Was feedback obtained from the family or child?"
    return "Did the practitioner take part in this audit?"


class RiskForm(Form):
    """That a child may be at risk now."""

    concern = TextAreaField("What worries you", [InputRequired("Say what worries you"), Length(max=5000)])
    told = StringField("Whom you told: name and role", [Length(max=200)])
    told_on = DatePartsField("The day you told them", subject="The day you told them")
    told_time = StringField("The time, such as 2:15pm", [Length(max=10)])


class TellForm(Form):
    """Whom somebody told that a child may be at risk."""

    told = StringField("Whom you told: name and role", [InputRequired("Say whom you told"), Length(max=200)])
    told_on = DatePartsField("The day you told them", [InputRequired("Enter the day")], subject="The day you told them")
    told_time = StringField("The time, such as 2:15pm", [InputRequired("Enter the time"), Length(max=10)])


class OutcomeForm(Form):
    """What came of an alert."""

    outcome = TextAreaField("What was done", [InputRequired("Say what was done"), Length(max=5000)])


class HandInForm(Form):
    """Handing in, after everything was checked."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    without_because = TextAreaField("Why it goes on without them", [Length(max=5000)])
    moderate = BooleanField("I ask to have this audit moderated")
    moderate_because = TextAreaField("Why you ask for it", [Length(max=5000)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be used: who asks for moderation says why."""
        fine = bool(super().validate(extra_validators))
        if self.moderate.data and not (self.moderate_because.data or "").strip():
            self.moderate_because.errors, fine = ["Say why you ask to have this audit moderated"], False
        return fine

    @property
    def asks_because(self) -> str | None:
        """Why they ask to have it moderated; None where they do not."""
        return (self.moderate_because.data or "").strip() if self.moderate.data else None


class ReplyForm(Form):
    """What the auditor says to an outcome."""

    tier = HiddenField(validators=[InputRequired()])
    words = TextAreaField("Your reply", [InputRequired("Write your reply"), Length(max=LONGEST)])


class WithdrawForm(Form):
    """Taking an audit out before it is handed in."""

    reason = TextAreaField("Why it is withdrawn", [InputRequired("Say why it is withdrawn"), Length(max=2000)])


class VoidForm(Form):
    """Taking a handed-in audit out of the figures."""

    reason = TextAreaField("Why it is void", [InputRequired("Say why it is void"), Length(max=2000)])
    second = SelectField("Who agrees to it", coerce=int)


class ListForm(Form):
    """What somebody looks for in the list of audits."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    q = StringField("Case reference", [Length(max=50)])
    stage = SelectField(
        "Stage",
        choices=[
            SelectChoice(value="", label="Any stage"),
            *(SelectChoice(value=stage.value, label=stage.words) for stage in Stage),
        ],
    )
    whose = RadioField(
        "Whose", choices=[SelectChoice(value="", label="All that I may see"), SelectChoice(value="mine", label="Mine")]
    )
