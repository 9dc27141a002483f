"""The typefaces a PDF is set in, what they can print, and how wide it is."""

import re
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from audit_app.reporting.pdf.direction import joined, plain

PLAIN = "CaseAuditSans"
BOLD = "CaseAuditSans-Bold"
UNPRINTABLE = "\ufffd"

_FOLDER = Path(__file__).parent.parent / "fonts"
_FILES = {PLAIN: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
_ONE_READER = threading.Lock()
_SPACES = re.compile(r"[\t\v\f\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]")


class Typeface(TTFont):
    """A typeface embedded as the letters used, each with the character it stands for."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802  the name is ReportLab's
        """Write the typeface into a document, with a correct table from letters back to characters."""
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc).removeprefix("/") for number in range(len(subsets))]
        with _ONE_READER:  # all documents read the one font file, and its reading position is shared
            super().addObjects(doc)
        written = doc.idToObject["BasicFonts"].dict
        for name, subset in zip(names, subsets, strict=True):
            font_name = written[name].BaseFont
            doc.idToObject[f"toUnicodeCMap:{font_name}"].content = _to_unicode(font_name, subset)


class _Letters(dict[int, str]):
    """What each character prints as: itself, nothing when it has no form, or the sign for a missing letter."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter) == "Cf" or 0xFE00 <= code <= 0xFE0F:
            self[code] = ""  # joiners, direction marks and variation selectors have no form of their own
        elif code in _printed_codes() or letter == "\n":
            self[code] = letter
        else:
            self[code] = UNPRINTABLE
        return self[code]


_LETTERS = _Letters()


def register() -> None:
    """Make the typefaces known to the PDF writer."""
    _typefaces()


def printable(text: str) -> str:
    """A text as it can be printed: composed letters, plain spaces, a visible sign for whatever has no letter."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return joined(unicodedata.normalize("NFC", _SPACES.sub(" ", lines))).translate(_LETTERS)


def typeface(name: str) -> Typeface:
    """A typeface by its name."""
    return _typefaces()[name]


def width(text: str, face: str, size: float) -> float:
    """How wide a text is in points."""
    return _typefaces()[face].stringWidth(text, size)


@cache
def _typefaces() -> dict[str, Typeface]:
    with _ONE_READER:
        faces = {name: Typeface(name, str(_FOLDER / file)) for name, file in _FILES.items()}
        for face in faces.values():
            pdfmetrics.registerFont(face)
    return faces


@cache
def _printed_codes() -> frozenset[int]:
    """The characters that every weight has a letter for."""
    known = [frozenset(face.face.charToGlyph) for face in _typefaces().values()]
    return frozenset(
        code for code in frozenset.intersection(*known) if unicodedata.category(chr(code)) not in ("Cc", "Cf", "Cs")
    )


def _to_unicode(font_name: str, subset: list[int]) -> str:
    """The table that turns the codes of a subset back into characters, in blocks of a hundred as the format asks."""
    pairs = [f"<{code:02X}> <{_utf16(char)}>" for code, char in enumerate(subset) if char]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = [line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *body,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _utf16(char: int) -> str:
    return plain(chr(char)).encode("utf-16-be").hex().upper()
