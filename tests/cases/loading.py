"""Case lists as tests load them: a small authority whose teams a generated or hand-written workbook names."""

import io
from collections.abc import Sequence
from datetime import date

from audit_app.cases import operations
from audit_app.cases.generating import TeamHolds, generate_rows
from audit_app.cases.model import CaseList
from audit_app.cases.operations import Taken
from audit_app.cases.workbook import Cell
from audit_app.cases.writing import annex_a_workbook
from audit_app.db import db
from tests.cases.books import LIST_6, line_6, xlsx
from tests.make import Authority

MEGABYTE = 1024 * 1024
DAY = date(2026, 6, 1)
EVERY = ("looked_after", "child_protection", "child_in_need", "open_assessment", "closed")


def generated(made: Authority, *, size: int = 200, seed: int = 1, day: date = DAY, dirty: bool = False) -> bytes:
    """A workbook whose teams are those of the authority; the last team holds the care leavers."""
    teams = [TeamHolds(team.name, EVERY) for team in made.teams[:-1]]
    teams.append(TeamHolds(made.teams[-1].name, ("care_leaver",)))
    children = generate_rows(teams, seed=seed, today=day, size=size)
    return annex_a_workbook(children, taken_on=day, dirty=dirty)


def book(*lines: Sequence[Cell]) -> bytes:
    """A workbook of list 6 with these rows."""
    return xlsx(LIST_6, *lines)


def lines(made: Authority, *references: str, team: int = 0) -> list[tuple[Cell, ...]]:
    """Rows of list 6 of one of the authority's teams."""
    return [line_6(reference, Allocated_Team=made.teams[team].name) for reference in references]


def taken(content: bytes, name: str = "list.xlsx", day: date = DAY) -> Taken:
    """A case list as it is taken from a file."""
    return operations.take(io.BytesIO(content), name, day, most_bytes=20 * MEGABYTE)


def loaded(made: Authority, content: bytes, name: str = "list.xlsx", day: date = DAY) -> CaseList:
    """A case list that was loaded."""
    kept, _ = operations.load(taken(content, name, day), made.root, by=made.officer.id)
    db.session.commit()
    return kept
