"""Taking past audits from a stranger's file: read and stripped exactly as a case list is, by the same machinery."""

from collections.abc import Sequence
from pathlib import Path

from audit_app.cases.operations.taking import Grid, take_grid
from audit_app.cases.packing import row_counts
from audit_app.cases.ways import Remembered
from audit_app.clock import today
from audit_app.past.columns import columns_kept
from audit_app.past.reading import MOST_ROWS
from audit_app.refusal import Refusal, Refused
from audit_app.work.progress import Progress


def take(
    file: Path, filename: str, *, most_bytes: int, remembered: Sequence[Remembered], progress: Progress | None = None
) -> Grid:
    """Read a file in a child process and keep its tables, stripped; nothing is asked of the database."""
    said = [one.mapping for one in remembered]
    grid = take_grid(
        file,
        filename,
        today(),
        most_bytes=most_bytes,
        known=lambda sheets: columns_kept(sheets, said),
        progress=progress,
    )
    if sum(row_counts(grid.packed)) > MOST_ROWS:
        raise Refused(Refusal(f"The file has more than {MOST_ROWS:,} rows. Import it in parts, such as year by year."))
    return grid
