"""What people had to do with audits and their cases before: who may not judge them, or not blind."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.auditing.ledger import SENIOR
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseListEntry
from audit_app.db import db
from audit_app.escalation.queries import followed, signed_off_by, was_named
from audit_app.history.model import Entry, Payload
from audit_app.moderation.model import Challenge
from audit_app.moderation.rules import is_connected
from audit_app.sampling.model import Connection, WorkerName
from audit_app.sampling.rules import folded

READ = ("audit.opened", "audit.downloaded")
CONTRIBUTED, REALLOCATED = "audit.contribution_begun", "audit.reallocated"
OWNED = ("action.given", "action.moved")  # whoever was given an action for the child knows some of what was found


@dataclass(frozen=True, slots=True)
class Past:
    """Who was ever given an audit to judge or to resolve, in which tier, who opened it, and who contributed to it."""

    given: frozenset[tuple[str, int]] = frozenset()
    opened: frozenset[int] = frozenset()
    contributed: frozenset[int] = frozenset()
    audited: frozenset[int] = frozenset()  # who audited its case, or was given it or its case to audit, at any time
    connected: frozenset[int] = frozenset()  # who is said to be connected with its case, or was its practitioner
    workers: frozenset[str] = frozenset()  # what the case lists called its practitioners, folded
    signed_off: frozenset[int] = frozenset()  # the heads of service who signed it off
    is_challenged: bool = False  # its moderation is, and that is not ended
    is_followed: bool = False  # a later audit of the case goes back to it

    def judges_outside(self, tier: str) -> frozenset[int]:
        """The people who were given it in another tier."""
        return frozenset(person for theirs, person in self.given if theirs != tier)

    def is_connected(self, person_id: int, name: str) -> bool:
        """Whether somebody of this name worked on its case, or is connected with it."""
        return is_connected(person_id, name, self.connected, self.workers)


def past_of(audits: Iterable[Audit]) -> dict[int, Past]:
    """The past of some audits, in few queries: whoever opened an audit can no longer judge it blind."""
    audits = list(audits)
    rows = select(Entry.subject, Entry.actor_id, Entry.kind).distinct()
    rows = rows.where(Entry.subject.in_([audit.subject for audit in audits]), Entry.kind.in_((*READ, CONTRIBUTED)))
    opened: dict[str | None, set[int]] = defaultdict(set)
    contributed: dict[str | None, set[int]] = defaultdict(set)
    for subject, person, kind in db.session.execute(rows):
        if person is not None:
            (contributed if kind == CONTRIBUTED else opened)[subject].add(person)
    named = was_named(audit.id for audit in audits)  # they know the grade
    owned = _owners(audits)
    for audit in audits:
        opened[audit.subject] |= named.get(audit.id, frozenset()) | owned[audit.subject]
    given = {audit.id: {(one.tier, one.person_id) for one in audit.assignments} for audit in audits}
    challenged = set[int]()
    challenges = select(Challenge.audit_id, Challenge.tier, Challenge.resolver_id, Challenge.ended_at)
    for audit_id, tier, resolver, ended_at in db.session.execute(challenges.where(Challenge.audit_id.in_(given))):
        if resolver is not None:
            given[audit_id].add((tier, resolver))  # who resolved a challenge judged it too
        if ended_at is None and tier == SENIOR:
            challenged.add(audit_id)
    signed = signed_off_by(given)
    audited, later = _audited(audits), followed(audit.id for audit in audits)
    workers = _workers(audits)
    connected = _connected(audits, workers)
    return {
        audit.id: Past(
            frozenset(given[audit.id]),
            frozenset(opened[audit.subject]),
            frozenset(contributed[audit.subject]),
            frozenset(audited[audit.id]),
            frozenset(connected[audit.case_id]),
            frozenset(workers[audit.case_id]),
            signed.get(audit.id, frozenset()),
            audit.id in challenged,
            audit.id in later,
        )
        for audit in audits
    }


def connected_now(audit: Audit, who: Actor) -> bool:
    """Whether somebody worked on an audit's case, or is connected with it, by what is told today."""
    workers = _workers([audit])
    connected = _connected([audit], workers)
    return is_connected(who.id, who.name, connected[audit.case_id], workers[audit.case_id])


def _audited(audits: list[Audit]) -> dict[int, set[int]]:
    """Who was given each case to audit, in any round, and whoever an audit passed through before its auditor."""
    found: dict[int, set[int]] = {audit.id: set() for audit in audits}
    of_case: dict[int, set[int]] = defaultdict(set)
    rows = select(Audit.case_id, Audit.auditor_id).where(Audit.case_id.in_({audit.case_id for audit in audits}))
    for case_id, auditor in db.session.execute(rows):
        of_case[case_id].add(auditor)
    passed: dict[str | None, set[int]] = defaultdict(set)
    moved = select(Entry.subject, Payload.body).join(Payload, Payload.idx == Entry.idx)
    moved = moved.where(Entry.subject.in_([audit.subject for audit in audits]), Entry.kind == REALLOCATED)
    for subject, body in db.session.execute(moved):
        said = json.loads(body)
        passed[subject].update(one for one in (said.get("from"), said.get("to")) if isinstance(one, int))
    for audit in audits:
        found[audit.id] = (of_case[audit.case_id] | passed[audit.subject]) - {audit.auditor_id}
    return found


def _owners(audits: list[Audit]) -> dict[str | None, set[int]]:
    """Who was ever given an action for the child of some audits, by audit."""
    found: dict[str | None, set[int]] = defaultdict(set)
    given = select(Entry.subject, Payload.body).join(Payload, Payload.idx == Entry.idx)
    given = given.where(Entry.subject.in_([audit.subject for audit in audits]), Entry.kind.in_(OWNED))
    for subject, body in db.session.execute(given):
        owner = json.loads(body).get("owner")
        if isinstance(owner, int):
            found[subject].add(owner)
    return found


def _workers(audits: list[Audit]) -> dict[int, set[str]]:
    """By case: what the case lists ever called its practitioner, folded."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = select(CaseListEntry.case_id, CaseListEntry.worker).distinct()
    rows = rows.where(CaseListEntry.case_id.in_({audit.case_id for audit in audits}))
    named = [(case_id, worker) for case_id, worker in db.session.execute(rows)]
    for case_id, worker in (*named, *((audit.case_id, audit.case.worker) for audit in audits)):
        if worker.strip():
            found[case_id].add(folded(worker))
    return found


def _connected(audits: list[Audit], workers: Mapping[int, set[str]]) -> dict[int, set[int]]:
    """By case: who is said to be connected with it, and whose name on case lists is that of its practitioner."""
    found: dict[int, set[int]] = defaultdict(set)
    authorities = {audit.case_id: audit.case.authority_id for audit in audits}
    told = select(Connection.case_id, Connection.person_id).where(Connection.case_id.in_(authorities))
    for case_id, person_id in db.session.execute(told.where(Connection.taken_back_at.is_(None))):
        found[case_id].add(person_id)
    labels = set().union(*workers.values())
    people: dict[tuple[int, str], set[int]] = defaultdict(set)
    for name in db.session.execute(select(WorkerName).where(WorkerName.label.in_(labels))).scalars():
        people[name.authority_id, name.label].add(name.person_id)
    for case_id, names in workers.items():
        for label in names:
            found[case_id] |= people[authorities[case_id], label]
    return found
