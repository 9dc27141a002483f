# mypy: ignore-errors
# ruff: noqa: T201
"""Makes numbers.json.gz: what scikit-learn, statsmodels, krippendorff and scipy say about generated tables.

Run in an environment of its own, never the project's (these libraries are 200 MB and no part of the application):

    pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 statsmodels==0.15.0 krippendorff==0.9.0
    python tests/measures/oracles/make_numbers.py

A number that a library gives as not-a-number, or refuses to give, is written as null.
"""

import gzip
import json
import math
import random
import warnings
from importlib.metadata import version
from pathlib import Path

import krippendorff
import numpy as np
import statsmodels.api as sm
from generated import matrices, pairs_of, ratings
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa
from statsmodels.stats.proportion import confint_proportions_2indep

HERE = Path(__file__).parent
LIBRARIES = ("numpy", "scipy", "scikit-learn", "statsmodels", "krippendorff")


def number(value):
    value = float(value)
    return None if math.isnan(value) else value


def quietly(function, *args, **kwargs):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            return number(function(*args, **kwargs))
        except (ValueError, ZeroDivisionError):
            return None


def alpha(counts, metric):
    counts = np.asarray(counts)
    return quietly(
        krippendorff.alpha,
        value_counts=counts,
        value_domain=np.arange(counts.shape[1]),
        level_of_measurement=metric,
    )


def pairing(counts):
    levels = len(counts)
    earlier, later = map(np.array, zip(*pairs_of(counts), strict=True))
    kappas = [
        quietly(cohen_kappa_score, earlier, later, labels=list(range(levels)), weights=weights)
        for weights in (None, "linear", "quadratic")
    ]
    kinds = (None, "linear", "quadratic")
    variances = [quietly(lambda wt=wt: cohens_kappa(np.array(counts), wt=wt).var_kappa) for wt in kinds]
    units = np.zeros((len(earlier), levels), dtype=int)
    np.add.at(units, (np.arange(len(earlier)), earlier), 1)
    np.add.at(units, (np.arange(len(later)), later), 1)
    steps = earlier - later
    bias = [None, None, None]
    if len(steps) >= 10 and steps.std() > 0:
        se = stats.sem(steps)
        bias = [number(se), *map(number, stats.t.interval(0.95, len(steps) - 1, loc=steps.mean(), scale=se))]
    return [
        counts,
        kappas,
        variances,
        [alpha(units, "nominal"), alpha(units, "ordinal")],
        [number(steps.mean()), *bias],
    ]


def calibration(levels, table):
    units = np.array([[row.count(level) for level in range(levels)] for row in table])
    complete = all(given is not None for row in table for given in row)
    fleiss = quietly(fleiss_kappa, units) if complete else None
    return [levels, table, fleiss, alpha(units, "nominal"), alpha(units, "ordinal")]


def share(rng):
    n = rng.choice((1, 2, 5, 10, 37, 400, 20_000))
    k = rng.choice((0, n, rng.randint(0, n), rng.randint(0, n), rng.randint(0, min(n, 3))))
    test = stats.binomtest(k, n)
    interval = test.proportion_ci(0.95, method="wilson")
    return [k, n, number(interval.low), number(interval.high), number(test.pvalue)]


def difference(rng):
    n1, n2 = rng.randint(1, 300), rng.randint(1, 60)
    k1, k2 = (rng.choice((0, n, rng.randint(0, n), rng.randint(0, n))) for n in (n1, n2))
    return [k1, n1, k2, n2, *map(number, confint_proportions_2indep(k1, n1, k2, n2, method="newcomb"))]


def clusters(rng):
    """Ordinary least squares on a constant with clustered errors is the ratio estimator."""
    firm, audits = rng.random(), rng.choice((10, 12, 30, 90))
    made = []
    while len(made) < audits:
        pairs = rng.randint(1, 12)
        own = min(1.0, max(0.0, rng.gauss(firm, 0.2)))
        made.append([sum(rng.random() < own for _ in range(pairs)), pairs])
    if len({agreed / pairs for agreed, pairs in made}) == 1:
        return clusters(rng)
    outcomes = np.concatenate([[1.0] * agreed + [0.0] * (pairs - agreed) for agreed, pairs in made])
    groups = np.repeat(np.arange(len(made)), [pairs for _, pairs in made])
    fitted = sm.OLS(outcomes, np.ones(len(outcomes))).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    low, high = fitted.conf_int()[0]
    return [made, number(fitted.params[0]), number(fitted.bse[0]), number(low), number(high)]


def funnel(rng):
    """Spiegelhalter's interpolated limits from scipy's exact binomial."""
    n = rng.choice((1, 2, 3, 7, 12, 30, 66, 150, 800, 6_600, 90_000))
    target = rng.choice((0.01, 0.05, 0.3, 0.5, 0.64, 0.86, 0.99, 0.999, rng.random()))
    limits = []
    for p in (0.025, 0.975, 0.001, 0.999):
        r = int(stats.binom.ppf(p, n, target))
        upto, before = stats.binom.cdf(r, n, target), stats.binom.cdf(r - 1, n, target)
        limits.append(min(1.0, max(0.0, number((r - (upto - p) / (upto - before)) / n))))
    return [target, n, *limits]


def distributions(rng):
    made = {"t": [], "cdf": [], "pmf": []}
    for freedom in (*range(1, 40), 60, 99, 120, 199, 200, 201, 240, 400, 999, 1_000, 5_000, 100_000, 3_000_000):
        for p in (0.9, 0.95, 0.975, 0.995):
            made["t"].append([p, freedom, number(stats.t.ppf(p, freedom))])
    for _ in range(400):
        n, p = rng.choice((1, 3, 20, 61, 500, 30_000, 1_000_000)), rng.choice((0.5, rng.random(), rng.random() / 50))
        k = min(n, max(0, round(rng.gauss(n * p, 2 * math.sqrt(n * p * (1 - p))))))
        made["cdf"].append([k, n, p, number(stats.binom.cdf(k, n, p))])
        made["pmf"].append([k, n, p, number(stats.binom.pmf(k, n, p))])
    return made


def main():
    rng = random.Random(20_240_401)
    numbers = {
        "made with": {name: version(name) for name in LIBRARIES},
        "pairings": [pairing(counts) for counts in matrices(rng, 3_000, largest=2_500)],
        "calibrations": [calibration(*made) for gaps in (False, True) for made in ratings(rng, 250, gaps=gaps)],
        "shares": [share(rng) for _ in range(400)],
        "differences": [difference(rng) for _ in range(400)],
        "clusters": [clusters(rng) for _ in range(60)],
        "funnel": [funnel(rng) for _ in range(300)],
        "distributions": distributions(rng),
    }
    text = json.dumps(numbers, separators=(",", ":"), allow_nan=False)
    (HERE / "numbers.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print({name: len(made) for name, made in numbers.items()})


if __name__ == "__main__":
    main()
