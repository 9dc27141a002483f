"""A checkpoint: four lines that say what the history was, to be kept where the database's owner cannot change them."""

import datetime as dt
import re
from dataclasses import dataclass

from audit_app.history.chain import written

ROOT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Whose history, how many entries, the root over them, and when it was taken."""

    origin: str
    size: int
    root: str
    at: str

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{self.root}\n{self.at}\n"


def take(origin: str, size: int, root: str, at: dt.datetime) -> Checkpoint:
    """A checkpoint of a history as it stands."""
    if not origin.strip() or not origin.isprintable():
        raise ValueError("an origin is one line that names the service")
    return Checkpoint(origin.strip(), size, root, written(at))


def parse(text: str) -> list[Checkpoint]:
    """The checkpoints kept in a file: four lines each, an empty line between them."""
    found = []
    for number, block in enumerate(re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()), start=1):
        if not block.strip():
            continue
        lines = [line.strip() for line in block.strip().split("\n")]
        if len(lines) != 4 or not re.fullmatch(r"[0-9]{1,18}", lines[1]) or not ROOT.fullmatch(lines[2]):
            raise ValueError(f"checkpoint {number} is not four lines of origin, size, root and time")
        found.append(Checkpoint(lines[0], int(lines[1]), lines[2], lines[3]))
    return found
