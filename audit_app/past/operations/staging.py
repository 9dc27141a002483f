"""Files of past audits that were read and wait for a yes: shown as they would become, and their words explained."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import delete, select

from audit_app.cases.model import TeamName
from audit_app.cases.operations.taking import Grid
from audit_app.cases.packing import pack_json, row_counts, unpack
from audit_app.cases.queries import remembered_teams, units_for_cases
from audit_app.cases.teams import folded_label, units_meant
from audit_app.cases.ways import Way, said_before, tables_seen
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks.content import Scale, scale_as_data
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.past import queries
from audit_app.past.columns import PAST
from audit_app.past.model import GradeWord, PastColumns, StagedPast
from audit_app.past.preview import Sorted, preview, problems_in, sorted_rows
from audit_app.past.reading import ReadPast, read_past
from audit_app.past.words import levels_meant
from audit_app.refusal import Refusal, Refused, Stale

KEPT = dt.timedelta(days=1)


def stage(grid: Grid, authority: Unit, scale: Scale, *, by: int | None) -> StagedPast:
    """Keep a stripped file for a day, with what would become of it if its columns were explained before."""
    sweep_staged()
    staged = StagedPast(
        authority=authority,
        owner_id=by,
        filename=grid.filename,
        file_hash=grid.file_hash,
        scale_content=scale_as_data(scale),
        staged_at=now(),
        expires_at=now() + KEPT,
        grid=grid.packed,
        tables=tables_seen(unpack(grid.packed), row_counts(grid.packed), PAST),
    )
    if not staged.tables:
        raise Refused(Refusal("The file has no table with a row of headings, so there is nothing to read."))
    db.session.add(staged)
    db.session.flush()
    way = said_before(unpack(grid.packed), queries.remembered_columns(authority.id))
    if way is not None:
        show(staged, way)
    return staged


def show(staged: StagedPast, way: Way) -> tuple[ReadPast, Sorted]:
    """Work out what would become of a staged file as things stand now."""
    read, rows = read_staged(staged, way)
    present = queries.find_standing(staged.authority_id, staged.file_hash)
    there = queries.months_there(staged.authority_id)
    staged.preview = preview(read, rows, staged.scale, there, present.id if present else None)
    staged.details, staged.way = pack_json(problems_in(read)), way.stored()
    db.session.flush()
    return read, rows


def read_staged(staged: StagedPast, way: Way) -> tuple[ReadPast, Sorted]:
    """The rows of a staged file when its columns mean what was said."""
    if way.mapping is None:
        raise Refused(Refusal("Say what the columns hold first."))
    said = queries.remembered_words(staged.authority_id, staged.scale.key)
    read = read_past(unpack(staged.grid), way.mapping, levels_meant(staged.scale, said), today=today())
    if not read.sheets:
        raise Refused(Refusal("No sheet of this file has these columns any more. Say again what its columns hold."))
    units = units_for_cases(staged.authority)
    labels = {row.team for row in read.rows if row.team}
    meant = units_meant(labels, [(u.id, u.name) for u in units], remembered_teams(staged.authority_id))
    return read, sorted_rows(read, queries.already_there(staged.authority_id), meant)


def refuse_stale(staged: StagedPast, version: int) -> None:
    """Stop where somebody read the file in another way meanwhile."""
    if staged.version_id != version:
        raise Stale("this preview")


def read_by(staged: StagedPast, way: Way, headings: list[str], version: int, *, by: int | None) -> None:
    """Remember what the columns of a kind of spreadsheet hold, and show the file as it would become."""
    refuse_stale(staged, version)
    if way.mapping is None:
        raise Refused(Refusal("Say what the columns hold first."))
    kept = select(PastColumns).filter_by(authority_id=staged.authority_id, name=way.name)
    one = db.session.execute(kept).scalar_one_or_none() or PastColumns(authority_id=staged.authority_id, name=way.name)
    db.session.add(one)
    one.mapping, one.headings, one.remembered_at, one.remembered_by = way.mapping.stored(), headings, now(), by
    db.session.flush()
    body = {"authority": staged.authority_id, "columns": len(way.mapping.columns)}
    record("past.columns_named", subject=f"past_columns:{one.id}", body=body, by=by)
    show(staged, way)


def explain(
    staged: StagedPast, words: Mapping[str, str | None], teams: Mapping[str, Unit], version: int, *, by: int | None
) -> None:
    """Remember which level each word means (none: it is no grade) and which unit each team name, and read again."""
    refuse_stale(staged, version)
    if staged.way is None:
        raise Refused(Refusal("Say what the columns hold first."))
    levels = staged.scale.keys
    if any(level is not None and level not in levels for level in words.values()):
        raise Refused(Refusal("Choose a level of the scale for each word."))
    _remember_words(staged, words)
    _remember_teams(staged, teams)
    body = {"authority": staged.authority_id, "words": len(words), "teams": len(teams)}
    record("past.words_explained", subject=f"unit:{staged.authority_id}", body=body, by=by)
    show(staged, Way.restored(staged.way))


def _remember_words(staged: StagedPast, words: Mapping[str, str | None]) -> None:
    scale_key = staged.scale.key
    kept = select(GradeWord).filter_by(authority_id=staged.authority_id, scale_key=scale_key)
    known = {one.word: one for one in db.session.execute(kept).scalars()}
    for word, level in words.items():
        key = folded_label(word)
        one = known.get(key) or GradeWord(authority_id=staged.authority_id, scale_key=scale_key, word=key)
        one.level = level
        db.session.add(one)


def _remember_teams(staged: StagedPast, teams: Mapping[str, Unit]) -> None:
    known = {
        one.label: one
        for one in db.session.execute(select(TeamName).filter_by(authority_id=staged.authority_id)).scalars()
    }
    for label, unit in teams.items():
        key = folded_label(label)
        one = known.get(key) or TeamName(authority_id=staged.authority_id, label=key)
        one.unit_id = unit.id
        db.session.add(one)
    db.session.flush()


def erase(staged: StagedPast) -> None:
    """Erase a staged file: nothing of it stays."""
    db.session.delete(staged)
    db.session.flush()


def sweep_staged() -> int:
    """Erase the staged files whose day is over; gives how many."""
    gone = db.session.execute(delete(StagedPast).where(StagedPast.expires_at <= now()))
    return int(getattr(gone, "rowcount", 0))
