"""What is asked of past audits: which files were imported, what waits for a yes, and what stands month by month."""

import datetime as dt
from collections.abc import Iterable, Sequence

from flask import abort
from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from audit_app.cases.mapping import Mapping
from audit_app.cases.ways import Remembered
from audit_app.clock import now
from audit_app.db import db
from audit_app.frameworks.content import Scale
from audit_app.frameworks.queries import practice_scales
from audit_app.organisation.model import Unit
from audit_app.past.counted import Counted
from audit_app.past.model import GradeWord, PastAudit, PastColumns, PastImport, StagedPast
from audit_app.web.paging import Page, page


def scales() -> list[Scale]:
    """The scales that grades may be read by, those with a level that counts as good."""
    return [scale for scale in practice_scales() if scale.good_keys]


def _within(paths: Iterable[str]) -> ColumnElement[bool]:
    """That an authority lies at or below some roots (joins Unit)."""
    return or_(false(), *(Unit.path.startswith(path, autoescape=True) for path in paths))


def imports_page(paths: Sequence[str], *, after: str, before: str) -> Page[PastImport]:
    """A page of imports, the last one first; those that were taken back stay in sight."""
    mine = _within(paths)
    rows = select(PastImport).join(PastImport.authority).options(contains_eager(PastImport.authority)).where(mine)
    total = db.session.execute(select(func.count()).select_from(PastImport).join(PastImport.authority).where(mine))
    key = (PastImport.id,)
    return page(rows, key, lambda one: (one.id,), total=total.scalar_one(), after=after, before=before, falling=True)


def import_or_404(import_id: int, paths: Sequence[str], *, to_write: bool = False) -> PastImport:
    """An import of an authority at or below some roots; any other does not exist."""
    rows = select(PastImport).join(PastImport.authority).options(contains_eager(PastImport.authority))
    rows = rows.where(PastImport.id == import_id, _within(paths))
    if to_write:
        rows = rows.with_for_update(of=PastImport)
    found = db.session.execute(rows).scalar_one_or_none()
    if found is None:
        abort(404)
    return found


def find_standing(authority_id: int, file_hash: str) -> PastImport | None:
    """The import of this very file that stands."""
    rows = select(PastImport).filter_by(authority_id=authority_id, file_hash=file_hash)
    return db.session.execute(rows.where(PastImport.taken_back_at.is_(None))).scalar_one_or_none()


def audits_page(one: PastImport, *, after: str, before: str) -> Page[PastAudit]:
    """A page of the rows of an import, in the order of the file."""
    rows = select(PastAudit).where(PastAudit.import_id == one.id).options(joinedload(PastAudit.unit))
    return page(rows, (PastAudit.id,), lambda row: (row.id,), total=one.rows, after=after, before=before)


def find_staged(staged_id: int, owner_id: int, paths: Sequence[str], *, to_write: bool = False) -> StagedPast | None:
    """A staged file of one's own, in an authority at or below some roots, whose day is not over."""
    rows = select(StagedPast).join(StagedPast.authority).options(contains_eager(StagedPast.authority))
    rows = rows.where(StagedPast.id == staged_id, StagedPast.owner_id == owner_id, StagedPast.expires_at > now())
    rows = rows.where(_within(paths))
    if to_write:
        rows = rows.with_for_update(of=StagedPast)
    return db.session.execute(rows).scalar_one_or_none()


def staged_of(owner_id: int, paths: Sequence[str]) -> list[StagedPast]:
    """The files that somebody had read and has neither imported nor cancelled, the latest first."""
    rows = select(StagedPast).join(StagedPast.authority).options(contains_eager(StagedPast.authority))
    rows = rows.where(StagedPast.owner_id == owner_id, StagedPast.expires_at > now(), _within(paths))
    return list(db.session.execute(rows.order_by(StagedPast.id.desc()).limit(20)).scalars())


def remembered_columns(authority_id: int) -> list[Remembered]:
    """What the columns of an authority's own spreadsheets were said to hold, the last said first."""
    rows = select(PastColumns).where(PastColumns.authority_id == authority_id)
    rows = rows.order_by(PastColumns.remembered_at.desc(), PastColumns.id)
    return [
        Remembered(one.name, Mapping.restored(one.mapping), tuple(one.headings))
        for one in db.session.execute(rows).scalars()
    ]


def remembered_words(authority_id: int, scale_key: str) -> dict[str, str | None]:
    """The level that each word was said to mean, none where it was said to be no grade."""
    rows = select(GradeWord.word, GradeWord.level).filter_by(authority_id=authority_id, scale_key=scale_key)
    return {row.word: row.level for row in db.session.execute(rows)}


def already_there(authority_id: int) -> set[tuple[str, dt.date, str]]:
    """Case, month and tool of every past audit that stands and gives its case, to tell the same audit by."""
    rows = select(PastAudit.reference, PastAudit.month, PastAudit.tool).join(PastAudit.of)
    rows = rows.where(PastImport.authority_id == authority_id, PastAudit.reference != "")
    return {(row.reference, row.month, row.tool) for row in db.session.execute(rows)}


def months_there(authority_id: int) -> set[dt.date]:
    """The months of which something is imported already."""
    rows = select(PastAudit.month).join(PastAudit.of).where(PastImport.authority_id == authority_id).distinct()
    return set(db.session.execute(rows).scalars())


def counted(
    paths: Iterable[str], path: str = "", first: dt.date | None = None, last: dt.date | None = None
) -> list[Counted]:
    """The past audits of units at or below some roots, in the order of their months."""
    rows = select(PastAudit.month, PastAudit.grade, PastAudit.moderated, PastAudit.external, PastAudit.import_id)
    rows = rows.where(_stood_in(paths)).order_by(PastAudit.month, PastAudit.id)
    if path:
        rows = rows.where(_stood_in((path,)))
    if first is not None:
        rows = rows.where(PastAudit.month >= first)
    if last is not None:
        rows = rows.where(PastAudit.month <= last)
    found = db.session.execute(rows).all()
    ids = {row.import_id for row in found}
    of = {one.id: one.scale for one in db.session.execute(select(PastImport).where(PastImport.id.in_(ids))).scalars()}
    return [Counted(row.month, row.grade, row.moderated, row.external, of[row.import_id]) for row in found]


def _stood_in(paths: Iterable[str]) -> ColumnElement[bool]:
    """That a past audit's unit was one of some units or stood below one, when it was imported."""
    own = (f"/{path.strip('/').rpartition('/')[2]}/" for path in paths)
    return or_(false(), *(PastAudit.unit_path.contains(part, autoescape=True) for part in own))


def units(ids: Iterable[int]) -> list[Unit]:
    """Some units by their ids."""
    return list(db.session.execute(select(Unit).where(Unit.id.in_(set(ids)))).scalars())
