"""The forms of a draw: its terms, its weights, its confirmation, replacing a drawn case, finding one."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from audit_app.cases.codes import CATEGORIES
from audit_app.refusal import Refusal
from audit_app.sampling.departing import METHODS
from audit_app.sampling.describing import STRATA, attribute_title
from audit_app.sampling.draws import LONGEST_SEED
from audit_app.sampling.forms.numbers import WholeNumber
from audit_app.sampling.policy import STRATIFIED, Method, decimal_of
from audit_app.sampling.terms import LARGEST_SAMPLE, MOST_EACH, NOBODY, DrawTerms, references_in
from audit_app.web.forms import Form

SIZE = f"Enter how many cases to draw, a whole number from 1 to {LARGEST_SAMPLE:,}"
SHARE = "Enter a percentage of the list from 0.1 to 100, with at most 1 decimal"
EACH = f"Enter how many cases to draw for each auditor, a whole number from 1 to {MOST_EACH}"
LEAST = "Enter the least for each group, a whole number from 1 to 100"
SINCE = "Enter a whole number of months from 0 to 60"
WEEKS = "Enter a whole number of weeks from 0 to 520"
TIMES = "Enter how many times as likely as usual, from 0.001 to 1,000 with at most 3 decimals"
HINTS = {
    Method.SIMPLE: "Each case has the same chance.",
    Method.PROPORTIONAL: "A team with a tenth of the cases gets a tenth of the sample. A small one may get none.",
    Method.MINIMUM: "Every team is seen, however small.",
    Method.WEIGHTED: "Some kinds of cases are more likely to be drawn than others, as you say on the next page.",
}
ALSO_OUT = {
    "complaints": "Cases with an open complaint, as the list says",
    "legal_hold": "Cases under a legal hold, as the list says",
    "elsewhere": "Cases that wait to be audited in another round",
    "family": "Of brothers and sisters with one family reference, all but one, by lot",
}


class DrawForm(Form):
    """The terms of a draw."""

    sized_by = RadioField(
        "How many cases",
        choices=[
            SelectChoice(value="number", label="A number of cases"),
            SelectChoice(value="share", label="A share of the list"),
            SelectChoice(value="per_auditor", label="So many for each auditor"),
        ],
        default="number",
    )
    size = WholeNumber("Number of cases", [Optional(), NumberRange(1, LARGEST_SAMPLE, SIZE)], wrong=SIZE)
    share = StringField("Share of the list", [Length(max=8)])
    per_auditor = WholeNumber("Cases for each auditor", [Optional(), NumberRange(1, MOST_EACH, EACH)], wrong=EACH)
    method = RadioField(
        "How the cases are drawn",
        choices=[
            SelectChoice(value=key, label=words, render_kw={"hint": HINTS[Method(key)]})
            for key, words in METHODS.items()
        ],
        default=Method.MINIMUM.value,
    )
    strata = SelectMultipleField("Group the list by", default=["team"])
    minimum = WholeNumber("Least from each group", [Optional(), NumberRange(1, 100, LEAST)], wrong=LEAST, default=1)
    weigh_by = SelectMultipleField("What makes a case more or less likely to be drawn")
    weights = HiddenField(validators=[Length(max=20_000)], default="{}")
    months = WholeNumber(
        "Audited in the last", [InputRequired(SINCE), NumberRange(0, 60, SINCE)], wrong=SINCE, default=12
    )
    weeks = WholeNumber(
        "Open for less than", [InputRequired(WEEKS), NumberRange(0, 520, WEEKS)], wrong=WEEKS, default=0
    )
    also_out = SelectMultipleField(
        "Leave out as well", choices=[SelectChoice(value=key, label=words) for key, words in ALSO_OUT.items()]
    )
    categories = SelectMultipleField(
        "Draw only from cases with this status",
        choices=[SelectChoice(value=key, label=words) for key, words in CATEGORIES.items()],
    )
    references = TextAreaField("Case references", [Length(max=20_000)])
    because = StringField("Why they are left out", [Length(max=500)])
    seed = StringField("Seed", [InputRequired("Give the seed of the draw"), Length(max=LONGEST_SEED)])

    def offer(self, own: Iterable[str]) -> "DrawForm":
        """Let the list be grouped and weighed by its own columns as well."""
        names = (*STRATA, *own)
        self.strata.choices = [SelectChoice(value=name, label=attribute_title(name)) for name in names]
        self.weigh_by.choices = [SelectChoice(value=name, label=attribute_title(name)) for name in names]
        return self

    def fill(self, terms: DrawTerms) -> "DrawForm":
        """Show terms, as far as the form can offer them."""
        offered = {choice.value for choice in self.strata.choices}
        self.sized_by.data, self.size.data, self.per_auditor.data = terms.sized_by, terms.size, terms.per_auditor
        self.share.data = f"{(Decimal(terms.share) * 100).normalize():f}" if terms.share else ""
        self.method.data, self.minimum.data = terms.method, terms.minimum or 1
        self.strata.data = [name for name in terms.strata if name in offered]
        self.weigh_by.data = [name for name in terms.weights if name in offered]
        self.weights.data = _written({name: dict(by_value) for name, by_value in terms.weights.items()})
        self.months.data, self.weeks.data = terms.months, terms.weeks
        self.also_out.data = [name for name in ALSO_OUT if getattr(terms, name)]
        self.categories.data, self.seed.data = list(terms.categories), terms.seed
        return self

    def validate(self, extra_validators: object = None) -> bool:
        """Whether the terms can be read; only what is used has to be there."""
        super().validate(extra_validators)
        wanted = {"number": (self.size, SIZE), "share": (self.share, SHARE), "per_auditor": (self.per_auditor, EACH)}
        for way, (field, words) in wanted.items():
            if way != self.sized_by.data:
                field.errors = []
            elif not field.errors and (self._share is None if field is self.share else not field.data):
                field.errors = [words]
        needed = (
            (self.strata, self.method.data in STRATIFIED, "Choose what to group the list by"),
            (self.minimum, self.method.data == Method.MINIMUM, LEAST),
            (self.weigh_by, self.method.data == Method.WEIGHTED, "Choose what makes a case more or less likely"),
        )
        for field, used, words in needed:
            if used and not field.data and not field.errors:
                field.errors = [words]
        return not self.form_errors and not any(field.errors for field in self)

    @property
    def _share(self) -> str | None:
        """The share as a decimal, where what was typed is a percentage."""
        typed = decimal_of((self.share.data or "").rstrip("% "))
        if typed is None or not Decimal("0.1") <= typed <= 100 or typed != round(typed, 1):
            return None
        return f"{(typed / 100).normalize():f}"

    @property
    def all_weights(self) -> dict[str, dict[str, str]]:
        """The weights that came with the form, also of what is not weighed now."""
        return _read(self.weights.data or "")

    @property
    def terms(self) -> DrawTerms:
        """What was filled in, once it was validated."""
        weights, out = self.all_weights, self.also_out.data or ()
        return DrawTerms(
            method=self.method.data or "",
            size=self.size.data,
            seed=self.seed.data or "",
            strata=tuple(self.strata.data or ()),
            minimum=self.minimum.data or 0,
            months=self.months.data or 0,
            elsewhere="elsewhere" in out,
            references=references_in(self.references.data or ""),
            because=self.because.data or "",
            sized_by=self.sized_by.data or "",
            share=self._share,
            per_auditor=self.per_auditor.data,
            weights={name: weights[name] for name in self.weigh_by.data or () if weights.get(name)},
            weeks=self.weeks.data or 0,
            complaints="complaints" in out,
            legal_hold="legal_hold" in out,
            family="family" in out,
            categories=tuple(self.categories.data or ()),
        )

    def refuse(self, refusal: Refusal) -> None:
        """Show why the draw can't be made, at the field that it is about where there is one."""
        about = {
            "Name at least one attribute": (self.strata, "Choose what to group the list by"),
            "The minimum for each": (self.minimum, LEAST),
            "Say why the case is left out": (self.because, "Say why these cases are left out"),
            "The seed must": (self.seed, refusal.reason),
            NOBODY: (self.per_auditor, refusal.reason),
        }
        for beginning, (field, words) in about.items():
            if refusal.reason.startswith(beginning):
                field.errors = [words]
                return
        self.form_errors.append(refusal.reason)


class ConfirmDrawForm(DrawForm):
    """A draw that was looked at, and what it was."""

    fingerprint = HiddenField(validators=[InputRequired(), Length(max=64)])


class WeighForm(DrawForm):
    """Terms with a weight for each value: `weighed` names attribute and value, `times` has the number beside it."""

    weighed = SelectMultipleField("Values", validate_choice=False)
    times = SelectMultipleField("Times as likely", validate_choice=False)

    @property
    def typed(self) -> dict[tuple[str, str], str]:
        """What was typed for each attribute and value."""
        pairs = zip(self.weighed.data or (), self.times.data or (), strict=False)
        return {key: times.strip() for named, times in pairs if (key := _pair(named)) is not None}

    def keep(self) -> list[tuple[str, str]]:
        """Make what was typed the weights of the draw; gives those that can't be read. Nothing typed is the usual."""
        wrong, found = [], self.all_weights
        for (attribute, value), text in self.typed.items():
            times = decimal_of(text or "1")
            if times is None or not Decimal("0.001") <= times <= 1000 or times != round(times, 3):
                wrong.append((attribute, value))
                continue
            found.setdefault(attribute, {})[value] = f"{times.normalize():f}"
        self.weights.data = _written(found)
        return wrong


class ChangeDrawForm(WeighForm):
    """Terms on their way back to the first page, from whichever page they come."""

    fingerprint = HiddenField()


def _read(text: str) -> dict[str, dict[str, str]]:
    """Weights from JSON; none where it is not weights."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: by_value
        for name, by_value in found.items()
        if isinstance(by_value, dict) and all(isinstance(times, str) for times in by_value.values())
    }


def _written(weights: Mapping[str, Mapping[str, str]]) -> str:
    return json.dumps(weights, sort_keys=True, ensure_ascii=False)


def _pair(named: str) -> tuple[str, str] | None:
    """An attribute and a value, from the JSON list that the page put them in."""
    try:
        found = json.loads(named)
    except ValueError:
        return None
    if isinstance(found, list) and len(found) == 2 and all(isinstance(one, str) for one in found):
        return found[0], found[1]
    return None


class ReplaceForm(Form):
    """Taking a drawn case out."""

    reason = TextAreaField("Why it is replaced", [InputRequired("Say why the case is replaced"), Length(max=500)])


class FindForm(Form):
    """Looking for a case by its reference."""

    class Meta(Form.Meta):
        """Asked in the address, so it needs no token."""

        csrf = False

    q = StringField("Case reference", [Length(max=64)])
