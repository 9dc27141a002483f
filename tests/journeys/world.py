"""The authority in which every journey takes place, made once and copied for each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks.model import ToolVersion
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.identity.queries import find_link
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Moderation, Route
from audit_app.moderation.rules import Decision
from audit_app.programmes.model import Programme
from tests import make

PASSWORD = "Kettle lantern orchard 7"
# What the team manager's own audit still lacks.
NOT_BEGUN = ("voice", "impact", "feedback")
REASON = "The record shows drift that was noticed and not acted on."
CONCERN = "The child was home alone twice last week and nobody has visited since."


@dataclass
class World:
    """What a journey may know beforehand: who there is, and which case waits for what."""

    file: Path
    people: dict[str, tuple[str, str]] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    audits: dict[str, int] = field(default_factory=dict)

    def keep(self, name: str, audit: Audit) -> Audit:
        """Remember what an audit is there for."""
        self.cases[name], self.audits[name] = audit.case.reference, audit.id
        return audit


def choose_password(somebody: Person) -> None:
    """Let somebody choose the password, as their one-time link would."""
    link = find_link(identity.make_link(somebody, "invitation", by=None))
    assert link is not None
    identity.set_password(link, PASSWORD)


def thematic(made: make.Authority) -> make.Authority:
    """The same authority, with an open round of a short tool."""
    tool = next(tool for tool in db.session.query(ToolVersion) if tool.key == "private-fostering")
    programme = Programme(unit=made.root, name="Private fostering", tool_key=tool.key)
    opened = make.open_round(programme, tool, today().replace(day=1))
    db.session.commit()
    return make.Authority(made.root, made.services, made.teams, made.people, tool, opened)


def begun(made: make.Authority) -> Audit:
    """Most of an audit written, with the gaps that a first day leaves and a grade that asks for a word."""
    audit = make.audit(made)
    for section in audit.tool.sections_for(audit.category):
        if section.key not in NOT_BEGUN:
            grade = "requires_improvement" if section.key == "safety" else "good"
            auditing.save(audit, section.key, make.draft(section, grade), 0, by=make.actor(made.manager))
    db.session.commit()
    return audit


def given(made: make.Authority, audit: Audit, to: Person, tier: str = "senior", *, blind: bool = False) -> Moderation:
    """An audit given to somebody to judge."""
    one = moderation.give(
        audit,
        to,
        tier,
        route=Route.RANDOM if blind else Route.BY_HAND,
        blind=blind,
        due_on=today() + dt.timedelta(days=14),
        by=made.officer.id,
        exercise=moderation.make_exercise(made.root.id, "Autumn validation", by=made.officer.id)
        if tier == "external"
        else None,
        inclusion_probability=0.5 if blind else None,
    )
    db.session.commit()
    return one


def decided(
    made: make.Authority, audit: Audit, to: Person, overrides: Mapping[str, str], tier: str = "senior"
) -> Moderation:
    """A moderation in which everything is decided, and which is not finished."""
    who, one = make.actor(to), given(made, audit, to, tier)
    for section in moderation.sections_of(audit):
        opinion = moderation.open_section(one, section.key, by=who)
        grade = overrides.get(section.key)
        decision = Decision("override", grade, False, "impact_not_considered", REASON, False)
        moderation.decide(one, section.key, decision if grade else Decision("agree"), opinion.version_id, by=who)
    quality = {criterion.key: "sound" for criterion in audit.tool.quality.criteria}
    moderation.rate(one, quality, "Say more about the child’s day.", True, one.version_id, by=who, together_on=today())
    db.session.commit()
    return one


def moderated(made: make.Authority, audit: Audit, overrides: Mapping[str, str]) -> Audit:
    """An audit that a senior moderator has judged."""
    one = decided(made, audit, made.senior, overrides)
    moderation.finish(one, one.version_id, by=make.actor(made.senior))
    db.session.commit()
    return audit


def build(file: Path) -> World:
    """The authority with its people, rounds, and audits at every stage of their lives."""
    world = World(file)
    made = make.authority()
    made.people["contributor"] = make.person("Nurse One", Role.CONTRIBUTOR, made.root)
    made.people["practitioner"] = make.person("Worker A1", Role.PRACTITIONER, made.teams[1], team=made.teams[1])
    short = thematic(made)
    for name, somebody in made.people.items():
        choose_password(somebody)
        world.people[name] = (somebody.name, somebody.email)
    world.keep("begun", begun(made))
    world.keep("overdue", make.audit(made)).due_on = today() - dt.timedelta(days=7)
    world.keep("outcome", moderated(short, make.handed_in(short), {"assessment": "requires_improvement"}))
    world.keep("to moderate", given(short, make.handed_in(short), made.senior).audit)
    world.keep("to send back", given(short, make.handed_in(short), made.senior).audit)
    judged = moderated(short, make.handed_in(short), {"visits": "requires_improvement"})
    world.keep("blind", given(short, judged, made.external, "external", blind=True).audit)
    world.keep("not theirs", make.handed_in(short))
    world.keep("to void", make.handed_in(short, team=made.teams[2]))
    world.keep("at risk", make.audit(made, auditor=made.far_manager, team=made.teams[0]))
    auditing.raise_risk(_audit(world, "at risk"), CONCERN, "Duty manager", now(), by=make.actor(made.far_manager))
    far = make.handed_in(short, auditor=made.far_manager, team=made.teams[0])
    world.keep("to reopen", moderated(short, far, {"overall": "requires_improvement"}))
    make.written(short, auditor=made.other_manager, team=made.teams[0])
    decided(short, make.handed_in(short, auditor=made.other_manager, team=made.teams[0]), made.other_senior, {})
    world.keep("agencies", make.agencies_audit(made))
    for _ in range(3):
        make.handed_in(short, auditor=made.other_manager, team=made.teams[0])
    db.session.commit()
    return world


def _audit(world: World, name: str) -> Audit:
    return db.session.get_one(Audit, world.audits[name])
