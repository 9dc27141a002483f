"""A short made-up history to test with, and the many ways in which somebody might falsify it."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from itertools import count

from audit_app.history.chain import FIRST_PREV, Happening, Sealed, commitment, entry_hash, happening, seal
from audit_app.history.checkpoint import Checkpoint, take
from audit_app.history.tree import Tree

START = dt.datetime(2026, 4, 1, 9, 30, tzinfo=dt.UTC)
KINDS = ("audit.submitted", "audit.moderated", "audit.agreed")

Chain = tuple[list[Sealed], tuple[int, str]]
Mutation = Callable[[list[Sealed], int], Chain]


def happenings(number: int) -> list[Happening]:
    """Things that happened to some audits, a minute apart."""
    return [
        happening(
            KINDS[n % 3],
            f"audit:{n % 7 + 1}",
            {"grade": ("good", "poor")[n % 2]},
            n % 9 + 1,
            START + dt.timedelta(minutes=n),
        )
        for n in range(number)
    ]


def chain(number: int) -> list[Sealed]:
    """Those things, sealed with salts that are easy to read."""
    salts = (f"{n:064x}" for n in count(1))
    return seal(happenings(number), 0, FIRST_PREV, lambda: next(salts))


def head_of(entries: Sequence[Sealed]) -> tuple[int, str]:
    """The head that belongs to a chain."""
    return (entries[-1].idx + 1, entries[-1].hash) if entries else (0, FIRST_PREV)


def root_of(entries: Sequence[Sealed]) -> str:
    """The root over a chain."""
    tree = Tree()
    for entry in entries:
        tree.add(bytes.fromhex(entry.hash))
    return tree.root()


def checkpoints(entries: Sequence[Sealed], *sizes: int) -> list[Checkpoint]:
    """Outside checkpoints of a chain, taken at those sizes."""
    return [take("tests", size, root_of(entries[:size]), START) for size in sizes]


def _rechained(entries: Sequence[Sealed]) -> Chain:
    """The whole chain hashed anew with its head, as somebody who owns the database can do."""
    prev, again = FIRST_PREV, []
    for idx, entry in enumerate(entries):
        own = entry_hash(idx, entry.subject, entry.kind, entry.actor_id, entry.at, entry.commitment, prev)
        again.append(entry._replace(idx=idx, prev=prev, hash=own))
        prev = own
    return again, head_of(again)


def _with(entries: list[Sealed], index: int, **changes: object) -> Chain:
    changed = [*entries[:index], entries[index]._replace(**changes), *entries[index + 1 :]]  # type: ignore[arg-type]
    return changed, head_of(entries)


def _edit(**changes: object) -> Mutation:
    return lambda entries, index: _with(entries, index, **changes)


def _payload_and_commitment(entries: list[Sealed], index: int) -> Chain:
    body = '{"grade":"excellent"}'
    return _with(entries, index, body=body, commitment=commitment(str(entries[index].salt), body))


def _without(entries: list[Sealed], index: int) -> list[Sealed]:
    return [*entries[:index], *entries[index + 1 :]]


def _swap(entries: list[Sealed], index: int) -> Chain:
    other = index + 1 if index + 1 < len(entries) else index - 1
    fields = ("subject", "kind", "actor_id", "at", "commitment")
    one, two = ({name: getattr(entries[n], name) for name in fields} for n in (index, other))
    swapped, _ = _with(entries, index, **two)
    return _with(swapped, other, **one)[0], head_of(entries)


def _forged_tail(entries: list[Sealed], index: int) -> Chain:
    forged = Sealed(len(entries), "audit:1", KINDS[0], 1, "x", "0" * 64, "0" * 64, "0" * 64, None, None)
    return [*entries, forged], head_of(entries)


def _valid_append(entries: list[Sealed], index: int) -> Chain:
    more = seal(happenings(1), *head_of(entries), lambda: "f" * 64)
    return entries + more, head_of(more)


# Found by the chain and its head alone.
FOUND_ALONE: dict[str, Mutation] = {
    "edit subject": _edit(subject="audit:999"),
    "edit kind": _edit(kind="audit.voided"),
    "edit actor": _edit(actor_id=777),
    "edit time": _edit(at="2026-01-01T00:00:00.000000Z"),
    "edit commitment": _edit(commitment="0" * 64),
    "edit prev": _edit(prev="0" * 64),
    "edit hash": _edit(hash="0" * 64),
    "edit payload": _edit(body='{"grade":"excellent"}'),
    "edit payload and commitment": _payload_and_commitment,
    "edit salt": _edit(salt="0" * 64),
    "delete payload silently": _edit(salt=None, body=None),
    "delete entry": lambda entries, index: (_without(entries, index), head_of(entries)),
    "cut the tail only": lambda entries, index: (entries[:-1], head_of(entries)),
    "swap two entries": _swap,
    "forge an entry at the end": _forged_tail,
}
# Found only by somebody who holds a checkpoint outside the database.
FOUND_OUTSIDE: dict[str, Mutation] = {
    "edit payload and commitment, chain and head anew": lambda entries, index: _rechained(
        _payload_and_commitment(entries, index)[0]
    ),
    "delete entry, renumber, chain and head anew": lambda entries, index: _rechained(_without(entries, index)),
    "cut the tail, head anew": lambda entries, index: _rechained(entries[: -1 - index % 5]),
}
# Done with the application's own rights: no history can tell it from a true entry.
NEVER_FOUND: dict[str, Mutation] = {"append a valid entry": _valid_append}


def places(number: int, size: int, seed: str) -> list[int]:
    """Where to falsify: indices that are not the first, drawn again in the same way each time."""
    return [random.Random(f"{seed}{n}").randrange(1, size) for n in range(number)]
