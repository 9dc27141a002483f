"""Taking a case list from a stranger's file: in a temporary file and a child process, with limits."""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.caselist import CaseList
from audit_app.cases.child import read_safely
from audit_app.cases.container import Limits
from audit_app.refusal import Refusal, Refused

LONGEST_FILENAME = 150


@dataclass(frozen=True, slots=True)
class Taken:
    """A case list as it was taken from a file: what the file was, and what was read in it."""

    filename: str
    file_hash: str
    read: CaseList


def take(source: IO[bytes], filename: str, taken_on: date, *, most_bytes: int) -> Taken:
    """Read a stranger's file in a child process; raises `Unreadable` with the reason, or refuses what is no case list.

    The file is in a temporary file while it is read, and gone afterwards. Nothing is asked of the database.
    """
    with tempfile.NamedTemporaryFile() as file:
        shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        file.seek(0)
        file_hash = hashlib.file_digest(file, "sha256").hexdigest()
        reading = read_safely(Path(file.name), filename=filename, limits=Limits(file_bytes=most_bytes))
        read = read_case_list(reading.sheets, taken_on=taken_on)
    if not (read.rows or read.held or read.refused):
        raise Refused(Refusal(" ".join(read.notes) or "There is no case in this file."))
    return Taken(_shown(filename), file_hash, read)


def _shown(filename: str) -> str:
    """A file's own name, without folders and without what cannot be printed."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[-LONGEST_FILENAME:] or "case list"
