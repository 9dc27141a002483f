"""Lists of things with a key, a name and perhaps a hint, read from a file (pure)."""

from dataclasses import dataclass

from audit_app.frameworks.block import LONG, SHORT, Block, each_once
from audit_app.frameworks.one_file import one_file


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that can be chosen: the key that is kept, and the words that people read."""

    key: str
    name: str
    hint: str = ""


def named_in(text: str, file: str, *lists: str) -> tuple[tuple[Named, ...], ...]:
    """The lists of a file, in the order asked for; raises `Unreadable` with every problem."""
    with one_file(text, file) as block:
        return tuple(_list(block, name) for name in lists)


def _list(block: Block, name: str) -> tuple[Named, ...]:
    entries = block.blocks(name, least=1)
    each_once(entries, f"one of {name}")
    things = []
    for entry in entries:
        things.append(Named(entry.key(), entry.words("name", most=SHORT), entry.words("hint", default="", most=LONG)))
        entry.close()
    return tuple(things)
