"""What is no count, no level and no chance is refused in words, whichever statistic it is handed to."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any

import pytest

import audit_app.measures.statistics as statistics
from audit_app.measures.statistics import Estimate, Stratum

NAN = float("nan")


class Whole:
    """A whole number of another library: it is none of ours, but says which it is."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


def stratum(*counts: Any) -> Stratum:
    return Stratum(dt.date(2026, 1, 1), 0, *counts)


MATRICES: tuple[Any, ...] = (
    [],
    [[]],
    [[1, 2]],
    [[1, 2], [3]],
    [[1, -1], [0, 2]],
    [[1.0, 2], [3, 4]],
    [[NAN, 1], [1, 1]],
    ["12"],
)
REFUSED: tuple[Callable[[], object], ...] = (
    *(lambda bad=bad: statistics.wilson(*bad) for bad in ((1, 0), (-1, 5), (6, 5), (2.0, 5), (NAN, 3), ("1", 2))),
    *(lambda bad=bad: statistics.sign_test(*bad) for bad in ((-1, 2), (2.5, 1), (None, 1))),
    *(lambda bad=bad: statistics.newcombe(*bad) for bad in ((1, 0, 1, 2), (1, 2, 3, 2), (1, 2, 1, 2.5))),
    *(lambda bad=bad: statistics.newcombe_paired(*bad) for bad in ((-1, 2, 1, 2), (1.5, 2, 1, 2))),
    *(lambda bad=bad: statistics.agreement(bad) for bad in MATRICES),
    lambda: statistics.agreement([[3, 1], [1, 4]], seed=1, resamples=1),
    *(lambda bad=bad: statistics.mean_bias(bad) for bad in ([[1, 2]], [[1.0]], [[-1]])),
    *(lambda bad=bad: statistics.ratio_clustered([bad]) for bad in ((1, 0), (-1, 2), (1.5, 2), (3, 2))),
    *(
        lambda bad=bad: statistics.weighted_ratio_clustered([bad])
        for bad in ((1, 2, 0), (1, 2, NAN), (1, 2, -1), (1, 2, 1.5), (3, 2, 0.5))
    ),
    *(lambda bad=bad: statistics.weighted_share([(True, bad)]) for bad in (0, -1, NAN, 2, 1e-320)),
    *(lambda bad=bad: statistics.p_chart([bad]) for bad in ((3, 2), (-1, 2), (1.0, 2), (NAN, 1))),
    *(lambda bad=bad: statistics.p_chart([(1, 2)] * 14, [bad]) for bad in (99, -3)),
    *(lambda bad=bad: statistics.funnel([bad]) for bad in ((3, 2), (1.0, 2))),
    *(lambda bad=bad: statistics.funnel_limits(*bad) for bad in ((0.5, 0), (1.1, 9), (NAN, 9), (0.5, 2.5))),
    *(lambda bad=bad: statistics.xmr([1.0, bad]) for bad in (NAN, float("inf"))),
    lambda: statistics.anhoej([1.0, NAN]),
    *(
        lambda bad=bad: statistics.many_raters(*bad)
        for bad in (([[0, 4]], 4), ([[0.5, 1]], 4), ([["a", 1]], 4), ([[NAN, 1]], 4), ([[0, 0]], 0), ([[0, 1]], 2.0))
    ),
    *(lambda bad=bad: statistics.spread(*bad) for bad in (([9], 4), ([0.5], 4), ([-1], 4), ([0], 0))),
    *(
        lambda bad=bad: statistics.alpha_over_audits(bad, 4, seed=1, resamples=20)
        for bad in ([[(0, 9)]], [[(0, -1)]], [[(0.5, 1)]])
    ),
    *(
        lambda bad=bad: statistics.good_or_better_if_all_moderated([stratum(*bad)])
        for bad in ((10, 12, 3), (10, 5, 6), (-1, 0, 0), (10.0, 5, 5))
    ),
)


@pytest.mark.parametrize("asked", REFUSED)
def test_what_cannot_be_counted_is_refused_in_words(asked: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        asked()


def estimates(found: Any) -> list[Estimate]:
    return [one for name in found.__dataclass_fields__ if isinstance(one := getattr(found, name), Estimate)]


@pytest.mark.parametrize("levels", range(2, 8))
@pytest.mark.parametrize("count", [0, 1, 10**12, 10**30])
@pytest.mark.parametrize("shape", ["agreed", "opposed", "one grade", "one row", "all alike"])
def test_whatever_is_counted_no_coefficient_is_endless_or_out_of_bounds(levels: int, count: int, shape: str) -> None:
    def at(i: int, j: int) -> int:
        places = {
            "agreed": i == j,
            "opposed": i + j == levels - 1,
            "one grade": i == j == 0,
            "one row": i == 0,
            "all alike": True,
        }
        return count if places[shape] else 0

    found = statistics.agreement([[at(i, j) for j in range(levels)] for i in range(levels)])
    for one in estimates(found):
        numbers = [number for number in (one.value, one.se, one.low, one.high) if number is not None]
        assert all(isfinite(number) for number in numbers)
        assert one.value is not None or one.why
        assert one.low is None or one.value is None or one.low <= one.value + 1e-9
    for share in (found.exact, found.within_one):
        assert share.value is None or 0 <= share.value <= 1
    assert found.n == found.agreed + found.over + found.under


def test_whole_numbers_of_another_library_count_as_what_they_are() -> None:
    plain = [[3, 1], [1, 4]]
    foreign: Any = [[Whole(count) for count in row] for row in plain]
    assert statistics.agreement(foreign) == statistics.agreement(plain)
    assert statistics.sign_test(*(Whole(count) for count in (3, 1))) == statistics.sign_test(3, 1)  # type: ignore[arg-type]


def test_decimals_and_fractions_are_no_counts() -> None:
    bad: Any = Decimal(3)
    with pytest.raises(ValueError, match="whole number"):
        statistics.wilson(bad, 4)
