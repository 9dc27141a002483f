"""The form of an entry: what is hashed, how it is written, and how entries hang on one another. It is final."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

ENTRY_FORM = "entry1"
PAYLOAD_FORM = "payload1"
ERASED = "payload.erased"
NOTHING = "null"  # the body of an entry that says nothing more than its kind
FIRST_PREV = ""
KIND = re.compile(r"[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)+")
# A subject stays for good, even when the payload is erased: it names a thing by number and never a person by e-mail.
SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._/-]{0,199}")

_array = json.JSONEncoder(separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, checked and put into words, not yet in the chain."""

    kind: str
    subject: str | None
    actor_id: int | None
    at: str
    body: str


class Sealed(NamedTuple):
    """An entry in its place in the chain, with its payload if that is still kept."""

    idx: int
    subject: str | None
    kind: str
    actor_id: int | None
    at: str
    commitment: str
    prev: str
    hash: str
    salt: str | None
    body: str | None


def canonical(*parts: str | int | None) -> bytes:
    """An array of texts and whole numbers in the one way it is written: JSON in ASCII without spaces."""
    return _array(parts).encode("ascii")


def commitment(salt: str, body: str) -> str:
    """What binds an entry to its payload without telling it; the salt is why it cannot be guessed."""
    return sha256(b"\x02" + canonical(PAYLOAD_FORM, salt, body)).hexdigest()


def entry_hash(
    idx: int, subject: str | None, kind: str, actor_id: int | None, at: str, committed: str, prev: str
) -> str:
    """What binds an entry to its place and to everything before it."""
    return sha256(canonical(ENTRY_FORM, idx, subject, kind, actor_id, at, committed, prev)).hexdigest()


def written(moment: dt.datetime) -> str:
    """A moment as entries write it: UTC, with microseconds."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def body_text(body: Mapping[str, object] | None) -> str:
    """A body as it is stored: JSON in ASCII, keys in order; whatever JSON cannot hold exactly is refused."""
    if body is None:
        return NOTHING
    if not isinstance(body, Mapping):
        raise TypeError("a body is a mapping of names to values")
    _refuse_other_keys(body)
    return json.dumps(dict(body), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def _refuse_other_keys(value: object) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a body's names are text, not {key!r}")
            _refuse_other_keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_other_keys(inner)


def happening(
    kind: str, subject: str | None, body: Mapping[str, object] | None, actor_id: int | None, at: dt.datetime
) -> Happening:
    """What happened, refused if the chain could not hold it for good."""
    if not KIND.fullmatch(kind):
        raise ValueError(f"a kind is words in small letters with dots, like 'audit.submitted', not {kind!r}")
    if subject is not None and (not SUBJECT.fullmatch(subject) or subject.endswith(":None")):
        raise ValueError(f"a subject is a name like 'audit:12' (flush first), not {subject!r}")
    if actor_id is not None and type(actor_id) is not int:
        raise TypeError(f"an actor is a number, not {actor_id!r}")
    return Happening(kind, subject, actor_id, written(at), body_text(body))


def seal(happenings: Iterable[Happening], size: int, prev: str, salt: Callable[[], str]) -> list[Sealed]:
    """The entries for what happened, hung on a chain of that size and last hash, each with a fresh salt."""
    sealed = []
    for idx, one in enumerate(happenings, start=size):
        grain = salt()
        committed = commitment(grain, one.body)
        own = entry_hash(idx, one.subject, one.kind, one.actor_id, one.at, committed, prev)
        sealed.append(Sealed(idx, one.subject, one.kind, one.actor_id, one.at, committed, prev, own, grain, one.body))
        prev = own
    return sealed
