"""A bar in the terminal, for commands that do what a worker would do."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from audit_app.work.progress import Position, Progress

PARTS = 1000


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """A progress that is shown as a bar while a command works: `with bar("Reading the list") as progress: …`."""
    with click.progressbar(
        length=PARTS, label=label, show_pos=False, item_show_func=_words, file=sys.stderr, update_min_steps=1
    ) as shown:

        def tell(position: Position) -> None:
            whole = position.total or 0
            share = min(PARTS, position.done * PARTS // whole) if whole else 0
            shown.update(share - shown.pos, position)

        progress = Progress(tell)
        yield progress
        shown.update(PARTS - shown.pos, progress.position)


def _words(position: Position | None) -> str:
    return position.words if position else ""
