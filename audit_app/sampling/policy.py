"""How a sample is to be drawn: its method, size, strata, minimum and weights, as data that can be kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from math import ceil, prod

from audit_app.sampling.frame import FrameCase

LARGEST_SIZE = 1_000_000
HEAVIEST = Decimal(1000)
LIGHTEST = Decimal("0.001")
FIELDS = ("method", "size", "share", "strata", "minimum", "weights")


class Method(StrEnum):
    """How places in the sample are given out."""

    SIMPLE = "simple"
    PROPORTIONAL = "proportional"
    MINIMUM = "minimum"
    WEIGHTED = "weighted"


STRATIFIED = (Method.PROPORTIONAL, Method.MINIMUM)


@dataclass(frozen=True, slots=True)
class Policy:
    """How a sample is drawn: so many cases, or a share of the list."""

    method: Method
    size: int | None = None
    share: Decimal | None = None
    strata: tuple[str, ...] = ()
    minimum: int = 0
    weights: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a policy that can't be followed."""
        problems = policy_problems(self.to_data())
        if problems:
            raise ValueError(problems[0])

    @staticmethod
    def from_data(data: Mapping[str, object]) -> "Policy":
        """The policy that data describes; ask `policy_problems` first."""
        problems = policy_problems(data)
        if problems:
            raise ValueError(problems[0])
        size, minimum, strata, weights = (data.get(name) for name in ("size", "minimum", "strata", "weights"))
        return Policy(
            method=Method(str(data["method"])),
            size=size if isinstance(size, int) else None,
            share=decimal_of(data.get("share")),
            strata=tuple(strata) if isinstance(strata, list | tuple) else (),
            minimum=minimum if isinstance(minimum, int) else 0,
            weights=_weights_of(weights),
        )

    def to_data(self) -> dict[str, object]:
        """The policy as JSON can hold it; what does not apply is left out."""
        data: dict[str, object] = {"method": str(self.method)}
        if self.size is not None:
            data["size"] = self.size
        if self.share is not None:
            data["share"] = str(self.share)
        if self.strata:
            data["strata"] = list(self.strata)
        if self.minimum:
            data["minimum"] = self.minimum
        if self.weights:
            data["weights"] = {
                attribute: {value: str(times) for value, times in sorted(by_value.items())}
                for attribute, by_value in sorted(self.weights.items())
            }
        return data

    def asked(self, listed: int) -> int:
        """How many cases the policy asks for: a share is of the whole list, and is rounded up."""
        if self.size is not None:
            return self.size
        return ceil(Fraction(self.share or 0) * listed)

    def stratum_of(self, case: FrameCase) -> tuple[str, ...]:
        """The stratum a case belongs to: what the list says of it for each stratum key."""
        return tuple(case.value(key) for key in self.strata) if self.strata else ()

    def weighed_values(self, case: FrameCase) -> tuple[str, ...]:
        """What the list says of a case for each attribute that has weights."""
        return tuple(case.value(attribute) for attribute in self.weights)

    def weight_of(self, values: tuple[str, ...]) -> Fraction:
        """How heavily a case with these values counts: 1, times each weight that applies."""
        applied = (by_value.get(value) for by_value, value in zip(self.weights.values(), values, strict=True))
        return prod((Fraction(times) for times in applied if times is not None), start=Fraction(1))


def decimal_of(given: object) -> Decimal | None:
    """A number exactly as it was written, or None where it is not one."""
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(given).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def policy_problems(data: Mapping[str, object]) -> tuple[str, ...]:
    """Everything that keeps data from being a policy, in plain words."""
    unknown = sorted(set(data) - set(FIELDS))
    problems = [f"A sampling policy has no “{name}”." for name in unknown]
    if data.get("method") not in tuple(Method):
        return (*problems, "Choose how the sample is drawn: simple, proportional, minimum or weighted.")
    method = Method(str(data["method"]))
    problems += _size_problems(data.get("size"), data.get("share"))
    problems += _strata_problems(method, data.get("strata"))
    problems += _minimum_problems(method, data.get("minimum"))
    problems += _weight_problems(method, data.get("weights"))
    return tuple(problems)


def _size_problems(size: object, share: object) -> list[str]:
    """What is wrong with how many cases are asked for."""
    if (size is None) == (share is None):
        return ["Say how many cases to draw, or what share of the list: one of the two."]
    if size is not None:
        whole = isinstance(size, int) and not isinstance(size, bool) and 1 <= size <= LARGEST_SIZE
        return [] if whole else [f"The size of the sample must be a whole number from 1 to {LARGEST_SIZE:,}."]
    number = decimal_of(share)
    return [] if number is not None and 0 < number <= 1 else ["The share must be more than 0 and at most 1."]


def _strata_problems(method: Method, strata: object) -> list[str]:
    """What is wrong with the attributes that group the list."""
    if strata is None:
        strata = []
    if not isinstance(strata, list | tuple) or not all(isinstance(key, str) and key.strip() for key in strata):
        return ["Strata must be a list of attributes."]
    if len(set(strata)) != len(strata):
        return ["Name each stratum attribute once."]
    if method in STRATIFIED and not strata:
        return ["Name at least one attribute to group the list by."]
    if method not in STRATIFIED and strata:
        return [f"A {method} sample is not grouped by any attribute."]
    return []


def _minimum_problems(method: Method, minimum: object) -> list[str]:
    """What is wrong with the least number of cases a stratum is to have."""
    if method is not Method.MINIMUM:
        return ["Only a sample with a minimum has a minimum for each stratum."] if minimum not in (None, 0) else []
    if not isinstance(minimum, int) or isinstance(minimum, bool) or not 1 <= minimum <= LARGEST_SIZE:
        return ["The minimum for each stratum must be a whole number, 1 or more."]
    return []


def _weight_problems(method: Method, weights: object) -> list[str]:
    """What is wrong with the weights."""
    if method is not Method.WEIGHTED:
        return ["Only a weighted sample has weights."] if weights else []
    if not isinstance(weights, Mapping) or not weights:
        return ["Give at least one weight."]
    problems = []
    for attribute, by_value in weights.items():
        if not isinstance(attribute, str) or not isinstance(by_value, Mapping) or not by_value:
            problems.append("Give weights as attribute, value and number.")
            continue
        for value, given in by_value.items():
            times = decimal_of(given)
            if times is None or not LIGHTEST <= times <= HEAVIEST or times != round(times, 3):
                allowed = f"from {LIGHTEST} to {HEAVIEST}, with at most 3 decimals"
                problems.append(f"The weight of {attribute} “{value}” must be {allowed}.")
    return problems


def _weights_of(weights: object) -> dict[str, dict[str, Decimal]]:
    """Weights read from data that has no problems."""
    if not isinstance(weights, Mapping):
        return {}
    return {
        attribute: {value: decimal_of(times) or Decimal(1) for value, times in by_value.items()}
        for attribute, by_value in weights.items()
    }
