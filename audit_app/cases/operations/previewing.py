"""What would become of a case list as things stand now: worked out without storing anything."""

import datetime as dt
import hashlib
import json
from typing import Any

from sqlalchemy import select

from audit_app.cases import queries
from audit_app.cases.caselist import CaseList as ReadList
from audit_app.cases.listed import compared
from audit_app.cases.model import CaseList
from audit_app.cases.operations.loading import placement_in
from audit_app.cases.preview import preview_of
from audit_app.db import db
from audit_app.organisation.model import Unit
from audit_app.web.formats import day


def preview_in(
    authority: Unit, taken_on: dt.date, read: ReadList, file_hash: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The preview of a list and the details behind its counts; `file_hash` is what makes two loads one."""
    found = placement_in(authority, read)
    before = queries.list_by_day(authority.id, taken_on)
    difference = against = None
    if before is not None:
        difference = compared(queries.placed_on(before.id), found.compared(), found.waiting())
        against = {"list": before.id, "taken_on": before.taken_on.isoformat()}
    shown, details = preview_of(found, difference, against)
    present = queries.find_list_of_file(authority.id, file_hash)
    later = queries.list_after_day(authority.id, taken_on)
    if later is not None:
        shown["notes"].append(
            f"A list that was taken later, on {day(later.taken_on)}, is loaded already. Cases on that list keep "
            "what it says; this list adds the cases that it lacks."
        )
    return {**shown, "present": present.id if present else None}, details


def basis_of(authority: Unit) -> str:
    """The state of an authority that a preview is made from: its lists, its units, and what its team names mean."""
    lists = select(CaseList.id, CaseList.read, CaseList.held, CaseList.summary).where(
        CaseList.authority_id == authority.id
    )
    state = [
        sorted([row.id, row.read, row.held, row.summary.get("difference")] for row in db.session.execute(lists)),
        sorted((unit.id, unit.name) for unit in queries.units_for_cases(authority)),
        sorted(queries.remembered_teams(authority.id).items()),
    ]
    return hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()
