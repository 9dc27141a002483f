"""What figures need to know of single audits: as the ledger has them now, and as they are in the tallies."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, literal, select, union, union_all

from audit_app.access.actor import Actor
from audit_app.actions.queries import dues
from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.model import Assignment, Audit, Judgement, Retraction
from audit_app.auditing.workflow import COUNTED, ENDED, Stage
from audit_app.clock import today
from audit_app.db import db
from audit_app.escalation.queries import loops_without
from audit_app.frameworks.content import Tool
from audit_app.frameworks.model import ToolVersion
from audit_app.measures.facts import Around, Facts, facts_of, from_text
from audit_app.measures.keys import Place
from audit_app.measures.model import Delta, Tallied
from audit_app.measures.queries.ledger import population_of
from audit_app.programmes.model import Round

Placed = tuple[Place, Facts]
AT_ONCE = 500
NO_AUDIT = 0  # stands for the earlier audit of one that goes back to none


def facts_now(ids: Sequence[int], unseen: Collection[int] = ()) -> dict[int, Placed]:
    """Some audits as the ledger has them now; those withdrawn or void are not among them.

    What unseen audits say of earlier ones is not known: somebody judges them blind.
    """
    columns = (Audit.id, Audit.period, Audit.unit_path, Audit.auditor_id, Audit.category)
    more = (Round.programme_id, Audit.tool_version_id, Audit.stage, Audit.first_handed_in_at)
    rows = select(*columns, *more).join(Audit.round).where(Audit.id.in_(ids))
    found = {row.id: row for row in db.session.execute(rows) if Stage(row.stage) not in ENDED}
    counted = [key for key, row in found.items() if Stage(row.stage) in COUNTED]
    facts = _counted(select(Audit.id).where(Audit.id.in_(counted)), unseen) if counted else {}
    return {
        key: (
            _place(row, row.period),
            facts.get(key) or Facts(row.first_handed_in_at is not None),
        )
        for key, row in found.items()
    }


def _counted(ids: Select[int], unseen: Collection[int]) -> dict[int, Facts]:
    views: dict[int, list[tuple[str, bool | None]]] = defaultdict(list)
    reasons: dict[int, list[tuple[str, str]]] = defaultdict(list)
    settled = select(Judgement).where(
        Judgement.audit_id.in_(ids),
        Judgement.phase == "settled",
        Judgement.id.not_in(select(Retraction.judgement_id)),
    )
    columns = (Judgement.tier, Judgement.section, Judgement.evidence_supports, Judgement.decision)
    rows = settled.with_only_columns(Judgement.audit_id, *columns, Judgement.reason_code).order_by(Judgement.id)
    for audit_id, tier, section, view, decision, code in db.session.execute(rows):
        if tier == SENIOR:
            views[audit_id].append((section, view))
        if decision == "override":
            reasons[audit_id].append((tier, code or ""))
    around = _around(ids, unseen)
    return {
        one.id: facts_of(one, views[one.id], reasons[one.id], around.get(one.id))
        for one in population_of(ids, every_section=True)
    }


def _around(ids: Select[int], unseen: Collection[int]) -> dict[int, Around]:
    """What came of some audits, of those of which anything came."""
    day = today()
    came: dict[int, list[tuple[dt.date, bool]]] = defaultdict(list)
    for audit_id, due_on, in_time in dues(ids):
        came[audit_id].append((due_on, in_time))
    loops = {one.audit_id: one for one in loops_without(ids, unseen)}
    found = {}
    for audit_id in came.keys() | loops.keys():
        over = [in_time for due_on, in_time in came[audit_id] if due_on < day]
        turns = [due_on + dt.timedelta(days=1) for due_on, _ in came[audit_id] if due_on >= day]
        loop = loops.get(audit_id)
        if loop is not None and loop.month is not None and not loop.said:
            turns.append((loop.month.replace(day=1) + dt.timedelta(days=32)).replace(day=1))
        said = loop.said if loop is not None else ""
        found[audit_id] = Around(len(over), sum(over), said, min(turns, default=None))
    return found


def kept_facts(ids: Iterable[int]) -> dict[int, Placed]:
    """Some audits as they are in the tallies."""
    wanted, found = list(ids), {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = select(Tallied).where(Tallied.audit_id.in_(wanted[start : start + AT_ONCE]))
        found.update({row.audit_id: placed(row) for row in db.session.execute(rows).scalars()})
    return found


def placed(row: Tallied) -> Placed:
    """A kept row as values."""
    return _place(row, row.month), from_text(row.facts)


def _place(row: Any, month: dt.date) -> Place:
    return Place(month, row.unit_path, row.auditor_id, row.category, row.programme_id, row.tool_version_id)


def tools() -> dict[int, Tool]:
    """Every version of a tool."""
    versions = db.session.execute(select(ToolVersion).order_by(ToolVersion.id)).scalars()
    return {one.id: one.tool for one in versions}


def turned() -> Select[int]:
    """The audits in the tallies whose facts are others by now because days have passed."""
    return select(Tallied.audit_id).where(Tallied.changes_on <= today())


def unfolded() -> list[int]:
    """The audits of which something changed that is not yet in the tallies."""
    return sorted(db.session.execute(union(select(Delta.audit_id), turned())).scalars())


def not_in_tallies(actor: Actor) -> Iterator[tuple[int, Placed]]:
    """What the tallies do not say as it is for this person: −1 to take off what they say, 1 to add what is so.

    That is what changed since, and what they judge blind: it is in no figure of theirs, nor is what it says of the
    audit to which it goes back.
    """
    blind = select(literal(0), Assignment.audit_id, Audit.follows_id).join(Audit)
    blind = blind.where(Assignment.person_id == actor.id, Assignment.hidden, Assignment.ended_at.is_(None))
    noted = select(literal(1), Delta.audit_id, literal(NO_AUDIT)).distinct()
    due = turned().with_only_columns(literal(1), Tallied.audit_id, literal(NO_AUDIT))
    hidden, changed = set[int](), set[int]()
    rows: Sequence[Any] = db.session.execute(union_all(blind, noted, due)).all()
    for is_noted, audit_id, follows_id in rows:
        (changed if is_noted else hidden).add(audit_id)
        changed.update([follows_id] if follows_id else [])
    for one in kept_facts(sorted(hidden | changed)).values():
        yield -1, one
    seen = sorted(changed - hidden)
    for start in range(0, len(seen), AT_ONCE):
        for one in facts_now(seen[start : start + AT_ONCE], hidden).values():
            yield 1, one
