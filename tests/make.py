"""What tests are made of: units, people, a tool, a round and audits, through the product's own operations."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import count

from flask import Flask
from flask.testing import FlaskClient

from audit_app.access.actor import Actor
from audit_app.access.table import FROM_OUTSIDE, Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.frameworks.model import ToolVersion
from audit_app.frameworks.operations import load_shipped
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round

LAST_DAY = dt.timedelta(days=90)
_numbers = count(1)


@dataclass
class Authority:
    """A small authority: two services of two teams, one person of each role, one open round."""

    root: Unit
    services: list[Unit]
    teams: list[Unit]
    people: dict[str, Person] = field(default_factory=dict)
    tool: ToolVersion = None  # type: ignore[assignment]
    round: Round = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Person:
        """Somebody by what they are: authority.officer, authority.senior …"""
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def person(name: str, role: Role | None, unit: Unit, *, team: Unit | None = None) -> Person:
    """Somebody with a role in a unit; without a team of their own unless one is given."""
    made, _ = identity.invite(
        f"{name.lower().replace(' ', '.')}.{next(_numbers)}@example.test", name, "", team, by=None
    )
    if role is not None:
        until = today() + LAST_DAY if role in FROM_OUTSIDE else None
        identity.grant(made, role, unit, until, by=None)
    return made


def authority(tool_key: str = "case-file") -> Authority:
    """A small authority, kept in the database."""
    root = organisation.add("Northmere", "authority", None, by=None)
    services = [organisation.add(f"Service {n}", "service", root, by=None) for n in (1, 2)]
    teams = [organisation.add(f"Team {s}{n}", "team", services[s - 1], by=None) for s in (1, 2) for n in (1, 2)]
    made = Authority(root, services, teams)
    made.people = {
        "officer": person("Officer One", Role.AUDIT_OFFICER, root),
        "manager": person("Manager One", Role.TEAM_MANAGER, teams[0], team=teams[0]),
        "other_manager": person("Manager Two", Role.TEAM_MANAGER, teams[1], team=teams[1]),
        "far_manager": person("Manager Three", Role.TEAM_MANAGER, teams[3], team=teams[3]),
        "senior": person("Senior One", Role.SENIOR_MANAGER, root),
        "other_senior": person("Senior Two", Role.SENIOR_MANAGER, root),
        "head": person("Head One", Role.HEAD_OF_SERVICE, root),
        "external": person("External One", Role.EXTERNAL_AUDITOR, root),
        "board": person("Board One", Role.BOARD_MEMBER, root),
        "admin": person("Admin One", Role.ADMINISTRATOR, root),
    }
    made.tool = next(tool for tool in load_shipped() if tool.key == tool_key)
    programme = Programme(unit=root, name="Monthly case-file audit", tool_key=made.tool.key)
    made.round = open_round(programme, made.tool, today().replace(day=1))
    db.session.commit()
    return made


def open_round(programme: Programme, tool: ToolVersion, month: dt.date) -> Round:
    """An open round of a programme, due three weeks from today."""
    opened = Round(
        programme=programme, tool_version=tool, month=month, due_on=today() + dt.timedelta(days=21), opened_at=now()
    )
    db.session.add(opened)
    db.session.flush()
    return opened


def case(made: Authority, team: Unit, category: str = "child_in_need") -> CaseRecord:
    """A case of a team."""
    kept = CaseRecord(
        authority_id=made.root.id, reference=f"00{next(_numbers):05}", unit=team, worker="Worker A1", category=category
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def audit(made: Authority, auditor: Person | None = None, team: Unit | None = None, **options: str) -> Audit:
    """An audit allocated in the open round: by default of a case of the second team, to the first team's manager."""
    kept = case(made, team or made.teams[1], **options)
    given = auditing.allocate(
        made.round, kept.id, kept.unit, kept.category, auditor or made.manager, inclusion_probability=None, by=None
    )
    db.session.commit()
    return given


def agencies_audit(made: Authority, auditor: Person | None = None) -> Audit:
    """An audit of several agencies, allocated in an open round of its own."""
    tool = next(tool for tool in load_shipped() if tool.key == "multi-agency")
    programme = Programme(unit=made.root, name=f"Multi-agency audit {next(_numbers)}", tool_key=tool.key)
    opened, kept = open_round(programme, tool, made.round.month), case(made, made.teams[1])
    given = auditing.allocate(
        opened, kept.id, kept.unit, kept.category, auditor or made.manager, inclusion_probability=None, by=None
    )
    db.session.commit()
    return given


def draft(section: Section, grade: str = "good") -> Draft:
    """A complete draft of a section."""
    return Draft(
        grade=grade if section.graded else None,
        evidence="The record shows it, and it made a difference.",
        questions={q.key: "yes" for q in section.questions},
        particulars={"obtained": "yes", "involved": "yes"} if section.kind in ("feedback", "reflection") else {},
    )


def actor(who: Person) -> Actor:
    """Somebody as the rules see them."""
    return who.actor(today())


def written(made: Authority, grades: dict[str, str] | None = None, grade: str = "good", **options: object) -> Audit:
    """An audit whose every section is drafted."""
    kept = audit(made, **options)  # type: ignore[arg-type]
    for section in kept.tool.sections_for(kept.category):
        chosen = draft(section, (grades or {}).get(section.key, grade))
        auditing.save(kept, section.key, chosen, 0, by=actor(kept.auditor))
    db.session.commit()
    return kept


def handed_in(made: Authority, grades: dict[str, str] | None = None, grade: str = "good", **options: object) -> Audit:
    """An audit that was handed in."""
    kept = written(made, grades, grade, **options)
    auditing.hand_in(kept, kept.version_id, by=actor(kept.auditor))
    db.session.commit()
    return kept


def client_of(app: Flask, who: Person | None) -> FlaskClient:
    """A browser in which somebody is signed in (or nobody)."""
    client = app.test_client()
    if who is not None:
        token = identity.sign_in(who)
        db.session.commit()
        with client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
    return client
