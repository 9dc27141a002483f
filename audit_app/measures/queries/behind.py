"""The audits behind a figure, page by page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import open_to
from audit_app.db import db
from audit_app.measures.figure import Figure
from audit_app.measures.population import Counted
from audit_app.measures.queries.filters import Filters
from audit_app.measures.queries.ledger import chosen, overridden
from audit_app.measures.single_counts import REASON, cell, counted_in
from audit_app.web.paging import SIZE, Page

LONGEST_ID = 12


@dataclass(frozen=True, slots=True)
class Behind:
    """The audits behind a figure: a page of those that this person may open, and how many more there are."""

    page: Page[Audit]
    more: int


def behind(ids: Collection[int], filters: Filters, actor: Actor, *, after: str, before: str) -> Behind:
    """The audits behind a figure of the same filters, newest first."""
    mine = select(Audit.id).join(Audit.unit).where(Audit.id.in_(chosen(filters, actor)), open_to(actor))
    wanted = frozenset(ids)
    found = sorted((one for one in db.session.execute(mine).scalars() if one in wanted), reverse=True)
    here = _page_of(found, after, before)
    rows = select(Audit).where(Audit.id.in_(here)).options(joinedload(Audit.case), joinedload(Audit.unit))
    audits = list(db.session.execute(rows.order_by(Audit.id.desc())).scalars())
    newer = str(here[0]) if here and here[0] != found[0] else None
    older = str(here[-1]) if here and here[-1] != found[-1] else None
    return Behind(Page(audits, len(found), older, newer, newer is None), len(wanted) - len(found))


def _page_of(found: Sequence[int], after: str, before: str) -> Sequence[int]:
    """The ids of one page, of ids in descending order."""
    if after.isdecimal() and len(after) < LONGEST_ID:
        return [one for one in found if one < int(after)][:SIZE]
    if before.isdecimal() and len(before) < LONGEST_ID:
        return [one for one in found if one > int(before)][-SIZE:]
    return found[:SIZE]


def further(key: str, audits: Sequence[Counted], filters: Filters, actor: Actor) -> Figure | None:
    """A number of a grid, a distribution or a list of reasons as a figure with its audits."""
    if key.startswith(REASON):
        found = overridden(key.removeprefix(REASON), filters, actor)
        return counted_in(key, tuple(dict.fromkeys(found)), len(found)) if found else None
    return cell(key, audits, every_section=filters.every_section)
