"""Statements that are carried out for very many rows by the driver's own means: loading a long list is mostly this."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.sql.dml import Insert

from audit_app.db import db

MOST_WRITTEN = 10_000


class Written:
    """The JSON of values that many rows share, written once for each."""

    def __init__(self) -> None:
        self._texts: dict[int, tuple[Any, Any]] = {}  # by identity; the value is kept so that it keeps its identity

    def column(self, values: Sequence[Any], way: Any) -> list[Any]:
        """The JSON of each of them."""
        texts = self._texts
        if len(texts) > MOST_WRITTEN:
            texts.clear()
        for value in values:
            if id(value) not in texts:
                texts[id(value)] = value, way(value)
        return [texts[id(value)][1] for value in values]


class ForMany:
    """One statement, made ready once, and what is put into it for each row in the order of `names`."""

    def __init__(self, statement: Insert, names: Sequence[str], written: Written | None = None) -> None:
        connection = db.session.connection()
        kinds = {name: statement.table.c[name].type for name in names if name in statement.table.c}
        compiled = statement.compile(dialect=connection.dialect, column_keys=list(kinds))
        self._text, self._positional = str(compiled), compiled.positional
        self._order = list(compiled.positiontup or ()) if compiled.positional else list(compiled.binds)
        self._names, self._written = tuple(names), written or Written()
        self._ways = {
            name: (bound.type, bound.type.dialect_impl(connection.dialect).bind_processor(connection.dialect))
            for name, bound in compiled.binds.items()
        }
        given = compiled.params
        self._same = {name: self._one(name, given[name]) for name in self._order if name not in self._names}

    def _one(self, name: str, value: Any) -> Any:
        way = self._ways[name][1]
        return value if way is None else way(value)

    def carry_out(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Carry it out for rows, at least one."""
        given = dict(zip(self._names, zip(*rows, strict=True), strict=True))
        many = len(given[self._names[0]])
        columns = [
            self._column(name, given[name]) if name in given else [self._same[name]] * many for name in self._order
        ]
        whole = list(zip(*columns, strict=True))
        connection = db.session.connection()
        if self._positional:
            connection.exec_driver_sql(self._text, whole)
        else:
            connection.exec_driver_sql(self._text, [dict(zip(self._order, row, strict=True)) for row in whole])

    def _column(self, name: str, values: Sequence[Any]) -> Sequence[Any]:
        kind, way = self._ways[name]
        if way is None:
            return values
        if isinstance(kind, JSON):
            return self._written.column(values, way)
        texts = {value: way(value) for value in set(values)}
        return [texts[value] for value in values]
