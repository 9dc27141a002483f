"""A sample taken away as a PDF: by whom, for whom, and that it is recorded."""

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.sampling import operations
from audit_app.sampling.model import Sample
from audit_app.sampling.queries import samples
from tests import make
from tests.make import actor
from tests.reporting.test_views import rules_broken, words
from tests.sampling import listing
from tests.sampling.visiting import drawn, managers


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    found = make.authority()
    listing.listed(found)
    return found


@pytest.mark.parametrize("audience", ["colleagues", "board", "public"])
def test_a_sample_is_a_pdf_that_everybody_can_read_and_taking_it_is_recorded(
    either_app: Flask, made: make.Authority, audience: str
) -> None:
    sample = drawn(made)
    answer = make.client_of(either_app, made.officer).get(f"/samples/{sample.id}.pdf?for={audience}")
    assert answer.status_code == 200 and rules_broken(answer) == 0
    assert f"-{audience}.pdf" in answer.headers["Content-Disposition"]
    named = [one.case.reference for one in sample.cases if one.case.reference in words(answer)]
    assert len(named) == (8 if audience == "colleagues" else 0)
    last = entries_of(f"round:{made.round.id}", limit=1)[0]
    assert (last.kind, last.body) == ("sample.downloaded", {"sample": sample.id, "audience": audience})


def test_only_who_runs_the_round_takes_its_sample_away(either_app: Flask, made: make.Authority) -> None:
    sample = drawn(made)
    for who in ("manager", "head", "board", "admin"):
        assert make.client_of(either_app, made.people[who]).get(f"/samples/{sample.id}.pdf").status_code == 403
    assert make.client_of(either_app, made.officer).get("/samples/2147483647.pdf").status_code == 404


def test_audited_counts_what_was_handed_in_and_leaves_out_what_one_judges_blind(
    either_app: Flask, made: make.Authority
) -> None:
    sample = drawn(made)
    given = operations.allocate_at_random(made.round, {int(one) for one in managers(made)}, "seed", by=made.officer.id)
    for audit, stage in zip(given, ("submitted", "void", "moderated"), strict=False):
        audit.stage, audit.first_handed_in_at = stage, sample.drawn_at
    db.session.commit()
    found = samples.audited_in(sample, actor(made.officer))
    assert found.references == {given[0].case.reference, given[2].case.reference} and found.blind == 0
    identity.grant(made.officer, Role.SENIOR_MANAGER, made.root, None, by=made.admin.id)
    auditing.give(given[0], made.officer, "senior", hidden=True, by=made.head.id)
    db.session.commit()
    blind = samples.audited_in(db.session.get_one(Sample, sample.id), actor(made.officer))
    assert blind.references == {given[2].case.reference} and blind.blind == 1
    page = make.client_of(either_app, made.officer).get(f"/samples/{sample.id}").text
    assert "1 audit that you judge blind just now" in page
