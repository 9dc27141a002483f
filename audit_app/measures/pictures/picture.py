"""A picture of figures: drawn wide for a page and paper, narrow for a phone, with its numbers as a table (pure)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from audit_app.measures.pictures.canvas import Drawn
from audit_app.web.scene import Scene

WIDE, NARROW = 720.0, 340.0
Value = str | int | float | dt.date | None
# What the address of the audits behind a number says, besides the filters of the page; None takes a filter away.
Lead = Mapping[str, str | None]
Leads = tuple[tuple[Lead | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, what it shows in a title and a sentence, and its table, which has a name of its own.

    The key names it in addresses.
    """

    key: str
    name: str
    title: str
    sentence: str
    wide: Scene
    narrow: Scene
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    leads: Leads = ()  # by row and cell of the table, if its numbers lead to their audits

    def leading(self, row: int, place: int) -> Lead | None:
        """Where a number of the table leads, if it leads anywhere."""
        return self.leads[row][place] if self.leads else None


def picture(
    key: str,
    name: str,
    title: str,
    sentence: str,
    draw: Callable[[float], Drawn],
    columns: tuple[str, ...],
    rows: tuple[tuple[Value, ...], ...],
    note: str = "",
    leads: Leads = (),
) -> Picture:
    """A picture whose drawing can be made in any width; its text alternative is its title and sentence."""
    scenes = []
    for width in (WIDE, NARROW):
        height, shapes = draw(width)
        scenes.append(Scene(width, height, title, sentence, tuple(shapes)))
    return Picture(key, name, title, sentence, scenes[0], scenes[1], columns, rows, note, leads)


def of_share(figure: str, count: int, total: int, at: Lead) -> tuple[Lead | None, Lead | None]:
    """Where a count and its whole lead: to those that were counted, and to all; nowhere where there are none."""
    whole = {"figure": figure, **at}
    if not figure or not total:
        return None, None
    return ({**whole, "part": "hits"} if count else None), whole


def within(first: dt.date, last: dt.date) -> Lead:
    """The months from one to another, as an address says them."""
    return {"first": first.isoformat(), "last": last.isoformat()}
