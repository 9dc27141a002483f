"""Keeping the cases of a list in bulk, and counting how the list differs from the one before it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from audit_app.cases import queries
from audit_app.cases.listed import ListedCase, compared
from audit_app.cases.model import CaseList
from audit_app.cases.summary import difference_summary
from audit_app.db import Model, db
from audit_app.organisation.model import Unit

RECORDS, ENTRIES = (Model.metadata.tables[name] for name in ("case_record", "case_list_entry"))
_SAID = ("unit_id", "worker", "category", "attributes", "started_on", "closed")


def wait_for_other_lists(authority: Unit) -> None:
    """Let one case list of an authority be changed at a time."""
    db.session.execute(select(Unit.id).where(Unit.id == authority.id).with_for_update())


def keep(one: CaseList, cases: Sequence[tuple[ListedCase, int]]) -> None:
    """Keep cases of a list in bulk: new ones, changed ones, and each as it stands on this list."""
    if not cases:
        return
    places = queries.places_of(one.authority_id)
    columns = (RECORDS.c.id, RECORDS.c.reference, RECORDS.c.last_list_id, *(RECORDS.c[name] for name in _SAID))
    mine = select(*columns).where(RECORDS.c.authority_id == one.authority_id)
    known = {row.reference: row for row in db.session.execute(mine)}
    new, changed, seen = [], [], []
    for case, unit_id in cases:
        said = _said(case, unit_id)
        before = known.get(case.reference)
        if before is None:
            new.append(
                {**said, "authority_id": one.authority_id, "reference": case.reference, "last_list_id": one.id}
                | {"version_id": 1}
            )
        elif before.last_list_id is None or places[before.last_list_id] <= places[one.id]:
            # A list that was taken later has the last word, whenever this one was loaded.
            seen.append({"case": before.id, "list": one.id})
            if any(getattr(before, name) != said[name] for name in _SAID):
                changed.append({"case": before.id, **{f"new_{name}": said[name] for name in _SAID}})
    if new:
        db.session.execute(insert(RECORDS), new)
    if changed:
        values = {name: bindparam(f"new_{name}", type_=RECORDS.c[name].type) for name in _SAID}
        change = update(RECORDS).where(RECORDS.c.id == bindparam("case"))
        db.session.connection().execute(change.values(**values, version_id=RECORDS.c.version_id + 1), changed)
    if seen:
        see = update(RECORDS).where(RECORDS.c.id == bindparam("case")).values(last_list_id=bindparam("list"))
        db.session.connection().execute(see, seen)
    ids = {row.reference: row.id for row in db.session.execute(mine)}
    db.session.execute(insert(ENTRIES), [_entry(one, ids[case.reference], case, unit_id) for case, unit_id in cases])
    db.session.expire_all()


def _said(case: ListedCase, unit_id: int) -> dict[str, Any]:
    return {
        "unit_id": unit_id,
        "worker": case.worker,
        "category": case.category,
        "attributes": dict(case.attributes),
        "started_on": case.started_on,
        "closed": case.category == "closed",
    }


def _entry(one: CaseList, case_id: int, case: ListedCase, unit_id: int) -> dict[str, Any]:
    return {
        "list_id": one.id,
        "case_id": case_id,
        "unit_id": unit_id,
        "worker": case.worker,
        "category": case.category,
        "attributes": dict(case.attributes),
        "team_label": case.team,
    }


def compare(one: CaseList) -> None:
    """Count how a list differs from the one that was taken last before it."""
    before = queries.list_before(one)
    if before is None:
        one.summary = {**one.summary, "difference": None}
        return
    held = {row.known["reference"] for row in queries.held_of(one)}
    found = compared(queries.placed_on(before.id), queries.placed_on(one.id), held)
    against = {"list": before.id, "taken_on": before.taken_on.isoformat()}
    one.summary = {**one.summary, "difference": difference_summary(found, against)}
