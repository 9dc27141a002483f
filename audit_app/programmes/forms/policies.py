"""The form of a programme's policies: the sample, who is left out, who audits, moderation."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from audit_app.access.table import Role
from audit_app.frameworks.content import CATEGORIES
from audit_app.programmes.forms.chasing import BEFORE_WORDS, ChasingFields
from audit_app.programmes.forms.programmes import WholeNumberField
from audit_app.programmes.policies import (
    AUDITING,
    LARGEST,
    MODERATING,
    MOST_CHALLENGE_DAYS,
    MOST_EACH,
    MOST_MONTHS,
    MOST_NEW,
    MOST_RE_AUDIT_MONTHS,
    MOST_SIGN_OFF_DAYS,
    MOST_WEEKS,
    STRATIFIED,
    Policies,
    policies_problems,
)
from audit_app.programmes.wording import LEFT_OUT, METHODS, STRATA, TIERS, WHO, percent_of

ROLES = {role.value: role.words for role in Role}


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value=key, label=label) for key, label in words.items()]


def _whole(label: str, least: int, most: int, *, needed: bool = True) -> WholeNumberField:
    said = f"Enter a whole number from {least} to {most:,}"
    return WholeNumberField(label, [InputRequired(said) if needed else Optional(), NumberRange(least, most, said)])


class BoxesField(SelectMultipleField):
    """Some of several, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PoliciesForm(ChasingFields):
    """A programme's policies, and the version that was being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    method = RadioField("How cases are drawn", choices=_choices(METHODS))
    sized_by = RadioField(
        "How many cases a round draws",
        choices=_choices(
            {
                "number": "A number of cases",
                "share": "A share of the case list",
                "per_auditor": "So many for each auditor who takes part",
            }
        ),
    )
    size = _whole("Cases in a round", 1, LARGEST, needed=False)
    share = StringField("Share of the case list", [Length(max=10)])
    strata = BoxesField("Groups of cases", choices=_choices(STRATA))
    other_strata = StringField("Other columns of your case list", [Length(max=300)])
    minimum = _whole("Fewest cases of each group", 1, 1000)
    weights = TextAreaField("Weights", [Length(max=4000)])
    months_since_audit = _whole("Months since the last audit", 0, MOST_MONTHS)
    weeks_open = _whole("Weeks that a case has been open", 0, MOST_WEEKS)
    leave_out = BoxesField("Also leave out", choices=_choices(LEFT_OUT))
    categories = BoxesField("Only these kinds of case", choices=_choices(CATEGORIES))
    auditors = BoxesField("Who audits", choices=_choices({role: WHO[role] for role in AUDITING}))
    per_auditor = _whole("Audits expected of each auditor in a round", 1, MOST_EACH, needed=False)
    cap = _whole("Most audits for one auditor in a round", 1, MOST_EACH, needed=False)
    senior_share = _whole("Share that senior managers moderate", 0, 100)
    external_share = _whole("Share that external auditors moderate", 0, 100)
    as_they_come = BooleanField("Draw audits and give them to moderators as they are handed in")
    share_of = RadioField(
        "The share is",
        choices=_choices({"all": "Of all audits of a round", "each_auditor": "Of the audits of each auditor"}),
    )
    always_senior = BoxesField("Grades that are always moderated")
    always_external = BoxesField("Grades that external auditors always moderate")
    always_by = RadioField("Who moderates those", choices=_choices({role: ROLES[role] for role in MODERATING}))
    first_of_new_auditor = _whole("First audits of a new auditor", 0, MOST_NEW)
    flagged = BooleanField("Moderate every audit that its auditor asks to have moderated")
    blind = BoxesField("Who moderates blind", choices=_choices(TIERS))
    challenge_days = _whole("Time to challenge an outcome", 1, MOST_CHALLENGE_DAYS)
    escalates = BoxesField("Grades that a head of service signs off")
    sign_off_days = _whole("Time to sign off", 1, MOST_SIGN_OFF_DAYS)
    re_audits = BoxesField("Other grades for which a case is audited again")
    earlier_at_once = BooleanField("Show earlier audits of the case from the start")
    re_audit_months = _whole("Months until such a case is audited again", 0, MOST_RE_AUDIT_MONTHS)

    def offer(self, grades: Mapping[str, str]) -> None:
        """Ask for grades among those of the programme's tool."""
        self.always_senior.choices = self.always_external.choices = _choices(grades)
        self.escalates.choices = self.re_audits.choices = _choices(grades)

    def show(self, policies: Policies) -> None:
        """Show policies that are kept."""
        for name in (*PLAIN, "categories", "auditors", "escalates", "re_audits", "earlier_at_once"):
            value = getattr(policies, name)
            self[name].process_data(list(value) if isinstance(value, tuple) else value)
        self.share.process_data(percent_of(policies.share))
        self.strata.process_data([key for key in policies.strata if key in STRATA])
        self.other_strata.process_data(", ".join(key for key in policies.strata if key not in STRATA))
        self.weights.process_data(_as_lines(policies.weights))
        self.leave_out.process_data([name for name in LEFT_OUT if getattr(policies, name)])
        self.senior_share.process_data(policies.shares["senior"])
        self.external_share.process_data(policies.shares["external"])
        self.always_senior.process_data(list(policies.always.get("senior", ())))
        self.always_external.process_data(list(policies.always.get("external", ())))
        self.show_chasing(policies.chasing)
        self.blind.process_data([tier for tier, yes in policies.blind.items() if yes])

    def as_data(self, kept: Policies) -> dict[str, object]:
        """What was filled in, as data; what the form does not ask for is kept."""
        others = [words.strip() for words in (self.other_strata.data or "").split(",") if words.strip()]
        return {
            **{name: self[name].data for name in PLAIN},
            **{name: name in (self.leave_out.data or []) for name in LEFT_OUT},
            "as_they_come": bool(self.as_they_come.data),
            "flagged": bool(self.flagged.data),
            "share": _share_of(self.share.data or ""),
            "strata": [*(self.strata.data or []), *others],
            "weights": _from_lines(self.weights.data or ""),
            "categories": self.categories.data or [],
            "auditors": self.auditors.data or [],
            "escalates": self.escalates.data or [],
            "re_audits": self.re_audits.data or [],
            "earlier_at_once": bool(self.earlier_at_once.data),
            "shares": {"senior": self.senior_share.data, "external": self.external_share.data},
            "always": {"senior": self.always_senior.data or [], "external": self.always_external.data or []},
            "blind": {tier: tier in (self.blind.data or []) for tier in TIERS},
            "chasing": self.chasing(kept.chasing),
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was sent is acceptable, and goes together."""
        fine = bool(super().validate(extra_validators))
        for field, words in self._faults():
            if not field.errors:
                field.errors = [words]
                fine = False
        return fine

    def _faults(self) -> list[tuple[Field, str]]:
        """What does not go together, at the field where it is put right."""
        found: list[tuple[Field, str]] = []
        data = self.as_data(Policies())
        typed = (self.share.data or "").strip()
        if (typed or self.sized_by.data == "share") and policies_problems({"share": data["share"] or ""}):
            found.append((self.share, "Enter a percentage of the list, more than 0 and up to 100"))
        if self.sized_by.data == "per_auditor" and not self.per_auditor.data:
            found.append((self.per_auditor, "Enter how many audits each auditor does"))
        if self.method.data in STRATIFIED and not data["strata"]:
            found.append((self.strata, "Choose at least one thing to group cases by"))
        elif policies_problems({"method": "simple", "strata": data["strata"]}):
            found.append((self.other_strata, "Name each column once"))
        if data["weights"] is None or policies_problems({"weights": data["weights"]}):
            words = "Write each weight on a line of its own, such as “Case status: Child protection plan: 2”"
            found.append((self.weights, words))
        elif self.method.data == "weighted" and not data["weights"]:
            found.append((self.weights, "Enter at least one weight"))
        if not self.auditors.data:
            found.append((self.auditors, "Choose at least one role that audits"))
        if self.cap.data and self.per_auditor.data and self.cap.data < self.per_auditor.data:
            found.append((self.cap, "The most for one auditor cannot be less than what is expected of each"))
        if self.before_is_wrong:
            found.append((self.chase_before, BEFORE_WORDS))
        return found


PLAIN = (
    "method", "sized_by", "size", "per_auditor", "minimum", "months_since_audit", "weeks_open", "cap", "share_of",
    "as_they_come",
    "always_by", "first_of_new_auditor", "flagged", "challenge_days", "sign_off_days", "re_audit_months",
)  # fmt: skip


def _share_of(text: str) -> str | None:
    """The share that a percentage stands for, as it is kept."""
    text = text.strip().removesuffix("%").strip()
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{(number / 100).normalize():f}" if number.is_finite() and abs(number) < 1000 else text


def _as_lines(weights: Mapping[str, Mapping[str, str]]) -> str:
    lines = (
        f"{STRATA.get(name, name)}: {value}: {times}"
        for name, by_value in weights.items()
        for value, times in by_value.items()
    )
    return "\n".join(lines)


def _from_lines(text: str) -> dict[str, dict[str, str]] | None:
    """The weights that lines say; nothing where one cannot be read."""
    names = {label.lower(): key for key, label in STRATA.items()}
    found: dict[str, dict[str, str]] = {}
    for line in filter(str.strip, text.splitlines()):
        parts = [part.strip() for part in line.split(":")]
        if len(parts) < 3 or not all(parts):
            return None
        name, value, times = names.get(parts[0].lower(), parts[0]), ":".join(parts[1:-1]), parts[-1]
        if value in found.setdefault(name, {}):
            return None
        found[name][value] = times
    return found
