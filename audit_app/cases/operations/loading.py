"""Loading a case list: all of it or nothing, every row read, held or refused."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import insert

from audit_app.cases import queries
from audit_app.cases.caselist import CaseList as ReadList
from audit_app.cases.caselist import CaseRow, Held, Problem
from audit_app.cases.listed import ListedCase
from audit_app.cases.model import CaseList
from audit_app.cases.operations.keeping import compare, keep, wait_for_other_lists
from audit_app.cases.operations.taking import Taken
from audit_app.cases.summary import summary_of, team_column_of
from audit_app.cases.teams import units_meant
from audit_app.clock import now
from audit_app.db import Model, db
from audit_app.history.operations import record
from audit_app.organisation.model import Unit

UNKNOWN_TEAM = "A team of this authority: say which unit this is"
PROBLEMS = Model.metadata.tables["problem_row"]


def load(taken: Taken, authority: Unit, *, by: int | None) -> tuple[CaseList, bool]:
    """Keep a case list; the very same file twice is one list. Gives the list, and whether it is new."""
    wait_for_other_lists(authority)
    if (present := queries.find_list_of_file(authority.id, taken.file_hash)) is not None:
        return present, False
    read = taken.read
    units = [(unit.id, unit.name) for unit in queries.units_for_cases(authority)]
    meant = units_meant(read.teams(), units, queries.remembered_teams(authority.id))
    cases = [(ListedCase.of(row), meant[row.team]) for row in read.rows if row.team in meant]
    problems = [*_unplaced(read, meant), *_held(read, meant), *_refused(read)]
    held = len(read.held) + len(read.rows) - len(cases)
    kept = CaseList(
        authority=authority,
        filename=taken.filename,
        file_hash=taken.file_hash,
        taken_on=read.taken_on,
        loaded_at=now(),
        loaded_by=by,
        summary=summary_of(read),
        read=len(cases),
        held=held,
        refused=len(read.refused),
    )
    db.session.add(kept)
    db.session.flush()
    if problems:
        db.session.execute(insert(PROBLEMS), [{**problem, "list_id": kept.id} for problem in problems])
    keep(kept, cases)
    compare(kept)
    body = {
        "authority": authority.id,
        "file": taken.file_hash,
        "taken_on": read.taken_on.isoformat(),
        "read": kept.read,
        "held": kept.held,
        "refused": kept.refused,
    }
    record("case_list.loaded", subject=f"case_list:{kept.id}", body=body, by=by)
    return kept, True


def _problem(problem: Problem, outcome: str, label: str | None, known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "expected": problem.expected,
        "team_label": label,
        "known": known,
        "settled_at": None,
    }


def _unplaced(read: ReadList, meant: Collection[str]) -> list[dict[str, Any]]:
    """The rows that lack nothing, except that nobody has said which unit their team is."""
    return [
        _problem(_unknown_team(read, row), "held", row.team, ListedCase.of(row).kept())
        for row in read.rows
        if row.team is not None and row.team not in meant
    ]


def _unknown_team(read: ReadList, row: CaseRow) -> Problem:
    return Problem(row.sheet, row.row, team_column_of(read, row.sheet), row.team or "", UNKNOWN_TEAM)


def _held(read: ReadList, meant: Collection[str]) -> list[dict[str, Any]]:
    found = []
    for held in read.held:
        unknown = held.row.team is not None and held.row.team not in meant
        problems = [*held.problems, _unknown_team(read, held.row)] if unknown else held.problems
        kept = ListedCase.of(held.row).kept()
        found += [_problem(problem, "held", _label_to_give(held), kept) for problem in problems]
    return found


def _label_to_give(held: Held) -> str | None:
    """A row without a team, and without other faults, is settled by saying which team it is of."""
    return "" if held.lacks_only_a_team else None


def _refused(read: ReadList) -> list[dict[str, Any]]:
    return [_problem(problem, "refused", None, {}) for refused in read.refused for problem in refused.problems]
