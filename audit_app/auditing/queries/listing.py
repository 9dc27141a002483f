"""The list of audits: what its rows show, and which of them somebody asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Bundle

from audit_app.access.actor import Actor
from audit_app.auditing.model import Assignment, Audit
from audit_app.auditing.queries import hidden_from, open_to
from audit_app.auditing.visibility import JUDGES_WITH
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from audit_app.web.formats import plural
from audit_app.web.paging import Page, page

# What a row of the list shows: columns, as whole audits with all that hangs on them cost a page three times as much.
LISTED: Bundle[Any] = Bundle(
    "listed",
    Audit.id,
    CaseRecord.reference,
    Unit.name.label("team"),
    Person.name.label("auditor"),
    Audit.period,
    Audit.due_on,
    Audit.stage,
    single_entity=True,
)


COUNTED = 1_000  # a list says how long it is up to here: to count a million audits costs more than to show 25


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in the list of audits."""

    reference: str = ""
    stage: str = ""
    mine: bool = False


@lru_cache(maxsize=256)
def _listed(actor: Actor, asked: Asked) -> tuple[Select[Any], Select[int]]:
    """The list that somebody asks for and its length: to put a statement together costs as much as to answer it."""
    rows = select(Audit).join(Audit.unit).where(open_to(actor))
    if asked.reference:
        cases = select(CaseRecord.id).where(CaseRecord.reference.startswith(asked.reference, autoescape=True))
        rows = rows.where(Audit.case_id.in_(cases))
    if asked.stage:
        # A stage would tell an external auditor what they judge blind just now: those are in no filtered list.
        rows = rows.where(Audit.stage == asked.stage, Audit.id.not_in(hidden_from(actor)))
    if asked.mine:
        rows = rows.where(Audit.auditor_id == actor.id)
    # Outer joins: a database that may begin with cases or people sorts every audit for each page.
    shown = rows.with_only_columns(LISTED, maintain_column_froms=True).outerjoin(Audit.auditor).outerjoin(Audit.case)
    few = rows.with_only_columns(Audit.id, maintain_column_froms=True).limit(COUNTED + 1).subquery()
    return shown, select(func.count()).select_from(few)


def page_of(actor: Actor, asked: Asked, *, after: str, before: str) -> Page[Any]:
    """A page of the audits that somebody may see, newest round first, as rows of what the list shows.

    Its total ends one above COUNTED.
    """
    rows, number = _listed(actor, asked)
    total = db.session.connection().execute(number).scalar_one()
    return page(rows, (Audit.id,), lambda a: (a.id,), total=total, after=after, before=before, falling=True)


def length_said(total: int) -> str:
    """How long the list is, in words."""
    return f"More than {plural(COUNTED, 'audit')}" if total > COUNTED else plural(total, "audit")


def held_blind(audit_ids: Iterable[int], actor: Actor) -> set[int]:
    """Which of some audits this person judges blind just now."""
    tiers = [tier for tier, permission in JUDGES_WITH.items() if actor.may(permission)]
    if not tiers:
        return set()
    rows = hidden_from(actor).where(Assignment.audit_id.in_(audit_ids), Assignment.tier.in_(tiers))
    return set(db.session.execute(rows).scalars())
