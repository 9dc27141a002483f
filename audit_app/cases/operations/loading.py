"""Loading a case list: all of it or nothing, every row read, held or refused."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import insert

from audit_app.cases import queries
from audit_app.cases.caselist import CaseList as ReadList
from audit_app.cases.listed import ListedCase, listed
from audit_app.cases.model import CaseList
from audit_app.cases.operations.bulk import ForMany
from audit_app.cases.operations.keeping import BATCH, compare, keep, wait_for_other_lists
from audit_app.cases.operations.taking import Taken
from audit_app.cases.placement import Placement, Standing
from audit_app.cases.summary import summary_of
from audit_app.cases.teams import units_meant
from audit_app.clock import now
from audit_app.db import Model, db
from audit_app.history.operations import record
from audit_app.organisation.model import Unit

PROBLEMS = Model.metadata.tables["problem_row"]
_PROBLEM = (
    "list_id", "outcome", "sheet", "row", "column", "value", "expected", "team_label", "known", "settled_at",
)  # fmt: skip


def load(
    taken: Taken, authority: Unit, *, by: int | None, step: Callable[[int], None] = lambda done: None
) -> tuple[CaseList, bool]:
    """Keep a case list; the very same file twice is one list. Gives the list, and whether it is new."""
    wait_for_other_lists(authority)
    if (present := queries.find_list_of_file(authority.id, taken.file_hash)) is not None:
        return present, False
    found = placement_in(authority, taken.read)
    kept = CaseList(
        authority=authority,
        filename=taken.filename,
        file_hash=taken.file_hash,
        taken_on=taken.read.taken_on,
        loaded_at=now(),
        loaded_by=by,
        summary=summary_of(taken.read),
        read=found.cases,
        held=found.held,
        refused=found.refused,
    )
    db.session.add(kept)
    db.session.flush()
    _keep_problems(kept, found.problems())
    keep(kept, listed(found.placed()), step)
    compare(kept)
    body = {
        "authority": authority.id,
        "file": taken.file_hash,
        "taken_on": taken.read.taken_on.isoformat(),
        "read": kept.read,
        "held": kept.held,
        "refused": kept.refused,
    }
    record("case_list.loaded", subject=f"case_list:{kept.id}", body=body, by=by)
    return kept, True


def placement_in(authority: Unit, read: ReadList) -> Placement:
    """Where the rows of a list belong in an authority, as far as its units and what was said of its teams tell."""
    units = [(unit.id, unit.name) for unit in queries.units_for_cases(authority)]
    return Placement(read, units_meant(read.teams(), units, queries.remembered_teams(authority.id)))


def _keep_problems(one: CaseList, problems: Iterable[Standing]) -> None:
    left, list_id = iter(problems), one.id
    kept = ForMany(insert(PROBLEMS), _PROBLEM)
    while batch := list(islice(left, BATCH)):
        kept.carry_out(_problem(list_id, standing) for standing in batch)


def _problem(list_id: int, standing: Standing) -> tuple[Any, ...]:
    problem = standing.problem
    known = {} if standing.row is None else ListedCase.of(standing.row).kept()
    said = (problem.sheet, problem.row, problem.column, problem.value, problem.expected)
    return list_id, standing.outcome, *said, standing.team_label, known, None
