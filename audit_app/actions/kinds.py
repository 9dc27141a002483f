"""The kinds of actions: each with its words, when it is usually due, and whether it is seen at once (pure)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from audit_app.frameworks.block import SHORT, Block, each_once
from audit_app.frameworks.one_file import one_file

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "actions.yaml"
SHORTEST, LONGEST = 1, 120  # working days


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of action."""

    key: str
    name: str
    hint: str
    usual_working_days: int
    at_once: bool


@cache
def kinds() -> dict[str, Kind]:
    """The kinds that come with the service, by key, in the order of the file."""
    return {kind.key: kind for kind in kinds_in(SHIPPED.read_text(encoding="utf-8"))}


def kind_of(key: str) -> Kind:
    """A kind by its key; one that the file no longer has goes by its key, so that what was given can still be read."""
    return kinds().get(key) or Kind(key, key.replace("_", " ").capitalize(), "", LONGEST, False)


def kinds_in(text: str) -> tuple[Kind, ...]:
    """The kinds that a file describes; raises `Unreadable` with every problem."""
    with one_file(text, "actions") as block:
        entries = block.blocks("kinds", least=1)
        each_once(entries, "a kind")
        return tuple(_kind(entry) for entry in entries)


def _kind(entry: Block) -> Kind:
    """One kind; what is wrong with it is noted."""
    key, name, hint = entry.key(), entry.words("name", most=SHORT), entry.words("hint", most=SHORT)
    days, at_once = entry.whole("usual_working_days", SHORTEST, LONGEST), entry.yes_or_no("at_once")
    entry.close()
    return Kind(key, name, hint, days, at_once)
