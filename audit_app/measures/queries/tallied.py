"""Reading the tallies: the sums of a population, exact at every moment, at a cost that follows what is shown."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Row, Select, and_, false, or_, select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.model import Audit, Judgement, Retraction
from audit_app.auditing.queries import hidden_from
from audit_app.auditing.workflow import COUNTED, ENDED, Stage
from audit_app.db import db
from audit_app.frameworks.content import Scale
from audit_app.frameworks.model import ToolVersion
from audit_app.measures.cells import WHOLE, Cells, add, cells_of
from audit_app.measures.facts import Facts, facts_of, from_text
from audit_app.measures.from_cells import Totals
from audit_app.measures.keys import ALL_MONTHS, Kind, Place
from audit_app.measures.model import Delta, Tallied, Tally
from audit_app.measures.queries import Filters, population_of
from audit_app.programmes.model import Round

Placed = tuple[Place, Facts]
AT_ONCE = 500


def facts_now(ids: Sequence[int]) -> dict[int, Placed]:
    """Some audits as the ledger has them now; those withdrawn or void are not among them."""
    columns = (Audit.id, Audit.period, Audit.unit_path, Audit.auditor_id, Round.programme_id, Audit.tool_version_id)
    rows = select(*columns, Audit.stage, Audit.first_handed_in_at).join(Audit.round).where(Audit.id.in_(ids))
    found = {row.id: row for row in db.session.execute(rows) if Stage(row.stage) not in ENDED}
    counted = [key for key, row in found.items() if Stage(row.stage) in COUNTED]
    facts = _counted(select(Audit.id).where(Audit.id.in_(counted))) if counted else {}
    return {
        key: (
            Place(row.period, row.unit_path, row.auditor_id, row.programme_id, row.tool_version_id),
            facts.get(key) or Facts(row.first_handed_in_at is not None),
        )
        for key, row in found.items()
    }


def _counted(ids: Select[int]) -> dict[int, Facts]:
    views: dict[int, list[bool | None]] = defaultdict(list)
    rows = select(Judgement.audit_id, Judgement.evidence_supports).where(
        Judgement.audit_id.in_(ids),
        Judgement.tier == SENIOR,
        Judgement.phase == "settled",
        Judgement.id.not_in(select(Retraction.judgement_id)),
    )
    for audit_id, view in db.session.execute(rows):
        views[audit_id].append(view)
    return {one.id: facts_of(one, views[one.id]) for one in population_of(ids, every_section=True)}


def kept_facts(ids: Iterable[int]) -> dict[int, Placed]:
    """Some audits as they are in the tallies."""
    wanted, found = list(ids), {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = select(Tallied).where(Tallied.audit_id.in_(wanted[start : start + AT_ONCE]))
        found.update({row.audit_id: placed(row) for row in db.session.execute(rows).scalars()})
    return found


def placed(row: Tallied) -> Placed:
    """A kept row as values."""
    place = Place(row.month, row.unit_path, row.auditor_id, row.programme_id, row.tool_version_id)
    return place, from_text(row.facts)


def scales() -> dict[int, Scale]:
    """The scale of every version of a tool."""
    return {one.id: one.tool.scale for one in db.session.execute(select(ToolVersion)).scalars()}


def unfolded() -> list[int]:
    """The audits of which something changed that is not yet in the tallies."""
    return list(db.session.execute(select(Delta.audit_id).distinct().order_by(Delta.audit_id)).scalars())


@dataclass
class Sums:
    """The sums of a population: altogether, by month and by team (the unit's id)."""

    everything: dict[Scale, Cells] = field(default_factory=dict)
    months: dict[dt.date, dict[Scale, Cells]] = field(default_factory=dict)
    teams: dict[int, dict[Scale, Cells]] = field(default_factory=dict)

    @property
    def totals(self) -> Totals:
        """Everything together."""
        return Totals(self.everything)

    def of_month(self, month: dt.date) -> Totals:
        """One month."""
        return Totals(self.months[month])

    def of_team(self, unit_id: int) -> Totals:
        """One team, wherever it stood."""
        return Totals(self.teams[unit_id])

    def take(self, scale: Scale, cells: Mapping[str, float], times: int = 1, **where: dt.date | int | bool) -> None:
        """Add cells altogether and to a month (`month`), or to a team (`team`), or both."""
        places = []
        if "month" in where:
            places += [self.everything, self.months.setdefault(where["month"], {})]  # type: ignore[arg-type]
        if "team" in where:
            places.append(self.teams.setdefault(where["team"], {}))  # type: ignore[arg-type]
        for place in places:
            add(place.setdefault(scale, {}), cells, times)


def tells(filters: Filters) -> bool:
    """Whether the tallies know these filters; what they do not know apart is counted from the ledger."""
    apart = (filters.round, filters.exercise, filters.auditor)
    return all(one is None for one in apart) and not (filters.tool or filters.category)


def sums(filters: Filters, actor: Actor, *, section: str = WHOLE) -> Sums:
    """The sums of a population, without what this person judges blind just now: tallies and what is not yet in them."""
    roots = actor.paths(Permission.SEE_FIGURES)
    scale_of, found = scales(), Sums()
    # Within one unit its own rows say all; of several, or of a part that may have been moved there, the teams' rows do.
    within = roots[0] if len(roots) == 1 and not filters.path else ""
    by_month = Kind.WITHIN if within else Kind.TEAM
    for row in _rows(by_month, filters, roots, section, within):
        found.take(scale_of[row.tool_version_id], json.loads(row.cells), month=dt.date.fromisoformat(row.month))
    by_team = Kind.TEAM_EVER if filters.first is None and filters.last is None else Kind.TEAM
    for row in _rows(by_team, filters, roots, section, ""):
        found.take(scale_of[row.tool_version_id], json.loads(row.cells), team=_team(row.of))
    for times, (place, facts) in _not_in_them(actor):
        if _chosen(place, filters, roots):
            scale = scale_of[place.tool_version_id]
            cells = cells_of(facts, scale).get(section, {})
            found.take(scale, cells, times, month=place.month, team=_team(place.unit_path))
    return found


def _rows(
    kind: Kind, filters: Filters, roots: Sequence[str], section: str, within: str
) -> Sequence[Row[str, str, int, str]]:
    rows = select(Tally.month, Tally.of, Tally.tool_version_id, Tally.cells)
    rows = rows.where(Tally.kind == kind.value, Tally.section == section)
    if within:
        rows = rows.where(Tally.of == _last(within))
    else:
        rows = rows.where(_stood_in(roots), _stood_in([filters.path]) if filters.path else and_(True))
    if kind is not Kind.TEAM_EVER:
        if filters.first is not None:
            rows = rows.where(Tally.month >= filters.first.isoformat())
        if filters.last is not None:
            rows = rows.where(Tally.month <= filters.last.isoformat())
    else:
        rows = rows.where(Tally.month == ALL_MONTHS)
    if filters.programme is not None:
        rows = rows.where(Tally.programme_id == filters.programme)
    return db.session.execute(rows).all()


def _stood_in(paths: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(Tally.of.contains(f"/{_last(path)}/", autoescape=True) for path in paths))


def _last(path: str) -> str:
    return path.strip("/").rpartition("/")[2]


def _team(path: str) -> int:
    return int(_last(path))


def _not_in_them(actor: Actor) -> Iterable[tuple[int, Placed]]:
    """What the tallies do not say as it is for this person: −1 to take off what they say, 1 to add what is so."""
    hidden = set(db.session.execute(hidden_from(actor)).scalars())
    changed = unfolded()
    for one in kept_facts(sorted(hidden.union(changed))).values():
        yield -1, one
    seen = [key for key in changed if key not in hidden]
    for start in range(0, len(seen), AT_ONCE):
        for one in facts_now(seen[start : start + AT_ONCE]).values():
            yield 1, one


def _chosen(place: Place, filters: Filters, roots: Sequence[str]) -> bool:
    """Whether filters choose audits of a place, among those whose figures somebody may see."""
    return (
        any(place.stood_in(root) for root in roots)
        and (not filters.path or place.stood_in(filters.path))
        and (filters.first is None or filters.first <= place.month)
        and (filters.last is None or place.month <= filters.last)
        and filters.programme in (None, place.programme_id)
    )
