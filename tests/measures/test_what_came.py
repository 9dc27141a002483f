"""What came of audits counts from the day on which it does, though nobody writes anything on that day."""

import datetime as dt

import time_machine
from flask import Flask

from audit_app.actions import operations as actions
from audit_app.auditing import operations as auditing
from audit_app.auditing.drafts import Draft
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.escalation.queries import reaudit_of
from audit_app.measures import operations
from audit_app.measures.from_cells import counts_of
from audit_app.measures.queries import Filters, sums
from audit_app.measures.queries.facts import unfolded
from audit_app.programmes.months import month_after
from tests import make
from tests.actions import doing
from tests.measures import world
from tests.measures.test_tallies import differences, same

START = dt.datetime(2026, 6, 10, 9, tzinfo=dt.UTC)


def shown(made: make.Authority, key: str, who: str = "head") -> tuple[int, int]:
    """A figure, as many of so many; the same from the tallies as from the ledger."""
    person = made.people[who]
    assert same(person, Filters())
    figure = counts_of(sums(Filters(), make.actor(person)).totals).figure(key)
    db.session.rollback()
    assert figure is not None
    return figure.count, figure.total


def test_an_action_counts_from_the_day_after_its_day_though_nobody_writes(either_app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        made = make.authority()
        owner = doing.practitioner(made)
        first, second = doing.said_done(made, owner), doing.given(made, owner)
        operations.fold_all()
        assert shown(made, "actions_on_time") == (0, 0)
        assert unfolded() == []
        clock.move_to(START + dt.timedelta(days=15))
        assert unfolded() == [first.audit_id, second.audit_id]
        assert shown(made, "actions_on_time") == (1, 2)
        operations.fold_all()
        assert unfolded() == []
        assert shown(made, "actions_on_time") == (1, 2)
        actions.say_done(second, "Seen late, case note.", second.version_id, by=make.actor(owner))
        db.session.commit()
        assert unfolded() == [second.audit_id]
        assert shown(made, "actions_on_time") == (1, 2)
        operations.fold_all()
        assert differences() == []


def test_a_re_audit_is_waited_for_from_the_end_of_its_month_and_counts_what_it_found(either_app: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        made = make.authority()
        made.round.programme.policies = {"re_audits": ["inadequate"]}
        db.session.commit()
        earlier = make.handed_in(made, {"voice": "inadequate", "overall": "inadequate"})
        planned = reaudit_of(earlier.id)
        assert planned is not None
        operations.fold_all()
        assert shown(made, "loop_closed") == (0, 0)
        after = month_after(planned.month, 1)
        clock.move_to(dt.datetime(after.year, after.month, 1, 9, tzinfo=dt.UTC))
        assert unfolded() == [earlier.id]
        assert shown(made, "loop_closed") == (0, 1)
        operations.fold_all()
        later = carried_out(made, earlier)
        assert earlier.id in unfolded()
        assert shown(made, "loop_closed") == (1, 1)
        operations.fold_all()
        world.given(later, made.senior, blind=True)
        db.session.commit()
        assert shown(made, "loop_closed", "senior") == (0, 1)  # what they judge blind says nothing to them
        assert shown(made, "loop_closed") == (1, 1)
        auditing.send_back(later, "Say what the child said.", by=made.officer.id)
        db.session.commit()
        assert shown(made, "loop_closed") == (0, 1)
        operations.fold_all()
        assert differences() == []


def carried_out(made: make.Authority, earlier: Audit) -> Audit:
    """The case audited again in this month, with every concern put right."""
    made.round = make.open_round(made.round.programme, made.tool, today().replace(day=1))
    later = auditing.allocate(
        made.round, earlier.case_id, earlier.unit, earlier.category, made.manager, inclusion_probability=None, by=None
    )
    assert later.follows_id == earlier.id
    by = make.actor(made.manager)
    for section in later.tool.sections_for(later.category):
        draft = make.draft(section)
        if section.kind == "concerns":
            said = {"concern-1": "Nobody saw them.", "righted-1": "yes", "shown-1": "Seen weekly.", "listed": "1"}
            draft = Draft(particulars=said)
        auditing.save(later, section.key, draft, 0, by=by)
    auditing.hand_in(later, later.version_id, by=by)
    db.session.commit()
    return later
