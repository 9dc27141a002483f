"""The forms of a draw: its terms, its confirmation, replacing a drawn case, finding one."""

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from audit_app.refusal import Refusal
from audit_app.sampling.describing import STRATA
from audit_app.sampling.draws import LONGEST_SEED
from audit_app.sampling.forms.numbers import WholeNumber
from audit_app.sampling.policy import Method
from audit_app.sampling.terms import LARGEST_SAMPLE, MONTHS, DrawTerms, references_in
from audit_app.web.forms import Form

SIZE = f"Enter how many cases to draw, a whole number from 1 to {LARGEST_SAMPLE:,}"
LEAST = "Enter the least for each group, a whole number from 1 to 100"
SINCE = "Enter a whole number of months from 0 to 60"
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


class FindForm(Form):
    """Looking for a case by its reference."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    q = StringField("Case reference", [Length(max=64)])
