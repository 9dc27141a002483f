"""Counting in months: each is known by its first day (pure)."""

import datetime as dt


def months_between(first: dt.date, last: dt.date) -> int:
    """How many months one month comes after another."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_after(first: dt.date, count: int) -> dt.date:
    """The month so many months after another, or before it."""
    number = first.year * 12 + first.month - 1 + count
    return dt.date(number // 12, number % 12 + 1, 1)
