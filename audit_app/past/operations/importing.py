"""Importing past audits, all of a file or nothing; and taking an import back whole."""

from sqlalchemy import delete, insert

from audit_app.cases.operations.keeping import wait_for_other_lists
from audit_app.cases.ways import Way
from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.past import queries
from audit_app.past.model import PastAudit, PastImport, StagedPast
from audit_app.past.operations.staging import refuse_stale, show
from audit_app.past.preview import Sorted
from audit_app.refusal import Refusal, Refused, Stale

COPIED = (
    "month", "day", "grade", "moderated", "external", "team", "tool", "reference", "auditor", "sheet", "row",
)  # fmt: skip


def confirm(staged: StagedPast, version: int, *, by: int | None) -> tuple[PastImport | None, bool]:
    """Import a staged file and erase it; gives the import, and whether it is new.

    The very same file changes nothing. Where somebody explained a word or imported another file since the preview,
    nothing is imported: the preview is made anew and waits for another yes.
    """
    wait_for_other_lists(staged.authority)
    refuse_stale(staged, version)
    if staged.way is None:
        raise Refused(Refusal("Say what the columns hold first."))
    present = queries.find_standing(staged.authority_id, staged.file_hash)
    if present is not None:
        _done_with(staged)
        return present, False
    was = staged.preview
    _, rows = show(staged, Way.restored(staged.way))
    if staged.preview != was:
        return None, False
    if not rows.new:
        raise Refused(Refusal("No row of this file can be imported as it stands."))
    kept = _keep(staged, rows, by)
    _done_with(staged)
    return kept, True


def _done_with(staged: StagedPast) -> None:
    db.session.delete(staged)
    db.session.flush()


def _keep(staged: StagedPast, rows: Sorted, by: int | None) -> PastImport:
    told = {**(staged.preview or {}), "columns": (staged.way or {}).get("name", "")}
    kept = PastImport(
        authority_id=staged.authority_id,
        filename=staged.filename,
        file_hash=staged.file_hash,
        scale_content=staged.scale_content,
        summary=told,
        rows=len(rows.new),
        imported_at=now(),
        imported_by=by,
    )
    db.session.add(kept)
    db.session.flush()
    paths = {unit.id: unit.path for unit in queries.units(rows.units.values())}
    whole = staged.authority
    db.session.execute(
        insert(PastAudit),
        [
            {
                "import_id": kept.id,
                "unit_id": rows.units.get(row.team, whole.id),
                "unit_path": paths.get(rows.units.get(row.team, whole.id), whole.path),
                **{name: getattr(row, name) for name in COPIED},
            }
            for row in rows.new
        ],
    )
    body = {"authority": kept.authority_id, "file": kept.file_hash, "rows": kept.rows, "refused": told["refused"]}
    record("past.imported", subject=f"past_import:{kept.id}", body=body, by=by)
    return kept


def take_back(one: PastImport, version: int, *, by: int | None) -> None:
    """Take an import back whole: its rows are erased; that it was there, and who took it back, stays."""
    wait_for_other_lists(one.authority)
    if one.version_id != version:
        raise Stale("this import")
    if one.taken_back_at is not None:
        raise Refused(Refusal("This import was taken back already."))
    db.session.execute(delete(PastAudit).where(PastAudit.import_id == one.id))
    one.taken_back_at, one.taken_back_by = now(), by
    db.session.flush()
    record("past.taken_back", subject=f"past_import:{one.id}", body={"rows": one.rows, "file": one.file_hash}, by=by)
