"""Briefings are begun once, written with a version, published as a copy that stays, and taken back with a reason."""

import pytest
from flask import Flask

from audit_app.db import db
from audit_app.feedback.operations import code
from audit_app.history.queries import entries_of
from audit_app.learning import operations, queries
from audit_app.learning.briefing import Words
from audit_app.refusal import Refused, Stale
from tests import make
from tests.learning import briefing


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    """A small authority, on each database."""
    return make.authority()


def test_a_unit_has_one_briefing_for_the_same_months(made: make.Authority) -> None:
    briefing.written(made)
    month = made.round.month
    with pytest.raises(Refused, match="already"):
        operations.begin(made.root, month, month, by=made.officer.id)
    with pytest.raises(Refused, match="cannot come before"):
        operations.begin(made.root, month, month.replace(year=month.year - 1), by=made.officer.id)


def test_writing_on_an_older_version_is_refused(made: make.Authority) -> None:
    kept = briefing.written(made)
    with pytest.raises(Stale):
        operations.write(kept, Words("Other"), kept.version_id - 1, by=made.officer.id)
    assert kept.words == briefing.WORDS


def test_what_is_published_stays_as_it_was_whatever_comes_later(made: make.Authority) -> None:
    copy = briefing.published(made)
    before = (copy.contents, copy.sha256)
    briefing.moderated(made, {"plan": "requires_improvement"})
    operations.write(copy.briefing, Words("Something else"), copy.briefing.version_id, by=made.officer.id)
    db.session.commit()
    db.session.expire_all()
    assert (copy.contents, copy.sha256) == before
    assert copy.contents.digest == copy.sha256
    kinds = [entry.kind for entry in entries_of(copy.briefing.subject)]
    assert {"briefing.begun", "briefing.written", "briefing.published"} <= set(kinds)


def test_only_what_was_looked_at_is_published_and_only_when_it_is_whole(made: make.Authority) -> None:
    kept, officer = briefing.written(made), make.actor(made.officer)
    with pytest.raises(Stale):
        operations.publish(kept, "another page", kept.version_id, by=officer)
    seen = queries.material_of(kept, officer).contents.digest
    with pytest.raises(Stale):
        operations.publish(kept, seen, kept.version_id - 1, by=officer)
    operations.write(kept, Words("Only this"), kept.version_id, by=made.officer.id)
    with pytest.raises(Refused, match="Write every part first"):
        operations.publish(kept, seen, kept.version_id, by=officer)


def test_a_briefing_that_was_taken_back_is_kept_with_the_reason(made: make.Authority) -> None:
    copy = briefing.published(made)
    operations.withdraw(copy, "It named a team.", by=made.officer.id)
    db.session.commit()
    assert copy.briefing.current is None
    assert queries.briefings_open_to(make.actor(made.manager)) == []
    with pytest.raises(Refused):
        operations.withdraw(copy, "Again.", by=made.officer.id)
    assert briefing.publish(copy.briefing, made).number == 2


def test_a_briefing_gathers_themes_and_counts_their_audits_as_its_own(made: make.Authority) -> None:
    audit = make.handed_in(made, auditor=made.manager)
    officer = make.actor(made.officer)
    code(audit, {"family": ["drift"], "practitioner": [], "audit": []}, 0, by=officer)
    db.session.commit()
    material = queries.material_of(briefing.written(made), officer)
    assert material.contents.themes is not None
    assert material.contents.themes.said.startswith("Themes were chosen for too few audits"), "one is too few to tell"
    assert material.audit_ids == (audit.id,), "whoever judges it blind opens the briefing later"
