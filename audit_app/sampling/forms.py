"""The forms of rounds: drawing, replacing, allocating, finding."""

import re
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
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from audit_app.refusal import Refusal
from audit_app.sampling.describing import STRATA
from audit_app.sampling.draws import LONGEST_SEED
from audit_app.sampling.policy import Method
from audit_app.sampling.progress import STANDING_WORDS
from audit_app.sampling.terms import LARGEST_SAMPLE, MONTHS, DrawTerms, references_in
from audit_app.web.forms import Form

SIZE = f"Enter how many cases to draw, a whole number from 1 to {LARGEST_SAMPLE:,}"
LEAST = "Enter the least for each group, a whole number from 1 to 100"
SINCE = "Enter a whole number of months from 0 to 60"
MOST = "Enter the most for each auditor, a whole number from 1 to 1,000"
METHODS = (
    SelectChoice(
        value=Method.SIMPLE.value,
        label="From the whole list",
        render_kw={"hint": "Each case has the same chance."},
    ),
    SelectChoice(
        value=Method.PROPORTIONAL.value,
        label="In proportion, by group",
        render_kw={"hint": "A team with a tenth of the cases gets a tenth of the sample. A small one may get none."},
    ),
    SelectChoice(
        value=Method.MINIMUM.value,
        label="In proportion, with a least number from each group",
        render_kw={"hint": "Every team is seen, however small."},
    ),
)


class WholeNumber(IntegerField):
    """A number that people count with; `wrong` is what is said of anything else."""

    def __init__(self, label: str, validators: list[Any], *, wrong: str, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.wrong = wrong

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; nothing typed is no number."""
        text = valuelist[0].strip() if valuelist and isinstance(valuelist[0], str) else ""
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueError(self.wrong)
        self.data = int(text)


class DrawForm(Form):
    """The terms of a draw."""

    method = RadioField("How the cases are drawn", choices=METHODS, default=Method.MINIMUM.value)
    strata = SelectMultipleField(
        "Group the list by",
        choices=[SelectChoice(value=name, label=words) for name, words in STRATA.items()],
        default=["team"],
    )
    minimum = WholeNumber("Least from each group", [Optional(), NumberRange(1, 100, LEAST)], wrong=LEAST, default=1)
    size = WholeNumber("How many cases", [InputRequired(SIZE), NumberRange(1, LARGEST_SAMPLE, SIZE)], wrong=SIZE)
    seed = StringField("Seed", [InputRequired("Give the seed of the draw"), Length(max=LONGEST_SEED)])
    months = WholeNumber(
        "Leave out cases audited in the last",
        [InputRequired(SINCE), NumberRange(0, 60, SINCE)],
        wrong=SINCE,
        default=MONTHS,
    )
    elsewhere = BooleanField("Leave out cases that wait to be audited in another round", default=True)
    references = TextAreaField("Case references", [Length(max=20_000)])
    because = StringField("Why they are left out", [Length(max=500)])

    @property
    def terms(self) -> DrawTerms:
        """What was filled in, once it was validated."""
        return DrawTerms(
            self.method.data or "",
            self.size.data or 0,
            self.seed.data or "",
            tuple(self.strata.data or ()),
            self.minimum.data or 0,
            self.months.data or 0,
            bool(self.elsewhere.data),
            references_in(self.references.data or ""),
            self.because.data or "",
        )

    def refuse(self, refusal: Refusal) -> None:
        """Show why the draw can't be made, at the field that it is about where there is one."""
        about = {
            "Name at least one attribute": (self.strata, "Choose what to group the list by"),
            "The minimum for each": (self.minimum, LEAST),
            "Say why the case is left out": (self.because, "Say why these cases are left out"),
            "The seed must": (self.seed, refusal.reason),
        }
        for beginning, (field, words) in about.items():
            if refusal.reason.startswith(beginning):
                field.errors = [words]
                return
        self.form_errors.append(refusal.reason)


class ConfirmDrawForm(DrawForm):
    """A draw that was looked at, and what it was."""

    fingerprint = HiddenField(validators=[InputRequired(), Length(max=64)])


class ReplaceForm(Form):
    """Taking a drawn case out."""

    reason = TextAreaField("Why it is replaced", [InputRequired("Say why the case is replaced"), Length(max=500)])


class AllocateForm(Form):
    """Who shares the cases that wait."""

    auditors = SelectMultipleField("Auditors", [InputRequired("Choose at least one auditor")], coerce=int)
    cap = WholeNumber("Most audits for each in this round", [Optional(), NumberRange(1, 1000, MOST)], wrong=MOST)
    seed = StringField("Seed", [InputRequired("Give the seed of the allocation"), Length(max=LONGEST_SEED)])


class IssueForm(AllocateForm):
    """An allocation that was looked at, and what it was."""

    fingerprint = HiddenField(validators=[InputRequired(), Length(max=64)])


class ByHandForm(Form):
    """An auditor for each case, as "case:auditor"; empty where nobody is chosen yet."""

    given = SelectMultipleField("Auditors", validate_choice=False)

    @property
    def chosen(self) -> dict[int, int] | None:
        """The auditor chosen for each case, or None where what was sent can't be read."""
        found = {}
        for pair in filter(None, self.given.data or []):
            match = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,9})", pair)
            if match is None or int(match[1]) in found:
                return None
            found[int(match[1])] = int(match[2])
        return found


class CaseForm(Form):
    """One case for one auditor; a reason where the case was not drawn."""

    auditor = RadioField("Auditor", coerce=int)
    reason = StringField("Why this case", [Length(max=500)])


class ReallocateForm(Form):
    """Another auditor for an audit that was not started."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    auditor = RadioField("New auditor", coerce=int)


class FindForm(Form):
    """Looking for a case by its reference."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    q = StringField("Case reference", [Length(max=64)])


class BoardForm(Form):
    """Which audits of a round somebody looks for."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    auditor = SelectField("Auditor", validate_choice=False)
    standing = SelectField(
        "Handed in",
        choices=[
            SelectChoice(value="", label="All"),
            *(SelectChoice(value=str(one.value), label=words) for one, words in STANDING_WORDS.items()),
        ],
    )
