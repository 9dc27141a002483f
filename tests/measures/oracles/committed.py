"""Reads the committed numbers of the oracles."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def numbers() -> dict[str, Any]:
    """What scikit-learn, statsmodels, krippendorff and scipy said."""
    return _read("numbers.json.gz")


@cache
def irrcac() -> dict[str, Any]:
    """What irrCAC said."""
    return _read("irrcac.json.gz")


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress((HERE / name).read_bytes()))
    return found


def near(own: float | None, said: float | None, within: float = 1e-9) -> bool:
    """Whether our number is the oracle's: both missing, or apart by no more than `within`, of it where it is large."""
    if own is None or said is None:
        return own is said
    return abs(own - said) <= within * max(1.0, abs(said))
