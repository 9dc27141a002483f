"""Keeping the cases of a list in bulk, and counting how the list differs from the one before it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Column, Select, Table, bindparam, insert, select, update

from audit_app.cases import queries
from audit_app.cases.listed import ListedCase, compared
from audit_app.cases.model import CaseList
from audit_app.cases.summary import difference_summary
from audit_app.db import Model, db
from audit_app.organisation.model import Unit

RECORDS, ENTRIES = (Model.metadata.tables[name] for name in ("case_record", "case_list_entry"))
BATCH = 1000
_SAID = ("unit_id", "worker", "category", "attributes", "started_on", "closed")


def wait_for_other_lists(authority: Unit) -> None:
    """Let one case list of an authority be changed at a time."""
    db.session.execute(select(Unit.id).where(Unit.id == authority.id).with_for_update())


def keep(
    one: CaseList, cases: Iterable[tuple[ListedCase, int]], step: Callable[[int], None] = lambda done: None
) -> None:
    """Keep cases of a list in bulk: new ones, changed ones, and each as it stands on this list.

    It is done in batches, so that a long list needs no more memory than a short one; `step` is told how many are kept.
    """
    places, left, done = queries.places_of(one.authority_id), iter(cases), 0
    while batch := list(islice(left, BATCH)):
        _keep_batch(one, batch, places)
        done += len(batch)
        step(done)
    db.session.expire_all()


def _keep_batch(
    one: CaseList, cases: Sequence[tuple[ListedCase, int]], places: Mapping[int, tuple[dt.date, int]]
) -> None:
    columns = (RECORDS.c.id, RECORDS.c.reference, RECORDS.c.last_list_id, *(RECORDS.c[name] for name in _SAID))
    present = _mine(one, columns, (case.reference for case, _ in cases))
    known = {row.reference: row for row in db.session.execute(present)}
    new, changed, seen = [], [], []
    written: dict[int, Any] = {}  # by identity: the rows of a batch outlive it
    for case, unit_id in cases:
        said = _said(case, unit_id)
        before = known.get(case.reference)
        if before is None:
            new.append(
                {**said, "authority_id": one.authority_id, "reference": case.reference, "last_list_id": one.id}
                | {"version_id": 1}
            )
        elif before.last_list_id is None or places[before.last_list_id] <= places[one.id]:
            # A list that was taken later has the last word, whenever this one was loaded.
            seen.append({"case": before.id, "list": one.id})
            if any(getattr(before, name) != said[name] for name in _SAID):
                changed.append({"case": before.id, **{f"new_{name}": said[name] for name in _SAID}})
    ids = {reference: row.id for reference, row in known.items()}
    if new:
        put_in(RECORDS, new, written)
        made = _mine(one, (RECORDS.c.id, RECORDS.c.reference), (row["reference"] for row in new))
        ids.update((row.reference, row.id) for row in db.session.execute(made))
    if changed:
        values = {name: bindparam(f"new_{name}", type_=RECORDS.c[name].type) for name in _SAID}
        change = update(RECORDS).where(RECORDS.c.id == bindparam("case"))
        db.session.connection().execute(change.values(**values, version_id=RECORDS.c.version_id + 1), changed)
    if seen:
        see = update(RECORDS).where(RECORDS.c.id == bindparam("case")).values(last_list_id=bindparam("list"))
        db.session.connection().execute(see, seen)
    put_in(ENTRIES, [_entry(one, ids[case.reference], case, unit_id) for case, unit_id in cases], written)


def put_in(table: Table, rows: Sequence[Mapping[str, Any]], written: dict[int, Any] | None = None) -> None:
    """Put many rows into a table by the driver's own means: a long list is mostly this.

    `written` keeps the JSON of what is put into several tables, so that it is written once.
    """
    connection, written = db.session.connection(), {} if written is None else written
    dialect, names = connection.dialect, list(rows[0])
    compiled = insert(table).compile(dialect=dialect, column_keys=names)
    order = list(compiled.positiontup or names) if compiled.positional else names
    columns: list[list[Any]] = []
    for name in order:
        kind, values = table.c[name].type, [row[name] for row in rows]
        way = kind.dialect_impl(dialect).bind_processor(dialect)
        if way is not None and isinstance(kind, JSON):
            for value in values:
                if id(value) not in written:
                    written[id(value)] = way(value)
            values = [written[id(value)] for value in values]
        elif way is not None:
            values = [way(value) for value in values]
        columns.append(values)
    whole = zip(*columns, strict=True)
    if compiled.positional:
        connection.exec_driver_sql(str(compiled), list(whole))
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(order, row, strict=True)) for row in whole])


def _mine(one: CaseList, columns: Sequence[Column[Any]], references: Iterable[str]) -> Select[Any]:
    mine = RECORDS.c.authority_id == one.authority_id
    return select(*columns).where(mine, RECORDS.c.reference.in_(list(references)))


def _said(case: ListedCase, unit_id: int) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "worker": case.worker,
        "category": case.category,
        "attributes": case.attributes,
        "started_on": case.started_on,
        "closed": case.category == "closed",
    }


def _entry(one: CaseList, case_id: int, case: ListedCase, unit_id: int) -> dict[str, Any]:
    return {
        "list_id": one.id,
        "case_id": case_id,
        "unit_id": unit_id,
        "worker": case.worker,
        "category": case.category,
        "attributes": case.attributes,
        "team_label": case.team,
    }


def compare(one: CaseList) -> None:
    """Count how a list differs from the one that was taken last before it."""
    before = queries.list_before(one)
    if before is None:
        one.summary = {**one.summary, "difference": None}
        return
    held = {row.known["reference"] for row in queries.held_of(one)}
    found = compared(queries.placed_on(before.id), queries.placed_on(one.id), held)
    against = {"list": before.id, "taken_on": before.taken_on.isoformat()}
    one.summary = {**one.summary, "difference": difference_summary(found, against)}
