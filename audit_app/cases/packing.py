"""Stripped sheets packed small for a day, and gone through again row by row without unpacking the whole."""

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from audit_app.cases.child import DECODE, frozen
from audit_app.cases.workbook import Row, Sheet

BLOCK = 1 << 16
LEVEL = 6
OFTEN = 2000
_encode = json.JSONEncoder(separators=(",", ":"), default=frozen, ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class PackedRows:
    """The rows of one packed sheet."""

    packed: bytes

    def __iter__(self) -> Iterator[Row]:
        opened, rest = zlib.decompressobj(), b""
        for start in range(0, len(self.packed), BLOCK):
            *whole, rest = (rest + opened.decompress(self.packed[start : start + BLOCK])).split(b"\n")
            for line in whole:
                number, *cells = DECODE(line.decode())
                yield Row(number, tuple(cells))


def pack(sheets: Iterable[Sheet], step: Callable[[int], None] = lambda rows: None) -> bytes:
    """Sheets as bytes; `step` is told now and then how many rows are packed."""
    heads: list[dict[str, Any]] = []
    parts: list[bytes] = []
    rows = 0
    for sheet in sheets:
        packer, packed, begun = zlib.compressobj(LEVEL), bytearray(), rows
        lines: list[str] = []
        for row in sheet.rows:
            lines.append(_encode([row.number, *row.cells]))
            rows += 1
            if len(lines) >= OFTEN:
                packed += packer.compress(("\n".join(lines) + "\n").encode())
                lines.clear()
                step(rows)
        packed += packer.compress("".join(f"{line}\n" for line in lines).encode()) + packer.flush()
        emptied = {str(place): kind for place, kind in sheet.emptied.items()}
        heads.append({"name": sheet.name, "bytes": len(packed), "rows": rows - begun, "emptied": emptied})
        parts.append(bytes(packed))
    step(rows)
    head = _encode(heads).encode()
    return b"".join((struct.pack(">I", len(head)), head, *parts))


def unpack(packed: bytes) -> list[Sheet]:
    """The sheets again."""
    (length,) = struct.unpack_from(">I", packed)
    place = 4 + length
    sheets: list[Sheet] = []
    for head in json.loads(packed[4:place]):
        end = place + head["bytes"]
        emptied = {int(column): kind for column, kind in head["emptied"].items()}
        sheets.append(Sheet(head["name"], PackedRows(packed[place:end]), emptied))
        place = end
    return sheets


def row_counts(packed: bytes) -> list[int]:
    """How many rows each packed sheet has, its headings among them."""
    (length,) = struct.unpack_from(">I", packed)
    return [head["rows"] for head in json.loads(packed[4 : 4 + length])]


def pack_json(value: Any) -> bytes:
    """A long value packed small."""
    return zlib.compress(_encode(value).encode(), LEVEL)


def unpack_json(packed: bytes) -> Any:
    """It again."""
    return json.loads(zlib.decompress(packed))
