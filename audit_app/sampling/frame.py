"""The list that a sample is drawn from: cases by reference, with the attributes they can be grouped and weighed by."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class FrameCase:
    """One case on the list; an attribute that is missing and one that is empty are the same: not recorded."""

    reference: str
    attributes: Mapping[str, str]

    def value(self, attribute: str) -> str:
        """What the list says of the case for an attribute, empty where it says nothing."""
        return self.attributes.get(attribute, "")


@dataclass(frozen=True, slots=True)
class Frame:
    """A list of cases, each once; its fingerprint is remembered once it was worked out."""

    cases: tuple[FrameCase, ...]
    worked_out: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse a list that a sample could not be drawn from."""
        problem = frame_problem(self.cases)
        if problem:
            raise ValueError(problem)

    def references(self) -> set[str]:
        """The references on the list."""
        return {case.reference for case in self.cases}


def frame_problem(cases: tuple[FrameCase, ...]) -> str | None:
    """Why these cases don't make a list to draw from, or None."""
    seen: set[str] = set()
    for case in cases:
        if not is_usable(case.reference):
            return "A case on the list has no usable reference."
        if case.reference in seen:
            return f"Case {case.reference} is on the list twice."
        seen.add(case.reference)
    return None


def is_usable(reference: str) -> bool:
    """Whether a reference can be hashed and told apart from others."""
    try:
        return bool(reference.strip()) and b"\0" not in reference.encode()
    except UnicodeEncodeError:
        return False


def canonical_lines(frame: Frame) -> Iterator[bytes]:
    """The list as it is hashed: one line of JSON a case, by reference; attributes by name, empty ones left out."""
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
    written: dict[int, str] = {}  # what many cases share is written once
    for case in sorted(frame.cases, key=lambda case: case.reference):
        kept = written.get(id(case.attributes))
        if kept is None:
            kept = encode({name: value for name, value in case.attributes.items() if value})
            written[id(case.attributes)] = kept
        yield f"[{encode(case.reference)},{kept}]\n".encode()


def frame_bytes(frame: Frame) -> bytes:
    """The list written so that it can be kept, and read back by `frame_from`."""
    return b"".join(canonical_lines(frame))


def frame_from(kept: bytes) -> Frame:
    """The list that `frame_bytes` wrote."""
    # Not splitlines: a reference may hold a character that Python takes for a line end and JSON does not escape.
    rows = json.loads(f"[{','.join(line for line in kept.decode().split(chr(10)) if line)}]")
    shared: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    return Frame(
        tuple(
            FrameCase(reference, shared.setdefault(tuple(attributes.items()), attributes))
            for reference, attributes in rows
        )
    )


def frame_hash(frame: Frame) -> str:
    """The fingerprint of a list (SHA-256, 64 hexadecimal digits): the same whatever the order of its rows."""
    if "hash" not in frame.worked_out:
        digest = sha256()
        for line in canonical_lines(frame):
            digest.update(line)
        frame.worked_out["hash"] = digest.hexdigest()
    return frame.worked_out["hash"]
