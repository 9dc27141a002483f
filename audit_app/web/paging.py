"""Pages of a list by key, so that page N costs what page 1 costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from sqlalchemy import Select, SQLColumnExpression, tuple_

from audit_app.db import db

T = TypeVar("T")
SIZE = 25
LARGEST = 2**31 - 1


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
    falling: bool = False,
) -> Page[T]:
    """A page of rows in rising (or falling) order of a unique key, after or before a key given as "a~b".

    The parts of the key should be the columns of an index, or each page costs a sorting of the whole list. A key that
    cannot be read, or that leads beyond the ends, shows the first page.
    """
    backwards = bool(before) and not after
    mark = _parsed(after or before, parse)
    found = _found(rows, key, mark, backwards is not falling, size) if mark is not None else []
    if not found:
        mark, backwards = None, False
        found = _found(rows, key, None, falling, size)
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


def _found(
    rows: Select[T], key: Sequence[SQLColumnExpression[Any]], mark: tuple[Any, ...] | None, down: bool, size: int
) -> list[T]:
    order = tuple_(*key)
    if mark is not None:
        rows = rows.where(order < tuple_(*mark) if down else order > tuple_(*mark))
    rows = rows.order_by(*(k.desc() if down else k.asc() for k in key)).limit(size + 1)
    return list(db.session.execute(rows).scalars())


def _written(key: Sequence[object]) -> str:
    # What holds the mark between two parts is written another way, so that every key can be read back.
    return "~".join(str(part).replace("%", "%25").replace("~", "%7E") for part in key)


def _parsed(text: str, parse: Sequence[Callable[[str], Any]]) -> tuple[Any, ...] | None:
    parts = text.split("~")
    if not text or len(parts) != len(parse):
        return None
    try:
        key = tuple(read(unquote(part)) for read, part in zip(parse, parts, strict=True))
        fit = all(_fit(part) for part in key)
    except ValueError:
        return None
    return key if fit else None


def _fit(part: object) -> bool:
    """Whether a database takes this part of a key; a ValueError says no as well."""
    if isinstance(part, int):
        return -LARGEST <= part <= LARGEST
    if isinstance(part, str):
        part.encode()
        return "\0" not in part
    return True
