"""Keeping the cases of a list in bulk, and counting how the list differs from the one before it."""

from collections.abc import Callable, Iterable
from itertools import islice

from sqlalchemy import JSON, ColumnClause, Integer, Text, bindparam, case, cast, insert, literal_column, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from audit_app.cases import queries
from audit_app.cases.listed import ListedCase, compared
from audit_app.cases.model import CaseList
from audit_app.cases.operations.bulk import ForMany, Written
from audit_app.cases.summary import difference_summary
from audit_app.db import Model, db
from audit_app.organisation.model import Unit

RECORDS, ENTRIES = (Model.metadata.tables[name] for name in ("case_record", "case_list_entry"))
BATCH = 1000
_SAID = ("unit_id", "worker", "category", "attributes", "started_on", "closed")
_ENTERED = ("unit_id", "worker", "category", "attributes", "team_label")


def wait_for_other_lists(authority: Unit) -> None:
    """Let one case list of an authority be changed at a time."""
    db.session.execute(select(Unit.id).where(Unit.id == authority.id).with_for_update())


def keep(
    one: CaseList, cases: Iterable[tuple[ListedCase, int]], step: Callable[[int], None] = lambda done: None
) -> None:
    """Keep cases of a list in bulk: new ones, changed ones, and each as it stands on this list.

    It is done in batches, so that a long list needs no more memory than a short one; `step` is told how many are kept.
    """
    left, done, written = iter(cases), 0, Written()
    records = ForMany(_kept(one), ("reference", *_SAID), written)
    entries = ForMany(_entered(one), (*(f"its_{name}" for name in _ENTERED), "known_as"), written)
    while batch := list(islice(left, BATCH)):
        records.carry_out(
            (said.reference, unit_id, said.worker, said.category, said.attributes, said.started_on, said.closed)
            for said, unit_id in batch
        )
        entries.carry_out(
            (unit_id, said.worker, said.category, said.attributes, said.team, said.reference) for said, unit_id in batch
        )
        done += len(batch)
        step(done)
    db.session.expire_all()


def _kept(one: CaseList) -> Insert:
    """A case put in, or changed where this list says something else than the latest list that has it."""
    made = postgresql.insert(RECORDS) if db.engine.dialect.name == "postgresql" else sqlite.insert(RECORDS)
    put = made.values(authority_id=_same(one.authority_id), last_list_id=_same(one.id), version_id=_same(1))
    says, known = put.excluded, RECORDS.c
    differs = or_(
        *(
            (cast(known[name], Text) if isinstance(known[name].type, JSON) else known[name]).is_distinct_from(
                cast(says[name], Text) if isinstance(known[name].type, JSON) else says[name]
            )
            for name in _SAID
        )
    )
    places = queries.places_of(one.authority_id)
    # A list that was taken later has the last word, whenever this one was loaded.
    later = [_same(list_id) for list_id, place in places.items() if place > places[one.id]]
    return put.on_conflict_do_update(
        index_elements=[known.authority_id, known.reference],
        set_={
            **{name: says[name] for name in _SAID},
            "last_list_id": says.last_list_id,
            "version_id": known.version_id + case((differs, _same(1)), else_=_same(0)),
        },
        where=or_(known.last_list_id.is_(None), known.last_list_id.not_in(later)) if later else None,
    )


def _entered(one: CaseList) -> Insert:
    """A case as it stands on this list, by the case's own reference."""
    said = [bindparam(f"its_{name}", type_=ENTRIES.c[name].type) for name in _ENTERED]
    mine = [
        RECORDS.c.authority_id == _same(one.authority_id),
        RECORDS.c.reference == bindparam("known_as", type_=RECORDS.c.reference.type),
    ]
    case_of = select(_same(one.id), RECORDS.c.id, *said).where(*mine)
    return insert(ENTRIES).from_select(["list_id", "case_id", *_ENTERED], case_of)


def _same(number: int) -> ColumnClause[int]:
    """A number that is the same for every row, and so is part of the statement."""
    return literal_column(str(number), Integer)


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
