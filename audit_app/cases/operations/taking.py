"""Taking a case list from a stranger's file: in a child process, with limits, without what identifies a child."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO

from audit_app.cases.caselist import CaseList
from audit_app.cases.child import Reading, read_safely
from audit_app.cases.codes import folded
from audit_app.cases.container import Limits
from audit_app.cases.mapping import STAFF_FIELDS
from audit_app.cases.packing import pack, unpack
from audit_app.cases.stripping import stripped
from audit_app.cases.ways import Remembered, Way, needed, read_by, way_of
from audit_app.cases.workbook import Sheet
from audit_app.clock import now
from audit_app.refusal import Refusal, Refused
from audit_app.work.progress import Progress, PutBack

LONGEST_FILENAME = 150
UPLOADS = "uploads"
LEFT_BEHIND_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Taken:
    """A case list as it was taken from a file: what the file was, and what was read in it."""

    filename: str
    file_hash: str
    read: CaseList


@dataclass(frozen=True, slots=True)
class Grid:
    """A file's tables, stripped and packed: all that is kept of it while nobody has said yes."""

    filename: str
    file_hash: str
    packed: bytes


def take(source: IO[bytes], filename: str, taken_on: date, *, most_bytes: int) -> Taken:
    """Read a stranger's file in a child process; raises `Unreadable` with the reason, or refuses what is no case list.

    The file is in a temporary file while it is read, and gone afterwards. Nothing is asked of the database.
    """
    with tempfile.NamedTemporaryFile() as file:
        shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        file_hash, reading = _read(Path(file.name), filename, most_bytes)
        read = read_by(stripped(reading.sheets, taken_on=taken_on), Way(), taken_on=taken_on)
    refuse_nothing(read)
    return Taken(shown_name(filename), file_hash, read)


def take_grid(
    file: Path,
    filename: str,
    taken_on: date,
    *,
    most_bytes: int,
    remembered: Sequence[Remembered] = (),
    known: Callable[[Sequence[Sheet]], set[str]] = lambda sheets: set(),
    progress: Progress | None = None,
) -> Grid:
    """Read a stranger's file in a child process and keep its tables, stripped; nothing is asked of the database.

    `known` tells which headings (folded) hold what may be kept, where it is no case list.
    """
    progress = progress or Progress()
    progress.step(0, None, "Reading the file")
    file_hash, reading = _read(file, filename, most_bytes)
    staff = {folded(head) for one in remembered for head, field in one.mapping.columns if field in STAFF_FIELDS}
    sheets = needed(stripped(reading.sheets, taken_on=taken_on, kept=staff | known(reading.sheets)))
    packed = pack(sheets, lambda rows: progress.step(rows, reading.rows, "rows read"))
    if not any(True for sheet in unpack(packed) for _ in sheet.rows):
        raise Refused(Refusal("The file has no table with a row of headings, so there is nothing to read."))
    return Grid(shown_name(filename), file_hash, packed)


def understand(
    grid: Grid, remembered: Sequence[Remembered], taken_on: date, progress: Progress | None = None
) -> tuple[Way, CaseList] | None:
    """The cases of a file, read as it was said before or as Annex A; nothing where nobody has said what it holds."""
    way = way_of(unpack(grid.packed), remembered)
    if way is None:
        return None
    (progress or Progress()).step(0, None, "Reading the rows")
    return way, read_grid(grid.packed, way, taken_on)


def read_grid(packed: bytes, way: Way, taken_on: date) -> CaseList:
    """The cases of a stripped file when it is read in a way; refuses a file without any."""
    read = read_by(unpack(packed), way, taken_on=taken_on)
    refuse_nothing(read)
    return read


def _read(file: Path, filename: str, most_bytes: int) -> tuple[str, Reading]:
    with file.open("rb") as opened:
        file_hash = hashlib.file_digest(opened, "sha256").hexdigest()
    return file_hash, read_safely(file, filename=filename, limits=Limits(file_bytes=most_bytes))


def refuse_nothing(read: CaseList) -> None:
    """Refuse a file in which there is no row at all to be a case."""
    if not (read.rows or read.held or read.refused):
        raise Refused(Refusal(" ".join(read.notes) or "There is no case in this file."))


def shown_name(filename: str) -> str:
    """A file's own name, without folders and without what cannot be printed."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[-LONGEST_FILENAME:] or "case list"


def put_aside(source: IO[bytes], instance: Path) -> str:
    """Put an uploaded file where the worker finds it, readable by this account only; gives its name there."""
    folder = _folder(instance)
    handle, path = tempfile.mkstemp(dir=folder)  # made with mode 0600
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
    return Path(path).name


@contextmanager
def put_aside_before(name: str, instance: Path) -> Iterator[Path]:
    """The file that was put aside, which is gone afterwards unless the work is to begin again."""
    file = _folder(instance) / PurePosixPath(name).name
    if not file.is_file():
        raise Refused(Refusal("The file is not here any more: it is deleted as soon as it was read. Choose it again."))
    try:
        yield file
    except PutBack:  # another worker takes it up from its beginning
        raise
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    file.unlink(missing_ok=True)


def sweep_uploads(instance: Path) -> int:
    """Delete files that no worker came for within a day; gives how many."""
    swept = 0
    for file in _folder(instance).iterdir():
        with suppress(OSError):
            if now().timestamp() - file.stat().st_mtime > LEFT_BEHIND_SECONDS:
                file.unlink()
                swept += 1
    return swept


def _folder(instance: Path) -> Path:
    folder = instance / UPLOADS
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
