"""What the tallies save: every section's grades and pairs from them, from the ledger by SQL, and by pandas (G3)."""

import csv
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import aliased

from audit_app.auditing.ledger import AUDITOR, EXTERNAL, SENIOR
from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.workflow import COUNTED
from audit_app.clock import today
from audit_app.db import db, reading
from audit_app.identity.model import Person
from audit_app.measures.queries.facts import tools
from audit_app.measures.queries.filters import Filters
from audit_app.measures.queries.tallied import SECTIONS, sums
from audit_app.moderation.model import Moderation
from benchmarks.pairs import Finding, faster, ratio
from benchmarks.places import Places
from benchmarks.standing import address
from tools.setup.machine import ROOT

PANDAS = "PANDAS"  # names a Python that has pandas: it is no dependency of this project
Cell = tuple[str, ...]
Cells = dict[Cell, int]
COLUMNS = ("section", "audited", "senior", "external", "settled", "senior_random", "external_random")
_first, _later, _settled = aliased(Judgement), aliased(Judgement), aliased(Judgement)


def measured(places: Places, large: int) -> Iterator[Finding]:
    """The same cells counted in three ways: of each section the grades, and the pairs of each two tiers."""
    app = places.app(large)
    what = f"every section’s grades and pairs of {large:,} audits"
    with app.app_context(), reading():
        if kept(app) != recounted():
            yield Finding("G3", what, "the tallies say something else")
            return
        found = faster(recounted, lambda: kept(app), 1500, times=20, pairs=3, clock=time.perf_counter)
        db.session.remove()
    yield Finding("G3", f"{what}, from the ledger / from the tallies", found)
    yield _by_pandas(app, f"{what}, by pandas from a CSV file / from the tallies")


def kept(app: Flask) -> Cells:
    """From the tallies, by the function that pages use."""
    head = db.session.execute(select(Person).where(Person.email == address("Head"))).scalar_one().actor(today())
    found = sums(Filters(), head, by=SECTIONS).sections
    return {
        (section, name): int(count)
        for section, of in found.items()
        for cells in of.values()
        for name, count in cells.items()
        if name.startswith("audited:") or (name[0].isdigit() and name[2] == "=")
    }


def recounted() -> Cells:
    """From the ledger, by one statement for the grades and one for each two tiers."""
    levels = _levels()
    rows = db.session.execute(_grades())
    found: Cells = {(section, f"audited:{levels[grade]}"): count for section, grade, count in rows}
    for number, statement in enumerate((_pairs(SENIOR), _pairs(EXTERNAL, settled=True), _pairs(EXTERNAL))):
        for section, route, earlier, later, count in db.session.execute(statement):
            way = "r" if route == "random" else "o"
            cell = (section, f"{number}{way}={levels[earlier]}:{levels[later]}")
            found[cell] = found.get(cell, 0) + count
    return found


def _levels() -> dict[str | None, int]:
    return {level.key: number for number, level in enumerate(next(iter(tools().values())).scale.levels)}


def _grades() -> Select[str, str | None, int]:
    rows = select(_first.section, _first.grade, func.count()).join(Audit, Audit.id == _first.audit_id)
    return rows.where(*_handed_in()).group_by(_first.section, _first.grade)


def _handed_in() -> tuple[ColumnElement[bool], ...]:
    counted = Audit.stage.in_([stage.value for stage in COUNTED])
    return _first.tier == AUDITOR, _first.phase == "submitted", _first.grade.is_not(None), counted


def _pairs(tier: str, *, settled: bool = False) -> Select[str, str, str | None, str | None, int]:
    """The pairs of the auditor's grades (or of those that a senior settled) and a later tier's."""
    same = and_(_later.audit_id == _first.audit_id, _later.section == _first.section, _later.tier == tier)
    mine = and_(Moderation.audit_id == _first.audit_id, Moderation.tier == tier, Moderation.phase == "done")
    earlier = func.coalesce(_settled.grade, _first.grade) if settled else _first.grade
    rows = select(_first.section, Moderation.route, earlier, _later.grade, func.count())
    rows = rows.join(Audit, Audit.id == _first.audit_id).join(Moderation, mine).join(_later, same)
    if settled:
        by_senior = and_(_settled.audit_id == _first.audit_id, _settled.section == _first.section)
        rows = rows.outerjoin(_settled, and_(by_senior, _settled.tier == SENIOR, _settled.phase == "settled"))
    rows = rows.where(*_handed_in(), _later.phase == case((Moderation.blind, "blind"), else_="settled"))
    return rows.group_by(_first.section, Moderation.route, earlier, _later.grade)


def _by_pandas(app: Flask, what: str) -> Finding:
    python = os.environ.get(PANDAS)
    if not python:
        return Finding("G3", what, f"not measured: {PANDAS} names no Python that has it")
    file = Path(app.extensions["settings"].instance) / "graded.csv"
    with app.app_context(), reading():
        if not file.exists():
            _write(file)
        said = subprocess.run(
            [python, str(ROOT / "benchmarks" / "by_pandas.py"), str(file)],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        ).stdout.splitlines()
        counted = {(section, name): int(count) for section, name, count in csv.reader(said[1:])}
        if counted != kept(app):
            return Finding("G3", what, "pandas says something else")
        found = []
        for _ in range(5):
            began = time.perf_counter()
            kept(app)
            found.append(float(said[0]) / (time.perf_counter() - began))
        db.session.remove()
    return Finding("G3", what, ratio(found, 1000, at_least=True))


def _write(file: Path) -> None:
    """One row for each graded section of each audit, as somebody would hand it to a spreadsheet."""
    levels = _levels()
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        for row in db.session.execute(_listed().execution_options(yield_per=10_000)):
            grades = ("" if grade is None else levels[grade] for grade in row[1:5])
            ways = ("" if route is None else "r" if route == "random" else "o" for route in row[5:])
            writer.writerow((row[0], *grades, *ways))


def _listed() -> Select[str, str | None, str | None, str | None, str | None, str | None, str | None]:
    senior, external = aliased(Moderation), aliased(Moderation)
    by_senior, by_external = aliased(Judgement), aliased(Judgement)
    rows = select(
        _first.section, _first.grade, by_senior.grade, by_external.grade, _settled.grade, senior.route, external.route
    ).join(Audit, Audit.id == _first.audit_id)
    for tier, opinion, line in ((SENIOR, senior, by_senior), (EXTERNAL, external, by_external)):
        given = and_(opinion.audit_id == _first.audit_id, opinion.tier == tier, opinion.phase == "done")
        phase = line.phase == case((opinion.blind, "blind"), else_="settled")
        same = and_(line.audit_id == _first.audit_id, line.section == _first.section, line.tier == tier, phase)
        rows = rows.outerjoin(opinion, given).outerjoin(line, and_(same, opinion.id.is_not(None)))
    by_settled = and_(_settled.audit_id == _first.audit_id, _settled.section == _first.section)
    rows = rows.outerjoin(_settled, and_(by_settled, _settled.tier == SENIOR, _settled.phase == "settled"))
    return rows.where(*_handed_in())
