"""A paper as its parts, before anything decides how it looks: one value for the page, the PDF and the sheets (pure)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from audit_app.organisation.looks import Look
from audit_app.reporting.to_fill_in import Boxes, Room
from audit_app.reporting.words import Cell, paragraphs, shown
from audit_app.web import formats
from audit_app.web.scene import Scene

Marking = Literal["OPEN", "OFFICIAL", "OFFICIAL-SENSITIVE"]
Status = Literal["DRAFT", "FINAL", "FORM"]
STANDINGS: dict[Status, str] = {
    "DRAFT": "Draft: not agreed, do not rely on it",
    "FINAL": "Final",
    "FORM": "To be filled in",
}
Level = Literal[1, 2, 3]
Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title: level 1 opens a section."""

    kind: ClassVar = "heading"

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody wrote, or a sentence of ours. An empty line parts paragraphs; a line end is kept."""

    kind: ClassVar = "text"

    text: str
    style: Literal["body", "note", "lead"] = "body"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text in paragraphs."""
        return paragraphs(self.text)


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list in no order."""

    kind: ClassVar = "bullets"

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list in order, counted from 1."""

    kind: ClassVar = "numbered"

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts: a term and what holds for it."""

    kind: ClassVar = "facts"

    rows: tuple[tuple[str, Cell], ...]

    @property
    def shown_rows(self) -> tuple[tuple[str, str], ...]:
        """The facts as they are read."""
        return tuple((term, shown(value)) for term, value in self.rows)


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, how its cells stand, and its share of the width. The unit belongs in the heading."""

    name: str
    align: Align = "left"
    width_share: float = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. None is an empty cell; a number prints as `shown` says and stays a number in a sheet."""

    kind: ClassVar = "table"

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

    @property
    def shown_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows as they are read."""
        return tuple(tuple(shown(value) for value in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Grid:
    """Two sets of grades against each other on one scale, best first, with totals; the diagonal is agreement."""

    kind: ClassVar = "grid"
    same: ClassVar = "same"

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
        """What the marked cells mean, in words."""
        return f"Cells marked “{self.same}”: both gave the same grade."

    def table(self) -> Table:
        """The grid as rows under headings, the same grade said in words."""
        rows: list[tuple[Cell, ...]] = []
        for i, (label, cells, total) in enumerate(zip(self.labels, self.cells, self.row_totals, strict=True)):
            said = tuple(f"{cell}\n{self.same}" if i == j else cell for j, cell in enumerate(cells))
            rows.append((label, *said, total))
        rows.append(("Total", *self.column_totals, self.total))
        columns = (Column(self.corner, width_share=1.6), *(Column(label, "centre") for label in self.labels))
        return Table(self.caption, (*columns, Column("Total", "centre")), tuple(rows), row_headers=True, note=self.note)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures, what it shows in words, and the same figures as a table."""

    kind: ClassVar = "chart"

    scene: Scene
    caption: str
    alt: str
    table: Table


@dataclass(frozen=True, slots=True)
class Callout:
    """Words that must not be missed."""

    kind: ClassVar = "callout"

    title: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The words in paragraphs."""
        return paragraphs(self.text)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page; wide, on pages that lie on their long side, up to the end."""

    wide: bool = False
    kind: ClassVar = "page-break"


Part = Heading | Text | Bullets | Numbered | Facts | Table | Grid | Chart | Callout | PageBreak | Boxes | Room


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
    wide: bool = False  # set on pages that lie on their long side, for tables of many words
    look: Look | None = None  # the colour and the logo of whoever it is from

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

    def about(self) -> tuple[tuple[str, Cell], ...]:
        """What the paper is, for the first sheet of its spreadsheet."""
        facts: tuple[tuple[str, Cell], ...] = (
            ("Title", self.title),
            ("Subtitle", self.subtitle),
            ("Council", self.council),
            ("Marking", self.marking),
            ("Standing", self.standing),
            ("Version", self.version),
            ("Produced", formats.moment(self.produced_at)),
            ("History receipt", self.receipt),
        )
        return tuple(fact for fact in facts if fact[1])

    @property
    def standing(self) -> str:
        """Whether the paper may be relied on."""
        return STANDINGS[self.status]

    @property
    def imprint(self) -> tuple[str, ...]:
        """The line below the title: version, standing, and when it was produced."""
        version = (f"Version {self.version}",) if self.version else ()
        return (*version, self.standing, f"Produced {formats.moment(self.produced_at)}")
