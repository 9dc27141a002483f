"""A file of this service's own data, read as one block: every problem in it is told at once (pure)."""

from collections.abc import Iterator
from contextlib import contextmanager

from audit_app.frameworks.block import Block
from audit_app.frameworks.problem import Unreadable, by_line
from audit_app.frameworks.written import written


@contextmanager
def one_file(text: str, kind: str) -> Iterator[Block]:
    """The block that a file of a kind holds, to be read inside the `with`; raises `Unreadable` at its end."""
    fields, twice = written(text)
    block = Block(fields, "", list(twice))
    block.one_of("file", (kind,))
    yield block
    block.close()
    if block.problems:
        raise Unreadable(by_line(block.problems))
