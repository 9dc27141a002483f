"""What is asked of rounds and samples: who sees them, how a round stands, and who may audit what."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import event, select
from werkzeug.exceptions import NotFound

from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.organisation import operations as organisation
from audit_app.sampling import operations
from audit_app.sampling.progress import Standing, standing_of
from audit_app.sampling.queries import auditors, board, frames, samples
from tests import make
from tests.make import Authority, actor
from tests.sampling import listing


def out(made: Authority, size: int = 8) -> list[Audit]:
    """A round whose sample was given out."""
    listing.listed(made)
    operations.draw(made.round, listing.terms(size), by=None)
    given = operations.allocate_at_random(
        made.round, {made.manager.id, made.other_manager.id, made.far_manager.id}, "a seed", by=made.officer.id
    )
    db.session.commit()
    return given


def stages(given: list[Audit]) -> None:
    """One audit of each standing, the first four; the rest are still to do."""
    late, to_do, handed_in, ended = given[:4]
    late.due_on = today() - dt.timedelta(days=1)
    to_do.due_on = today()
    with db.session.no_autoflush:
        handed_in.first_handed_in_at = handed_in.allocated_at
        handed_in.stage, handed_in.due_on = "submitted", today() - dt.timedelta(days=9)
    ended.stage = "withdrawn"
    db.session.commit()


def test_late_audits_come_first_then_those_to_do_by_due_day_then_the_rest(either_app: Flask) -> None:
    made = make.authority()
    given = out(made)
    stages(given)
    page = board.audits_page(made.round, board.Wanted(), actor(made.officer), today(), after="", before="")
    found = [standing_of(one.at, one.due_on, today()) for one in page.items]
    assert found == sorted(found) and page.total == 8
    assert [page.items[0].id, page.items[1].id, page.items[-2].id, page.items[-1].id] == [one.id for one in given[:4]]


def test_the_board_filters_by_how_audits_stand(either_app: Flask) -> None:
    made = make.authority()
    stages(out(made))
    for standing in Standing:
        wanted = board.Wanted(standing=standing)
        page = board.audits_page(made.round, wanted, actor(made.officer), today(), after="", before="")
        assert page.items and {standing_of(one.at, one.due_on, today()) for one in page.items} == {standing}


def test_pages_of_the_board_follow_each_other_without_gap_or_repeat(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made, each=10)
    operations.draw(made.round, listing.terms(30), by=None)
    people = {made.manager.id, made.other_manager.id, made.far_manager.id}
    stages(operations.allocate_at_random(made.round, people, "a seed", by=made.officer.id))
    seen: list[int] = []
    after: str | None = ""
    while after is not None:
        page = board.audits_page(made.round, board.Wanted(), actor(made.officer), today(), after=after, before="")
        seen += [one.id for one in page.items]
        after = page.older
    assert len(seen) == 30 == len(set(seen))


def test_totals_count_what_each_auditor_has_and_what_is_late(app: Flask) -> None:
    made = make.authority()
    given = out(made)
    stages(given)
    found = board.totals(made.round, actor(made.officer), today())
    assert (found.whole.given, found.whole.late, found.whole.handed_in, found.waiting) == (7, 1, 1, 0)
    assert sum(one.load.given for one in found.held) == 7 and found.audits == 8


def test_cases_that_wait_count_towards_what_is_expected(app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    operations.draw(made.round, listing.terms(8), by=None)
    found = board.totals(made.round, actor(made.officer), today())
    assert (found.expected, found.waiting, found.whole.given) == (8, 8, 0)


def test_an_audit_that_one_judges_blind_is_on_no_part_of_the_board(app: Flask) -> None:
    made = make.authority()
    both = made.officer
    kept = make.handed_in(made)
    identity.grant(both, Role.SENIOR_MANAGER, made.root, None, by=made.admin.id)
    auditing.give(kept, both, "senior", hidden=True, by=made.head.id)
    db.session.commit()
    found = board.totals(made.round, actor(both), today())
    assert (found.blind, found.whole.given, found.held) == (1, 0, [])
    assert board.audits_page(made.round, board.Wanted(), actor(both), today(), after="", before="").items == []
    assert samples.audits_of(made.round, [kept.case_id], actor(both)) == {}


def test_a_sample_outside_ones_reach_does_not_exist(app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    sample = operations.draw(made.round, listing.terms(), by=None)
    elsewhere = organisation.add("Southmere", "authority", None, by=None)
    stranger = make.person("Officer Far", Role.AUDIT_OFFICER, elsewhere)
    assert samples.sample_or_404(sample.id, actor(made.officer)) is sample
    with pytest.raises(NotFound):
        samples.sample_or_404(sample.id, actor(stranger))


def test_cases_of_another_authority_can_neither_be_found_nor_given_out(app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    elsewhere = organisation.add("Southmere", "authority", None, by=None)
    foreign = CaseRecord(authority_id=elsewhere.id, reference="0000001", unit=elsewhere, category="child_in_need")
    db.session.add(foreign)
    db.session.commit()
    assert "0000001" not in {one.reference for one in auditors.search(made.round, "", after="", before="").items}
    with pytest.raises(NotFound):
        auditors.case_or_404(made.round, foreign.id)


def test_a_reference_is_found_by_its_beginning_and_percent_signs_are_only_signs(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    some = db.session.execute(select(CaseRecord.reference).limit(1)).scalar_one()
    assert [one.reference for one in auditors.search(made.round, some, after="", before="").items] == [some]
    assert auditors.search(made.round, "%", after="", before="").total == 0


def test_the_list_to_draw_from_keeps_nothing_but_what_is_compared(app: Flask) -> None:
    made = make.authority()
    listing.listed(made, each=1)
    (first, *_) = frames.listed(made.round).frame.cases
    assert dict(first.attributes) == {
        "team": "Team 11",
        "category": "Child in need plan",
        "age_band": "10 to 15",
        "gender": "Male",
        "ethnicity": "White",
    }


def test_a_candidates_load_counts_this_round_and_all_that_is_to_write(app: Flask) -> None:
    made = make.authority()
    given = out(made)
    before = made.round.month - dt.timedelta(days=1)
    earlier = make.open_round(made.round.programme, made.tool, before.replace(day=1))
    case = make.case(made, made.teams[2])
    auditing.allocate(earlier, case.id, case.unit, case.category, made.manager, inclusion_probability=None, by=None)
    db.session.commit()
    mine = sum(audit.auditor_id == made.manager.id for audit in given)
    (found,) = [one for one in auditors.candidates(made.round) if one.person.id == made.manager.id]
    assert (found.in_round, found.to_do, found.takes_part) == (mine, mine + 1, True)


def test_asking_for_a_boards_audits_costs_the_same_however_many_there_are(app: Flask) -> None:
    made = make.authority()
    out(made)
    db.session.expire_all()
    page = board.audits_page(made.round, board.Wanted(), actor(made.officer), today(), after="", before="")
    asked: list[str] = []
    listen = lambda *given: asked.append(str(given[2]))  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    shown = [(one.case.reference, one.auditor.name, one.unit.name) for one in page.items]
    event.remove(db.engine, "before_cursor_execute", listen)
    assert len(shown) == 8 and asked == []
