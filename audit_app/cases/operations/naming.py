"""Naming the teams of a case list: which unit each means, remembered, and set right for the list at hand."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select, update

from audit_app.cases import queries
from audit_app.cases.listed import ListedCase
from audit_app.cases.model import CaseList, CaseListEntry, TeamName
from audit_app.cases.operations.keeping import ENTRIES, RECORDS, compare, keep, wait_for_other_lists
from audit_app.cases.teams import folded_label
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused


def name_teams(one: CaseList, named: Mapping[str, Unit], *, by: int) -> tuple[int, int]:
    """Say which units a list's team names mean: remembered for later lists, and at once for this one.

    Gives how many held rows were settled and how many cases moved to another unit. The name "" stands for rows
    without a team: it holds for this list only.
    """
    wait_for_other_lists(one.authority)
    units = {unit.id for unit in queries.units_for_cases(one.authority)}
    if any(unit.id not in units for unit in named.values()):
        raise Refused(Refusal("Choose a team or service of this authority that is open."))
    meant = {folded_label(label): unit.id for label, unit in named.items()}
    _remember(one.authority_id, {label: unit_id for label, unit_id in meant.items() if label})
    settled, moved = _settle(one, meant), _move(one, meant)
    if settled or moved:
        compare(one)
    body = {"teams": meant, "settled": settled, "moved": moved}
    record("case_list.teams_named", subject=f"case_list:{one.id}", body=body, by=by)
    db.session.flush()
    return settled, moved


def _remember(authority_id: int, meant: Mapping[str, int]) -> None:
    rows = select(TeamName).where(TeamName.authority_id == authority_id, TeamName.label.in_(meant))
    present = {row.label: row for row in db.session.execute(rows).scalars()}
    for label, unit_id in meant.items():
        if label in present:
            present[label].unit_id = unit_id
        else:
            db.session.add(TeamName(authority_id=authority_id, label=label, unit_id=unit_id))


def _settle(one: CaseList, meant: Mapping[str, int]) -> int:
    """Read the held rows of a list whose team is known now."""
    rows = [row for row in queries.held_of(one) if row.team_label is not None]
    ready = [row for row in rows if folded_label(row.team_label or "") in meant]
    cases = [(ListedCase.from_kept(row.known), meant[folded_label(row.team_label or "")]) for row in ready]
    for row in ready:
        row.settled_at, row.known = now(), {}
    one.read, one.held = one.read + len(ready), one.held - len(ready)
    db.session.flush()
    keep(one, cases)
    return len(cases)


def _move(one: CaseList, meant: Mapping[str, int]) -> int:
    """Put the cases of a list that were read under another unit where they belong."""
    labels = select(CaseListEntry.team_label).where(CaseListEntry.list_id == one.id).distinct()
    moved = 0
    for label in list(db.session.execute(labels).scalars()):
        unit_id = meant.get(folded_label(label))
        if unit_id is None:
            continue
        wrong = [ENTRIES.c.list_id == one.id, ENTRIES.c.team_label == label, ENTRIES.c.unit_id != unit_id]
        ids = list(db.session.execute(select(ENTRIES.c.case_id).where(*wrong)).scalars())
        if ids:
            moved += len(ids)
            db.session.execute(update(ENTRIES).where(*wrong).values(unit_id=unit_id))
            records = update(RECORDS).where(RECORDS.c.id == bindparam("case"), RECORDS.c.last_list_id == one.id)
            change = records.values(unit_id=unit_id, version_id=RECORDS.c.version_id + 1)
            db.session.connection().execute(change, [{"case": case_id} for case_id in ids])
    db.session.expire_all()
    return moved
