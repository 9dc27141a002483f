"""Making the tallies anew while people work, and checking them against the ledger."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select

from audit_app.auditing.model import Audit
from audit_app.db import db, reading
from audit_app.measures.cells import Cells, add
from audit_app.measures.keys import ALL_MONTHS, EVER, Kind
from audit_app.measures.model import Delta, Tallied, Tally
from audit_app.measures.operations.taking_in import AT_ONCE, KEY, Key, adds, alone, fold, values
from audit_app.measures.queries.facts import facts_now, kept_facts, placed, tools, unfolded
from audit_app.work.progress import Progress

ROUNDING = 1e-6  # weights are sums of floats, added and taken off in any order


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the tallies say otherwise than the ledger: where, and both values."""

    where: str
    kept: str
    counted: str


def rebuild(progress: Progress) -> int:
    """Make the tallies anew, in parts that each keep them whole; gives how many audits were counted otherwise.

    First whatever an audit's kept facts lack is noted and taken in; then the sums of each month that are not what the
    kept facts make are made anew from them. Stopped in the middle, it has harmed nothing and may be begun again.
    """
    mended, steps = 0, _batches() + len(_months()) + len(_of_all_months())
    done = 0
    for ids in _every_audit():
        with _looking():
            before, after = kept_facts(ids), facts_now(ids)
        wrong = [key for key in ids if before.get(key) != after.get(key)]
        if wrong:
            db.session.execute(insert(Delta), [{"audit_id": key} for key in wrong])
        db.session.commit()
        mended += len(wrong)
        done += 1
        progress.step(done, steps, "parts")
    while fold():
        db.session.commit()
    db.session.commit()
    for month in _months():
        with _looking():
            wrong_there = any(_compared(_kept(month.isoformat()), _summed(month)))
        if wrong_there:
            alone()
            _replace(month)
        db.session.commit()
        done += 1
        progress.step(min(done, steps), steps, "parts")
    for kind, section in _of_all_months():
        with _looking():
            wrong_there = any(_compared(_kept_of_all_months(kind, section), _summed_all_months(kind, section)))
        if wrong_there:
            alone()
            _replace_all_months(kind, section)
        db.session.commit()
        done += 1
        progress.step(min(done, steps), steps, "parts")
    progress.step(steps, steps, "parts")
    return mended


@contextmanager
def _looking() -> Iterator[None]:
    """Look without holding up anybody who writes: only what is found to be wrong is then written, looked at again."""
    db.session.rollback()
    with reading():
        yield
        db.session.rollback()


def verify(progress: Progress) -> Iterator[Difference]:
    """Every difference between the tallies and a recount from the ledger; call it within one reading transaction."""
    pending, steps, done = set(unfolded()), _batches() + len(_months()) + len(_of_all_months()), 0
    for ids in _every_audit():
        before, after = kept_facts(ids), facts_now(ids)
        for key in ids:
            if key not in pending and before.get(key) != after.get(key):
                yield Difference(f"audit {key}", _short(before.get(key)), _short(after.get(key)))
        done += 1
        progress.step(done, steps, "parts")
    for month in _months():
        yield from _compared(_kept(month.isoformat()), _summed(month))
        done += 1
        progress.step(min(done, steps), steps, "parts")
    for kind, section in _of_all_months():
        yield from _compared(_kept_of_all_months(kind, section), _summed_all_months(kind, section))
        done += 1
        progress.step(min(done, steps), steps, "parts")
    progress.step(steps, steps, "parts")


def _short(one: object) -> str:
    return "not there" if one is None else str(one)[:200]


def _batches() -> int:
    number = db.session.execute(select(func.count()).select_from(Audit)).scalar_one()
    return -(-number // AT_ONCE)


def _every_audit() -> Iterator[list[int]]:
    last = 0
    while True:
        rows = select(Audit.id).where(Audit.id > last).order_by(Audit.id).limit(AT_ONCE)
        ids = list(db.session.execute(rows).scalars())
        if not ids:
            return
        yield ids
        last = ids[-1]


def _months() -> list[dt.date]:
    """Every month of which the tallies or the kept facts say something."""
    kept = select(Tally.month).where(Tally.month != ALL_MONTHS).distinct()
    found = {dt.date.fromisoformat(month) for month in db.session.execute(kept).scalars()}
    return sorted(found.union(db.session.execute(select(Tallied.month).distinct()).scalars()))


def _summed(month: dt.date) -> dict[Key, Cells]:
    """The rows of a month, as the kept facts of its audits make them."""
    found: dict[Key, Cells] = {}
    known = tools()
    rows = select(Tallied).where(Tallied.month == month).execution_options(yield_per=AT_ONCE)
    for row in db.session.execute(rows).scalars():
        place, facts = placed(row)
        for key, cells in adds(place, facts, known[place.tool_version_id].scale):
            if key[3] != ALL_MONTHS:
                add(found.setdefault(key, {}), cells)
    return found


def _of_all_months() -> list[tuple[Kind, str]]:
    """The parts in which the rows of all months together are made: of what kind of row by month, of which section."""
    sections = db.session.execute(select(Tally.section).distinct().order_by(Tally.section)).scalars()
    return [(kind, section) for section in sections for kind in EVER]


def _summed_all_months(kind: Kind, section: str) -> dict[Key, Cells]:
    """A section's rows of all months together, as the rows of the months make them."""
    found: dict[Key, Cells] = {}
    rows = select(*KEY, Tally.cells).where(Tally.kind == kind.value, Tally.section == section)
    for row in db.session.execute(rows.execution_options(yield_per=AT_ONCE)):
        key = (EVER[kind].value, section, row.of, ALL_MONTHS, row.programme_id, row.tool_version_id, row.category)
        add(found.setdefault(key, {}), json.loads(row.cells))
    return found


def _kept(month: str, *only: ColumnElement[bool]) -> dict[Key, Cells]:
    rows = db.session.execute(select(Tally).where(Tally.month == month, *only)).scalars()
    return {
        (row.kind, row.section, row.of, row.month, row.programme_id, row.tool_version_id, row.category): json.loads(
            row.cells
        )
        for row in rows
    }


def _kept_of_all_months(kind: Kind, section: str) -> dict[Key, Cells]:
    return _kept(ALL_MONTHS, Tally.kind == EVER[kind].value, Tally.section == section)


def _compared(kept: dict[Key, Cells], counted: dict[Key, Cells]) -> Iterator[Difference]:
    for key in sorted(kept.keys() | counted.keys()):
        mine, right = kept.get(key, {}), counted.get(key, {})
        for name in sorted(mine.keys() | right.keys()):
            one, other = mine.get(name, 0), right.get(name, 0)
            if abs(one - other) > ROUNDING * max(1.0, abs(other)):
                yield Difference(" ".join(map(str, (*key, name))), f"{one:g}", f"{other:g}")


def _replace(month: dt.date) -> None:
    _put_anew(month.isoformat(), _summed(month))


def _replace_all_months(kind: Kind, section: str) -> None:
    only = (Tally.kind == EVER[kind].value, Tally.section == section)
    _put_anew(ALL_MONTHS, _summed_all_months(kind, section), *only)


def _put_anew(month: str, rows: dict[Key, Cells], *only: ColumnElement[bool]) -> None:
    db.session.execute(delete(Tally).where(Tally.month == month, *only))
    made = [values(key, cells) for key, cells in rows.items() if cells]
    if made:
        db.session.execute(insert(Tally), made)
