"""Files with plans: read in a child process, kept as text, and taken once somebody has said yes."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from audit_app.cases.caselist import Problem
from audit_app.cases.child import read_safely
from audit_app.cases.container import Limits, Unreadable
from audit_app.cases.operations.taking import shown_name
from audit_app.cases.workbook import Sheet
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.improvement import queries
from audit_app.improvement.difference import Change, difference
from audit_app.improvement.lines import Rows, text_of
from audit_app.improvement.model import Plan, PlanFile
from audit_app.improvement.operations.taking import take
from audit_app.improvement.reading import plan_in
from audit_app.improvement.written import WrittenPlan
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused

# A plan is a small file: whoever writes meanwhile must not wait for a large one.
LIMITS = Limits(
    file_bytes=2 * 1024 * 1024,
    unpacked_bytes=20 * 1024 * 1024,
    sheets=20,
    rows=5_000,
    columns=60,
    cell_characters=8_000,
    cpu_seconds=3,
    wall_seconds=8.0,
)


@contextmanager
def sheets_read(source: IO[bytes], filename: str) -> Iterator[tuple[tuple[Sheet, ...], str]]:
    """Every sheet of a stranger's file, read in a child process, and the file's hash; refuses what cannot be read."""
    with tempfile.NamedTemporaryFile() as kept:
        shutil.copyfileobj(source, kept, 1 << 20)
        kept.flush()
        try:
            reading = read_safely(Path(kept.name), filename=filename, limits=LIMITS)
        except Unreadable as problem:
            raise Refused(Refusal(problem.reason)) from problem
        kept.seek(0)
        yield reading.sheets, hashlib.file_digest(kept, "sha256").hexdigest()


def sheets_in(source: IO[bytes], filename: str) -> tuple[dict[str, list[tuple[int, list[str]]]], str]:
    """Every sheet of a stranger's file as rows of text, and the file's hash; refuses what cannot be read."""
    with sheets_read(source, filename) as (sheets, file_hash):
        found = {
            sheet.name: [(row.number, [text_of(cell) for cell in row.cells]) for row in sheet.rows] for sheet in sheets
        }
        return found, file_hash


def send_in(unit: Unit, source: IO[bytes], filename: str, *, by: int) -> PlanFile:
    """Keep what a file says, until somebody has looked at what would become of it."""
    rows, file_hash = sheets_in(source, filename)
    kept = PlanFile(
        unit=unit,
        filename=shown_name(filename),
        file_hash=file_hash,
        rows=rows,
        sent_at=now(),
        sent_by=by,
    )
    db.session.add(kept)
    db.session.flush()
    record("plan.file_sent_in", subject=f"unit:{unit.id}", body={"file": kept.id, "hash": file_hash}, by=by)
    return kept


def look_at(kept: PlanFile) -> tuple[WrittenPlan | None, list[Problem], list[Change]]:
    """The plan that a file holds, what is wrong with it, and what it would change."""
    rows: dict[str, Rows] = {name: [(number, cells) for number, cells in lines] for name, lines in kept.rows.items()}
    written, problems = plan_in(rows)
    if written is None:
        return None, problems, []
    problems = queries.unknown_leads(written, kept.unit)
    before = queries.find_plan(kept.unit_id, written.head.name)
    return written, problems, difference(queries.written_of(before) if before else None, written)


def take_file(kept: PlanFile, *, by: int) -> Plan:
    """Take a plan from its file: all of it, or nothing."""
    written, problems, changes = look_at(kept)
    if kept.taken_at is not None:
        raise Refused(Refusal("This file was taken already."))
    if written is None or problems:
        raise Refused(Refusal("The file still has problems, so nothing of it is taken."))
    if not changes:
        raise Refused(Refusal("The plan says all of this already, so there is nothing to take."))
    plan = take(written, kept.unit, by=by)
    kept.taken_at, kept.plan_id = now(), plan.id
    db.session.flush()
    body = {"file": kept.id, "hash": kept.file_hash, "changes": len(changes)}
    record("plan.file_taken", subject=plan.subject, body=body, by=by)
    return plan
