"""What stands before there is any audit: the generated authority's teams, people, months and rounds."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from audit_app.access.table import FROM_OUTSIDE, Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks.content import Scale
from audit_app.frameworks.operations import load_shipped
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.measures.keys import Place
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round
from benchmarks.patterns import Pattern, patterns

TEAMS, SERVICES, MONTHS, SECTIONS, SENIORS = 150, 10, 60, 11, 12
OPEN_ROUNDS = 2  # the newest
PLACES = TEAMS * MONTHS
PASSWORD = "a password for measuring only"
CATEGORY = "child_in_need"


@dataclass(frozen=True, slots=True)
class Standing:
    """The authority without its audits, by ids: teams with their paths, rounds with their months, people."""

    root: int
    teams: tuple[tuple[int, str], ...]
    rounds: tuple[tuple[int, dt.date], ...]
    programme: int
    tool: int
    scale: Scale
    managers: tuple[int, ...]
    seniors: tuple[int, ...]
    external: int
    patterns: tuple[Pattern, ...]

    def auditor(self, month: int, team: int) -> int:
        """Who audits a team's cases in a month: the manager of another team, by turns."""
        return self.managers[(team + 1 + month % (TEAMS - 1)) % TEAMS]

    def place(self, month: int, team: int) -> Place:
        """Where the audits of a team and month are counted."""
        path, auditor = self.teams[team][1], self.auditor(month, team)
        return Place(self.rounds[month][1], path, auditor, CATEGORY, self.programme, self.tool)


def standing() -> Standing:
    """Units, people, the programme and its rounds, made by the product's own operations."""
    root = organisation.add("Generated", "authority", None, by=None)
    services = [organisation.add(f"Service {n}", "service", root, by=None) for n in range(SERVICES)]
    teams = [organisation.add(f"Team {n}", "team", services[n % SERVICES], by=None) for n in range(TEAMS)]
    managers = [_person(f"Manager {n}", Role.TEAM_MANAGER, team, team) for n, team in enumerate(teams)]
    seniors = [_person(f"Senior {n}", Role.SENIOR_MANAGER, root) for n in range(SENIORS)]
    external = _person("External", Role.EXTERNAL_AUDITOR, root)
    for name, role in (("Officer", Role.AUDIT_OFFICER), ("Head", Role.HEAD_OF_SERVICE)):
        _person(name, role, root)
    tool = next(tool for tool in load_shipped() if tool.key == "case-file")
    programme = Programme(unit=root, name="Generated programme", tool_key=tool.key)
    first = today().replace(day=1)
    months = [_month_before(first, MONTHS - 1 - n) for n in range(MONTHS)]
    rounds = [
        Round(
            programme=programme,
            tool_version=tool,
            month=month,
            due_on=month.replace(day=20),
            opened_at=at(month, 1),
            closed_at=at(month, 28) if month < months[-OPEN_ROUNDS] else None,
        )
        for month in months
    ]
    db.session.add_all(rounds)
    db.session.flush()
    graded = [(s.key, s.overall) for s in tool.tool.sections_for(CATEGORY) if s.graded]
    sections = [one for one in graded if not one[1]][: SECTIONS - 1] + [one for one in graded if one[1]]
    found = patterns(sections, [level.key for level in tool.tool.scale.levels], tool.tool.reasons[0].key)
    return Standing(
        root.id,
        tuple((team.id, team.path) for team in teams),
        tuple((one.id, one.month) for one in rounds),
        programme.id,
        tool.id,
        tool.tool.scale,
        tuple(one.id for one in managers),
        tuple(one.id for one in seniors),
        external.id,
        tuple(found),
    )


def _person(name: str, role: Role, unit: Unit, team: Unit | None = None) -> Person:
    made, _ = identity.invite(address(name), name, "", team, by=None)
    identity.grant(made, role, unit, today() + dt.timedelta(days=90) if role in FROM_OUTSIDE else None, by=None)
    made.password_hash = _hash()
    return made


def _hash() -> str:
    if not _hashed:
        _hashed.append(identity.hasher().hash(PASSWORD))
    return _hashed[0]


_hashed: list[str] = []


def address(name: str) -> str:
    """The e-mail address of one of the authority's people."""
    return f"{name.lower().replace(' ', '.')}@example.test"


def _month_before(month: dt.date, months: int) -> dt.date:
    years, number = divmod(month.year * 12 + month.month - 1 - months, 12)
    return dt.date(years, number + 1, 1)


def at(month: dt.date, day: int) -> dt.datetime:
    """Nine o'clock on a day of a month."""
    return dt.datetime(month.year, month.month, day, 9, tzinfo=dt.UTC)


def _count(audits: int, month: int, team: int) -> int:
    """How many audits a team has in a month: what is left over after sharing out evenly goes to the first places."""
    at = month * TEAMS + team
    return audits * (at + 1) // PLACES - audits * at // PLACES


def each(audits: int) -> Iterator[tuple[int, int, int, int]]:
    """Every audit: its id, month, team and number within them."""
    key = 0
    for month in range(MONTHS):
        for team in range(TEAMS):
            for nth in range(_count(audits, month, team)):
                key += 1
                yield key, month, team, nth
