# mypy: ignore-errors
# ruff: noqa: T201
"""Makes irrcac.json.gz: what irrCAC says about generated tables.

Run in an environment of its own, apart even from that of make_numbers.py, since irrCAC forces an old numpy and scipy:

    pip install irrCAC==0.4.4
    python tests/measures/oracles/make_irrcac_numbers.py

irrCAC prints five digits by itself; it is asked for twelve here. What it makes of 0/0 is left out.
"""

import gzip
import json
import math
import random
import warnings
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from generated import matrices, pairs_of, ratings
from irrCAC.raw import CAC

HERE = Path(__file__).parent
DIGITS = 12


def said(coefficient):
    found = coefficient["est"]
    numbers = [float(found["coefficient_value"]), float(found["se"]), *map(float, found["confidence_interval"])]
    return None if any(math.isnan(number) for number in numbers) else numbers


def coefficients(table, levels, *, with_fleiss):
    frame = pd.DataFrame(table, dtype=float) + 1
    categories = [float(level + 1) for level in range(levels)]

    def asked(weights):
        return CAC(frame, weights=weights, categories=categories, digits=DIGITS)

    found = [said(asked(weights).gwet()) for weights in ("identity", "linear", "quadratic")]
    return [*found, said(asked("identity").fleiss() if with_fleiss else asked("identity").bp())]


def main():
    warnings.simplefilter("ignore")
    rng = random.Random(20_240_402)
    pairings = [counts for counts in matrices(rng, 900, largest=400) if sum(map(sum, counts)) > 1]
    calibrations = [made for gaps in (False, True) for made in ratings(rng, 150, gaps=gaps)]
    numbers = {
        "made with": {name: version(name) for name in ("irrCAC", "numpy", "scipy", "pandas")},
        "pairings": [[counts, *coefficients(pairs_of(counts), len(counts), with_fleiss=False)] for counts in pairings],
        "calibrations": [
            [levels, table, *coefficients(table, levels, with_fleiss=True)] for levels, table in calibrations
        ],
    }
    text = json.dumps(numbers, separators=(",", ":"), allow_nan=False)
    (HERE / "irrcac.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print({name: len(made) for name, made in numbers.items()})


if __name__ == "__main__":
    main()
