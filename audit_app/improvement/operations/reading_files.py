"""Files with readings of many indicators: read, their columns explained once, shown, and taken whole or not at all."""

import datetime as dt
from dataclasses import dataclass
from typing import IO

from sqlalchemy import delete, select

from audit_app.cases.mapping import faults_of
from audit_app.cases.operations.taking import shown_name
from audit_app.cases.packing import pack, row_counts, unpack
from audit_app.cases.ways import Way, said_before, tables_seen
from audit_app.cases.workbook import Sheet
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.improvement import queries
from audit_app.improvement.bringing import Brought, Kept, brought, mark_of
from audit_app.improvement.columns import READINGS, fault_of, kept_of
from audit_app.improvement.found import Found, Known, readings_in
from audit_app.improvement.model import Indicator, Plan, ReadingColumns, ReadingsFile
from audit_app.improvement.operations.filing import sheets_read
from audit_app.improvement.operations.telling import read
from audit_app.improvement.queries.reading_files import reading_columns
from audit_app.refusal import Refusal, Refused, Stale
from audit_app.work.operations import periodic

KEPT = dt.timedelta(days=1)
SAY_FIRST = Refusal("Say what the columns hold first.")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file holds, what it would change, and the mark of just that."""

    found: Found
    changes: tuple[Brought, ...]
    mark: str


def send_in(plan: Plan, source: IO[bytes], filename: str, *, by: int) -> ReadingsFile:
    """Keep a file's tables for a day, read as files with these columns were said to be read before."""
    sweep()
    with sheets_read(source, filename) as (sheets, file_hash):
        grid = pack([kept_of(sheet) for sheet in sheets])
    kept = ReadingsFile(
        plan=plan,
        owner_id=by,
        filename=shown_name(filename),
        file_hash=file_hash,
        sent_at=now(),
        expires_at=now() + KEPT,
        grid=grid,
        tables=tables_seen(unpack(grid), row_counts(grid), READINGS),
    )
    if not kept.tables:
        raise Refused(Refusal("The file has no table with a row of headings, so there is nothing to read."))
    way = said_before(unpack(grid), reading_columns(plan.unit_id))
    kept.way = way.stored() if way else None
    db.session.add(kept)
    db.session.flush()
    body = {"file": kept.id, "hash": file_hash}
    record("plan.readings_sent_in", subject=plan.subject, body=body, by=by)
    return kept


def explain(kept: ReadingsFile, way: Way, headings: list[str], version: int, *, by: int) -> None:
    """Remember what the columns of a kind of file hold, and read this one by it."""
    if kept.version_id != version:
        raise Stale("this file")
    if way.mapping is None:
        raise Refused(SAY_FIRST)
    unit_id = kept.plan.unit_id
    rows = select(ReadingColumns).filter_by(unit_id=unit_id, name=way.name)
    one = db.session.execute(rows).scalar_one_or_none() or ReadingColumns(unit_id=unit_id, name=way.name)
    one.mapping, one.headings, one.remembered_at, one.remembered_by = way.mapping.stored(), headings, now(), by
    db.session.add(one)
    kept.way = way.stored()
    db.session.flush()
    body = {"columns": len(way.mapping.columns)}
    record("plan.reading_columns_named", subject=kept.plan.subject, body=body, by=by)


def look_at(kept: ReadingsFile) -> Looked:
    """What a file holds and what it would change as things stand now."""
    way = Way.restored(kept.way) if kept.way else Way()
    if way.mapping is None:
        raise Refused(SAY_FIRST)
    sheets: list[Sheet] = unpack(kept.grid)
    indicators = queries.indicators_of(kept.plan)
    plan = [
        Known(one.ref, one.name, one.unit, one.kind == "live", frozenset(r.read_on for r in one.readings if r.figure))
        for one in indicators
    ]
    found = readings_in(sheets, way.mapping, plan, today=today())
    there = {
        (one.ref, reading.read_on): Kept(queries.finding_of(reading, stated=False), reading.override is not None)
        for one in indicators
        for reading in one.readings
    }
    changes = tuple(brought(found.findings, there))
    return Looked(found, changes, mark_of(changes))


def faults_in(kept: ReadingsFile, way: Way, place: int) -> tuple[str, ...]:
    """Why a file cannot be read in a way, in words for whoever said it."""
    if way.mapping is None:
        return (SAY_FIRST.reason,)
    kinds = {column["heading"]: column["kind"] for column in kept.tables[place]["columns"]}
    missing = fault_of(way.mapping)
    return (*faults_of(way.mapping, kinds, READINGS), *((missing,) if missing else ()))


def take(kept: ReadingsFile, mark: str, *, by: int) -> int:
    """Keep every reading of a file, or none, and erase the file; gives how many."""
    plan = kept.plan
    db.session.execute(select(Plan.id).where(Plan.id == plan.id).with_for_update())
    looked = look_at(kept)
    if looked.found.problems:
        raise Refused(Refusal("The file still has problems, so nothing of it is taken."))
    if not looked.changes:
        raise Refused(Refusal("The plan has all of these readings already, so there is nothing to take."))
    if looked.mark != mark:
        raise Stale("this plan")
    indicators: dict[str, Indicator] = {one.ref: one for one in queries.indicators_of(plan)}
    for change in looked.changes:
        read(indicators[change.ref], change.finding, by=by)
    body = {"hash": kept.file_hash, "readings": len(looked.changes)}
    record("plan.readings_taken", subject=plan.subject, body=body, by=by)
    erase(kept)
    return len(looked.changes)


def erase(kept: ReadingsFile) -> None:
    """Erase a file that waits: nothing of it stays."""
    db.session.delete(kept)
    db.session.flush()


@periodic("plans.sweep_readings", minutes=60)
def sweep() -> None:
    """Erase files of readings whose day is over."""
    db.session.execute(delete(ReadingsFile).where(ReadingsFile.expires_at <= now()))
