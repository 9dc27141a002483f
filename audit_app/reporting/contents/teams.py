"""The figures of a round team by team, in the tree's order, for colleagues and as they are published (pure)."""

from collections.abc import Collection, Sequence

from audit_app.measures.figures import Row
from audit_app.measures.published import KEYS, figures_of, hidden_cells
from audit_app.measures.suppression import HIDDEN, NOTE, SMALL
from audit_app.reporting.document import Column, Heading, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import percent

COLUMNS = (
    Column("Team", width_share=2.2),
    Column("Audits", "right", 0.8),
    Column("Good+ as audited", "right", 1.3),
    Column("Good+ as it stands", "right", 1.3),
    Column("Moderated", "right", 1.3),
    Column("Agreed", "right", 1.3),
)
MEANING = (
    "Good+ means good or better by the overall grade. Agreed counts overall grades of audits drawn at random that the "
    "senior moderator also gave. Teams stand in the order of the structure: with so few audits each, a ranking would "
    "be chance."
)


def by_team(rows: Sequence[Row], *, published: bool, kept_back: Collection[str] = ()) -> tuple[Part, ...]:
    """The section on teams; kept back: the keys of what the round itself does not tell."""
    heading = Heading(1, "By team")
    if not rows:
        return (heading, Text("No audit has been handed in yet."))
    if not published:
        return (heading, _table([_cells(row, frozenset()) for row in rows], MEANING))
    if len(rows) == 1:
        return (heading, Text(f"All audits are of {rows[0].name}: the figures above are theirs."))
    every = frozenset(range(len(rows)))
    hidden = [every if key in kept_back else gone for key, gone in zip(KEYS, hidden_cells(rows), strict=True)]
    if all(place in hidden[0] for place in range(len(rows))):
        words = (
            f"Every team has so few audits that its numbers, {SMALL} or fewer, or those beside them, would tell of it."
        )
        return (heading, Text(f"Numbers by team are not published. {words}"))
    shown = [_cells(row, frozenset(c for c, gone in enumerate(hidden) if at in gone)) for at, row in enumerate(rows)]
    return (heading, _table(shown, f"{MEANING}\n\n{NOTE}"))


def _table(rows: Sequence[tuple[Cell, ...]], note: str) -> Table:
    return Table("Figures by team", COLUMNS, tuple(rows), row_headers=True, note=note)


def _cells(row: Row, hidden: frozenset[int]) -> tuple[Cell, ...]:
    numbers: list[Cell] = [row.audits]
    for figure in figures_of(row):
        share = "" if figure.value is None else f"{percent(figure.value)}\n{figure.count} of {figure.total}"
        numbers.append(share or "none yet")
    return (row.name, *(HIDDEN if place in hidden else cell for place, cell in enumerate(numbers)))
