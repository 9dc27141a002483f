"""What people had to do with a case keeps its audit from them: as its practitioner, or otherwise."""

from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.cases.model import CaseList, CaseListEntry
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.moderation import operations, queries
from audit_app.programmes.policies import Policies
from audit_app.sampling import operations as sampling
from tests import make


def test_nobody_gets_a_case_that_they_worked_on_or_are_connected_with(either_app: Flask) -> None:
    world = make.authority()
    everybody = {"senior": 100, "external": 0}
    world.round.programme.policy = Policies(as_they_come=True, shares=everybody)
    audit = make.written(world)
    sampling.connect(world.senior, audit.case, by=world.officer.id)
    audit.case.worker = "OFFICER, Sam"
    sampling.name_worker(world.head, world.root.id, "Officer,  Sam", by=world.officer.id)
    auditing.hand_in(audit, audit.version_id, by=make.actor(world.manager))
    db.session.commit()
    given = queries.find_moderation(audit, "senior")
    assert given is not None and given.moderator_id == world.other_senior.id
    past = queries.past_of([audit])[audit.id]
    assert past.connected == {world.senior.id, world.head.id}
    for somebody in (world.senior, world.head):
        refused = operations.refusal_for(audit, somebody, "senior", blind=False, random=False)
        assert refused is not None and "worked on this case" in refused.reason


def test_nobody_gets_a_case_whose_practitioner_they_once_were_by_name(app: Flask) -> None:
    world = make.authority()
    audit = make.written(world)
    kept = CaseList(
        authority_id=world.root.id, filename="l", file_hash="h", taken_on=today(), loaded_at=now(),
        loaded_by=world.officer.id, summary={}, read=1, held=0, refused=0,
    )  # fmt: skip
    db.session.add(kept)
    db.session.flush()
    entry = CaseListEntry(
        list_id=kept.id,
        case_id=audit.case_id,
        unit_id=audit.case.unit_id,
        worker="senior ONE",
        category="",
        attributes={},
    )
    db.session.add(entry)
    db.session.commit()
    refused = operations.refusal_for(audit, world.senior, "senior", blind=False, random=False)
    assert refused is not None and "worked on this case" in refused.reason


def test_a_connection_that_was_taken_back_bars_nobody(app: Flask) -> None:
    world = make.authority()
    audit = make.handed_in(world)
    told = sampling.connect(world.senior, audit.case, by=world.officer.id)
    told.taken_back_at = now()
    db.session.commit()
    assert operations.refusal_for(audit, world.senior, "senior", blind=False, random=False) is None
