"""What an answer gives away: all of it, but for what is random in any world."""

import io
import re
import zipfile
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, StreamObject
from werkzeug.test import TestResponse

RANDOM_PARTS = (
    re.compile(rb'name="csrf_token" value="[^"]*"'),
    re.compile(rb"\b[0-9a-f]{64}\b"),  # hashes and roots of the record are salted
    re.compile(rb"/notices/[0-9]+/read|name=\"up_to\" value=\"[0-9]+\""),  # numbered across everybody
)
SHOWS_TEXT = (b"Tj", b"TJ", b"'", b'"')
# Which letters a page's fonts hold, and in which order, follows from the root of the record at its foot.
OF_FONTS = ("/Font", "/FontDescriptor")


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
    """Every part of a PDF: its words, what is drawn and where, its structure, its properties; fonts apart."""
    reader = PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        yield page.extract_text().encode()
        contents = page.get_contents()
        operations = contents.operations if contents is not None else []
        yield repr([(name, [] if name in SHOWS_TEXT else operands) for operands, name in operations]).encode()
    numbers = sorted(number for numbers in reader.xref.values() for number in numbers)
    for number in numbers:
        one = reader.get_object(IndirectObject(number, 0, reader))
        if not _is_left_out(one):
            yield b"%d %s" % (number, _said(one).encode())
    trailer = reader.trailer
    yield repr([(key, _said(trailer.raw_get(key))) for key in ("/Root", "/Info", "/Size")]).encode()


def _is_left_out(one: object) -> bool:
    if isinstance(one, ContentStream):
        return True
    if isinstance(one, StreamObject):  # a picture is compared, the letters of a font and a page's own drawing are not
        return one.get("/Subtype") != "/Image" and one.get("/Type") != "/Metadata"
    return isinstance(one, DictionaryObject) and one.get("/Type") in OF_FONTS


def _said(one: object) -> str:
    if isinstance(one, StreamObject):
        return f"{sorted((key, _said(value)) for key, value in one.items())} {one.get_data()!r}"
    if isinstance(one, IndirectObject):
        return f"-> {one.idnum}"
    if isinstance(one, DictionaryObject):
        return str(sorted((key, _said(one.raw_get(key))) for key in one))
    if isinstance(one, ArrayObject):
        return str([_said(value) for value in list.__iter__(one)])
    return repr(one)
