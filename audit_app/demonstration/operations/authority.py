"""The fictional authority itself: its units, its people with their roles, the tools it uses."""

import datetime as dt
from dataclasses import dataclass, field

from audit_app.access.table import FROM_OUTSIDE, Role
from audit_app.demonstration.people import AUTHORITY, CARE, HELP, PEOPLE, TEAMS, Fictional
from audit_app.frameworks.model import ToolVersion
from audit_app.frameworks.operations import load_shipped
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.identity.queries import FICTIONAL, FICTIONAL_PASSWORD, find_link
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Unit

EXTERNALS_STAY = dt.timedelta(days=210)


@dataclass(slots=True)
class Northmere:
    """The authority as it is kept: units by name, people by name, tools by key."""

    root: Unit
    units: dict[str, Unit]
    tools: dict[str, ToolVersion]
    people: dict[str, Person] = field(default_factory=dict)

    def ids_of(self, role: Role) -> list[int]:
        """The people of a role, in order."""
        return [self.people[one.name].id for one in PEOPLE if one.role is role]

    @property
    def officer_id(self) -> int:
        """The audit officer who runs the rounds."""
        return self.ids_of(Role.AUDIT_OFFICER)[0]

    @property
    def seniors(self) -> list[int]:
        """The people who give second opinions."""
        return self.ids_of(Role.SENIOR_MANAGER)

    @property
    def auditors(self) -> list[Person]:
        """The people who audit."""
        return [self.people[one.name] for one in PEOPLE if one.role is Role.TEAM_MANAGER]


def found(today: dt.date) -> Northmere:
    """Found the authority: units, tools, and people who can sign in."""
    root = organisation.add(AUTHORITY, "authority", None, by=None)
    units = {AUTHORITY: root}
    for service in (HELP, CARE):
        units[service] = organisation.add(service, "service", root, by=None)
    for team in TEAMS:
        units[team.name] = organisation.add(team.name, "team", units[team.service], by=None)
    northmere = Northmere(root, units, {tool.key: tool for tool in load_shipped()})
    for one in PEOPLE:
        northmere.people[one.name] = _join(one, northmere, today)
    return northmere


def _join(one: Fictional, northmere: Northmere, today: dt.date) -> Person:
    """Invite somebody, give them their role, and choose their password as they would."""
    team = northmere.units[one.team] if one.team else None
    person, token = identity.invite(f"{one.called}{FICTIONAL}", one.name, one.job_title, team, by=None)
    until = today + EXTERNALS_STAY if one.role in FROM_OUTSIDE else None
    identity.grant(person, one.role, northmere.units[one.unit], until, by=None)
    link = find_link(token)
    if link is not None and not one.invited_only:
        identity.set_password(link, FICTIONAL_PASSWORD)
    return person
