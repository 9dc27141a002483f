"""What people are told as things happen, every morning, and when they are chased."""

import datetime as dt

import pytest
from flask import Flask

from audit_app.auditing import operations as auditing
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.moderation import operations as moderation
from audit_app.moderation.model import Moderation
from audit_app.notices import operations
from audit_app.notices.kinds import Choice, How, Kind, Matter
from audit_app.notices.operations import remind
from audit_app.notices.operations.sending import written
from audit_app.notices.queries import late_in, notices_page
from audit_app.refusal import Refused
from tests import make
from tests.moderation.doing import finished, given
from tests.notices.make import DUE, FIRST, holding, letters, on, told, with_post

LATE = DUE + dt.timedelta(days=1)


def test_whoever_is_given_cases_is_told_of_each_in_one_letter(either_app: Flask) -> None:
    with_post(either_app)
    made = make.authority()
    audits = [make.audit(made) for _ in range(3)]
    hear = operations.HEARD["round.allocated"]
    hear("round.allocated", subject="round:1", body={"audits": [audit.id for audit in audits]}, by=None)
    db.session.commit()
    assert told(made.manager) == ["allocated"] * 3
    assert [(mail.person_id, len(mail.notices)) for mail in letters()] == [(made.manager.id, 3)]


def test_an_audit_that_moves_tells_both_auditors_and_ends_what_was_asked(either_app: Flask) -> None:
    with_post(either_app)
    with on(FIRST):
        made = make.authority()
        audit = make.audit(made)
    with on(LATE):
        remind()
        auditing.reallocate(audit, made.senior, by=made.officer.id)
        db.session.commit()
    assert told(made.manager) == ["overdue", "moved"]
    assert holding(made.manager) == ["moved"]
    assert told(made.senior) == ["reallocated"]


def test_an_audit_that_is_sent_back_is_told_without_why(either_app: Flask) -> None:
    with_post(either_app)
    made = make.authority()
    audit = make.handed_in(made)
    auditing.send_back(audit, "Say more of the father.", by=made.senior.id)
    db.session.commit()
    assert told(made.manager) == ["sent_back"]
    auditing.hand_in(audit, audit.version_id, by=make.actor(made.manager))
    db.session.commit()
    assert holding(made.manager) == []


def test_what_is_rolled_back_is_told_to_nobody(either_app: Flask) -> None:
    with_post(either_app)
    made = make.authority()
    audit = make.handed_in(made)
    auditing.send_back(audit, "Say more.", by=made.senior.id)
    db.session.rollback()
    assert told(made.manager) == [] and letters() == []


def test_reminders_are_made_once_however_often_they_are_asked_for(either_app: Flask) -> None:
    with_post(either_app)
    with on(FIRST):
        made = make.authority()
        make.audit(made)
    for day in (17, 17, 18, 19, 20, 22, 23, 23, 24):
        with on(dt.date(2026, 6, day)):
            remind()
            db.session.commit()
    assert told(made.manager) == ["due_soon", "overdue"]


def test_after_ten_days_without_a_machine_nobody_is_flooded(either_app: Flask) -> None:
    with_post(either_app)
    with on(FIRST):
        made = make.authority()
        make.audit(made)
    with on(DUE + dt.timedelta(days=16)):
        counts = remind()
        db.session.commit()
    assert counts == {Kind.OVERDUE: 1, Kind.ESCALATED: 1}
    assert (told(made.manager), told(made.head), told(made.senior)) == (["overdue"], ["escalated"], [])


def test_the_senior_manager_hears_after_five_working_days(either_app: Flask) -> None:
    with_post(either_app)
    with on(FIRST):
        made = make.authority()
        make.audit(made)
    with on(DUE + dt.timedelta(days=7)):
        remind()
        db.session.commit()
    assert told(made.senior) == told(made.other_senior) == ["escalated"]
    assert {mail.person_id for mail in letters()} == {made.manager.id, made.senior.id, made.other_senior.id}
    assert entries_of("round:1", kinds=["round.chased"]) == []


def test_nothing_is_said_of_what_is_handed_in_withdrawn_or_handed_back(either_app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        make.handed_in(made)
        auditing.withdraw(make.audit(made), "The case moved away.", by=made.officer.id)
        auditing.hand_back(make.audit(made), "I know this family.", by=make.actor(made.manager))
        db.session.commit()
    with on(LATE):
        assert not remind()


def test_whoever_is_away_hears_when_they_are_back(either_app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        make.audit(made)
        away = Away(LATE, LATE + dt.timedelta(days=2))
        identity.record_away(made.manager, away, by=made.manager.id)
        db.session.commit()
    for n in range(4):
        with on(LATE + dt.timedelta(days=n)):
            remind()
            db.session.commit()
            assert bool(told(made.manager)) is (n == 3)


def test_a_programme_has_its_own_days(either_app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        make.audit(made)
        programme = made.round.programme
        programme.policies = {"chasing": {"before": [10], "escalate": {}}}
        db.session.commit()
    with on(dt.date(2026, 6, 9)):
        assert remind() == {Kind.DUE_SOON: 1}


def test_one_letter_a_day_holds_what_is_new_since_yesterday(either_app: Flask) -> None:
    with_post(either_app)
    with on(FIRST):
        made = make.authority()
        operations.prefer(Choice(How.DAILY), by=make.actor(made.manager))
        audits = [make.audit(made), make.audit(made)]
        for audit in audits:
            auditing.reallocate(audit, made.far_manager, by=made.officer.id)
        db.session.commit()
        assert [mail.person_id for mail in letters()] == [made.far_manager.id]
    with on(FIRST + dt.timedelta(days=1), 7):
        remind()
        remind()
        db.session.commit()
    (digest,) = [mail for mail in letters() if mail.person_id == made.manager.id]
    assert [one.kind for one in digest.notices] == ["moved", "moved"]


def test_whoever_wants_no_letters_gets_only_what_is_escalated(either_app: Flask) -> None:
    with_post(either_app)
    with on(FIRST):
        made = make.authority()
        make.audit(made)
        for person in (made.manager, made.senior, made.other_senior):
            operations.prefer(Choice(How.HERE), by=make.actor(person))
    with on(DUE + dt.timedelta(days=7)):
        remind()
        db.session.commit()
    assert told(made.manager) == ["overdue"]
    assert {mail.person_id for mail in letters()} == {made.senior.id, made.other_senior.id}


def test_without_a_mail_server_people_are_told_in_the_service_only(either_app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        make.audit(made)
    with on(LATE):
        remind()
        db.session.commit()
    assert told(made.manager) == ["overdue"]
    assert letters() == []


def test_a_chase_tells_each_and_is_kept_in_the_record(either_app: Flask) -> None:
    with_post(either_app)
    with on(FIRST):
        made = make.authority()
        mine = [make.audit(made), make.audit(made)]
        theirs = make.audit(made, made.senior)
    with on(LATE):
        late = late_in(made.round, make.actor(made.officer), LATE)
        assert {person: len(audits) for person, audits in late.items()} == {made.manager.id: 2, made.senior.id: 1}
        done = operations.chase(made.round, [made.manager.id, made.senior.id], by=make.actor(made.officer))
        db.session.commit()
        assert not done.refused
        assert not remind()  # a chase is the day's reminder
    assert told(made.manager) == ["chased", "chased"]
    (entry,) = entries_of(f"round:{made.round.id}", kinds=["round.chased"])
    expected = {str(made.manager.id): [audit.id for audit in mine], str(made.senior.id): [theirs.id]}
    assert (entry.body, entry.actor_id) == ({"auditors": expected}, made.officer.id)


def test_nobody_is_chased_twice_on_a_working_day(either_app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        make.audit(made)
        make.audit(made, made.senior)
    who = make.actor(made.officer)
    with on(LATE):
        operations.chase(made.round, [made.manager.id], by=who)
        db.session.commit()
        both = operations.chase(made.round, [made.manager.id, made.senior.id], by=who)
        db.session.commit()
        assert list(both.asked) == [made.senior.id]
        assert "chased today" in both.refused[made.manager.id].reason
        with pytest.raises(Refused, match="chased today"):
            operations.chase(made.round, [made.manager.id], by=who)
        db.session.rollback()
    with on(LATE + dt.timedelta(days=1)):
        assert list(operations.chase(made.round, [made.manager.id], by=who).asked) == [made.manager.id]


def test_whoever_has_nothing_late_is_not_chased(either_app: Flask) -> None:
    with on(FIRST):
        made = make.authority()
        make.audit(made)
        with pytest.raises(Refused, match="no late audit"):
            operations.chase(made.round, [made.manager.id], by=make.actor(made.officer))


def test_what_came_after_one_looked_stays_new(app: Flask) -> None:
    made = make.authority()
    for _ in range(2):
        auditing.reallocate(make.audit(made), made.senior, by=made.officer.id)
    db.session.commit()
    who = make.actor(made.senior)
    assert operations.read_all(1, by=make.actor(made.manager)) + operations.read_all(1, by=who) == 1


def decided(made: make.Authority) -> Moderation:
    """A senior moderation that is done."""
    return finished(given(make.handed_in(made), made.senior, made.officer))


def test_the_auditor_is_told_that_the_outcome_is_in_until_it_is_taken_up_again(either_app: Flask) -> None:
    with_post(either_app)
    made = make.authority()
    done = decided(made)
    assert told(made.manager) == ["decided"]
    assert told(made.senior) == told(made.external) == []
    moderation.reopen(done, "A line was missed.", by=make.actor(made.head))
    assert holding(made.manager) == []


def test_that_a_child_may_be_at_risk_is_mailed_to_those_who_must_know_whatever_they_chose(either_app: Flask) -> None:
    with_post(either_app)
    made = make.authority()
    for person in (made.officer, made.head):
        operations.prefer(Choice(How.HERE), by=make.actor(person))
    draft = make.written(made)
    alert = auditing.raise_risk(draft, "Bruises.", "", None, by=make.actor(made.manager))
    auditing.tell_risk(alert, "The duty manager", alert.raised_at, by=make.actor(made.manager))
    auditing.hand_in(draft, draft.version_id, by=make.actor(made.manager))
    db.session.commit()
    assert holding(made.officer) == holding(made.head) == ["immediate_risk"]
    assert {mail.person_id for mail in letters()} == {made.officer.id, made.head.id}
    assert told(made.manager) == told(made.senior) == told(made.admin) == told(made.board) == []
    auditing.close_risk(alert, "Visited.", by=make.actor(made.head))
    assert holding(made.officer) == []


def test_a_head_of_service_who_judges_an_audit_blind_still_hears_of_a_child_at_risk(either_app: Flask) -> None:
    with_post(either_app)
    made = make.authority()
    audit = make.handed_in(made)
    given(audit, made.head, made.officer, blind=True)
    auditing.raise_risk(audit, "Bruises.", "", None, by=make.actor(made.manager))
    db.session.commit()
    assert [one.kind for one in notices_page(make.actor(made.head), after="", before="").items] == ["immediate_risk"]
    (mail,) = [one for one in letters() if one.person_id == made.head.id]
    claimed = written(mail)
    assert claimed is not None and claimed.letter.letter.subject == "A child may be at risk now: sign in"


def test_one_matter_can_come_once_a_day_and_the_rest_at_once(either_app: Flask) -> None:
    with_post(either_app)
    with on(DUE):
        made = make.authority()
        operations.prefer(Choice(How.AT_ONCE, {Matter.OUTCOMES: How.DAILY}), by=make.actor(made.manager))
        decided(made)
        sent = make.handed_in(made)
        auditing.send_back(sent, "Say more.", by=made.senior.id)
        db.session.commit()
    kinds = [[notice.kind for notice in mail.notices] for mail in letters() if mail.person_id == made.manager.id]
    assert kinds == [["sent_back"]]
    with on(LATE):
        remind()
        db.session.commit()
    (letter,) = [mail for mail in letters() if mail.person_id == made.manager.id]  # not sent yet: it takes in more
    assert sorted(notice.kind for notice in letter.notices) == ["decided", "sent_back"]
