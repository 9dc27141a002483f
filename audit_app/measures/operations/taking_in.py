"""Taking what changed into the tallies: the difference between what they say of an audit and what is so."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert, select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute

from audit_app.db import db
from audit_app.frameworks.content import Scale
from audit_app.measures.cells import Cells, add, cells_of
from audit_app.measures.facts import Facts
from audit_app.measures.keys import Kind, Place, rows_of
from audit_app.measures.model import Delta, Tallied, Tally
from audit_app.measures.queries.facts import Placed, facts_now, kept_facts, tools, turned
from audit_app.work.kinds import periodic

AT_ONCE = 500  # audits taken in by one transaction
KEYS_AT_ONCE = 200
LOCK = 7_310_442  # of PostgreSQL: whoever takes changes in does so alone
T = TypeVar("T")
Key = tuple[str, str, str, str, int, int, str]
KEY: tuple[InstrumentedAttribute[Any], ...] = (
    *(Tally.kind, Tally.section, Tally.of, Tally.month),
    *(Tally.programme_id, Tally.tool_version_id, Tally.category),
)


@periodic("measures.fold", minutes=1)
def fold_all() -> None:
    """Take everything that changed into the tallies, a part at a time."""
    while fold():
        db.session.commit()
    db.session.commit()


def fold(at_most: int = AT_ONCE) -> int:
    """Take the oldest changes into the tallies; gives how many audits that were. May be repeated at any time."""
    alone()
    noted = db.session.execute(select(Delta.id, Delta.audit_id).order_by(Delta.id).limit(at_most * 20)).all()
    audits: dict[int, list[int]] = {}
    for key, audit_id in noted:
        if audit_id in audits or len(audits) < at_most:
            audits.setdefault(audit_id, []).append(key)
    if len(audits) < at_most:
        for audit_id in db.session.execute(turned().limit(at_most - len(audits))).scalars():
            audits.setdefault(audit_id, [])
    if not audits:
        return 0
    take_in(list(audits))
    # Only the notes that were seen: what changes meanwhile is noted again, and taken in next time.
    seen = [key for keys in audits.values() for key in keys]
    for part in parts(seen, AT_ONCE):
        db.session.execute(delete(Delta).where(Delta.id.in_(part)))
    return len(audits)


def alone() -> None:
    """Wait until nobody else takes changes in; SQLite has one writer anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def take_in(audits: Sequence[int]) -> None:
    """Put the difference between what the tallies say of some audits and what is so into the tallies."""
    before, after = kept_facts(audits), facts_now(audits)
    changed = [key for key in audits if before.get(key) != after.get(key)]
    differences: dict[Key, Cells] = defaultdict(dict)
    known = tools()
    for key in changed:
        for times, one in ((-1, before.get(key)), (1, after.get(key))):
            if one is not None:
                for row, cells in adds(*one, known[one[0].tool_version_id].scale):
                    add(differences[row], cells, times)
    _put({row: cells for row, cells in differences.items() if cells})
    _keep({key: after.get(key) for key in changed}, before)


def adds(place: Place, facts: Facts, scale: Scale) -> Iterator[tuple[Key, Cells]]:
    """The rows that an audit adds to, and what it adds."""
    of_sections, own = cells_of(facts, scale), cells_of(facts.finished, scale)
    for kind, of, month, category in rows_of(place):
        for section, cells in (own if kind is Kind.AUDITOR else of_sections).items():
            yield (kind.value, section, of, month, place.programme_id, place.tool_version_id, category), cells


def _put(differences: Mapping[Key, Cells]) -> None:
    """Add differences to the rows that there are, and make those that there are not."""
    new: list[dict[str, str | int]] = []
    changed: list[dict[str, str | int]] = []
    for keys in parts(sorted(differences), KEYS_AT_ONCE):
        rows = select(*KEY, Tally.cells).where(tuple_(*KEY).in_(keys))
        there = {tuple(row[:-1]): json.loads(row[-1]) for row in db.session.execute(rows)}
        for key in keys:
            cells: Cells = there.get(key, {})
            add(cells, differences[key])
            (changed if key in there else new).append(values(key, cells))
    if new:
        db.session.execute(insert(Tally), new)
    if changed:
        db.session.execute(update(Tally), changed)


def values(key: Key, cells: Cells) -> dict[str, str | int]:
    """A row as it is kept."""
    kind, section, of, month, programme, tool, category = key
    return {
        "kind": kind,
        "section": section,
        "of": of,
        "month": month,
        "programme_id": programme,
        "tool_version_id": tool,
        "category": category,
        "cells": _text(cells),
    }


def _text(cells: Cells) -> str:
    return json.dumps(dict(sorted(cells.items())), separators=(",", ":"))


def _keep(after: Mapping[int, Placed | None], before: Mapping[int, Placed]) -> None:
    gone = [key for key, one in after.items() if one is None]
    if gone:
        db.session.execute(delete(Tallied).where(Tallied.audit_id.in_(gone)))
    rows = [
        {"audit_id": key, **asdict(place), "facts": facts.as_text(), "changes_on": facts.around.changes_on}
        for key, (place, facts) in ((key, one) for key, one in after.items() if one is not None)
    ]
    new = [row for row in rows if row["audit_id"] not in before]
    old = [row for row in rows if row["audit_id"] in before]
    if new:
        db.session.execute(insert(Tallied), new)
    if old:
        db.session.execute(update(Tallied), old)


def parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Some things, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
