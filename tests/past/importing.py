"""Past audits imported and waiting, for tests of other rooms."""

from audit_app.cases.mapping import guess_mapping
from audit_app.cases.ways import Way
from audit_app.past import operations
from audit_app.past.columns import PAST
from audit_app.past.model import PastImport, StagedPast
from tests import make
from tests.past.sheets import HEADINGS, grid, line, sheet


def staged(made: make.Authority, *lines: tuple[object, ...], file_hash: str = "a hash") -> StagedPast:
    """A file that waits for the officer's yes, its columns said."""
    rows = sheet(*lines)  # type: ignore[arg-type]
    one = operations.stage(grid(rows, file_hash=file_hash), made.root, made.tool.tool.scale, by=made.officer.id)
    if one.preview is None:
        way = Way("Audits", guess_mapping(HEADINGS, PAST), "Tracker")
        operations.read_by(one, way, list(HEADINGS), one.version_id, by=made.officer.id)
    return one


def imported(made: make.Authority, *lines: tuple[object, ...], file_hash: str = "a hash") -> PastImport:
    """A file that was imported."""
    one = staged(made, *lines, file_hash=file_hash)
    kept, is_new = operations.confirm(one, one.version_id, by=made.officer.id)
    assert kept is not None
    assert is_new
    return kept


def imported_and_waiting(made: make.Authority) -> tuple[PastImport, StagedPast]:
    """One file that was imported, and one with a strange grade and a strange team that waits."""
    kept = imported(made, line("1", team=made.teams[0].name), line("2", "April 2025", "RI"), file_hash="imported")
    return kept, staged(made, line("3", grade="Goodish", team="Hub"), line("4"), file_hash="waits")
