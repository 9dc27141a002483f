"""What is done with self-evaluations, and what of it is refused."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from audit_app.access.table import Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.evaluation import operations, queries
from audit_app.evaluation.model import Edition, Statement
from audit_app.evaluation.queries.shown import ShownStatement, shown_statement
from audit_app.evaluation.queries.today import Today
from audit_app.evaluation.said import Kind
from audit_app.feedback import operations as feedback
from audit_app.history.model import ENTRIES
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.improvement import operations as improvement
from audit_app.improvement.cycles import month_after
from audit_app.improvement.wording import Amount
from audit_app.improvement.written import Finding, Update
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Route
from audit_app.programmes import operations as programmes
from audit_app.refusal import Refused, Stale
from tests import make
from tests.evaluation import doing
from tests.improvement import doing as planning


@pytest.fixture
def made(either_app: Flask) -> make.Authority:
    """A small authority with an audit that was handed in, on each database."""
    found = make.authority()
    make.handed_in(found)
    return found


def shown(statement: Statement, who: Person) -> ShownStatement:
    return shown_statement(statement, Today(make.actor(who), today()))


def tags(statement: Statement, who: Person) -> list[list[str]]:
    return [[sign.tag for sign in one.signs] for one in shown(statement, who).evidence]


def test_a_figure_that_moved_since_it_was_cited_says_so_with_both_numbers(made: make.Authority) -> None:
    said = doing.statement(made, doing.edition(made))
    doing.figure(made, said, "good_as_audited")
    assert tags(said, made.officer) == [[]]
    make.handed_in(made, grade="inadequate")
    (one,) = shown(said, made.officer).evidence
    assert (one.citation.cited.share, one.now and one.now.share) == ("1 of 1 (100.0%)", "1 of 2 (50.0%)")
    assert one.stale
    operations.renew(one.citation, by=make.actor(made.officer))
    db.session.refresh(said, ["every_citation"])
    assert tags(said, made.officer) == [[]]
    assert len(said.every_citation) == 2  # what was cited before is kept


def test_every_kind_of_evidence_says_when_what_it_is_about_has_changed(made: make.Authority) -> None:
    plan, by = planning.plan(made), made.officer.id
    audit = make.handed_in(made)
    feedback.code(audit, {"family": ["drift"], "practitioner": [], "audit": []}, 0, by=make.actor(made.officer))
    said = doing.statement(made, doing.edition(made))
    doing.action(made, said, plan)
    doing.cited(made, said, Kind.READING, {"plan": plan.id, "indicator": planning.indicator(plan, "1.1").id})
    doing.cited(made, said, Kind.ROUND, {"round": made.round.id})
    doing.cited(made, said, Kind.THEME, {"theme": "drift", "unit": made.root.id, "months": 1})
    assert tags(said, made.officer) == [[], [], [], []]
    done = Update(today(), "All are read.", "", "completed")
    improvement.tell(planning.action(plan, "1a"), done, by=by)
    improvement.read(planning.indicator(plan, "1.1"), Finding(today(), Amount(None, 41, 50)), by=by)
    programmes.close_round(made.round, by=by)
    other = make.handed_in(make.Authority(made.root, [], made.teams, made.people, made.tool, made.round))
    feedback.code(other, {"family": ["safety"], "practitioner": [], "audit": []}, 0, by=make.actor(made.officer))
    db.session.expire_all()
    assert all(one.stale for one in shown(said, made.officer).evidence)


def test_the_next_edition_starts_with_the_last_and_its_evidence_is_to_be_confirmed(made: make.Authority) -> None:
    first = doing.edition(made)
    doing.figure(made, doing.statement(made, first))
    second = doing.edition(made, month_after(first.first, 3))
    (copied,) = second.statements
    assert copied.words == doing.WORDS
    assert tags(copied, made.officer)[0][0] == "To be confirmed"
    with pytest.raises(Refused, match="Confirm each or take it out first"):
        doing.publish(made, second)
    operations.renew(copied.citations[0], by=make.actor(made.officer))
    db.session.refresh(copied, ["every_citation"])
    assert doing.publish(made, second).number == 1
    for refused in (lambda: doing.statement(made, first), lambda: doing.publish(made, first)):
        with pytest.raises(Refused, match="has begun"):
            refused()
    with pytest.raises(Refused, match="The next begins after it"):
        doing.edition(made, first.first)


def test_evidence_older_than_a_cycle_is_stale(made: make.Authority) -> None:
    said = doing.statement(made, doing.edition(made, months=1))
    doing.action(made, said, planning.plan(made), "2a")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=40), tick=False):
        assert tags(said, made.officer) == [["Older than a cycle"]]


def test_former_words_are_kept_and_a_stale_save_is_refused(made: make.Authority) -> None:
    said, by = doing.statement(made, doing.edition(made)), make.actor(made.officer)
    operations.rewrite(said, "Other words.", said.version_id, by=by)
    db.session.refresh(said, ["formers"])
    assert [one.words for one in said.formers] == [doing.WORDS]
    with pytest.raises(Stale):
        operations.rewrite(said, "Third words.", 1, by=by)
    operations.take_out(said, by=by)
    with pytest.raises(Refused, match="taken out"):
        operations.rewrite(said, "Third words.", said.version_id, by=by)


def test_a_published_copy_stays_as_it_is_and_needs_what_was_looked_at(made: make.Authority) -> None:
    copy = doing.published(made, planning.plan(made))
    contents, edition = copy.contents, copy.edition
    doing.statement(made, edition, "More words.")
    with pytest.raises(Stale):
        operations.publish(edition, copy.contents_hash, edition.version_id, by=make.actor(made.officer))
    again = doing.publish(made, edition)
    db.session.commit()
    db.session.expire_all()
    assert copy.contents == contents
    assert queries.published_open_to(make.actor(made.board)) == [again]
    kinds = set(db.session.execute(db.select(ENTRIES.c.kind)).scalars())
    assert {"evaluation.begun", "evaluation.written", "evaluation.cited", "evaluation.published"} <= kinds


def test_a_published_copy_is_taken_back_once_with_a_reason_and_no_earlier_one_takes_its_place(
    made: make.Authority,
) -> None:
    edition = doing.edition(made)
    doing.statement(made, edition)
    first, by = doing.publish(made, edition), make.actor(made.officer)
    doing.statement(made, edition, "More words.")
    second = doing.publish(made, edition)
    for copy, because, why in ((first, "Wrong", "later version replaced it"), (second, " ", "Say why")):
        with pytest.raises(Refused, match=why):
            operations.take_back(copy, because, by=by)
    contents = second.contents
    operations.take_back(second, "It names a school.", by=by)
    db.session.commit()
    with pytest.raises(Refused, match="already"):
        operations.take_back(second, "Again", by=by)
    db.session.rollback()
    board = make.actor(made.board)
    assert (edition.current, edition.last_copy, second.contents) == (None, second, contents)
    assert queries.published_open_to(board) == [second]
    assert queries.is_closed_to(board, second)
    assert not queries.is_closed_to(by, second)
    newest = entries_of(edition.subject)[0]
    assert (newest.kind, newest.actor_id) == ("evaluation.taken_back", made.officer.id)
    doing.statement(made, edition, "Third words.")
    assert doing.publish(made, edition).number == 3
    assert not queries.is_closed_to(board, queries.published_open_to(board)[0])


def test_whoever_judges_blind_sees_no_statement_that_rests_on_it_and_publishes_nothing(made: make.Authority) -> None:
    audit = make.handed_in(made)
    edition = doing.edition(made)
    resting, other = doing.statement(made, edition), doing.statement(made, edition, "Something else.")
    doing.figure(made, resting)
    moderation.give(
        audit, made.head, "senior", route=Route.RANDOM, blind=True, due_on=today(), by=made.officer.id,
        inclusion_probability=0.5,
    )  # fmt: skip
    assert shown(resting, made.head).sealed
    assert not shown(other, made.head).sealed
    assert not shown(resting, made.officer).sealed
    head = make.actor(made.head)
    with pytest.raises(Refused, match="judge blind"):
        operations.rewrite(resting, "Mine", resting.version_id, by=head)
    with pytest.raises(Refused, match="blind just now"):
        operations.cite(other, Kind.ROUND, {"round": made.round.id}, by=head)
    with pytest.raises(Refused, match="blind just now"):
        operations.publish(edition, doing.seen(made, edition), edition.version_id, by=head)


def test_whoever_sees_less_than_the_unit_is_not_told_that_its_figure_moved(made: make.Authority) -> None:
    said = doing.statement(made, doing.edition(made))
    doing.figure(made, said)
    partial = make.person("Senior Three", Role.SENIOR_MANAGER, made.services[1])
    (one,) = shown(said, partial).evidence
    assert (one.compared, one.now, one.signs, one.link) == (False, None, (), None)
    assert queries.edition_or_404(said.edition_id, make.actor(partial)) == db.session.get(Edition, said.edition_id)


def test_nothing_to_count_cannot_be_cited_and_nothing_is_cited_twice(made: make.Authority) -> None:
    said = doing.statement(made, doing.edition(made))
    with pytest.raises(Refused, match="nothing to cite"):
        doing.figure(made, said, "exact_external")
    with pytest.raises(Refused, match="nothing to cite"):
        doing.cited(made, said, Kind.THEME, {"theme": "drift", "unit": made.root.id, "months": 1})
    doing.figure(made, said)
    with pytest.raises(Refused, match="already"):
        doing.figure(made, said)
