"""The kinds of programme: each with its words, usual tool, usual frequency and usual policies; read from a file."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from audit_app.frameworks.block import LONG, SHORT, Block, each_once
from audit_app.frameworks.one_file import one_file
from audit_app.frameworks.problem import Problem
from audit_app.frameworks.written import Fields, Rows, Words, Written
from audit_app.programmes.frequency import Frequency
from audit_app.programmes.policies import Policies, policies_problems

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "kinds.yaml"
OTHER: Final = "other"  # the kind that nothing is usual for
AS_WRITTEN: Final = ("share", "weights")  # policies whose numbers stay text
SHORTEST, LONGEST = 1, 120  # working days


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of programme, and what a new one starts with."""

    key: str
    name: str
    summary: str
    tool_key: str  # empty: any tool
    frequency: Frequency
    due_working_days: int
    policies: Policies


@cache
def kinds() -> dict[str, Kind]:
    """The kinds that come with the service, by key, in the order of the file."""
    return {kind.key: kind for kind in kinds_in(SHIPPED.read_text(encoding="utf-8"))}


def kinds_in(text: str) -> tuple[Kind, ...]:
    """The kinds that a file describes; raises `Unreadable` with every problem."""
    with one_file(text, "kinds") as block:
        entries = block.blocks("kinds", least=1)
        each_once(entries, "a kind")
        return tuple(_kind(entry) for entry in entries)


def _kind(entry: Block) -> Kind:
    """One kind; what is wrong with it is noted."""
    key, name, summary = entry.key(), entry.words("name", most=SHORT), entry.words("summary", most=LONG)
    tool_key = entry.key("tool") if entry.has("tool") else ""
    frequency = entry.one_of("frequency", [one.value for one in Frequency])
    days = entry.whole("due_working_days", SHORTEST, LONGEST)
    policies = _policies(entry)
    entry.close()
    known = frequency if frequency in tuple(Frequency) else Frequency.AS_NEEDED
    return Kind(key, name, summary, tool_key, Frequency(known), days, policies)


def _policies(entry: Block) -> Policies:
    """The policies of a kind; those that it leaves out are as usual."""
    inner = entry.block("policies", needed=False)
    if inner is None:
        return Policies()
    data = {name: _plain(value, name in AS_WRITTEN) for name, (_, value) in inner.fields.items.items()}
    problems = policies_problems(data)
    entry.problems += [Problem(inner.fields.line, inner.where, problem) for problem in problems]
    return Policies() if problems else Policies.from_data(data)


def _plain(value: Written, as_written: bool) -> object:
    """What was written, as data: numbers, yes and no, lists and names with values."""
    if isinstance(value, Fields):
        return {name: _plain(one, as_written) for name, (_, one) in value.items.items()}
    if isinstance(value, Rows):
        return [_plain(one, as_written) for one in value.items]
    return _said(value, as_written)


def _said(words: Words, as_written: bool) -> object:
    text = words.text.strip()
    if as_written or not text:
        return text or None
    if text in ("yes", "no"):
        return text == "yes"
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text
