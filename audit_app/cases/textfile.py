"""CSV files as rows of text: which encoding they are in, and what separates their columns."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from audit_app.cases.container import Unreadable

SEPARATORS = (",", ";", "\t", "|")
NOT_TEXT = "The file is not text that we can read. Save it as “CSV UTF-8” and try again."
CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def rows_of(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each line of a CSV file with its number, its cells as text."""
    text = text_of(data)
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    skipped = 0
    if told.startswith("sep=") and len(told) == len("sep=x"):
        separator, text, skipped = told[-1], rest, 1
    else:
        separator = separator_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    # A quoted cell may run over several lines: a spreadsheet would count it as one row, and so do we.
    number = skipped
    try:
        for cells in reader:
            number += 1
            yield number, [_unguarded(cell) for cell in cells]
    except csv.Error as problem:
        raise Unreadable(f"Row {number + 1:,} of the file cannot be read as CSV. {NOT_TEXT}") from problem


def text_of(data: bytes) -> str:
    """The file's text, whichever of the usual encodings it was saved in."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(CONTROLS.findall(text[:100_000])) * 100 <= len(text[:100_000]):
            return text
    raise Unreadable(NOT_TEXT)


def separator_of(text: str) -> str:
    """What separates the columns: the sign that splits most of the first lines into the same number of columns."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]

    def agreement(sign: str) -> int:
        widths = Counter(_columns(line, sign) for line in lines)
        return max((width * lines for width, lines in widths.items() if width > 1), default=0)

    return max(SEPARATORS, key=agreement)


def _columns(line: str, separator: str) -> int:
    """How many columns one line has if this sign separates them."""
    outside = line.split('"')[::2]
    return 1 + sum(part.count(separator) for part in outside)


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that guards it from being run as a formula."""
    if cell.startswith("'") and cell[1:].lstrip(" ").startswith(FORMULA_STARTS):
        return cell[1:]
    return cell
