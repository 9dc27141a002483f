"""The small world of a life: a short tool, everybody who could act, and two audits; and how a world is compared."""

import hashlib
from dataclasses import dataclass, field, replace

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.db import Model, db
from audit_app.frameworks.content import Tool
from audit_app.frameworks.model import ToolVersion
from audit_app.frameworks.operations import add_tool
from audit_app.history.model import ENTRIES, HEADS
from audit_app.identity.model import Person
from audit_app.programmes.model import Programme
from audit_app.programmes.policies import Policies
from tests import make
from tests.browsing import token_of

PEOPLE = (
    "manager", "other_manager", "far_manager", "senior", "other_senior", "head", "external", "officer", "board",
    "admin", "practitioner", "team_senior",
)  # fmt: skip
# What signing in and refusing leave behind is no part of the case; tools and frameworks never change here.
APART = {"sign_in", "sign_in_attempt", "one_time_link", "tool_version", "framework_version", "entry", "payload"}
APART |= {"history_head"}
SHARE = 50  # of a hundred audits, drawn as they come
FEW = 2  # graded sections beside the overall judgement: enough to differ in


def short(tool: Tool) -> Tool:
    """A tool cut down to a few graded sections and the overall judgement."""
    graded = [section for section in tool.sections if section.graded and not section.overall][:FEW]
    kept = [*graded, *(section for section in tool.sections if section.overall)]
    bare = tuple(replace(section, questions=(), applies_to=()) for section in kept)
    return replace(tool, key="short", name="Short tool", sections=bare, limiting=())


@dataclass
class Place:
    """An authority, its people at their browsers, and the two audits of the life being lived."""

    app: Flask
    made: make.Authority
    programme: Programme
    arriving: Programme  # in which audits are drawn as they are handed in
    tool: ToolVersion
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    audits: tuple[int, ...] = ()
    round_id: int = 0
    tried: int = 0
    as_they_come: bool = False

    @staticmethod
    def of(app: Flask) -> "Place":
        """A place in an empty database."""
        app.config["TESTING"] = False  # what breaks is answered as it would be in service
        made = make.authority("private-fostering")
        made.people["practitioner"] = make.person("Worker One", Role.PRACTITIONER, made.teams[1], team=made.teams[1])
        made.people["team_senior"] = make.person("Senior Three", Role.SENIOR_MANAGER, made.teams[1])
        tool = add_tool(short(made.tool.tool), by=None)
        programme = Programme(unit=made.root, name="Short audits", tool_key=tool.key)
        arriving = Programme(unit=made.root, name="Audits drawn as they come", tool_key=tool.key)
        arriving.policy = Policies(
            as_they_come=True,
            shares={"senior": SHARE, "external": 0},
            always={"senior": (tool.tool.scale.keys[0],)},
            blind={"senior": True, "external": False},
        )
        db.session.add_all([programme, arriving])
        db.session.commit()
        place = Place(app, made, programme, arriving, tool)
        for name in PEOPLE:
            place.clients[name] = make.client_of(app, made.people[name])
            place.tokens[name] = token_of(place.clients[name].get("/").text)
        return place

    def begin(self, month_back: int, *, as_they_come: bool = False) -> None:
        """Two new audits in a round of their own, each of the other manager's team; perhaps drawn as they come."""
        self.as_they_come = as_they_come
        db.session.remove()  # threads of a race had sessions of their own; what this place knows comes along
        made = self.made
        units = [made.root, *made.services, *made.teams]
        db.session.add_all(
            [self.programme, self.arriving, self.tool, made.tool, made.round, *units, *made.people.values()]
        )
        first = made.round.month
        months = first.year * 12 + first.month - 1 - month_back
        month = first.replace(year=months // 12, month=months % 12 + 1)
        opened = make.open_round(self.arriving if as_they_come else self.programme, self.tool, month)
        audits = []
        for auditor, team in (("manager", 1), ("other_manager", 0)):
            case = make.case(self.made, self.made.teams[team])
            auditor_ = self.made.people[auditor]
            options = {"inclusion_probability": None, "by": None}
            audits.append(auditing.allocate(opened, case.id, case.unit, case.category, auditor_, **options))
        db.session.commit()
        self.audits, self.round_id = tuple(audit.id for audit in audits), opened.id

    def id_of(self, name: str) -> int:
        """The number of somebody."""
        return self.made.people[name].id

    def name_of(self, person_id: int) -> str:
        """Somebody by what they are."""
        return next(name for name, person in self.made.people.items() if person.id == person_id)

    def person(self, name: str) -> Person:
        """Somebody as they are stored now."""
        return db.session.get_one(Person, self.id_of(name))

    def audit(self, which: int) -> Audit:
        """One of the two audits as it is stored now."""
        return db.session.get_one(Audit, self.audits[which], populate_existing=True)


def digest() -> dict[str, str]:
    """A digest of every table that holds work, so that "nothing changed" can be shown."""
    found = {}
    for name, table in Model.metadata.tables.items():
        if name in APART:
            continue
        rows = sorted(repr(tuple(row)) for row in db.session.execute(select(*table.c)))
        found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def entries() -> list[tuple[int, str]]:
    """What the record holds, by number and kind; that something was refused or opened is told apart by its kind."""
    return [
        (row.idx, row.kind) for row in db.session.execute(select(ENTRIES.c.idx, ENTRIES.c.kind).order_by(ENTRIES.c.idx))
    ]


def size() -> int:
    """How many entries the record has."""
    return db.session.execute(select(HEADS.c.size)).scalar_one_or_none() or 0
