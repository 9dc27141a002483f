"""Reads a stranger's file in a child process with limits, so that a hostile file cannot harm the server.

The parent hands the file to the child as its input. The child answers with lines of JSON in an unnamed temporary
file: a line for each sheet, a line for each row, and one last line saying that it came to the end or why it did not.
"""

import codecs
import dataclasses
import datetime as dt
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from audit_app.cases.container import Limits, Unreadable, suffix_of, too_large
from audit_app.cases.workbook import DAMAGED, Cell, Row, Sheet, read

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
BLOCK = 1 << 16

TOO_LONG = "The file took too long to read, so we stopped. Copy the lists into a new workbook and try again."
TOO_MUCH = (
    "The file needs more memory than a case list should, so we stopped. Look for something typed far below or far to "
    "the right of a list, delete it, save the workbook and try again."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read safely: its sheets, whose rows wait on disk, and what reading it cost."""

    sheets: tuple[Sheet, ...]
    rows: int
    cpu_seconds: float


class Spool:
    """The unnamed temporary file that the child answers in; it goes when the last of its rows is let go."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - outlives this line: closed below

    def __del__(self) -> None:
        self.file.close()

    def lines(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The lines between two places of the file, read without moving its one shared position."""
        descriptor = self.file.fileno()
        end = os.fstat(descriptor).st_size if end is None else end
        rest = b""
        while start < end and (block := os.pread(descriptor, min(BLOCK, end - start), start)):
            start += len(block)
            *whole, rest = (rest + block).split(b"\n")
            yield from whole


class SpooledRows:
    """The rows of one sheet as the child wrote them, gone through from disk as often as needed."""

    def __init__(self, spool: Spool, start: int, end: int) -> None:
        self._spool, self._start, self._end = spool, start, end

    def __iter__(self) -> Iterator[Row]:
        for line in self._spool.lines(self._start, self._end):
            number, *cells = DECODE(line.decode())
            yield Row(number, tuple(cells))


def read_safely(path: str | Path, *, filename: str | None = None, limits: Limits | None = None) -> Reading:
    """Read a file in a child process; raises `Unreadable` with the reason, whatever the file does."""
    path, limits = Path(path), limits or Limits()
    suffix = suffix_of(filename or path.name).encode("ascii", "ignore").decode()
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable(too_large(limits))
    spool = Spool()
    try:
        with path.open("rb") as source:
            code = _run_child(source, spool.file, suffix, limits)
        return _reading(spool, code)
    except BaseException:
        spool.file.close()
        raise


def _run_child(source: IO[bytes], spool: IO[bytes], suffix: str, limits: Limits) -> int | None:
    """Run the child to its end; its exit code, or nothing where it had to be stopped."""
    process = subprocess.Popen(
        [sys.executable, "-m", "audit_app.cases.child", suffix, json.dumps(dataclasses.asdict(limits))],
        stdin=source,
        stdout=spool,
        stderr=subprocess.DEVNULL,
        cwd=PACKAGE_ROOT,
        env={"PATH": os.defpath, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        return process.wait(timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _reading(spool: Spool, code: int | None) -> Reading:
    """What the child wrote, or the reason why it wrote nothing useful."""
    if code is None or code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unreadable(TOO_LONG)
    if code != 0:
        if next(spool.lines(), None) is None:
            raise RuntimeError(f"The reader of case lists did not start (exit code {code}).")
        raise Unreadable(TOO_MUCH if code == -signal.SIGABRT else DAMAGED)
    places: list[tuple[str, int, int]] = []
    position = rows = 0
    for line in spool.lines():
        end = position + len(line) + 1
        if line.startswith(b"["):
            name, start, _ = places[-1]
            places[-1] = (name, start, end)
            rows += 1
        else:
            said = json.loads(line)
            if "unreadable" in said:
                raise Unreadable(said["unreadable"])
            if "sheet" in said:
                places.append((said["sheet"], end, end))
            elif said.get("end") == rows:
                sheets = tuple(Sheet(name, SpooledRows(spool, first, last)) for name, first, last in places)
                return Reading(sheets, rows, said["cpu"])
        position = end
    raise Unreadable(DAMAGED)


def _thawed(value: dict[str, str]) -> Cell:
    if "d" in value:
        return dt.date.fromisoformat(value["d"])
    return dt.datetime.fromisoformat(value["t"])


DECODE: Callable[[str], Any] = json.JSONDecoder(object_hook=_thawed).decode


def frozen(value: Any) -> dict[str, str]:
    """A day or a moment of a cell, as JSON can hold it."""
    if isinstance(value, dt.datetime):
        return {"t": value.isoformat()}
    return {"d": value.isoformat()}


class _Answer:
    """The child's side of the conversation: lines of JSON, no more of them than allowed."""

    def __init__(self, out: IO[bytes], most: int) -> None:
        self._out, self._left = out, most
        self._encode: Callable[[Any], str] = json.JSONEncoder(separators=(",", ":"), default=frozen).encode

    def write(self, value: Any) -> None:
        line = self._encode(value).encode() + b"\n"
        self._left -= len(line)
        if self._left < 0:
            raise Unreadable(TOO_MUCH)
        self._out.write(line)

    def say(self, value: dict[str, Any]) -> None:
        self._out.write(self._encode(value).encode() + b"\n")
        self._out.flush()


def confine(limits: Limits) -> None:
    """Give this process no more time, memory, disk and files than reading one list needs."""
    for encoding in ("ascii", "cp437", "cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        codecs.lookup(encoding)  # loaded from disk when first used, which the limits below no longer allow
    for what, most in (
        (resource.RLIMIT_CORE, 0),  # a core dump would hold children's dates of birth
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, limits.output_bytes + BLOCK),
        (resource.RLIMIT_NOFILE, 3),  # input, output, errors: a file inside a file cannot be opened
    ):
        allowed = resource.getrlimit(what)[1]
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        try:
            resource.setrlimit(what, (limit, limit))
        except ValueError:
            if what != resource.RLIMIT_AS:  # macOS cannot limit memory; time, disk and files still are
                raise


def main(suffix: str, limits: Limits) -> int:
    """The child: read what comes in, write what it holds, say how it ended."""
    confine(limits)
    answer = _Answer(sys.stdout.buffer, limits.output_bytes)
    answer.say({"began": True})
    count = 0
    try:
        data = sys.stdin.buffer.read(limits.file_bytes + 1)
        for name, rows in read(data, f"list{suffix}", limits):
            answer.write({"sheet": name})
            for row in rows:
                answer.write([row.number, *row.cells])
                count += 1
        answer.say({"end": count, "cpu": time.process_time()})
    except Unreadable as problem:
        answer.say({"unreadable": problem.reason})
    except MemoryError:
        answer.say({"unreadable": TOO_MUCH})
    except BaseException:  # noqa: BLE001 - a panic inside the workbook library is not an ordinary exception
        answer.say({"unreadable": DAMAGED})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Limits(**json.loads(sys.argv[2]))))
