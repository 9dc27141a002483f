"""How much dearer one thing is than another: both measured in turn on one machine, so that only their ratio counts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

PAIRS = 25


@dataclass(frozen=True, slots=True)
class Ratio:
    """Quartiles of the ratio over many pairs, against the most that it may be."""

    lower: float
    median: float
    upper: float
    goal: float

    @property
    def verdict(self) -> str:
        """PASS and FAIL where the middle half of the pairs agrees, NOISY where it does not."""
        if self.upper <= self.goal:
            return "PASS"
        return "FAIL" if self.lower > self.goal else "NOISY"


def seconds(work: Callable[[], object]) -> float:
    """The processor time that a piece of work takes in this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def compare(dear: Callable[[], object], cheap: Callable[[], object], goal: float, times: int = 1) -> Ratio:
    """Measure A B A B …; the cheap one is done several `times` each turn where it is too quick to be measured once."""

    def often() -> None:
        for _ in range(times):
            cheap()

    dear()  # what is loaded once counts for nobody
    often()
    found = []
    for _ in range(PAIRS):
        cost = seconds(dear)
        found.append(cost * times / max(seconds(often), 1e-9))
    lower, median, upper = quantiles(found, n=4)
    return Ratio(lower, median, upper, goal)
