"""Reading history: what happened to a thing, and what proves that it is all still there."""

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from audit_app.db import db
from audit_app.history.model import ENTRIES, HEADS, PAYLOADS, Entry
from audit_app.history.tree import Tree
from audit_app.web.paging import Page, page

AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class EntryWithBody:
    """One thing that happened, as pages show it; erased means that what it said is no longer kept."""

    idx: int
    kind: str
    subject: str | None
    at: dt.datetime
    actor_id: int | None
    body: dict[str, Any] | None
    erased: bool


class TreeHead(NamedTuple):
    """How many entries there are, and the one root over them all."""

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Inclusion:
    """An entry without what it says, and the hashes that lead from it to the root."""

    idx: int
    subject: str | None
    kind: str
    actor_id: int | None
    at: str
    commitment: str
    prev: str
    hash: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that one thing's entries stand in the history of that size and root, telling nothing of other things."""

    subject: str
    size: int
    root: str
    entries: tuple[Inclusion, ...]


def entries_of(
    subject: str,
    *,
    kinds: Collection[str] | None = None,
    before: int | None = None,
    limit: int | None = None,
    bodies: bool = True,
) -> list[EntryWithBody]:
    """What happened to a thing, newest first; without bodies for those who may not read what entries say."""
    wanted = _entries(bodies).where(ENTRIES.c.subject == subject).order_by(ENTRIES.c.idx.desc())
    if kinds is not None:
        wanted = wanted.where(ENTRIES.c.kind.in_(kinds))
    if before is not None:
        wanted = wanted.where(ENTRIES.c.idx < before)
    if limit is not None:
        wanted = wanted.limit(limit)
    return [_shown(*row) for row in db.session.execute(wanted)]


def entries_page(*, after: str, before: str) -> Page[Entry]:
    """A page of the whole history, newest first: that things happened, never what was said of them."""
    size = db.session.execute(select(HEADS.c.size)).scalar_one_or_none() or 0
    return page(
        select(Entry), (Entry.idx,), lambda one: (one.idx,), total=size, after=after, before=before, falling=True
    )


def last_of(subject: str, kind: str) -> EntryWithBody | None:
    """The last time that a thing of that kind happened to it."""
    return next(iter(entries_of(subject, kinds=(kind,), limit=1)), None)


def checkpoint() -> TreeHead:
    """The history as it stands, in two values: for the foot of a report, and for keeping elsewhere."""
    tree = _tree(Tree())
    return TreeHead(tree.size, tree.root())


def receipt(subject: str) -> Receipt:
    """What proves, later and elsewhere, that a thing's entries stood in the history."""
    rows = db.session.execute(select(ENTRIES).where(ENTRIES.c.subject == subject).order_by(ENTRIES.c.idx)).all()
    tree = _tree(Tree(watch=[row.idx for row in rows]))
    return Receipt(
        subject,
        tree.size,
        tree.root(),
        tuple(
            Inclusion(
                row.idx,
                row.subject,
                row.kind,
                row.actor_id,
                row.at,
                row.commitment,
                row.prev,
                row.hash,
                tree.path(row.idx),
            )
            for row in rows
        ),
    )


def _entries(bodies: bool) -> Select[Any]:
    columns = (ENTRIES.c.idx, ENTRIES.c.kind, ENTRIES.c.subject, ENTRIES.c.at, ENTRIES.c.actor_id, PAYLOADS.c.idx)
    return select(*columns, *((PAYLOADS.c.body,) if bodies else ())).outerjoin_from(ENTRIES, PAYLOADS)


def _shown(
    idx: int,
    kind: str,
    subject: str | None,
    at: str,
    actor_id: int | None,
    payload: int | None,
    body: str | None = None,
) -> EntryWithBody:
    said = json.loads(body) if body is not None else None
    return EntryWithBody(idx, kind, subject, dt.datetime.fromisoformat(at), actor_id, said, payload is None)


def _tree(tree: Tree) -> Tree:
    hashes = select(ENTRIES.c.hash).order_by(ENTRIES.c.idx).execution_options(yield_per=AT_ONCE)
    for one in db.session.scalars(hashes):
        tree.add(bytes.fromhex(one))
    return tree
