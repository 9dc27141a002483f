"""What somebody asks of a draw: how many cases, how, with which seed, and which are left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from audit_app.refusal import Refusal
from audit_app.sampling.exclusions import (
    Exclusion,
    already_in_round,
    audited_recently,
    by_hand,
    closed,
    drawn_elsewhere,
    refusal_to_exclude,
)
from audit_app.sampling.policy import STRATIFIED, Method, Policy, policy_problems

MONTHS = 6
LARGEST_SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class DrawTerms:
    """The terms of a draw as somebody gives them; what the method does not use is left alone."""

    method: str
    size: int
    seed: str
    strata: tuple[str, ...] = ()
    minimum: int = 0
    months: int = MONTHS
    elsewhere: bool = True
    references: tuple[str, ...] = ()
    because: str = ""

    @property
    def policy_data(self) -> dict[str, object]:
        """The policy as data, problems and all."""
        data: dict[str, object] = {"method": self.method, "size": self.size}
        if self.method in STRATIFIED:
            data["strata"] = list(self.strata)
        if self.method == Method.MINIMUM:
            data["minimum"] = self.minimum
        return data

    @property
    def policy(self) -> Policy:
        """The policy; ask `refusal_to_follow` first."""
        return Policy.from_data(self.policy_data)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a list's cases on the day of a draw, all by reference."""

    closed: frozenset[str] = frozenset()
    in_round: frozenset[str] = frozenset()
    last_audited: Mapping[str, date] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def refusal_to_follow(terms: DrawTerms) -> Refusal | None:
    """Why these terms can't be followed, whatever the list."""
    problems = policy_problems(terms.policy_data)
    if problems:
        return Refusal(problems[0])
    return refusal_to_exclude(terms.because) if terms.references else None


def exclusions_of(terms: DrawTerms, known: Known, today: date) -> tuple[Exclusion, ...]:
    """The cases that these terms leave out, each with every reason that it has."""
    return (
        *closed(known.closed),
        *already_in_round(known.in_round),
        *(audited_recently(known.last_audited, today, terms.months) if terms.months else ()),
        *(drawn_elsewhere(known.elsewhere) if terms.elsewhere else ()),
        *(by_hand(reference, terms.because) for reference in terms.references),
    )


def references_in(text: str) -> tuple[str, ...]:
    """The references in a text, one a line or with commas between, each once and in the order they came."""
    parts = (" ".join(part.split()) for part in re.split(r"[\n,;]", text))
    return tuple(dict.fromkeys(part for part in parts if part))
