"""What an answer gives away: all of it, but for what is random in any world."""

import io
import re
import zipfile
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject
from werkzeug.test import TestResponse

RANDOM_PARTS = (
    re.compile(rb'name="csrf_token" value="[^"]*"'),
    re.compile(rb"\b[0-9a-f]{64}\b"),  # hashes and roots of the record are salted
    re.compile(rb"/notices/[0-9]+/read|name=\"up_to\" value=\"[0-9]+\""),  # numbered across everybody
)
PACKED = ("/Length", "/Length1")  # how long a part of a PDF is once it is packed


def seen(response: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and body of an answer, without what is random in any world."""
    body = response.get_data()
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        body = b"\n".join(parts_of(body))
    elif "officedocument" in kind or "opendocument" in kind or kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(
                b"%s %r " % (one.filename.encode(), one.date_time) + book.read(one) for one in book.infolist()
            )
    for part in RANDOM_PARTS:
        body = part.sub(b"", body)
    headers = [(k, v) for k, v in response.headers if k not in ("Set-Cookie", "Content-Length")]
    return response.status_code, sorted(headers), body


def parts_of(pdf: bytes) -> Iterator[bytes]:
    """Every part of a PDF, unpacked: what is drawn and where, letters and typefaces, structure, properties.

    Packed, a paper cannot be compared: the root of the record at its foot is another where the record is another, and
    packing spreads that over all that stands around it.
    """
    reader = PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        yield page.extract_text().encode()
    numbers = sorted(number for numbers in reader.xref.values() for number in numbers)
    for number in numbers:
        yield b"%d %s" % (number, _said(reader.get_object(IndirectObject(number, 0, reader))).encode())
    trailer = reader.trailer
    yield repr([(key, _said(trailer.raw_get(key))) for key in ("/Root", "/Info", "/Size")]).encode()


def _said(one: object) -> str:
    if isinstance(one, StreamObject):
        kept = sorted((key, _said(value)) for key, value in one.items() if key not in PACKED)
        return f"{kept} {one.get_data()!r}"
    if isinstance(one, IndirectObject):
        return f"-> {one.idnum}"
    if isinstance(one, DictionaryObject):
        return str(sorted((key, _said(one.raw_get(key))) for key in one))
    if isinstance(one, ArrayObject):
        return str([_said(value) for value in list.__iter__(one)])
    return repr(one)
