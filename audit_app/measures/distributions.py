"""The few probability distributions that the figures need, in plain Python, right to about 1e-12."""

from functools import lru_cache
from math import exp, fsum, lgamma, log, log1p, pi, sqrt, tan
from statistics import NormalDist

_LOG_ROOT_TWO_PI = 0.918938533204672741780329736406
_SMALL = 1e-300


def normal_quantile(p: float) -> float:
    """The standard normal value with probability p below it, 0 < p < 1."""
    return NormalDist().inv_cdf(p)


def binomial_pmf(k: float, n: float, p: float) -> float:
    """The chance of exactly k of n, each with chance p (k and n may be fractions: the beta prefactor).

    Loader's saddle-point form (Fast and accurate computation of binomial probabilities, 2000): no cancellation.
    """
    if k < 0 or k > n:
        return 0.0
    if p in (0.0, 1.0):
        return 1.0 if k == n * p else 0.0
    if k == 0:
        return exp(n * log1p(-p))
    if k == n:
        return exp(n * log(p))
    exponent = _stirling_error(n) - _stirling_error(k) - _stirling_error(n - k)
    exponent -= _deviance(k, n * p) + _deviance(n - k, n * (1 - p))
    return exp(exponent) * sqrt(n / (2 * pi * k * (n - k)))


def binomial_cdf(k: int, n: int, p: float) -> float:
    """The chance of k or fewer of n, each with chance p."""
    if k < 0:
        return 0.0
    if k >= n or p == 0.0:
        return 1.0
    if p == 1.0:
        return 0.0
    return beta_tails(p, k + 1, n - k)[1]


def beta_tails(x: float, a: float, b: float) -> tuple[float, float]:
    """The regularised incomplete beta function I_x(a, b) and 1 − I_x(a, b), each without cancellation, 0 < x < 1."""
    if x < (a + 1) / (a + b + 2):
        below = binomial_pmf(a, a + b, x) * b / (a + b) * _beta_fraction(x, a, b)
        return below, 1 - below
    above = binomial_pmf(b, a + b, 1 - x) * a / (a + b) * _beta_fraction(1 - x, b, a)
    return 1 - above, above


@lru_cache(maxsize=1024)
def t_quantile(p: float, freedom: int) -> float:
    """Student's t with probability p below it, 0.5 < p < 1, for whole degrees of freedom from 1."""
    if freedom == 1:
        return tan(pi * (p - 0.5))
    if freedom == 2:
        return (2 * p - 1) / sqrt(2 * p * (1 - p))
    t = _t_by_expansion(normal_quantile(p), freedom)
    if freedom > 200:
        return t
    scale = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(freedom * pi)
    for _ in range(50):
        above = 0.5 * beta_tails(freedom / (freedom + t * t), freedom / 2, 0.5)[0]
        step = (above - (1 - p)) / (scale * (1 + t * t / freedom) ** (-(freedom + 1) / 2))
        t += step
        if abs(step) < 1e-14 * t:
            break
    return t


def _t_by_expansion(z: float, freedom: int) -> float:
    """Abramowitz and Stegun 26.7.5, to the fourth order in 1/freedom."""
    terms = (
        z,
        (z**3 + z) / 4 / freedom,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96 / freedom**2,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384 / freedom**3,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160 / freedom**4,
    )
    return fsum(terms)


def _stirling_error(n: float) -> float:
    """log n! less Stirling's approximation to it, n > 0."""
    if n < 16:
        return lgamma(n + 1) - (n + 0.5) * log(n) + n - _LOG_ROOT_TWO_PI
    square = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n


def _deviance(x: float, mean: float) -> float:
    """x log(x / mean) + mean − x, by its series where the two are close."""
    if abs(x - mean) >= 0.1 * (x + mean):
        return x * log(x / mean) + mean - x
    ratio = (x - mean) / (x + mean)
    total, term = (x - mean) * ratio, 2 * x * ratio
    for odd in range(3, 2000, 2):
        term *= ratio * ratio
        longer = total + term / odd
        if longer == total:
            break
        total = longer
    return total


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method."""
    c, d = 1.0, 1 / _not_nothing(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _not_nothing(1 + even * d), _not_nothing(1 + even / c)
        value *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _not_nothing(1 + odd * d), _not_nothing(1 + odd / c)
        value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value


def _not_nothing(value: float) -> float:
    return value if abs(value) > _SMALL else _SMALL
