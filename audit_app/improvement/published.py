"""Which numbers of a reading are not shown to a board or published, because they are of few children (pure)."""

from collections.abc import Sequence

from audit_app.improvement.wording import Amount
from audit_app.measures.suppression import HIDDEN, NOTE, hidden_shares, is_small

__all__ = ["HIDDEN", "NOTE", "hidden_rows", "is_hidden"]


def is_hidden(amount: Amount) -> bool:
    """Whether a share counts, leaves, or is out of so few that it is not published."""
    if amount.total is None:
        return False
    parts = (amount.total,) if amount.count is None else (amount.total, amount.count, amount.total - amount.count)
    return any(map(is_small, parts))


def hidden_rows(rows: Sequence[Amount]) -> frozenset[int]:
    """The places of rows that are not published: counts of few, and those that would give such a one away."""
    counted = [(place, row.count, row.total) for place, row in enumerate(rows) if row.total and row.count is not None]
    gone = hidden_shares([(count, total) for _, count, total in counted])
    return frozenset(counted[at][0] for at in gone)
