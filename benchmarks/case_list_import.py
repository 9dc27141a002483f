"""A case list of many rows, read and loaded, beside a bare `executemany` of the rows that it was parsed into.

Run with `python -m benchmarks.case_list_import [--quick] [--rows N] [--pairs N]`. G11 asks for the load at least at 0.4
of the speed of the bare rows; the whole import, from the file in a child process on, is printed beside it.
"""

import argparse
import csv
import datetime as dt
import io
import json
import random
import resource
import sqlite3
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import flask_migrate
import openpyxl
import xlsxwriter

from audit_app import create_app
from audit_app.cases import operations, workbook
from audit_app.cases.container import Limits
from audit_app.cases.listed import ListedCase
from audit_app.cases.operations.loading import placement_in
from audit_app.cases.operations.taking import Grid, Taken, take_grid, understand
from audit_app.db import db
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Unit
from benchmarks.pairs import Finding, Ratio, faster, ratio
from config import settings

DAY = dt.date(2026, 6, 1)
GOAL = 0.4
TEAMS = 80
HEADINGS = (
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Does the Child have a Disability", "CIN Start Date",
    "Primary Need Code", "Date Child Was Last Seen", "Case Status", "Allocated Team", "Allocated Worker",
)  # fmt: skip


def file_of(rows: int, place: Path) -> Path:
    """A case list of so many rows, the same for the same number."""
    chance, out = random.Random(rows), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for number in range(rows):
        born, began = (DAY - dt.timedelta(days=chance.randrange(100, most)) for most in (6300, 900))
        seen = DAY - dt.timedelta(days=chance.randrange(60))
        writer.writerow(
            (
                f"{number:07}", chance.choice(("a) Male", "b) Female")), chance.choice(("WBRI", "APKN", "BCRB")),
                f"{born:%d/%m/%Y}", chance.choice(("a) Yes", "b) No")), f"{began:%d/%m/%Y}",
                f"N{chance.randrange(1, 9)}", f"{seen:%d/%m/%Y}",
                chance.choice(("a) Looked after child", "b) Child Protection plan", "c) Child in need plan")),
                f"Team {chance.randrange(TEAMS)}", f"Worker {chance.randrange(900)}",
            )
        )  # fmt: skip
    file = place / f"{rows}.csv"
    file.write_text(out.getvalue())
    return file


def authority() -> Unit:
    """An authority whose teams the list names."""
    root = organisation.add("Benchmark", "authority", None, by=None)
    service = organisation.add("Help", "service", root, by=None)
    for number in range(TEAMS):
        organisation.add(f"Team {number}", "team", service, by=None)
    db.session.commit()
    return root


def bare(taken: Taken, root: Unit, place: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """The same cases put into the same two tables by nothing but `executemany`, and how to undo it."""
    with sqlite3.connect(str(db.engine.url.database)) as from_:
        schema = [
            row[0]
            for row in from_.execute("select sql from sqlite_master where sql is not null and name not like 'sqlite%'")
        ]
    records: list[tuple[object, ...]] = []
    entries: list[tuple[object, ...]] = []
    for number, (row, unit_id) in enumerate(placement_in(root, taken.read).placed(), start=1):
        case = ListedCase.of(row)
        attributes = json.dumps(case.attributes)
        began = case.started_on.isoformat() if case.started_on else None
        records.append((number, 1, case.reference, unit_id, case.worker, case.category, attributes, began, False, 1, 1))
        entries.append((1, number, unit_id, case.worker, case.category, attributes, case.team))
    db.session.rollback()

    connection = sqlite3.connect(place / "bare.sqlite3")
    for statement in schema:
        connection.execute(statement)
    connection.commit()

    def run() -> None:
        connection.executemany(
            "insert into case_record (id, authority_id, reference, unit_id, worker, category, attributes, started_on,"
            " closed, last_list_id, version_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            records,
        )
        connection.executemany(
            "insert into case_list_entry (list_id, case_id, unit_id, worker, category, attributes, team_label)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            entries,
        )

    return run, connection.rollback


def seconds(run: Callable[[], object]) -> float:
    """The processor time that one run takes, that of the child which reads included."""
    began = spent()
    run()
    return spent() - began


def spent() -> float:
    """The processor time of this process and of the children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measured(rows: int, pairs: int, place: Path) -> tuple[list[float], list[float], float]:
    """Speeds of loading, and of the whole import, as shares of the bare rows; and the load's peak in MB."""
    file, root = file_of(rows, place), authority()
    most = 30 * 1024 * 1024

    def read() -> tuple[Grid, Taken]:
        grid = take_grid(file, file.name, DAY, most_bytes=most)
        found = understand(grid, (), DAY)
        assert found is not None
        return grid, Taken(grid.filename, grid.file_hash, found[1])

    def load() -> None:
        operations.load(taken, root, by=None)
        db.session.flush()
        times.append(spent())
        db.session.rollback()

    _, taken = read()
    plain, undo = bare(taken, root, place)
    loads, wholes, times = [], [], list[float]()
    for _ in range(pairs):
        cheap = seconds(plain)
        undo()
        reading = seconds(read)
        began = spent()
        load()
        loading = times[-1] - began
        loads.append(cheap / loading)
        wholes.append(cheap / (reading + loading))
    tracemalloc.start()
    load()
    peak = tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    return loads, wholes, peak


def goals(few: int, many: int, pairs: int) -> Iterator[Finding]:
    """The load and its memory at two sizes, and how much quicker a workbook is read than by openpyxl."""
    peaks = []
    for rows in (few, many):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            with create_app(settings({"AUDIT_ENVIRONMENT": "test", "INSTANCE": folder})).app_context():
                flask_migrate.upgrade()
                loads, wholes, peak = measured(rows, pairs, place)
        peaks.append(peak)
        yield Finding("G11", f"speed of loading {rows:,} rows / bare executemany", ratio(loads, GOAL, at_least=True))
        yield Finding("G11", f"  the same from the file on, {rows:,} rows", f"{median(wholes):10.2f}  no goal")
    yield Finding("G11", f"memory of loading {many:,} rows / {few:,}", ratio([peaks[1] / peaks[0]], 1.2))
    yield Finding("G11", "speed of reading a workbook / openpyxl, read-only", _workbooks(few))


def _workbooks(rows: int) -> Ratio:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number in range(rows):
        sheet.write_row(number, 0, [f"{number:07}", "a) Male", "WBRI", "Team 1", "Worker 7"])
    book.close()
    content = out.getvalue()

    def theirs() -> None:
        for _ in openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0].iter_rows(values_only=True):
            pass

    def ours() -> None:
        for _, found in workbook.read(content, "list.xlsx", Limits()):
            for _ in found:
                pass

    return faster(theirs, ours, 5, pairs=5)


def main() -> None:
    """Print the ratios and the memory."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--pairs", type=int, default=5)
    options = asked.parse_args()
    rows = 10_000 if options.quick else options.rows
    for finding in goals(rows // 10, rows, 3 if options.quick else options.pairs):
        print(finding)


if __name__ == "__main__":
    main()
