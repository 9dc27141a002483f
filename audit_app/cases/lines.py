"""The rows of one list as cases: what each says, what it lacks, what in it is doubtful."""

import datetime as dt

from audit_app.cases.caselist import CaseRow, Problem, Warnings
from audit_app.cases.codes import (
    ABUSE_CATEGORY,
    ACCOMMODATION,
    ACTIVITY,
    CATEGORY,
    CLOSURE,
    DISABILITY,
    ELIGIBILITY,
    ETHNICITY,
    GENDER,
    LEGAL_STATUS,
    LOCATION,
    NEED,
    PLACEMENT,
    YES_OR_NO,
    CodeList,
)
from audit_app.cases.fields import (
    WITHHELD,
    Column,
    Read,
    T,
    age_reader,
    birth_reader,
    code_reader,
    day_reader,
    extra_in,
    family_in,
    needed_code_reader,
    team_in,
    worker_in,
    yes_reader,
)
from audit_app.cases.tables import Table
from audit_app.cases.values import Reference, age_band, reference_in
from audit_app.cases.workbook import Row

# Each field that becomes an attribute of a case: what the attribute is called, and its codes.
ATTRIBUTES: dict[str, tuple[str, CodeList]] = {
    "need": ("primary_need", NEED),
    "closure": ("closure_reason", CLOSURE),
    "abuse_first": ("abuse_category", ABUSE_CATEGORY),
    "abuse": ("abuse_category", ABUSE_CATEGORY),  # the latest category, where given, replaces the first
    "uasc": ("unaccompanied", YES_OR_NO),
    "legal_status": ("legal_status", LEGAL_STATUS),
    "placement": ("placement_type", PLACEMENT),
    "placement_location": ("placement_location", LOCATION),
    "eligibility": ("eligibility", ELIGIBILITY),
    "accommodation": ("accommodation", ACCOMMODATION),
    "activity": ("activity", ACTIVITY),
}
MARKS = ("complaint", "legal_hold")  # a reason to leave a case out of a sample: only a yes is kept
VISITS = ("visited_on", "social_work_visit_on")
FROM_NUMBER = "References stored as text: these are numbers, so any zeros at their start are lost"
SHORTENED = "The whole reference: Excel has shortened this one, so its last digits may be lost"
DISAGREES = "An age in the band of the date of birth (the date of birth was used)"
CLOSED_BUT_OPEN = "A closure date only where the case status is closed"


class LineReader:
    """Reads the rows of one list on the day it was taken, gathering warnings as it goes."""

    def __init__(self, table: Table, taken_on: dt.date, warnings: Warnings) -> None:
        self.table = table
        self._warnings = warnings
        day = day_reader(taken_on)
        self._reference = table.columns["reference"][0]
        self._team = Column(table.place("team"), team_in)
        self._worker = Column(table.place("worker"), worker_in)
        self._category = Column(table.place("category"), needed_code_reader(CATEGORY))
        self._gender = Column(table.place("gender"), code_reader(GENDER))
        self._ethnicity = Column(table.place("ethnicity"), code_reader(ETHNICITY))
        self._disability = Column(table.place("disability"), code_reader(DISABILITY))
        self._born = Column(table.place("date_of_birth"), birth_reader(taken_on))
        self._age = Column(table.place("age"), age_reader)
        self._started_on = Column(table.place("started_on"), day)
        self._closed_on = Column(table.place("closed_on"), day)
        self._seen = "contact_on" if table.number == 9 else "seen_on"
        self._seen_on = Column(table.place(self._seen), day)
        self._visits = [(field, Column(table.place(field), day)) for field in VISITS if field in table.columns]
        self._family = Column(table.place("family"), family_in)
        self._supervisor = Column(table.place("supervisor"), worker_in)
        self._marks = [
            (field, Column(table.place(field), yes_reader(YES_OR_NO))) for field in MARKS if field in table.columns
        ]
        self._attributes = [
            (field, name, Column(table.place(field), code_reader(codes)))
            for field, (name, codes) in ATTRIBUTES.items()
            if field in table.columns
        ]
        self._extras = [(name, Column(place, extra_in)) for name, (place, _) in table.extras.items()]

    def reference(self, row: Row) -> Reference:
        """The child's reference, with a warning where Excel may have changed it."""
        place = self._reference
        found = reference_in(row.cells[place] if place < len(row.cells) else None)
        if found.was_number:
            self._warnings.add(self.table.problem("reference", row, FROM_NUMBER, value=""))
        if found.was_shortened:
            self._warnings.add(self.table.problem("reference", row, SHORTENED))
        return found

    def case(self, row: Row, reference: str) -> tuple[CaseRow, tuple[Problem, ...]]:
        """The case that a row of list 6 or list 9 gives, and what holds it back."""
        team = self._team.of(row)
        problems = (self.table.problem("team", row, team.expected),) if team.expected else ()
        category: str | None = "care_leaver"
        if self.table.number != 9:
            status = self._category.of(row)
            category = status.value
            if status.expected:
                problems = (*problems, self.table.problem("category", row, status.expected))
        closed_on = self._ask("closed_on", self._closed_on, row)
        if closed_on and category not in ("closed", None):
            self._warnings.add(self.table.problem("closed_on", row, CLOSED_BUT_OPEN))
        case = CaseRow(
            reference=reference,
            category=category,
            team=team.value,
            worker=self._ask("worker", self._worker, row),
            gender=self._ask("gender", self._gender, row),
            ethnicity=self._ask("ethnicity", self._ethnicity, row),
            age_band=self._age_band(row),
            disability=self._ask("disability", self._disability, row),
            started_on=self._ask("started_on", self._started_on, row),
            last_seen_on=self._ask(self._seen, self._seen_on, row),
            closed_on=closed_on,
            care_leaver=category == "care_leaver",
            sheet=self.table.sheet.name,
            row=row.number,
            attributes=self.attributes(row),
        )
        return case, problems

    def attributes(self, row: Row) -> dict[str, str]:
        """What else a row says that a sample may be stratified by."""
        found: dict[str, str] = {}
        for field, name, column in self._attributes:
            value = self._ask(field, column, row)
            if value:
                found[name] = value
        family = self._ask("family", self._family, row)
        if family:
            found["family"] = family
        supervisor = self._ask("supervisor", self._supervisor, row)
        if supervisor:
            found["supervisor"] = supervisor
        for field, mark in self._marks:
            said = self._ask(field, mark, row)
            if said:
                found[field] = said
        for name, column in self._extras:
            extra = self._ask(name, column, row)
            if extra:
                found[name] = extra
        return found

    def last_visit(self, row: Row) -> dt.date | None:
        """The last visit that a row of list 7 or list 8 gives."""
        days = [self._ask(field, column, row) for field, column in self._visits]
        return max((day for day in days if day), default=None)

    def _ask(self, field: str, column: Column[T], row: Row) -> T:
        """What a field says in a row, with a warning where something else was expected."""
        found = column.of(row)
        if found.expected:
            self._warn(field, row, found)
        return found.value

    def _warn(self, field: str, row: Row, found: Read[T]) -> None:
        value = WITHHELD if found.hide else None
        self._warnings.add(self.table.problem(field, row, found.expected, value=value))

    def _age_band(self, row: Row) -> str | None:
        """The age band from the date of birth, or else from the age."""
        born = self._ask("date_of_birth", self._born, row)
        told = self._ask("age", self._age, row)
        if told is None or born is None:
            return born if told is None else age_band(told)
        if born not in (age_band(told - 1), age_band(told), age_band(told + 1)):
            self._warnings.add(self.table.problem("age", row, DISAGREES))
        return born
