"""The long work of past audits: reading a stranger's file, and sweeping what nobody said yes to."""

from typing import Any

from audit_app.cases.container import Unreadable
from audit_app.cases.operations.jobs import instance, most_bytes
from audit_app.cases.operations.taking import put_aside_before
from audit_app.db import db, only_read
from audit_app.organisation.model import Unit
from audit_app.past import queries
from audit_app.past.model import StagedPast
from audit_app.past.operations.staging import stage, sweep_staged
from audit_app.past.operations.taking import take
from audit_app.refusal import Refusal, Refused
from audit_app.work.operations import carries_out, periodic
from audit_app.work.progress import Progress

READ = "past.read"


def preview_path(staged: StagedPast) -> str:
    """Where a staged file is shown, or where one says first what its columns hold."""
    return f"/past-audits/waiting/{staged.id}" + ("" if staged.preview else "/columns")


@carries_out(READ, refusals=(Unreadable,))
def read_file(
    progress: Progress, *, upload: str, filename: str, authority: int, scale: str, owner: int
) -> dict[str, Any]:
    """Read an uploaded file and show what would become of it. Its raw content is deleted as soon as it was read."""
    with put_aside_before(upload, instance()) as file:
        only_read(True)  # nobody should wait for the writer's turn while the file is read
        remembered = queries.remembered_columns(authority)
        meant = next((one for one in queries.scales() if one.key == scale), None)
        db.session.rollback()
        grid = take(file, filename, most_bytes=most_bytes(), remembered=remembered, progress=progress)
        only_read(False)
    if meant is None:
        raise Refused(Refusal("The scale that you chose is not kept any more. Choose the file again."))
    staged = stage(grid, db.session.get_one(Unit, authority), meant, by=owner)
    return {"go_to": preview_path(staged)}


@periodic("past.sweep", minutes=60)
def sweep() -> None:
    """Erase previews whose day is over."""
    sweep_staged()
