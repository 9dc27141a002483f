"""Case lists that were read and wait for a yes: shown as they would become, then loaded, or erased."""

import datetime as dt

from sqlalchemy import delete, select

from audit_app.cases.caselist import CaseList as ReadList
from audit_app.cases.model import CaseList, ColumnMapping, StagedList
from audit_app.cases.operations.keeping import wait_for_other_lists
from audit_app.cases.operations.loading import load
from audit_app.cases.operations.previewing import basis_of, preview_in
from audit_app.cases.operations.taking import Grid, Taken, read_grid
from audit_app.cases.packing import pack_json, row_counts, unpack
from audit_app.cases.ways import Way, hash_of, tables_seen
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, Stale
from audit_app.web.formats import day, moment, plural
from audit_app.work.progress import Progress

KEPT = dt.timedelta(days=1)


def stage(
    grid: Grid,
    found: tuple[Way, ReadList] | None,
    taken_on: dt.date,
    authority: Unit,
    *,
    by: int,
    progress: Progress | None = None,
) -> StagedList:
    """Keep a stripped file for a day, with what would become of it; where nothing was found its columns are asked."""
    sweep_staged()
    staged = StagedList(
        authority=authority,
        owner_id=by,
        filename=grid.filename,
        file_hash=grid.file_hash,
        taken_on=taken_on,
        staged_at=now(),
        expires_at=now() + KEPT,
        grid=grid.packed,
        tables=tables_seen(unpack(grid.packed), row_counts(grid.packed)),
    )
    db.session.add(staged)
    db.session.flush()
    if found is not None:
        _show(staged, *found, progress or Progress())
    return staged


def _show(staged: StagedList, way: Way, read: ReadList, progress: Progress) -> None:
    """Work out what would become of a staged list as things stand now."""
    progress.step(0, None, "Comparing with the last list")
    file_hash = hash_of(staged.file_hash, way)
    staged.preview, details = preview_in(staged.authority, staged.taken_on, read, file_hash)
    staged.way, staged.basis, staged.details = way.stored(), basis_of(staged.authority), pack_json(details)
    db.session.flush()


def read_again(staged: StagedList, way: Way, version: int, *, progress: Progress | None = None) -> StagedList:
    """Show a staged list as it would become if its columns meant something else."""
    _refuse_stale(staged, version)
    _show(staged, way, read_grid(staged.grid, way, staged.taken_on), progress or Progress())
    staged.changed = []
    return staged


def confirm(
    staged: StagedList, version: int, *, by: int, progress: Progress | None = None
) -> tuple[CaseList | None, bool]:
    """Load a staged list and erase it; gives the list, and whether it is new.

    Where somebody changed the authority's cases since the preview, nothing is loaded: the preview is made anew, says
    what changed, and waits for another yes.
    """
    progress = progress or Progress()
    wait_for_other_lists(staged.authority)
    _refuse_stale(staged, version)
    if staged.way is None:
        raise Refused(Refusal("Say what the columns mean first."))
    way = Way.restored(staged.way)
    progress.step(0, None, "Reading the rows")
    read = read_grid(staged.grid, way, staged.taken_on)
    if staged.basis != basis_of(staged.authority):
        changed = _what_changed(staged)
        _show(staged, way, read, progress)
        staged.changed, staged.staged_at = changed, now()
        return None, False
    taken = Taken(staged.filename, hash_of(staged.file_hash, way), read)
    total = (staged.preview or {}).get("read")
    kept, is_new = load(taken, staged.authority, by=by, step=lambda done: progress.step(done, total, "cases loaded"))
    if is_new and way.mapping is not None:
        kept.summary = {**kept.summary, "mapping": way.name}
    db.session.delete(staged)
    db.session.flush()
    return kept, is_new


def _what_changed(staged: StagedList) -> list[str]:
    """What others did to the authority's cases since a list was shown, in sentences."""
    rows = select(CaseList).where(CaseList.authority_id == staged.authority_id, CaseList.loaded_at >= staged.staged_at)
    said = [
        f"The list “{one.filename}”, taken on {day(one.taken_on)}, was loaded on {moment(one.loaded_at)}: "
        f"{plural(one.read, 'case')} read."
        for one in db.session.execute(rows.order_by(CaseList.id)).scalars()
    ]
    return said or ["Somebody changed a unit, or said which unit a team name means."]


def _refuse_stale(staged: StagedList, version: int) -> None:
    if staged.version_id != version:
        raise Stale("this preview")


def erase(staged: StagedList) -> None:
    """Erase a staged list: nothing of it stays."""
    db.session.delete(staged)
    db.session.flush()


def sweep_staged() -> int:
    """Erase the staged lists whose day is over; gives how many."""
    gone = db.session.execute(delete(StagedList).where(StagedList.expires_at <= now()))
    return int(getattr(gone, "rowcount", 0))


def remember(authority: Unit, name: str, way: Way, headings: list[str], *, by: int | None) -> ColumnMapping:
    """Remember what the columns of a kind of list mean, in the place of what was said under this name before."""
    if way.mapping is None:
        raise Refused(Refusal("Annex A needs no mapping: its columns are known."))
    wait_for_other_lists(authority)
    one = db.session.execute(select(ColumnMapping).filter_by(authority_id=authority.id, name=name)).scalar_one_or_none()
    if one is None:
        one = ColumnMapping(authority_id=authority.id, name=name)
        db.session.add(one)
    one.mapping, one.headings = way.mapping.stored(), headings
    one.remembered_at, one.remembered_by = now(), by
    db.session.flush()
    body = {"authority": authority.id, "columns": len(way.mapping.columns), "extras": len(way.mapping.extras)}
    record("case_list.columns_named", subject=f"column_mapping:{one.id}", body=body, by=by)
    return one
