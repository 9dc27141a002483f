"""Pages of a list that is at hand already, by place."""

from collections.abc import Sequence
from typing import TypeVar

from audit_app.web.paging import SIZE, Page

T = TypeVar("T")
DIGITS = 10  # more than the place of any row


def leaf(rows: Sequence[T], *, after: str = "", before: str = "", size: int = SIZE) -> Page[T]:
    """A page of rows, after or before a place; one that can't be read or lies beyond shows the first."""
    mark = after or before
    place = int(mark) if mark.isascii() and mark.isdigit() and len(mark) <= DIGITS else 0
    start = place if after else max(0, place - size)
    start = start if start < len(rows) else 0
    end = min(start + size, len(rows))
    return Page(
        rows[start:end],
        len(rows),
        older=str(end) if end < len(rows) else None,
        newer=str(start) if start else None,
        first=start == 0,
    )
