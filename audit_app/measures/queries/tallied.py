"""Reading the tallies: the sums of a population, exact at every moment, at a cost that follows what is shown."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Row, false, or_, select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.queries import hidden_from
from audit_app.db import db
from audit_app.frameworks.content import Tool
from audit_app.measures.cells import WHOLE
from audit_app.measures.facts import Facts
from audit_app.measures.keys import ALL_CATEGORIES, EVER, Kind, Place, last_of
from audit_app.measures.model import Tally
from audit_app.measures.queries.facts import AT_ONCE, Placed, facts_now, not_in_tallies, tools
from audit_app.measures.queries.filters import Filters
from audit_app.measures.queries.ledger import chosen
from audit_app.measures.sums import Sums

MONTHS, TEAMS, SECTIONS = "months", "teams", "sections"
Kept = Row[str, str, str, str, int, int, str]


def sums(filters: Filters, actor: Actor, *, by: str = MONTHS) -> Sums:
    """The sums of a population, without what this person judges blind just now: altogether, and by something.

    By MONTHS, TEAMS or SECTIONS: each costs rows to read, and only what was asked for is there. A few audits that
    tallies do not know apart are counted from the ledger by the same cells.
    """
    found, known = Sums(filters.section), tools()
    if filters.bounded:
        for place, facts in _from_ledger(filters, actor):
            _take(found, known, place, facts)
        return found
    paths = () if filters.auditor is not None else actor.paths(Permission.SEE_FIGURES)
    # A unit chosen narrows nothing only where it is all that somebody has: of two services, one is half of it.
    everywhere = [path for path in (filters.path, filters.also) if path and any(path != mine for mine in paths)]
    versions = {key for key, tool in known.items() if filters.tool in ("", tool.key)}
    if filters.auditor not in (None, actor.id):
        return found  # nobody else's
    for row in _rows(paths, everywhere, filters, {key: known[key] for key in versions}, by):
        _take_row(found, known[row.tool_version_id], row)
    for times, (place, facts) in not_in_tallies(actor):
        if _chosen(place, filters, paths, versions):
            _take(found, known, place, facts if filters.auditor is None else facts.finished, times)
    return found


def _from_ledger(filters: Filters, actor: Actor) -> Iterator[Placed]:
    """Audits that are few, one by one; of one's own, only what is finished of others' opinions."""
    ids = list(db.session.execute(chosen(filters, actor)).scalars())
    hidden = set(db.session.execute(hidden_from(actor)).scalars())
    for start in range(0, len(ids), AT_ONCE):
        for place, facts in facts_now(ids[start : start + AT_ONCE], hidden).values():
            yield place, facts if filters.auditor is None else facts.finished


def _take(found: Sums, known: dict[int, Tool], place: Place, facts: Facts, times: int = 1) -> None:
    scale = known[place.tool_version_id].scale
    found.take_audit(place.month, place.team, scale, facts, times, programme=place.programme_id)
    moderated = facts.counted and facts.senior is not None and facts.senior.done
    cells = {"audits": facts.counted, "moderated": moderated}
    found.take_from(place.programme_id, place.tool_version_id, place.month, cells, times)


def _take_row(found: Sums, tool: Tool, row: Kept) -> None:
    cells = json.loads(row.cells)
    month = dt.date.fromisoformat(row.month) if row.month else None
    team = int(last_of(row.of)) if row.kind in (Kind.TEAM.value, Kind.TEAM_EVER.value) else None
    found.take(row.section, tool.scale, cells, month=month, team=team, programme=row.programme_id)
    found.take_section(row.section, tool.scale, cells)
    if row.section == WHOLE:
        found.take_from(row.programme_id, row.tool_version_id, month, cells)


def _rows(
    paths: Sequence[str], everywhere: Sequence[str], filters: Filters, versions: Mapping[int, Tool], by: str
) -> Sequence[Kept]:
    """The rows that together are a population, each audit in one of them."""
    columns = (Tally.kind, Tally.section, Tally.of, Tally.month, Tally.programme_id, Tally.tool_version_id, Tally.cells)
    # Named even where all of them are wanted: the key is kind, section, of what, month.
    sections = {WHOLE, filters.section} if by != SECTIONS else {WHOLE, *_graded_in(versions.values())}
    rows = select(*columns).where(Tally.section.in_(sections), Tally.category == (filters.category or ALL_CATEGORIES))
    ever = by != MONTHS and filters.first is None and filters.last is None
    units = None if by == TEAMS or filters.auditor is not None else _cover(paths, everywhere)
    if filters.auditor is not None:
        rows = rows.where(Tally.kind == Kind.AUDITOR.value, Tally.of == str(filters.auditor))
    elif units is not None:
        rows = rows.where(Tally.kind == (EVER[Kind.WITHIN] if ever else Kind.WITHIN).value, Tally.of.in_(units))
    else:
        rows = rows.where(Tally.kind == (EVER[Kind.TEAM] if ever else Kind.TEAM).value)
        rows = rows.where(_stood_in(paths), *(_stood_in([path]) for path in everywhere))
    if filters.first is not None:
        rows = rows.where(Tally.month >= filters.first.isoformat())
    if filters.last is not None:
        rows = rows.where(Tally.month <= filters.last.isoformat())
    if filters.programme is not None:
        rows = rows.where(Tally.programme_id == filters.programme)
    if filters.tool:
        rows = rows.where(Tally.tool_version_id.in_(versions))
    return db.session.execute(rows).all()


def _graded_in(tools_: Iterable[Tool]) -> set[str]:
    return {section.key for tool in tools_ for section in tool.sections if section.graded}


def _cover(paths: Sequence[str], everywhere: Sequence[str]) -> list[str] | None:
    """The units whose rows together are all that stood below one of some paths and below all of others.

    None where units moved in a way that no such rows say: then the rows of teams, as they were pinned, do.
    """
    units = [last_of(path) for path in ([max(everywhere, key=len)] if everywhere else paths)]
    if len(paths) == 1 and not everywhere:
        return units
    of_teams = select(Tally.of).where(Tally.kind == Kind.TEAM_EVER.value, Tally.section == WHOLE)
    for team in db.session.execute(of_teams.where(Tally.category == ALL_CATEGORIES).distinct()).scalars():
        wanted = _in_one(team, paths) and all(_in_one(team, [path]) for path in everywhere)
        if sum(f"/{unit}/" in team for unit in units) != wanted:
            return None
    return units


def _in_one(team: str, paths: Iterable[str]) -> bool:
    return any(f"/{last_of(path)}/" in team for path in paths)


def _stood_in(paths: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(Tally.of.contains(f"/{last_of(path)}/", autoescape=True) for path in paths))


def _chosen(place: Place, filters: Filters, paths: Sequence[str], versions: Iterable[int]) -> bool:
    """Whether filters choose audits of a place, among those whose figures somebody may see."""
    return (
        (filters.auditor is None or place.auditor_id == filters.auditor)
        and (filters.auditor is not None or any(place.stood_in(path) for path in paths))
        and all(place.stood_in(path) for path in (filters.path, filters.also) if path)
        and (filters.first is None or filters.first <= place.month)
        and (filters.last is None or place.month <= filters.last)
        and filters.programme in (None, place.programme_id)
        and filters.category in ("", place.category)
        and place.tool_version_id in versions
    )
