"""A round's board: what is expected, what is late, and when it was chased."""

import datetime as dt

from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.clock import end_of, now
from audit_app.db import db
from audit_app.notices import operations as notices
from audit_app.programmes.model import Exemption
from audit_app.sampling.progress import Load, chased_words, completion
from audit_app.sampling.queries.board import totals
from tests import make
from tests.notices.make import DUE, FIRST, on
from tests.statements import statements

LATE = DUE + dt.timedelta(days=1)


def world(each: int = 2) -> make.Authority:
    """An authority in which so many audits are expected of each team manager."""
    made = make.authority()
    made.round.programme.policies = {"per_auditor": each, "auditors": ["team_manager"]}
    db.session.commit()
    return made


def test_completion_is_against_what_is_expected_of_each(either_app: Flask) -> None:
    with on(FIRST):
        made = world()
        make.handed_in(made)
        make.audit(made)
        for _ in range(3):
            make.handed_in(made, auditor=made.far_manager)
    with on(LATE):
        found = totals(made.round, make.actor(made.officer), LATE)
    held = {one.name: one for one in found.held}
    assert [(one.expected, one.load.given, one.load.handed_in, one.load.late) for one in found.held] == [
        (2, 2, 1, 1),
        (2, 3, 3, 0),
        (2, 0, 0, 0),
    ]
    assert held["Manager Two"].load == Load()  # expected, and given nothing
    assert found.completion is not None
    assert (found.completion.done, found.completion.expected, found.late) == (3, 6, 1)


def test_exempt_people_are_named_and_nothing_is_expected_of_them(either_app: Flask) -> None:
    with on(FIRST):
        made = world()
        exempt = Exemption(
            programme_id=made.round.programme_id,
            person_id=made.other_manager.id,
            from_month=made.round.month,
            to_month=made.round.month,
            reason="New in post.",
            approver_id=made.head.id,
            recorded_at=now(),
        )
        db.session.add(exempt)
        db.session.commit()
        found = totals(made.round, make.actor(made.officer), FIRST)
    assert {one.name: (one.expected, one.exempt) for one in found.held}["Manager Two"] == (0, True)


def test_on_time_is_by_the_day_in_london(either_app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        audits = [make.handed_in(made) for _ in range(2)]
        audits[0].first_handed_in_at = end_of(DUE) - dt.timedelta(seconds=1)
        audits[1].first_handed_in_at = end_of(DUE)
        db.session.commit()
    load = totals(made.round, make.actor(made.officer), LATE).whole
    assert (load.handed_in, load.on_time, load.handed_in_late) == (2, 1, 1)


def test_the_board_says_when_somebody_was_chased_and_offers_it_again_the_next_day(app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        make.audit(made)
        make.audit(made, made.senior)
    with on(LATE):
        client = make.client_of(app, made.officer)
        page = client.get(f"/rounds/{made.round.id}").text
        assert "Chase all 2 who are late" in page
        notices.chase(made.round, [made.manager.id], by=make.actor(made.officer))
        db.session.commit()
        assert "Today" in client.get(f"/rounds/{made.round.id}").text
    with on(LATE + dt.timedelta(days=2)):
        page = make.client_of(app, made.officer).get(f"/rounds/{made.round.id}").text
        assert "2 days ago" in page
        assert f"/rounds/{made.round.id}/chase?auditor={made.manager.id}" in page
        assert "Late audits chased" in page


def test_what_was_handed_back_is_seen_on_the_board(app: Flask) -> None:
    made = make.authority()
    auditing.hand_back(make.audit(made), "I know this family.", by=make.actor(made.manager))
    db.session.commit()
    page = make.client_of(app, made.officer).get(f"/rounds/{made.round.id}").text
    assert "1 audit was handed back" in page


def test_a_board_asks_as_much_of_many_audits_as_of_few(app: Flask) -> None:
    made = make.authority()
    who, asked = make.actor(made.officer), []
    for count in (2, 30):
        for _ in range(count):
            make.audit(made)
        db.session.commit()
        with statements() as said:
            totals(made.round, who, FIRST)
        asked.append(len(said))
    assert asked[0] == asked[1]


def test_more_of_one_is_not_anothers() -> None:
    found = completion({1: Load(handed_in=5)}, {1: 2, 2: 2})
    assert found is not None
    assert (found.done, found.expected, found.share) == (2, 4, 0.5)
    assert completion({1: Load(handed_in=5)}, {}) is None


def test_days_since_a_chase_are_in_words() -> None:
    said = [chased_words(LATE - dt.timedelta(days=n), LATE) for n in range(3)]
    assert said == ["today", "yesterday", "2 days ago"]
    assert chased_words(None, LATE) == ""
