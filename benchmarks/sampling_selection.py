"""A sample of a million cases beside `random.sample` of the same references: ratios of two runs in turn.

Run with `python -m benchmarks.sampling_selection [--cases N] [--pairs N]`.
"""

import argparse
import random
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from statistics import median
from time import process_time

from audit_app.sampling.frame import Frame, FrameCase, frame_hash
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.selection import draw

SHARE = Decimal("0.1")
CATEGORIES = ("Child in need plan", "Child protection plan", "Looked after child")


def frame_of(size: int) -> Frame:
    """A list of so many cases, in eighty teams."""
    return Frame(
        tuple(
            FrameCase(f"C{number:07}", {"team": f"Team {number % 80}", "category": CATEGORIES[number % 3]})
            for number in range(size)
        )
    )


def seconds(run: Callable[[], object]) -> float:
    """The processor time one run takes."""
    began = process_time()
    run()
    return process_time() - began


def ratio(ours: Callable[[], object], theirs: Callable[[], object], pairs: int) -> tuple[float, float, float]:
    """Lowest, median and highest ratio of pairs of runs in turn."""
    ratios = sorted(seconds(ours) / seconds(theirs) for _ in range(pairs))
    return ratios[0], median(ratios), ratios[-1]


def main() -> None:
    """Print the ratios."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=1_000_000)
    asked.add_argument("--pairs", type=int, default=3)
    options = asked.parse_args()
    frame = frame_of(options.cases)
    references = [case.reference for case in frame.cases]
    weights = {"category": {"Child protection plan": Decimal(3)}}
    policies = {
        "simple": Policy(Method.SIMPLE, share=SHARE),
        "proportional by team": Policy(Method.PROPORTIONAL, share=SHARE, strata=("team",)),
        "weighted": Policy(Method.WEIGHTED, share=SHARE, weights=weights),
    }
    places = policies["simple"].asked(options.cases)
    chance = random.Random(1)

    def tenth() -> object:
        return chance.sample(references, places)

    def order() -> object:
        return chance.sample(references, len(references))

    print(f"{options.cases:,} cases, {options.pairs} pairs; lowest, median and highest ratio of processor time")
    for name, policy in policies.items():
        low, middle, high = ratio(partial(draw, frame, policy, "seed"), tenth, options.pairs)
        print(f"{name}: a tenth drawn / random.sample of a tenth: {low:.1f} {middle:.1f} {high:.1f}")
    # The draw puts the whole list in order, because any case may be the next reserve: so this is the like for like.
    low, middle, high = ratio(partial(draw, frame, policies["simple"], "seed"), order, options.pairs)
    print(f"simple: a tenth drawn / random.sample of the whole list: {low:.1f} {middle:.1f} {high:.1f}")
    low, middle, high = ratio(partial(frame_hash, frame), order, options.pairs)
    print(f"fingerprint of the list / random.sample of the whole list: {low:.1f} {middle:.1f} {high:.1f}")


if __name__ == "__main__":
    main()
