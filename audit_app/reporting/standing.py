"""What stands in a kind of paper in the council's own words: read, offered for editing, and put into papers (pure)."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import yaml

from audit_app.reporting.document import Document, Text
from audit_app.web.formats import day, london_day
from audit_app.wording.pieces import Part, Piece, Shown, Words
from audit_app.wording.placeholders import filled

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "papers.yaml"
GROUP: Final = "Papers"
KNOWN: Final = ("council", "title", "subtitle", "day")
PARTS: Final = (
    Part("opening", "At the beginning", KNOWN, may_be_empty=True),
    Part("closing", "At the end", KNOWN, may_be_empty=True),
)


def key_of(kind: str) -> str:
    """What the words of a kind of paper are called as a piece that is edited."""
    return f"paper-{kind}"


def kinds() -> Mapping[str, Mapping[str, str]]:
    """The kinds of papers that have words of the council's own, with the usual ones."""
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return found


def pieces(council: str) -> list[Piece]:
    """The words of every kind of paper, to edit."""
    return [_piece(kind, said, council) for kind, said in kinds().items()]


def _piece(kind: str, said: Mapping[str, str], council: str) -> Piece:
    name = said["name"]
    values = {"council": council, "title": name, "subtitle": "Monthly case-file audit, June 2026", "day": "1 July 2026"}
    usual = {part.key: said[part.key] for part in PARTS}

    def look(words: Words) -> tuple[Shown, ...]:
        return tuple(Shown(part.name, in_lines(words.get(part.key, ""), values)) for part in PARTS)

    return Piece(key_of(kind), GROUP, name, PARTS, lambda: usual, look)


def in_lines(words: str, values: Mapping[str, str]) -> str:
    """Words filled in, their lines as they were written."""
    return filled(words, values).strip()


def with_standing_words(document: Document, words: Words) -> Document:
    """A paper with the council's own words at its beginning and at its end."""
    values = {
        "council": document.council,
        "title": document.title,
        "subtitle": document.subtitle,
        "day": day(london_day(document.produced_at)),
    }
    opening, closing = (in_lines(words.get(part.key, ""), values) for part in PARTS)
    before = (Text(opening),) if opening else ()
    after = (Text(closing),) if closing else ()
    return replace(document, parts=(*before, *document.parts, *after))
