"""Writing history: collected while a request works, sealed as the last statements of its transaction, checked whole."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import copy_context
from functools import partial

from blinker import Signal
from sqlalchemy import bindparam, delete, event, exists, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, SessionTransaction

from audit_app.clock import now
from audit_app.db import db, only_read, reading
from audit_app.history import verification
from audit_app.history.chain import ERASED, Happening, Sealed, happening, seal
from audit_app.history.checkpoint import Checkpoint
from audit_app.history.model import ENTRIES, HEADS, PAYLOADS
from audit_app.history.verification import Findings

WAITING = "history.waiting"
AT_ONCE = 1000  # rows in one statement

recorded = Signal("Something happened; sent at once, before the change it belongs to is kept.")


class HeadMissing(RuntimeError):
    """The history has no head: it was never set up, or somebody took it away. Nothing may be kept without history."""

    def __init__(self) -> None:
        super().__init__("The history has no head. Run `flask db upgrade`, then `flask history verify`.")


def connect() -> None:
    """Write what was recorded whenever a session of the application commits; harmless when said again."""
    for name, listener in LISTENERS.items():
        if not event.contains(db.session, name, listener):
            event.listen(db.session, name, listener)


def record(
    kind: str, *, subject: str | None = None, body: Mapping[str, object] | None = None, by: int | None = None
) -> None:
    """Say that something happened: announced at once, written with the change it belongs to, or not at all."""
    connect()
    one = happening(kind, subject, body, by, now())
    session = db.session()
    if not session.in_transaction():
        session.begin()  # so that a rollback, too, has something to end
    session.info.setdefault(WAITING, []).append((one, _savepoints(session)))
    recorded.send(kind, subject=subject, body=body, by=by)


def record_now(
    kind: str, *, subject: str | None = None, body: Mapping[str, object] | None = None, by: int | None = None
) -> None:
    """Write one entry in a short transaction of its own, once the request's is over: access was refused."""
    one = happening(kind, subject, body, by, now())
    copy_context().run(_write_alone, one)  # a copy, so that the request goes on as reader or writer as it was


def _write_alone(one: Happening) -> None:
    only_read(False)
    with db.engine.begin() as connection:
        _append(connection, [one])


def erase(indices: Iterable[int], *, reason: str, by: int | None) -> list[int]:
    """Erase what entries say because its time is over; that it was erased is history. Gives the ones erased now."""
    wanted, gone = sorted(set(indices)), list[int]()
    if not reason.strip():
        raise ValueError("an erasure needs a reason")
    for part in _parts(wanted):
        gone += _erasable(db.session.connection(), part)
    for part in _parts(gone):
        db.session.execute(delete(PAYLOADS).where(PAYLOADS.c.idx.in_(part)))
    if gone:
        record(ERASED, body={"indices": gone, "reason": reason.strip()}, by=by)
    return gone


def _erasable(connection: Connection, indices: Sequence[int]) -> list[int]:
    found = connection.execute(
        select(ENTRIES.c.idx, ENTRIES.c.kind, PAYLOADS.c.idx.is_not(None))
        .outerjoin_from(ENTRIES, PAYLOADS)
        .where(ENTRIES.c.idx.in_(indices))
        .order_by(ENTRIES.c.idx)
    ).all()
    if len(found) < len(indices):
        raise ValueError(f"there are no entries {sorted(set(indices) - {idx for idx, _, _ in found})}")
    if kept := [idx for idx, kind, _ in found if kind == ERASED]:
        raise ValueError(f"entries {kept} say what was erased: they stay")
    return [idx for idx, _, there in found if there]


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))


def verify(checkpoints: Iterable[Checkpoint] = ()) -> list[str]:
    """What is wrong with the history, each problem in a sentence; an empty list when nothing is."""
    findings = examine(checkpoints)
    more = [f"and {findings.unlisted} more problems"] if findings.unlisted else []
    return findings.problems + more


def examine(checkpoints: Iterable[Checkpoint] = ()) -> Findings:
    """Check the whole history as it stood at one moment, while others go on writing."""
    rows = (
        select(
            ENTRIES.c.idx,
            ENTRIES.c.subject,
            ENTRIES.c.kind,
            ENTRIES.c.actor_id,
            ENTRIES.c.at,
            ENTRIES.c.commitment,
            ENTRIES.c.prev,
            ENTRIES.c.hash,
            PAYLOADS.c.salt,
            PAYLOADS.c.body,
        )
        .outerjoin_from(ENTRIES, PAYLOADS)
        .order_by(ENTRIES.c.idx)
        .execution_options(yield_per=AT_ONCE)
    )
    # The limit only keeps memory small: one orphan is as bad as a thousand.
    strays = (
        select(PAYLOADS.c.idx)
        .where(~exists().where(ENTRIES.c.idx == PAYLOADS.c.idx))
        .order_by(PAYLOADS.c.idx)
        .limit(verification.LISTED)
    )
    with reading(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        head = connection.execute(_HEAD).one_or_none()
        orphans = list(connection.scalars(strays))
        return verification.verify(
            map(Sealed._make, connection.execute(rows)),
            head=(head.size, head.hash) if head else None,
            orphans=orphans,
            checkpoints=checkpoints,
        )


# With every change of anything, so they are made once.
_HEAD = select(HEADS.c.size, HEADS.c.hash).where(HEADS.c.id == 1)
_HEAD_TO_WRITE = _HEAD.with_for_update()
_NEW_ENTRIES, _NEW_PAYLOADS = insert(ENTRIES), insert(PAYLOADS)
_HEAD_MOVED = update(HEADS).where(HEADS.c.id == 1).values(size=bindparam("new_size"), hash=bindparam("new_hash"))


def _append(connection: Connection, happenings: Sequence[Happening]) -> None:
    head = connection.execute(_HEAD_TO_WRITE).one_or_none()
    if head is None:
        raise HeadMissing
    sealed = seal(happenings, head.size, head.hash, salt=lambda: secrets.token_hex(32))
    rows = [entry._asdict() for entry in sealed]
    payloads = [{name: row.pop(name) for name in ("salt", "body")} | {"idx": row["idx"]} for row in rows]
    connection.execute(_NEW_ENTRIES, rows)
    connection.execute(_NEW_PAYLOADS, payloads)
    last = sealed[-1]
    connection.execute(_HEAD_MOVED, {"new_size": last.idx + 1, "new_hash": last.hash})


def _savepoints(session: Session) -> tuple[SessionTransaction, ...]:
    around, here = [], session.get_nested_transaction()
    while here is not None:
        if here.nested:
            around.append(here)
        here = here.parent
    return tuple(around)


def _write_waiting(session: Session) -> None:
    """Before a commit: write what waits, after everything else and with the head locked last."""
    if session.in_nested_transaction():
        return  # a savepoint is only released: its entries go with the whole
    session.flush()
    if waiting := session.info.get(WAITING):
        _append(session.connection(), [one for one, _ in waiting])
        del session.info[WAITING]


def _forget_undone(session: Session, undone: SessionTransaction) -> None:
    """After a savepoint was rolled back: what was recorded inside it did not happen."""
    if waiting := session.info.get(WAITING):
        session.info[WAITING] = [one for one in waiting if undone not in one[1]]


def _forget_ended(session: Session, ended: SessionTransaction) -> None:
    """After a transaction, however it ended: nothing that was recorded in it may reach the next."""
    if ended.parent is None:
        session.info.pop(WAITING, None)


def _watch(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """As a transaction begins: make sure that it cannot end with history unwritten."""
    if transaction.parent is None:
        event.listen(connection, "commit", partial(_refuse_unwritten, session))


def _refuse_unwritten(session: Session, connection: Connection) -> None:
    # The session cannot tell a savepoint's release from a commit around an open savepoint; the connection can.
    if session.info.get(WAITING):
        raise RuntimeError("A commit would have left history unwritten: end the savepoint first.")


LISTENERS: dict[str, Callable[..., None]] = {
    "before_commit": _write_waiting,
    "after_soft_rollback": _forget_undone,
    "after_transaction_end": _forget_ended,
    "after_begin": _watch,
}
