"""How much dearer one thing is than another: both measured in turn on one machine, so that only their ratio counts."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles

PAIRS = 25
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Quartiles of the ratio over many pairs, against the most that it may be, or the least."""

    lower: float
    median: float
    upper: float
    goal: float
    at_least: bool = False

    @property
    def verdict(self) -> str:
        """PASS and FAIL where the middle half of the pairs agrees, NOISY where it does not."""
        if self.at_least:
            fine, missed = self.lower >= self.goal, self.upper < self.goal
        else:
            fine, missed = self.upper <= self.goal, self.lower > self.goal
        return "PASS" if fine else "FAIL" if missed else "NOISY"

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return (
            f"{self.median:10,.2f} ({self.lower:,.2f} to {self.upper:,.2f})  goal {sign} {self.goal:g}  {self.verdict}"
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of what was measured: the goal's number, what was compared, and the ratio or why there is none."""

    goal: str
    what: str
    found: Ratio | str

    def __str__(self) -> str:
        return f"{self.goal:<4}{self.what:<66}{self.found}"


def ratio(found: Sequence[float], goal: float, *, at_least: bool = False) -> Ratio:
    """The quartiles of ratios that were measured in turn."""
    lower, median, upper = quantiles(found, n=4) if len(found) > 1 else (found[0],) * 3
    return Ratio(lower, median, upper, goal, at_least)


def seconds(work: Callable[[], object], clock: Clock = time.process_time) -> float:
    """The time that a piece of work takes: by default the processor's, in this process."""
    began = clock()
    work()
    return clock() - began


def compare(
    dear: Callable[[], object],
    cheap: Callable[[], object],
    goal: float,
    times: int = 1,
    *,
    pairs: int = PAIRS,
    clock: Clock = time.process_time,
) -> Ratio:
    """Measure A B A B …; the cheap one is done several `times` each turn where it is too quick to be measured once."""

    def often() -> None:
        for _ in range(times):
            cheap()

    dear()  # what is loaded once counts for nobody
    often()
    found = []
    for _ in range(pairs):
        cost = seconds(dear, clock)
        found.append(cost * times / max(seconds(often, clock), 1e-9))
    return ratio(found, goal)


def faster(
    slow: Callable[[], object],
    quick: Callable[[], object],
    goal: float,
    times: int = 1,
    *,
    pairs: int = PAIRS,
    clock: Clock = time.process_time,
) -> Ratio:
    """How many times the quick one can be done while the slow one is done once: at least so often."""
    found = compare(slow, quick, goal, times, pairs=pairs, clock=clock)
    return Ratio(found.lower, found.median, found.upper, goal, at_least=True)
