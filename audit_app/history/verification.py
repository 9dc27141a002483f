"""Checking a history from its first entry to its last, in memory that does not grow with what it says."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from audit_app.history.chain import ERASED, FIRST_PREV, Sealed, commitment, entry_hash
from audit_app.history.checkpoint import Checkpoint
from audit_app.history.tree import Tree

LISTED = 1000  # a history that was rewritten has a problem at every entry
KEPT, CHANGED, MISSING, GONE = 1, 2, 3, 4
PAGE = 4096


@dataclass(slots=True)
class Findings:
    """What a check read and what it found wrong."""

    entries: int = 0
    payloads: int = 0
    erased: int = 0
    checkpoints: int = 0
    root: str = ""
    problems: list[str] = field(default_factory=list)
    unlisted: int = 0

    def tell(self, problem: str) -> None:
        """Note a problem; past a thousand they are only counted."""
        if len(self.problems) < LISTED:
            self.problems.append(problem)
        else:
            self.unlisted += 1


class Marks:
    """One byte an entry for the state of its payload, in pages, so that a leap in the numbers costs nothing."""

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def __getitem__(self, index: int) -> int:
        page = self._pages.get(index // PAGE)
        return page[index % PAGE] if page else 0

    def __setitem__(self, index: int, mark: int) -> None:
        page = self._pages.get(index // PAGE)
        if page is None:
            page = self._pages[index // PAGE] = bytearray(PAGE)
        page[index % PAGE] = mark

    def numbers(self, mark: int) -> Iterator[int]:
        """The numbers that carry a mark, in order."""
        for number in sorted(self._pages):
            page = self._pages[number]
            for place in range(PAGE) if mark in page else ():
                if page[place] == mark:
                    yield number * PAGE + place

    def count(self, mark: int) -> int:
        """How many numbers carry a mark."""
        return sum(page.count(mark) for page in self._pages.values())


def verify(
    entries: Iterable[Sealed],
    *,
    head: tuple[int, str] | None,
    orphans: Iterable[int] = (),
    checkpoints: Iterable[Checkpoint] = (),
) -> Findings:
    """What holds and what does not: numbers, links, contents, payloads, erasures, head, outside checkpoints."""
    findings, tree, marks = Findings(), Tree(), Marks()
    wanted = _roots_by_size(checkpoints, findings)
    expected, prev = 0, FIRST_PREV
    _compare(findings, wanted, tree)
    for entry in entries:
        if entry.idx != expected:
            findings.tell(_gap(expected, entry.idx))
        _check_contents(findings, entry, prev)
        marks[entry.idx] = _check_payload(findings, entry)
        if entry.kind == ERASED and marks[entry.idx] == KEPT:
            _check_erasure(findings, entry, marks)
        tree.add(_leaf(entry))
        if tree.size in wanted:
            _compare(findings, wanted, tree)
        expected, prev = entry.idx + 1, entry.hash
    for index in marks.numbers(MISSING):
        findings.tell(f"payload {index} is missing and no entry says that it was erased")
    for index in orphans:
        findings.tell(f"payload {index} belongs to no entry")
    for size in sorted(wanted):
        if size > tree.size:
            findings.tell(f"a checkpoint of size {size} was taken, but the history has {tree.size} entries")
    if head is None:
        findings.tell("the head is missing")
    elif head != (expected, prev):
        findings.tell(f"the head says {head[0]} entries, ending in {head[1] or 'nothing'}: that is not the last entry")
    findings.entries, findings.root = tree.size, tree.root()
    findings.erased = marks.count(GONE)
    findings.payloads = marks.count(KEPT) + marks.count(CHANGED)
    return findings


def _roots_by_size(checkpoints: Iterable[Checkpoint], findings: Findings) -> dict[int, str]:
    wanted: dict[int, str] = {}
    origin: str | None = None
    for one in checkpoints:
        findings.checkpoints += 1
        if origin is None:
            origin = one.origin
        elif one.origin != origin:
            findings.tell(f"checkpoints of two histories: {origin} and {one.origin}")
        if wanted.setdefault(one.size, one.root) != one.root:
            findings.tell(f"two checkpoints of size {one.size} differ")
    return wanted


def _compare(findings: Findings, wanted: dict[int, str], tree: Tree) -> None:
    if tree.size in wanted and wanted[tree.size] != tree.root():
        findings.tell(f"the first {tree.size} entries are not those of the checkpoint of size {tree.size}")


def _gap(expected: int, found: int) -> str:
    if found < expected:
        return f"entry {found} stands where entry {expected} should"
    if found == expected + 1:
        return f"entry {expected} is missing"
    return f"entries {expected} to {found - 1} are missing"


def _check_contents(findings: Findings, entry: Sealed, prev: str) -> None:
    if entry.prev != prev:
        findings.tell(f"entry {entry.idx} does not follow the one before it")
    if not _gives(
        entry.hash,
        entry_hash,
        entry.idx,
        entry.subject,
        entry.kind,
        entry.actor_id,
        entry.at,
        entry.commitment,
        entry.prev,
    ):
        findings.tell(f"entry {entry.idx} was changed: its contents do not give its hash")


def _check_payload(findings: Findings, entry: Sealed) -> int:
    if entry.salt is None or entry.body is None:
        return MISSING
    if not _gives(entry.commitment, commitment, entry.salt, entry.body):
        findings.tell(f"payload {entry.idx} was changed: it is not what its entry commits to")
        return CHANGED
    return KEPT


def _check_erasure(findings: Findings, entry: Sealed, marks: Marks) -> None:
    try:
        indices = json.loads(str(entry.body))["indices"]
    except (ValueError, TypeError, KeyError, RecursionError):
        indices = None
    if not isinstance(indices, list) or not all(type(index) is int for index in indices):
        findings.tell(f"entry {entry.idx} says that payloads were erased, but not which")
        return
    for index in indices:
        if index >= entry.idx or not marks[index]:
            findings.tell(f"entry {entry.idx} says that payload {index} was erased, but there was no such entry")
        elif marks[index] in (KEPT, CHANGED):
            findings.tell(f"payload {index} is still there, though entry {entry.idx} says that it was erased")
        else:
            marks[index] = GONE


def _gives(claimed: object, compute: Callable[..., str], *parts: object) -> bool:
    try:
        return compute(*parts) == claimed
    except TypeError:  # SQLite lets a hand put bytes where text belongs
        return False


def _leaf(entry: Sealed) -> bytes:
    try:
        return bytes.fromhex(entry.hash)
    except (ValueError, TypeError):
        return b""
