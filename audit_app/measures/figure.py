"""One figure: what was counted, out of what, how sure it is, and which audits are behind it (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.measures.population import Counted
from audit_app.measures.statistics import FEWEST_AUDITS, FEWEST_PAIRS, Estimate

TOO_FEW = "too few to compare"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; value and limits are shares (or grade steps), None with the reason why there is none.

    Count and total are always what was plainly counted; a weighted value may differ a little from their ratio.
    """

    key: str
    count: int
    total: int
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""
    tentative: bool = False
    hits: tuple[int, ...] = ()  # the audits with something counted in the numerator
    counted: tuple[int, ...] = ()  # the audits counted at all
    weighted: bool = False  # each draw weighs 1 over its chance, because the chances differed
    audits: int = 0  # how many audits, where one audit brings several judgements


def complete(key: str, audits: Sequence[tuple[Counted, bool]], nothing: str) -> Figure:
    """A share of a complete count: a fact about these audits, so it has no interval."""
    hits = tuple(audit.id for audit, hit in audits if hit)
    counted = tuple(audit.id for audit, _ in audits)
    if not audits:
        return Figure(key, 0, 0, None, why=nothing)
    return Figure(key, len(hits), len(counted), len(hits) / len(counted), hits=hits, counted=counted)


def estimated(
    key: str,
    count: int,
    total: int,
    estimate: Estimate,
    *,
    nothing: str,
    hits: tuple[int, ...] = (),
    counted: tuple[int, ...] = (),
    weighted: bool = False,
    audits: int = 0,
) -> Figure:
    """A figure with its interval; under ten pairs, or ten audits of several pairs, it has none and is tentative."""
    if estimate.value is None:
        return Figure(key, count, total, None, why=nothing)
    few = total < FEWEST_PAIRS or 0 < audits < FEWEST_AUDITS
    low, high, why = (None, None, TOO_FEW) if few else (estimate.low, estimate.high, estimate.why)
    return Figure(key, count, total, estimate.value, low, high, why, few, hits, counted, weighted, audits)
