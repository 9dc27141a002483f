"""What a file is, and what may not be inside it, settled before anything opens it as a workbook."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

WORKBOOK_NAMES = (".xlsx", ".xls", ".ods")
TEXT_NAMES = (".csv", ".tsv", ".txt")
MACRO_NAMES = (".xlsm", ".xltm", ".xlam", ".xlsb")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
CHUNK = 1 << 20
WORKBOOK_PART = re.compile(r"(xl/workbook[^/]*\.xml|content\.xml)$", re.IGNORECASE)

PROTECTED = "The workbook is protected with a password. Remove the password and try again."
MACROS = "The workbook can contain macros. Save it as an Excel workbook (.xlsx), which has none, and try again."
NOT_A_LIST = "This is not a workbook or a CSV file. Case lists can be .xlsx, .xls, .ods or .csv files."
OUTSIDE = "The workbook has file names inside it that point outside it, so it was not opened."
ENTITIES = "The workbook defines its own XML entities, which no spreadsheet program writes, so it was not opened."
BROKEN = "The file is damaged or incomplete, so it cannot be opened. Save it again and try once more."


class Unreadable(Exception):
    """A file that cannot be read as a case list, with the reason in plain words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold, and how much the process that reads it may use."""

    file_bytes: int = 30 * 1024 * 1024
    unpacked_bytes: int = 400 * 1024 * 1024
    ratio: int = 200
    members: int = 1_000
    sheets: int = 60
    rows: int = 200_000
    columns: int = 300
    cell_characters: int = 2_000
    cpu_seconds: int = 5
    wall_seconds: float = 60.0
    memory_bytes: int = 512 * 1024 * 1024
    output_bytes: int = 400 * 1024 * 1024


def kind_of(data: bytes, filename: str, limits: Limits) -> str:
    """Whether the file is a workbook or text, from what is in it; refuses what is neither."""
    suffix = suffix_of(filename)
    _refuse_by_name(suffix)
    if not data.strip():
        raise Unreadable("The file is empty.")
    if len(data) > limits.file_bytes:
        raise Unreadable(too_large(limits))
    if data.startswith(ZIP):
        found = "workbook"
        _check_package(data, limits)
    elif data.startswith(OLE):
        found = "workbook"
        _check_compound_file(data)
    else:
        found = "text"
        _check_text(data)
    _refuse_wrong_name(suffix, found)
    return found


def _refuse_wrong_name(suffix: str, found: str) -> None:
    named = "workbook" if suffix in WORKBOOK_NAMES else "text"
    if found != named:
        what = {"workbook": "a workbook", "text": "not a workbook"}[found]
        raise Unreadable(f"The name of the file ends in {suffix}, but it is {what}. Save it again in the right format.")


def refuse_at_sight(first: bytes, filename: str) -> None:
    """Refuse what its name and its first bytes already give away; the rest is settled where the file is read."""
    suffix = suffix_of(filename)
    _refuse_by_name(suffix)
    if not first.strip():
        raise Unreadable("The file is empty.")
    packed = first.startswith((ZIP, OLE))
    if not packed:
        _check_text(first)
    _refuse_wrong_name(suffix, "workbook" if packed else "text")


def suffix_of(filename: str) -> str:
    """The ending of a file's name, in lower case."""
    return PurePosixPath(filename.replace("\\", "/").replace("\0", "")).suffix.lower()


def too_large(limits: Limits) -> str:
    """What to say about a file that is over the size allowed."""
    return f"The file is larger than {limits.file_bytes // (1024 * 1024)} MB, the most we read."


def _refuse_by_name(suffix: str) -> None:
    if suffix in MACRO_NAMES:
        raise Unreadable(MACROS)
    if suffix not in WORKBOOK_NAMES + TEXT_NAMES:
        raise Unreadable(NOT_A_LIST)


def _check_compound_file(data: bytes) -> None:
    """The older Excel format: no password, no macros."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(PROTECTED)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise Unreadable(MACROS)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Unreadable(NOT_A_LIST)


def _check_text(data: bytes) -> None:
    """Text that is not a web page, a PDF or another program's file."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<?xml", b"<workbook")):
        raise Unreadable(
            "This is a web page or an XML file with a spreadsheet’s name. "
            "Open it in Excel, save it as an Excel workbook (.xlsx) and try again."
        )
    if start.startswith((b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8")):
        raise Unreadable(NOT_A_LIST)


def _check_package(data: bytes, limits: Limits) -> None:
    """The newer formats are zip files: check names, sizes and XML before a workbook reader sees them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _check_members(members, limits)
            if not any(WORKBOOK_PART.match(member.filename) for member in members):
                raise Unreadable(NOT_A_LIST)
            _check_contents(package, members, limits)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, zlib.error) as problem:
        raise Unreadable(BROKEN) from problem


def _check_members(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the package says is inside it."""
    if len(members) > limits.members:
        raise Unreadable(
            f"The workbook is made of {len(members):,} files. We open workbooks of up to {limits.members:,}."
        )
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(PROTECTED)
    if any(_points_outside(member.filename) for member in members):
        raise Unreadable(OUTSIDE)
    if len({member.filename.lower() for member in members}) < len(members):
        raise Unreadable(BROKEN)
    if any(re.search(r"vbaproject\.bin$|(^|/)basic/.+\.xml$", member.filename, re.IGNORECASE) for member in members):
        raise Unreadable(MACROS)
    unpacked = sum(member.file_size for member in members)
    large = [member for member in members if member.file_size > CHUNK]
    worst = max((member.file_size / max(member.compress_size, 1) for member in large), default=0)
    if unpacked > limits.unpacked_bytes or worst > limits.ratio:
        raise Unreadable(
            "The workbook unpacks to far more than a case list holds, so it was not opened. "
            "Copy the lists into a new workbook and try again."
        )


def _points_outside(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or bool(re.match(r"[A-Za-z]:", path)) or "\0" in path


def _check_contents(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """No XML entities, no macros declared, no password, and no more than was promised."""
    unpacked = 0
    for member in members:
        tail = b""
        with package.open(member) as content:
            while block := content.read(CHUNK):
                unpacked += len(block)
                if unpacked > limits.unpacked_bytes:
                    raise Unreadable(BROKEN)
                _check_block(member.filename, tail + block)
                tail = block[-64:]


def _check_block(name: str, block: bytes) -> None:
    lowered = name.lower()
    if lowered.endswith((".xml", ".rels", ".vml")):
        for word in ("<!DOCTYPE", "<!ENTITY"):
            if any(word.encode(encoding) in block for encoding in ("ascii", "utf-16-le", "utf-16-be")):
                raise Unreadable(ENTITIES)
    if lowered == "[content_types].xml" and b"macroEnabled" in block:
        raise Unreadable(MACROS)
    if lowered == "meta-inf/manifest.xml" and b"encryption-data" in block:
        raise Unreadable(PROTECTED)
