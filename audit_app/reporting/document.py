"""A paper as its parts, before anything decides how it looks: one value for the page, the PDF and the sheets (pure)."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audit_app.web import formats
from audit_app.web.scene import Scene

Marking = Literal["OPEN", "OFFICIAL", "OFFICIAL-SENSITIVE"]
Status = Literal["DRAFT", "FINAL"]
Level = Literal[1, 2, 3]
Align = Literal["left", "right", "centre"]
Cell = str | int | float | Decimal | dt.date | dt.datetime | None

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_HALVES = re.compile(r"[\ud800-\udfff]")

SAME_GRADE = "same"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title: level 1 opens a section."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote, or a sentence of ours. An empty line parts paragraphs; a line end is kept."""

    text: str
    style: Literal["body", "note", "lead"] = "body"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text in paragraphs."""
        return paragraphs(self.text)


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list in no order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list in order, counted from 1."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts: a term and what holds for it."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, how its cells stand, and its share of the width. The unit belongs in the heading."""

    name: str
    align: Align = "left"
    width_share: float = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. None is an empty cell; a number prints as `shown` says and stays a number in a sheet."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_headers: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"The table “{self.caption}” has no columns")
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Row {number} of “{self.caption}” has {len(row)} cells for {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class Grid:
    """Two sets of grades against each other on one scale, best first, with totals; the diagonal is agreement."""

    caption: str
    row_title: str
    column_title: str
    labels: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    row_totals: tuple[str, ...]
    column_totals: tuple[str, ...]
    total: str
    note: str = ""

    def __post_init__(self) -> None:
        k = len(self.labels)
        sizes = {len(self.cells), len(self.row_totals), len(self.column_totals), *(len(row) for row in self.cells)}
        if sizes != {k}:
            raise ValueError(f"The grid “{self.caption}” is not {k} by {k}")

    @classmethod
    def of_counts(
        cls,
        caption: str,
        row_title: str,
        column_title: str,
        labels: Sequence[str],
        counts: Sequence[Sequence[int]],
        note: str = "",
    ) -> "Grid":
        """The grid of plain counts, which adds up its own totals."""
        return cls(
            caption=caption,
            row_title=row_title,
            column_title=column_title,
            labels=tuple(labels),
            cells=tuple(tuple(shown(count) for count in row) for row in counts),
            row_totals=tuple(shown(sum(row)) for row in counts),
            column_totals=tuple(shown(sum(column)) for column in zip(*counts, strict=True)),
            total=shown(sum(sum(row) for row in counts)),
            note=note,
        )

    @property
    def corner(self) -> str:
        """The heading over the row headings: which grades run down and which across."""
        return f"{self.row_title} (down) by {self.column_title[:1].lower()}{self.column_title[1:]} (across)"

    @property
    def key(self) -> str:
        """What the boxed cells mean, in words."""
        return f"Boxed cells marked “{SAME_GRADE}”: both gave the same grade."

    def table(self) -> Table:
        """The grid as rows under headings, the same grade said in words."""
        rows: list[tuple[Cell, ...]] = []
        for i, (label, cells, total) in enumerate(zip(self.labels, self.cells, self.row_totals, strict=True)):
            said = tuple(f"{cell}\n{SAME_GRADE}" if i == j else cell for j, cell in enumerate(cells))
            rows.append((label, *said, total))
        rows.append(("Total", *self.column_totals, self.total))
        columns = (Column(self.corner, width_share=1.6), *(Column(label, "centre") for label in self.labels))
        return Table(self.caption, (*columns, Column("Total", "centre")), tuple(rows), row_headers=True, note=self.note)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures, what it shows in words, and the same figures as a table."""

    scene: Scene
    caption: str
    alt: str
    table: Table


@dataclass(frozen=True, slots=True)
class Callout:
    """Words that must not be missed."""

    title: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words in paragraphs."""
        return paragraphs(self.text)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Part = Heading | Text | Bullets | Numbered | Facts | Table | Grid | Chart | Callout | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper with its marking, its standing and the receipt of the history it was made from."""

    title: str
    subtitle: str
    marking: Marking
    status: Status
    council: str
    version: str
    produced_at: dt.datetime
    parts: tuple[Part, ...]
    receipt: str | None = None
    language: str = "en-GB"

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A document needs a title")
        if self.produced_at.utcoffset() is None:
            raise ValueError("The moment a document was produced needs its time zone")
        deepest = 0
        for heading in self.headings():
            if heading.level > deepest + 1:
                raise ValueError(f"The heading “{heading.text}” skips a level")
            deepest = heading.level

    def headings(self) -> Iterator[Heading]:
        """The headings in order."""
        return (part for part in self.parts if isinstance(part, Heading))

    def tables(self) -> tuple[Table, ...]:
        """Everything in the paper that is rows and columns, for its spreadsheet."""
        found: list[Table] = []
        for part in self.parts:
            match part:
                case Table():
                    found.append(part)
                case Chart():
                    found.append(part.table)
                case Grid():
                    found.append(part.table())
                case _:
                    continue
        return tuple(found)

    @property
    def imprint(self) -> tuple[str, ...]:
        """The line below the title: version, standing, and when it was produced."""
        standing = "Draft: not agreed, do not rely on it" if self.status == "DRAFT" else "Final"
        version = (f"Version {self.version}",) if self.version else ()
        return (*version, standing, f"Produced {formats.moment(self.produced_at)}")


def paragraphs(text: str) -> tuple[str, ...]:
    """A text parted at its empty lines."""
    return tuple(part.strip("\n") for part in re.split(r"\n[ \t]*\n", plain_lines(text)) if part.strip())


def plain_lines(text: str) -> str:
    """A text whose lines all end alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_controls(text: str) -> str:
    """A text without the characters that no format may carry; tabs and line ends stay, half characters show."""
    return _CONTROLS.sub("", _HALVES.sub("\ufffd", plain_lines(text)))


def shown(value: Cell) -> str:
    """A cell as it is read: 1,234, 0.5, 14 June 2026; a Decimal keeps the places it was given."""
    match value:
        case None:
            return ""
        case str():
            return value
        case dt.datetime():
            return formats.moment(value) if value.tzinfo else f"{formats.day(value.date())} at {value:%H:%M}"
        case dt.date():
            return formats.day(value)
        case float():
            return f"{round(value, 2) + 0.0:,.2f}".rstrip("0").rstrip(".")
        case _:
            return f"{value:,}"
