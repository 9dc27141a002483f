"""Pages of a list by key, so that page N costs what page 1 costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, SQLColumnExpression, tuple_

from audit_app.db import db

T = TypeVar("T")
SIZE = 25


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; older and newer are the keys to ask for next, or None at the ends."""

    items: Sequence[T]
    total: int
    older: str | None
    newer: str | None
    first: bool


def page(
    rows: Select[T],
    key: Sequence[SQLColumnExpression[Any]],
    key_of: Callable[[T], Sequence[object]],
    *,
    total: int,
    after: str = "",
    before: str = "",
    parse: Sequence[Callable[[str], Any]] = (int,),
    size: int = SIZE,
) -> Page[T]:
    """A page of rows in ascending order of a unique key, after or before a key given as "a~b"."""
    mark = _parsed(after or before, parse)
    order = tuple_(*key)
    if mark is not None:
        rows = rows.where(order > tuple_(*mark) if after else order < tuple_(*mark))
    backwards = bool(before) and mark is not None
    rows = rows.order_by(*(k.desc() if backwards else k.asc() for k in key)).limit(size + 1)
    found = list(db.session.execute(rows).scalars())
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_newer = more if backwards else mark is not None
    has_older = mark is not None if backwards else more
    return Page(
        found,
        total,
        older=_written(key_of(found[-1])) if found and has_older else None,
        newer=_written(key_of(found[0])) if found and has_newer else None,
        first=not has_newer,
    )


def _written(key: Sequence[object]) -> str:
    return "~".join(str(part) for part in key)


def _parsed(text: str, parse: Sequence[Callable[[str], Any]]) -> tuple[Any, ...] | None:
    parts = text.split("~")
    if not text or len(parts) != len(parse):
        return None
    try:
        return tuple(read(part) for read, part in zip(parse, parts, strict=True))
    except ValueError:
        return None
