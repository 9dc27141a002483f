"""Tables on paper: columns that fit their words, headings on every page, rows that may run over."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from audit_app.reporting.columns import fitted
from audit_app.reporting.document import Align, Column
from audit_app.reporting.pdf import typefaces
from audit_app.reporting.pdf.prose import INK, RULE, Style, set_lines, wrapped
from audit_app.reporting.pdf.tagging import Element, TaggedCanvas

_PAD = 4.0  # above and below a cell's words
_GAP = 12.0  # between columns
_WHOLE = 8  # a row of so many lines is never cut by a page's end
_LEAST = 3  # lines of a longer one that stand on a page
_SOME = 3000  # letters, which are more lines than that in any column
_TALL_HEADING = 240.0  # a heading row taller than this is not repeated but set as a row, which may run over

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is set: the lines of its cells, or what is left of them after a page's end."""

    cells: list[Lines]
    elements: list[Element]
    bold: frozenset[int] = frozenset()
    boxed: frozenset[int] = frozenset()

    @property
    def depth(self) -> int:
        """The lines of its longest cell."""
        return max(len(lines) for lines in self.cells)

    def cut(self, lines: int) -> tuple["Row", "Row"]:
        """The row above a page's end and the row below it."""
        above = replace(self, cells=[cell[:lines] for cell in self.cells])
        return above, replace(self, cells=[cell[lines:] for cell in self.cells])


class Layout:
    """What all pages of one table share: its columns, its type, its headings, its place in the structure."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        element: Element,
        room: float,
        *,
        headed: bool = True,
        row_headers: bool = False,
        boxed: frozenset[tuple[int, int]] = frozenset(),
        bold_last: bool = False,
    ) -> None:
        self.columns, self.rows, self.row_headers, self.boxed = columns, rows, row_headers, boxed
        self.last_bold = len(rows) - 1 if bold_last else -1
        size = 8.5 if len(columns) <= 7 else 7.5 if len(columns) <= 12 else 6.5
        self.plain = Style(size, size * 1.4)
        self.bold = replace(self.plain, face=typefaces.BOLD)
        self.widths = self._widths(room)
        self.heading: Row | None = None
        self.first: list[Row] = []
        self.heading_told = False
        if headed:
            line = element.add("THead").add("TR")
            names = [wrapped(c.name, self.bold, self.inner(i)) for i, c in enumerate(columns)]
            row = Row(names, [line.header("Column") for _ in columns], frozenset(range(len(columns))))
            if self.height(row) <= _TALL_HEADING:
                self.heading = row
            else:
                self.first = [row]
        self.body = element.add("TBody")

    def inner(self, column: int) -> float:
        """The width left for a column's words."""
        last = column == len(self.columns) - 1 and self.columns[column].align != "centre"
        return max(self.widths[column] - (0 if last else _GAP), 1)

    def height(self, row: Row) -> float:
        """How tall a row stands."""
        return row.depth * self.plain.leading + 2 * _PAD

    @property
    def opening(self) -> float:
        """The room of its headings with the part of its first row that stays with them."""
        depth = self.first[0].depth if self.first else self._depth(self.rows[0]) if self.rows else 0
        lines = depth if depth <= _WHOLE else _LEAST
        return (self.height(self.heading) if self.heading else 0) + lines * self.plain.leading + 2 * _PAD

    def _depth(self, texts: Sequence[str]) -> int:
        """The lines of a row's longest cell, or more than stay whole."""
        return max(len(wrapped(text[:_SOME], self.bold, self.inner(place))) for place, text in enumerate(texts))

    def row(self, number: int) -> Row:
        """A row broken into lines, with its place in the structure."""
        line = self.body.add("TR")
        cells, elements, bold = [], [], set()
        for place, text in enumerate(self.rows[number]):
            head = self.row_headers and place == 0
            if head or number == self.last_bold or (number, place) in self.boxed:
                bold.add(place)
            cells.append(wrapped(text, self.bold if place in bold else self.plain, self.inner(place)))
            elements.append(line.header("Row") if head else line.add("TD"))
        boxed = frozenset(place for place in range(len(cells)) if (number, place) in self.boxed)
        return Row(cells, elements, frozenset(bold), boxed)

    def _widths(self, room: float) -> list[float]:
        """The shares asked for, moved as little as keeps the longest words of a sample whole."""
        longest = [self._longest_word(i) + _GAP + 1 for i in range(len(self.columns))]
        return fitted([column.width_share for column in self.columns], longest, room)

    def _longest_word(self, column: int) -> float:
        names = self.columns[column].name.replace("\n", " ").split(" ")
        words = [word for row in islice(self.rows, 200) for word in row[column].replace("\n", " ").split(" ")]
        face = typefaces.BOLD if self.row_headers and column == 0 else typefaces.PLAIN
        return max(
            *(typefaces.width(name, typefaces.BOLD, self.plain.size) for name in names),
            *(typefaces.width(word, face, self.plain.size) for word in set(words)),
            0.0,
            0.0,
        )


class RuledTable(Flowable):
    """The rows of a table from one row on; each page takes what fits, so a long table costs no more a page."""

    canv: TaggedCanvas

    def __init__(
        self, layout: Layout, start: int = 0, waiting: Sequence[Row] = (), before: float = 0, after: float = 14
    ) -> None:
        super().__init__()
        self.layout, self.next = layout, start
        self.waiting = deque(waiting)
        self.taken: list[Row] = []
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  the names are ReportLab's
        """The room it takes, or more than there is as soon as a row does not fit."""
        self.waiting.extendleft(reversed(self.taken))
        self.taken, self.width, self.height = [], aW, self._heading_height
        while row := self._coming():
            if self.height + self.layout.height(row) > aH:
                self.waiting.appendleft(row)
                return aW, aH + 1
            self.taken.append(row)
            self.height += self.layout.height(row)
        return aW, self.height

    def split(self, width: float, height: float, /) -> list[Flowable]:
        """The rows that fit on this page, and the table from there on."""
        self.wrap(width, height)
        if row := self._coming():
            lines = int((height - self.height - 2 * _PAD) // self.layout.plain.leading)
            if row.depth > _WHOLE and _LEAST <= lines < row.depth:
                above, row = row.cut(lines)
                self.taken.append(above)
            self.waiting.appendleft(row)
        if not self.taken:
            return []
        page = RuledTable(self.layout, len(self.layout.rows), self.taken, before=self.spaceBefore, after=0)
        return [page, RuledTable(self.layout, self.next, self.waiting, after=self.spaceAfter)]

    def draw(self) -> None:
        """Set the headings and the rows taken."""
        canvas, layout, top = self.canv, self.layout, self.height
        if layout.heading:
            self._rule([top - layout.height(layout.heading)], INK, 1.0)
            if layout.heading_told:
                with canvas.artifact("Pagination"):
                    self._set(layout.heading, top, tagged=False)
            else:
                self._set(layout.heading, top, tagged=True)
            layout.heading_told = True
            top -= layout.height(layout.heading)
        rules = []
        for row in self.taken:
            self._box(row, top)
            self._set(row, top, tagged=True)
            top -= layout.height(row)
            rules.append(top)
        self._rule(rules, RULE, 0.5)

    @property
    def _heading_height(self) -> float:
        return self.layout.height(self.layout.heading) if self.layout.heading else 0.0

    def _coming(self) -> Row | None:
        if self.waiting:
            return self.waiting.popleft()
        if self.next >= len(self.layout.rows):
            return None
        self.next += 1
        return self.layout.row(self.next - 1)

    def _set(self, row: Row, top: float, *, tagged: bool) -> None:
        x = 0.0
        for place, (lines, element) in enumerate(zip(row.cells, row.elements, strict=True)):
            style = self.layout.bold if place in row.bold else self.layout.plain
            align: Align = self.layout.columns[place].align
            if any(lines):
                if tagged:
                    with self.canv.tagged(element):
                        set_lines(self.canv, lines, style, x, top - _PAD, self.layout.inner(place), align)
                else:
                    set_lines(self.canv, lines, style, x, top - _PAD, self.layout.inner(place), align)
            x += self.layout.widths[place]

    def _rule(self, places: Sequence[float], colour: Color, weight: float) -> None:
        with self.canv.artifact():
            self.canv.setStrokeColor(colour)
            self.canv.setLineWidth(weight)
            self.canv.lines([(0, y, self.width, y) for y in places])

    def _box(self, row: Row, top: float) -> None:
        for place in sorted(row.boxed):
            x, height = sum(self.layout.widths[:place]), self.layout.height(row)
            with self.canv.artifact():
                self.canv.setStrokeColor(INK)
                self.canv.setLineWidth(1.2)
                self.canv.rect(x, top - height + 2, self.layout.inner(place), height - 4, fill=0)
