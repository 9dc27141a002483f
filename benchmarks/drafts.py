"""Audits whose every section is drafted, ready to be handed in."""

import datetime as dt
from dataclasses import dataclass
from itertools import count

from flask import Flask
from sqlalchemy import insert, select

from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Answer, Audit
from audit_app.auditing.workflow import Stage
from audit_app.cases.model import CaseRecord
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.frameworks.content import Section
from audit_app.identity.model import Person
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Round
from benchmarks.browser import Browser
from benchmarks.standing import CATEGORY, address

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Ready:
    """An audit that its auditor's browser can hand in."""

    browser: Browser
    id: int
    version: int

    def hand_in(self) -> None:
        """Hand it in by the form."""
        code = self.browser.send(f"/audits/{self.id}/hand-in", version=str(self.version))
        if code != 302:
            raise RuntimeError(f"audit {self.id} could not be handed in: {code}")


def _draft(section: Section) -> Draft:
    kind = section.kind
    return Draft(
        grade="good" if section.graded else None,
        evidence="The record shows it, and it made a difference.",
        questions={question.key: "yes" for question in section.questions},
        particulars={"obtained": "yes", "involved": "yes"} if kind in ("feedback", "reflection") else {},
    )


def drafted(app: Flask, auditors: int, each: int) -> list[list[Ready]]:
    """For each of some auditors, some audits of the newest round."""
    with app.app_context():
        newest = db.session.execute(select(Round).order_by(Round.month.desc()).limit(1)).scalar_one()
        tool = newest.tool_version.tool
        unit = db.session.execute(select(Unit).where(Unit.name == "Team 149")).scalar_one()
        made: list[list[tuple[int, int]]] = []
        for number in range(auditors):
            name = address(f"Manager {number}")
            person = db.session.execute(select(Person).where(Person.email == name)).scalar_one()
            made.append([_audit(newest, person, unit) for _ in range(each)])
        db.session.flush()
        rows = [
            {"audit_id": key, "section": section.key, "saved_at": now(), "saved_by": 1, "version_id": 1}
            | _draft(section).columns
            for audits in made
            for key, _ in audits
            for section in tool.sections_for(CATEGORY)
        ]
        db.session.execute(insert(Answer), rows)
        db.session.commit()
        db.session.remove()
    browsers = [Browser(app, f"Manager {number}") for number in range(auditors)]
    return [
        [Ready(browser, key, version) for key, version in audits]
        for browser, audits in zip(browsers, made, strict=True)
    ]


def _audit(newest: Round, person: Person, unit: Unit) -> tuple[int, int]:
    root = newest.programme.unit_id
    case = CaseRecord(authority_id=root, reference=f"D{next(_numbers):07}", unit=unit, worker="", category=CATEGORY)
    db.session.add(case)
    db.session.flush()
    audit = Audit(
        round=newest,
        case_id=case.id,
        tool_version=newest.tool_version,
        auditor=person,
        unit=unit,
        unit_path=unit.path,
        category=CATEGORY,
        period=newest.month,
        stage=Stage.IN_PROGRESS.value,
        due_on=today() + dt.timedelta(days=20),
        allocated_at=now(),
    )
    db.session.add(audit)
    db.session.flush()
    return audit.id, audit.version_id
