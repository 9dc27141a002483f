"""The long work of case lists, as the work room carries it out: read a file, read it in another way, load it."""

from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app

from audit_app.cases import queries
from audit_app.cases.container import Unreadable
from audit_app.cases.model import StagedList
from audit_app.cases.operations.staging import confirm, read_again, stage, sweep_staged
from audit_app.cases.operations.taking import put_aside_before, sweep_uploads, take_grid, understand
from audit_app.cases.ways import Way
from audit_app.clock import now
from audit_app.db import db, only_read
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused
from audit_app.web.formats import plural
from audit_app.work.operations import carries_out, periodic
from audit_app.work.progress import Progress

READ, READ_AGAIN, LOAD = "cases.read", "cases.read_again", "cases.load"
GONE = "This preview is not there any more: previews are kept for one day. Choose the file again."


def preview_path(staged: StagedList) -> str:
    """Where a staged list is shown, or where one says first what its columns mean."""
    return f"/case-lists/waiting/{staged.id}" + ("" if staged.preview else "/columns")


def instance() -> Path:
    """Where files wait for the worker."""
    folder: Path = current_app.extensions["settings"].instance
    return folder


def most_bytes() -> int:
    """How large a case list may be."""
    megabytes: int = current_app.extensions["settings"].upload_megabytes
    return megabytes * 1024 * 1024


@carries_out(READ, refusals=(Unreadable,))
def read_file(
    progress: Progress, *, upload: str, filename: str, taken_on: str, authority: int, owner: int
) -> dict[str, Any]:
    """Read an uploaded file and show what would become of it. Its raw content is deleted as soon as it was read."""
    day = date.fromisoformat(taken_on)
    with put_aside_before(upload, instance()) as file:
        only_read(True)  # nobody should wait for the writer's turn while the file is read
        remembered = queries.remembered_mappings(authority)
        db.session.rollback()
        grid = take_grid(file, filename, day, most_bytes=most_bytes(), remembered=remembered, progress=progress)
        found = understand(grid, remembered, day, progress)
        only_read(False)
    staged = stage(grid, found, day, db.session.get_one(Unit, authority), by=owner, progress=progress)
    return {"go_to": preview_path(staged)}


@carries_out(READ_AGAIN)
def read_file_again(
    progress: Progress, *, staged: int, version: int, way: dict[str, Any], owner: int
) -> dict[str, Any]:
    """Read a staged file as if its columns meant something else."""
    one = _staged(staged, owner)
    read_again(one, Way.restored(way), version, progress=progress)
    return {"go_to": preview_path(one)}


@carries_out(LOAD)
def load_staged(progress: Progress, *, staged: int, version: int, owner: int) -> dict[str, Any]:
    """Load a staged list, all of it or nothing."""
    one = _staged(staged, owner)
    kept, is_new = confirm(one, version, by=owner, progress=progress)
    if kept is None:
        return {"go_to": preview_path(one)}
    if not is_new:
        return {"go_to": f"/case-lists/{kept.id}?again=yes"}
    return {"go_to": f"/case-lists/{kept.id}", "said": f"The case list is loaded: {plural(kept.read, 'case')} read."}


def _staged(staged_id: int, owner: int) -> StagedList:
    one = db.session.get(StagedList, staged_id)
    if one is None or one.owner_id != owner or one.expires_at <= now():
        raise Refused(Refusal(GONE))
    return one


@periodic("cases.sweep", minutes=60)
def sweep() -> None:
    """Erase previews whose day is over, and files that no worker came for."""
    sweep_staged()
    sweep_uploads(instance())
