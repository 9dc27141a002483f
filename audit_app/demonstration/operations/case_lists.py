"""The case lists of the demonstration, loaded as an officer would: one workbook a quarter, through the same gate."""

import datetime as dt
import io
from dataclasses import dataclass, field

from sqlalchemy import update

from audit_app.cases import operations as cases
from audit_app.cases.generating import GeneratedChild
from audit_app.cases.model import CaseList
from audit_app.cases.writing import annex_a_workbook
from audit_app.db import db
from audit_app.demonstration.dates import moment, opening, working_days_before
from audit_app.demonstration.lists import first_list, next_list, with_strange_team
from audit_app.demonstration.operations.authority import Northmere
from audit_app.demonstration.seeds import chance_of, number_of

MOST_BYTES = 20 * 1024 * 1024


@dataclass(slots=True)
class Lists:
    """The lists that were loaded so far: what the next one follows from, and which is the newest."""

    northmere: Northmere
    seed: str
    newest_id: int = 0
    taken_on: dt.date = dt.date.min
    children: tuple[GeneratedChild, ...] = field(default=(), repr=False)

    def load(self, month: dt.date, *, newest: bool) -> None:
        """Load the list that was taken on the day before a month's round was opened."""
        taken_on = working_days_before(opening(month), 1)
        number = number_of(self.seed, "list", month)
        if self.children:
            self.children = next_list(self.children, number, self.taken_on, taken_on)
        else:
            self.children = first_list(number, taken_on)
        self.taken_on = taken_on
        children = with_strange_team(self.children) if newest else self.children
        book = annex_a_workbook(children, taken_on=taken_on, authority=self.northmere.root.name)
        taken = cases.take(io.BytesIO(book), f"annex-a-{taken_on:%Y-%m}.xlsx", taken_on, most_bytes=MOST_BYTES)
        kept, _ = cases.load(taken, self.northmere.root, by=self.northmere.officer_id)
        self.newest_id = kept.id
        # The history says when it truly was loaded; the list itself stands where the story needs it.
        loaded_at = moment(taken_on, chance_of(self.seed, "loaded", taken_on))
        db.session.execute(update(CaseList).where(CaseList.id == kept.id).values(loaded_at=loaded_at))
