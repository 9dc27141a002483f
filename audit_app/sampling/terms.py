"""What somebody asks of a draw: how many cases, how, with which seed, and which are left out."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from audit_app.cases.codes import CATEGORIES
from audit_app.programmes.policies import Policies
from audit_app.refusal import Refusal
from audit_app.sampling.exclusions import (
    Exclusion,
    already_in_round,
    audited_recently,
    by_hand,
    closed,
    drawn_elsewhere,
    of_other_category,
    open_too_short,
    refusal_to_exclude,
    siblings,
    under_complaint,
    under_legal_hold,
)
from audit_app.sampling.policy import STRATIFIED, Method, Policy, policy_problems

LARGEST_SAMPLE = 1000
MOST_EACH = 50
NOT_SIZED = "Enter how many cases to draw."
NOBODY = "Nobody takes part as an auditor, so there is nobody to draw cases for. Say how many cases to draw instead."


@dataclass(frozen=True, slots=True)
class DrawTerms:
    """The terms of a draw as somebody gives them; what the method does not use is left alone."""

    method: str
    size: int | None
    seed: str
    strata: tuple[str, ...] = ()
    minimum: int = 0
    months: int = 12
    elsewhere: bool = True
    references: tuple[str, ...] = ()
    because: str = ""
    sized_by: str = "number"
    share: str | None = None
    per_auditor: int | None = None
    auditors: int = 0  # who take part, where the size depends on them
    weights: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    weeks: int = 0
    complaints: bool = True
    legal_hold: bool = True
    family: bool = True
    categories: tuple[str, ...] = ()

    @staticmethod
    def from_policies(policies: Policies, seed: str, auditors: int = 0) -> "DrawTerms":
        """The terms that a programme's policies give, before anybody changes them."""
        return DrawTerms(
            method=policies.method,
            size=policies.size,
            seed=seed,
            strata=policies.strata,
            minimum=policies.minimum,
            months=policies.months_since_audit,
            elsewhere=policies.leave_out_waiting_elsewhere,
            sized_by=policies.sized_by,
            share=policies.share,
            per_auditor=policies.per_auditor,
            auditors=auditors,
            weights=policies.weights,
            weeks=policies.weeks_open,
            complaints=policies.leave_out_complaints,
            legal_hold=policies.leave_out_legal_hold,
            family=policies.one_of_a_family,
            categories=policies.categories,
        )

    @property
    def policy_data(self) -> dict[str, object]:
        """The policy as data, problems and all."""
        data: dict[str, object] = {"method": self.method}
        if self.sized_by == "share":
            data["share"] = self.share
        elif self.sized_by == "per_auditor":
            data["size"] = (self.per_auditor or 0) * self.auditors
        else:
            data["size"] = self.size
        if self.method in STRATIFIED:
            data["strata"] = list(self.strata)
        if self.method == Method.MINIMUM:
            data["minimum"] = self.minimum
        if self.method == Method.WEIGHTED:
            data["weights"] = {name: dict(by_value) for name, by_value in self.weights.items()}
        return data

    @property
    def policy(self) -> Policy:
        """The policy; ask `refusal_to_follow` first."""
        return Policy.from_data(self.policy_data)

    @property
    def grouped(self) -> frozenset[str]:
        """What the list has to say of its cases, besides what is always compared, for these terms to be followed."""
        data = self.policy_data
        weights = self.weights if self.method == Method.WEIGHTED else ()
        return frozenset((*(self.strata if "strata" in data else ()), *weights))

    def to_data(self) -> dict[str, object]:
        """The terms as a sample keeps them beside its policy and seed: how the size came about, who was left out."""
        kept = asdict(self)
        for name in ("method", "seed", "strata", "minimum", "weights", "references", "because", "size", "share"):
            del kept[name]
        return kept | {"categories": list(self.categories)}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a list's cases on the day of a draw, all by reference."""

    closed: frozenset[str] = frozenset()
    in_round: frozenset[str] = frozenset()
    last_audited: Mapping[str, date] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    complaints: frozenset[str] = frozenset()
    legal_holds: frozenset[str] = frozenset()
    opened: Mapping[str, date | None] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)


def refusal_to_follow(terms: DrawTerms) -> Refusal | None:
    """Why these terms can't be followed, whatever the list."""
    if terms.sized_by == "number" and not terms.size:
        return Refusal(NOT_SIZED)
    if terms.sized_by == "per_auditor" and not (terms.per_auditor and terms.auditors):
        return Refusal(NOBODY if terms.per_auditor else "Enter how many cases to draw for each auditor.")
    problems = policy_problems(terms.policy_data)
    if problems:
        return Refusal(problems[0])
    return refusal_to_exclude(terms.because) if terms.references else None


def refusal_of_size(asked: int) -> Refusal | None:
    """Why a sample may not have this many cases, where a share of a list comes to too many."""
    if asked <= LARGEST_SAMPLE:
        return None
    return Refusal(f"That would be {asked:,} cases. Draw {LARGEST_SAMPLE:,} or fewer at a time.")


def exclusions_of(terms: DrawTerms, known: Known, today: date) -> tuple[Exclusion, ...]:
    """The cases that these terms leave out, each with every reason that it has; of a family the lottery comes last."""
    wanted = terms.categories
    others = (
        *(closed(known.closed) if "closed" not in wanted else ()),
        *already_in_round(known.in_round),
        *(of_other_category(known.categories, wanted, CATEGORIES) if wanted else ()),
        *(audited_recently(known.last_audited, today, terms.months) if terms.months else ()),
        *(open_too_short(known.opened, today, terms.weeks) if terms.weeks else ()),
        *(under_complaint(known.complaints) if terms.complaints else ()),
        *(under_legal_hold(known.legal_holds) if terms.legal_hold else ()),
        *(drawn_elsewhere(known.elsewhere) if terms.elsewhere else ()),
        *(by_hand(reference, terms.because) for reference in terms.references),
    )
    if not terms.family:
        return others
    return (*others, *siblings(known.families, terms.seed, {one.reference for one in others}))


def references_in(text: str) -> tuple[str, ...]:
    """The references in a text, one a line or with commas between, each once and in the order they came."""
    parts = (" ".join(part.split()) for part in re.split(r"[\n,;]", text))
    return tuple(dict.fromkeys(part for part in parts if part))
