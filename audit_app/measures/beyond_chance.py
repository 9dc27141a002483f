"""Agreement beyond chance in words that somebody who never heard of it can read, and its coefficients (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.measures.statistics import Estimate, agreement
from audit_app.web.formats import rounded

WHAT = (
    "Two people who graded without looking would agree now and then by chance. Coefficients take that away. Gwet’s AC2 "
    "counts a difference of one grade as a small one. Kappa stands beside it, but falls to nothing when nearly all "
    "grades are the same, however well people agree."
)
SEED = 20  # so that the resampled intervals are the same each time the same figures are read


@dataclass(frozen=True, slots=True)
class BeyondChance:
    """What the coefficients say, and each with its value and interval."""

    sentence: str
    rows: tuple[tuple[str, str, str], ...]


def beyond_chance(matrix: Sequence[Sequence[int]], *, together: bool = False) -> BeyondChance | None:
    """The coefficients of one pairing's grid; None where there is no pair.

    No intervals where the pairs go together, as the sections of one audit do: these would claim too much.
    """
    found = coefficients(matrix, together=together)
    if not sum(map(sum, matrix)):
        return None
    shown = tuple((name, _value(one), "n/a" if together else _range(one)) for name, one in found)
    return BeyondChance(sentence(found[0][1]), shown)


def coefficients(matrix: Sequence[Sequence[int]], *, together: bool) -> tuple[tuple[str, Estimate], ...]:
    """Each coefficient of a grid by its name, the headline first; without intervals where the pairs go together."""
    found = agreement(matrix, seed=None if together else SEED, resamples=200)
    named = (
        ("Gwet’s AC2, quadratic weights", found.ac2_quadratic),
        ("Gwet’s AC2, linear weights", found.ac2_linear),
        ("Gwet’s AC1", found.ac1),
        ("Cohen’s kappa", found.kappa),
        ("Cohen’s kappa, linear weights", found.kappa_linear),
        ("Cohen’s kappa, quadratic weights", found.kappa_quadratic),
        ("Krippendorff’s alpha, ordinal", found.alpha_ordinal),
        ("Krippendorff’s alpha, nominal", found.alpha_nominal),
        ("Brennan and Prediger’s coefficient", found.brennan_prediger),
    )
    return tuple((name, Estimate(one.value, why=one.why) if together else one) for name, one in named)


def sentence(headline: Estimate) -> str:
    """What the headline coefficient is, and on which scale."""
    if headline.value is None:
        return "There are too few pairs to say how far agreement goes beyond chance."
    return f"Gwet’s AC2 is {_value(headline)}, where 1 is full agreement and 0 no more than chance would make."


def _value(one: Estimate) -> str:
    return f"n/a: {one.why}" if one.value is None else str(rounded(one.value, 2)).replace("-", "−")


def _range(one: Estimate) -> str:
    if one.low is None or one.high is None:
        return "n/a"
    return f"{rounded(one.low, 2)} to {rounded(one.high, 2)}".replace("-", "−")
