"""A programme's policies: what is drawn, who is left out, who audits, what is moderated; data with usual values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from audit_app.access.table import Permission, Role, may
from audit_app.frameworks.content import CATEGORIES
from audit_app.programmes.chasing import chasing_problems

METHODS: Final = ("simple", "proportional", "minimum", "weighted")
STRATIFIED: Final = ("proportional", "minimum")
SIZES: Final = ("number", "share", "per_auditor")
TIERS: Final = ("senior", "external")
SHARED: Final = ("all", "each_auditor")
AUDITING: Final = tuple(role.value for role in Role if may(role, Permission.AUDIT))
MODERATING: Final = tuple(role.value for role in Role if may(role, Permission.MODERATE))
LARGEST, MOST_EACH, MOST_NEW = 1_000_000, 50, 20
MOST_CHALLENGE_DAYS = 60
MOST_SIGN_OFF_DAYS, MOST_RE_AUDIT_MONTHS = 60, 24
MOST_MONTHS, MOST_WEEKS = 60, 520
LIGHTEST, HEAVIEST = Decimal("0.001"), Decimal(1000)


@dataclass(frozen=True, slots=True)
class Policies:
    """How a programme draws its cases, whom it leaves out, who audits, and what is moderated."""

    method: str = "minimum"
    sized_by: str = "number"
    size: int | None = None  # without one, whoever draws says how many
    share: str | None = None  # of the list: more than 0 and at most 1, as it was written
    per_auditor: int | None = None  # also what is expected of each auditor in a round
    strata: tuple[str, ...] = ("team",)
    minimum: int = 1
    weights: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    months_since_audit: int = 12
    weeks_open: int = 0
    leave_out_complaints: bool = True
    leave_out_legal_hold: bool = True
    leave_out_waiting_elsewhere: bool = True
    one_of_a_family: bool = True
    categories: tuple[str, ...] = ()  # none: cases of every category
    auditors: tuple[str, ...] = ("team_manager",)
    cap: int | None = None
    shares: Mapping[str, int] = field(default_factory=lambda: {"senior": 20, "external": 0})
    share_of: str = "all"
    as_they_come: bool = False  # drawn and given as audits are handed in; otherwise in draws that somebody makes
    always: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by tier, the grades that are always moderated
    always_by: str = "head_of_service"
    first_of_new_auditor: int = 0
    flagged: bool = True
    blind: Mapping[str, bool] = field(default_factory=lambda: {"senior": False, "external": False})
    challenge_days: int = 10  # working days after an outcome in which its auditor can challenge it
    escalates: tuple[str, ...] = ()  # grades that a head of service signs off; none: the lowest of the scale
    sign_off_days: int = 5  # working days
    re_audit_months: int = 3  # after which such a case is audited again; 0: not for that
    re_audits: tuple[str, ...] = ()  # further grades for which a case is audited again; those signed off always are
    earlier_at_once: bool = False  # earlier audits of the case are shown before an auditor's own grades are in
    chasing: Mapping[str, Any] = field(default_factory=dict)  # read by the room that sends reminders

    @staticmethod
    def from_data(data: Mapping[str, object]) -> "Policies":
        """The policies that data describes, with the usual value for what it leaves out; refused if it has problems."""
        if problems := policies_problems(data):
            raise ValueError(problems[0])
        usual = {"shares": Policies().shares, "blind": Policies().blind}
        given: dict[str, Any] = {}
        for name, value in data.items():
            if name in usual and isinstance(value, Mapping):
                given[name] = {**usual[name], **value}
            elif name == "always" and isinstance(value, Mapping):
                given[name] = {tier: tuple(grades) for tier, grades in value.items() if grades}
            else:
                given[name] = tuple(value) if isinstance(value, list) else value
        return Policies(**given)

    def to_data(self) -> dict[str, object]:
        """The policies as JSON can hold them: all of them, also those that are as usual."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}

    def sample(self, auditors: int) -> dict[str, object]:
        """What a sampling policy is made from: only what applies; no size where whoever draws says how many."""
        asked: dict[str, object] = {"method": self.method}
        if self.sized_by == "share":
            asked["share"] = self.share
        elif self.sized_by == "per_auditor":
            asked["size"] = max(1, (self.per_auditor or 1) * auditors)
        elif self.size is not None:
            asked["size"] = self.size
        if self.method in STRATIFIED:
            asked["strata"] = list(self.strata)
        if self.method == "minimum":
            asked["minimum"] = self.minimum
        if self.method == "weighted":
            asked["weights"] = {name: dict(by_value) for name, by_value in self.weights.items()}
        return asked


def _plain(value: object) -> object:
    """A value as JSON holds it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in sorted(value.items())}
    return value


def policies_problems(data: object) -> tuple[str, ...]:
    """Everything that keeps data from being a programme's policies, in plain words."""
    if not isinstance(data, Mapping):
        return ("Write policies as names with values.",)
    problems = [f"A programme has no policy “{name}”." for name in data if name not in CHECKS]
    problems += [said for name, check in CHECKS.items() if name in data and (said := check(data[name]))]
    return tuple(problems) or tuple(_together(data))


def _together(data: Mapping[str, Any]) -> list[str]:
    """What does not go together, though each is right by itself."""
    usual = Policies()
    method, sized_by = data.get("method", usual.method), data.get("sized_by", usual.sized_by)
    problems = []
    if sized_by == "share" and data.get("share") is None:
        problems.append("Say what share of the list is drawn.")
    if sized_by == "per_auditor" and data.get("per_auditor") is None:
        problems.append("Say how many audits each auditor does.")
    if method in STRATIFIED and not data.get("strata", usual.strata):
        problems.append("Choose at least one thing to group the list by.")
    if method == "weighted" and not data.get("weights"):
        problems.append("Give at least one weight.")
    each, cap = data.get("per_auditor"), data.get("cap")
    if each is not None and cap is not None and cap < each:
        problems.append("The most that one auditor may have cannot be less than what is expected of each.")
    return problems


Check = Callable[[object], str | None]


def _one_of(words: str, *allowed: str) -> Check:
    return lambda given: None if isinstance(given, str) and given in allowed else words


def _whole(words: str, least: int, most: int, *, needed: bool = True) -> Check:
    def check(given: object) -> str | None:
        fine = _is_whole(given, least, most) or (given is None and not needed)
        return None if fine else f"{words} must be a whole number from {least} to {most:,}."

    return check


def _is_whole(given: object, least: int, most: int) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and least <= given <= most


def _yes_or_no(words: str) -> Check:
    return lambda given: None if isinstance(given, bool) else f"{words} must be yes or no."


def _some(words: str, *allowed: str, least: int = 0) -> Check:
    def check(given: object) -> str | None:
        if not isinstance(given, list | tuple) or not all(isinstance(one, str) and one.strip() for one in given):
            return words
        known = not allowed or all(one in allowed for one in given)
        return None if known and len(set(given)) == len(given) >= least else words

    return check


def _number_of(given: object) -> Decimal | None:
    """A decimal number that was written as text."""
    if not isinstance(given, str) or len(given) > 12:
        return None
    try:
        number = Decimal(given)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _share(given: object) -> str | None:
    number = _number_of(given)
    fine = given is None or (number is not None and 0 < number <= 1)
    return None if fine else "The share of the list must be more than 0 and at most 1."


def _weights(given: object) -> str | None:
    words = f"Each weight must be a number from {LIGHTEST} to {HEAVIEST} for a value of something the list says."
    if not isinstance(given, Mapping):
        return words
    for name, by_value in given.items():
        if not isinstance(name, str) or not isinstance(by_value, Mapping) or not by_value:
            return words
        for times in by_value.values():
            number = _number_of(times)
            if number is None or not LIGHTEST <= number <= HEAVIEST or number != round(number, 3):
                return words
    return None


def _by_tier(check: Check) -> Check:
    def check_all(given: object) -> str | None:
        if not isinstance(given, Mapping) or not set(given) <= set(TIERS):
            return "Only the senior and the external tier moderate."
        return next((said for one in given.values() if (said := check(one))), None)

    return check_all


def _chasing(given: object) -> str | None:
    return next((f"When auditors are chased: {said}" for said in chasing_problems(given)), None)


CHECKS: Final[Mapping[str, Check]] = {
    "method": _one_of("Choose how the sample is drawn: simple, proportional, minimum or weighted.", *METHODS),
    "sized_by": _one_of("Choose how large a sample is: a number, a share of the list or so many an auditor.", *SIZES),
    "size": _whole("The size of the sample", 1, LARGEST, needed=False),
    "share": _share,
    "per_auditor": _whole("Audits for each auditor", 1, MOST_EACH, needed=False),
    "strata": _some("Name each thing that the list is grouped by once."),
    "minimum": _whole("The fewest cases of each group", 1, 1000),
    "weights": _weights,
    "months_since_audit": _whole("Months since the last audit", 0, MOST_MONTHS),
    "weeks_open": _whole("Weeks that a case has been open", 0, MOST_WEEKS),
    "leave_out_complaints": _yes_or_no("Leaving out open complaints"),
    "leave_out_legal_hold": _yes_or_no("Leaving out legal holds"),
    "leave_out_waiting_elsewhere": _yes_or_no("Leaving out cases drawn in another round"),
    "one_of_a_family": _yes_or_no("Drawing one of a family"),
    "categories": _some("Name each category of cases once.", *CATEGORIES),
    "auditors": _some("Choose at least one role that audits.", *AUDITING, least=1),
    "cap": _whole("The most audits for one auditor", 1, MOST_EACH, needed=False),
    "shares": _by_tier(_whole("The share to moderate", 0, 100)),
    "share_of": _one_of("Choose whether the share is of all audits or of each auditor’s.", *SHARED),
    "as_they_come": _yes_or_no("Drawing audits as they come in"),
    "always": _by_tier(_some("Name each grade that is always moderated once.")),
    "always_by": _one_of("Choose a role that moderates.", *MODERATING),
    "first_of_new_auditor": _whole("First audits of a new auditor", 0, MOST_NEW),
    "flagged": _yes_or_no("Moderating flagged audits"),
    "blind": _by_tier(_yes_or_no("Blind moderation")),
    "challenge_days": _whole("Working days to challenge an outcome", 1, MOST_CHALLENGE_DAYS),
    "escalates": _some("Name each grade that is signed off once."),
    "sign_off_days": _whole("Working days to sign off", 1, MOST_SIGN_OFF_DAYS),
    "re_audit_months": _whole("Months until a case is audited again", 0, MOST_RE_AUDIT_MONTHS),
    "re_audits": _some("Name each grade for which a case is audited again once."),
    "earlier_at_once": _yes_or_no("Showing earlier audits at once"),
    "chasing": _chasing,
}
