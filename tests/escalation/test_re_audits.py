"""Cases that are audited again: planned by grade, put in another month, carried out beside the earlier audit."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.auditing import operations as auditing
from audit_app.auditing.earlier import Became
from audit_app.auditing.model import Audit
from audit_app.auditing.queries import concerns_left_by, stands_in
from audit_app.clock import today
from audit_app.db import db
from audit_app.escalation import operations, queries
from audit_app.escalation.model import ReAudit
from audit_app.escalation.rules import Planned, refusal_to_move
from audit_app.frameworks.content import Tool
from audit_app.frameworks.reading import SHIPPED, library
from audit_app.moderation import operations as moderation
from audit_app.moderation.adding import Addition
from audit_app.programmes.months import month_after
from audit_app.refusal import Refused, Stale
from tests import make
from tests.moderation import doing
from tests.moderation.visiting import Visitor

TOOL: Tool = library(SHIPPED).tool("case-file", "1")
MAY, JUNE, JULY = (dt.date(2026, month, 1) for month in (5, 6, 7))
OFFICER = Actor(1, "Officer One", None, (Grant(Role.AUDIT_OFFICER, "/1/"),))


def again(made: make.Authority, earlier: Audit) -> Audit:
    """The case is given to an auditor again, in the next round of the programme."""
    month = month_after(made.round.month, 3)
    made.round = make.open_round(made.round.programme, made.tool, month)
    given = auditing.allocate(
        made.round,
        earlier.case_id,
        earlier.unit,
        earlier.category,
        made.manager,
        inclusion_probability=None,
        by=None,
    )
    db.session.commit()
    return given


def plans(made: make.Authority, *grades: str) -> None:
    made.round.programme.policies = {"re_audits": list(grades)}
    db.session.commit()


def planned(audit: Audit) -> ReAudit:
    found = queries.reaudit_of(audit.id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("month", "done", "reason", "words"),
    [
        (MAY, False, "Away", "this month or a later one"),
        (JUNE, False, "Away", "for that month already"),
        (JULY, True, "Away", "being audited again already"),
        (JULY, False, " ", "Say why"),
        (JULY, False, "Away", None),
    ],
)
def test_a_re_audit_goes_to_a_later_month_with_a_reason_and_only_before_it_is_begun(
    month: dt.date, done: bool, reason: str, words: str | None
) -> None:
    refused = refusal_to_move(Planned(JUNE, "/1/2/", done), month, JUNE, reason, OFFICER)
    assert (refused is None) if words is None else (refused is not None and words in refused.reason)


def test_only_who_runs_the_rounds_moves_a_re_audit() -> None:
    assert refusal_to_move(Planned(JUNE, "/2/", False), JULY, JUNE, "Away", OFFICER) is not None


def test_a_grade_that_the_policy_adds_is_audited_again_without_a_sign_off(either_app: Flask) -> None:
    made = make.authority()
    plans(made, "requires_improvement")
    audit = make.handed_in(made, grade="requires_improvement")
    assert queries.find_running(audit.id) is None
    assert planned(audit).month == month_after(today().replace(day=1), 3)
    assert queries.reaudit_of(make.handed_in(made, grade="good").id) is None
    assert queries.reaudit_of(make.handed_in(made, grade="inadequate").id) is not None


def test_a_case_is_not_audited_again_once_moderation_finds_it_good_and_is_when_it_does_not(app: Flask) -> None:
    made = make.authority()
    plans(made, "requires_improvement")
    audit = make.handed_in(made, grade="requires_improvement")
    given = doing.given(audit, made.senior, made.officer)
    doing.finished(given, {"overall": doing.override("good")})
    assert planned(audit).ended_because == "The grade that stands no longer calls for it."
    moderation.reopen(given, "Look again", by=make.actor(made.head))
    db.session.commit()
    assert planned(audit).ended_at is None


def test_the_next_audit_of_the_case_goes_back_and_asks_of_each_concern(either_app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, grade="inadequate")
    later = again(made, earlier)
    assert later.follows_id == earlier.id
    assert [section.kind for section in later.tool.sections].count("concerns") == 1
    assert earlier.tool.graded_sections == later.tool.graded_sections
    assert queries.reaudits_in(made.round.programme_id, month_after(made.round.month, 9), make.actor(made.officer)) == 0


def test_an_audit_of_another_programme_goes_back_only_where_its_tool_asks_of_concerns(app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, grade="inadequate")
    thematic = make.authority("private-fostering")
    other = auditing.allocate(
        thematic.round, earlier.case_id, earlier.unit, "closed", made.manager, inclusion_probability=None, by=None
    )
    assert other.follows_id is None
    asking = make.authority("re-audit")
    third = auditing.allocate(
        asking.round, earlier.case_id, earlier.unit, "closed", made.manager, inclusion_probability=None, by=None
    )
    assert third.follows_id == earlier.id


def test_nothing_goes_back_to_an_audit_that_is_judged_blind_until_the_grades_are_committed(either_app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, grade="inadequate")
    given = doing.given(earlier, made.senior, made.officer, blind=True)
    later = again(made, earlier)
    assert later.follows_id is None
    doing.committed(given)
    assert later.follows_id == earlier.id


def test_nobody_is_given_an_audit_blind_once_another_goes_back_to_it(app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, grade="inadequate")
    again(made, earlier)
    with pytest.raises(Refused, match="audited again because of this audit"):
        doing.given(earlier, made.senior, made.officer, blind=True)


def test_a_re_audit_that_is_taken_out_leaves_the_plan_as_it_was(app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, grade="inadequate")
    later = again(made, earlier)
    auditing.withdraw(later, "Moved away", by=made.officer.id)
    db.session.commit()
    assert queries.followed([earlier.id]) == {}
    assert again(made, earlier).follows_id == earlier.id


def answers(page: object, state: str) -> dict[str, str]:
    names = {f.get("name", "") for f in page.tree.iter("input") if f.get("name", "").startswith("righted-")}  # type: ignore[attr-defined]
    return dict.fromkeys(names, state) | {n.replace("righted", "shown"): "Seen" for n in names}


def test_the_auditor_says_of_each_concern_what_became_of_it_and_reads_then_and_now(app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, {"voice": "inadequate", "overall": "inadequate"})
    later = again(made, earlier)
    auditor = Visitor(app, made.manager)
    assert auditor.get(f"/audits/{later.id}/edit").has("goes back to an earlier one")
    page = auditor.get(f"/audits/{later.id}/sections/earlier_concerns")
    assert page.has("1 concern stands here", "inadequate")
    sent = {"righted-1": "partly", "shown-1": "The plan is new."}
    auditor.send(page, "/sections/earlier_concerns", sent)
    read = auditor.get(f"/audits/{later.id}/earlier")
    assert read.has("This audit goes back to it", "Inadequate") and not read.has("Now")
    for section in later.tool.sections_for(later.category):
        if section.kind != "concerns":
            auditing.save(later, section.key, make.draft(section), 0, by=make.actor(made.manager))
    auditing.hand_in(later, later.version_id, by=make.actor(made.manager))
    db.session.commit()
    read = auditor.get(f"/audits/{later.id}/earlier")
    assert read.has("Put right in part", "The plan is new.", "Now", "Better")
    done = queries.carried_out([later])
    assert done == {earlier.id: Became(1, 0, 1)}
    ids = select(Audit.id).where(Audit.id == earlier.id)
    (loop,) = queries.loops(ids, make.actor(made.officer))
    assert loop.became == Became(1, 0, 1)
    listed = Visitor(app, made.officer).get("/re-audits")
    assert listed.has("Audited again", "0 of 1 concern put right, 1 in part")


def test_other_earlier_audits_are_shown_once_ones_own_grades_are_in_or_at_once_by_policy(app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, grade="good", auditor=made.other_senior)
    later = again(made, earlier)
    auditor = Visitor(app, made.manager)
    page = auditor.get(f"/audits/{later.id}/earlier")
    assert page.has("1 earlier audit is shown here once your own grades are in") and not page.has("Working well")
    later.round.programme.policies = {"earlier_at_once": True}
    db.session.commit()
    assert auditor.get(f"/audits/{later.id}/earlier").has("Grades of")


def test_whoever_judges_the_earlier_audit_blind_does_not_find_it_beside_the_later_one(app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, grade="good")
    later = again(made, earlier)
    for section in later.tool.sections_for(later.category):
        auditing.save(later, section.key, make.draft(section), 0, by=make.actor(made.manager))
    auditing.hand_in(later, later.version_id, by=make.actor(made.manager))
    doing.given(earlier, made.senior, made.officer, blind=True)
    page = Visitor(app, made.senior).get(f"/audits/{later.id}/earlier")
    assert page.has("There is no earlier audit of this case that you may read.")
    assert Visitor(app, made.head).get(f"/audits/{later.id}/earlier").has("Grades of")


def test_the_officer_puts_a_re_audit_in_another_month_and_the_audit_says_so(app: Flask) -> None:
    made = make.authority()
    earlier = make.handed_in(made, grade="inadequate")
    month = month_after(today().replace(day=1), 5)
    officer = Visitor(app, made.officer)
    page = officer.get(f"/re-audits/{planned(earlier).id}/month")
    officer.send(page, "/month", {"month": month.isoformat(), "reason": ""}, 422)
    done = officer.send(page, "/month", {"month": month.isoformat(), "reason": "The family is away."})
    assert done.has(f"{month:%B %Y}")
    stale = officer.send(page, "/month", {"month": month_after(month, 1).isoformat(), "reason": "Again"}, 409)
    assert stale.has("Somebody changed this re-audit", "Again")
    shown = Visitor(app, made.head).get(f"/audits/{earlier.id}")
    assert shown.has(f"audited again in {month:%B %Y}", "The family is away.")


def test_an_operation_on_a_stale_plan_is_refused(app: Flask) -> None:
    made = make.authority()
    one = planned(make.handed_in(made, grade="inadequate"))
    with pytest.raises(Stale):
        operations.move(one, JULY, "Away", one.version_id + 1, by=make.actor(made.officer))


def test_a_section_that_an_external_auditor_added_is_a_concern_of_the_next_audit(app: Flask) -> None:
    made = make.authority()
    plans(made, "good")
    audit = make.handed_in(made, grade="good")
    one = doing.decided(doing.given(audit, made.external, made.officer, "external"))
    added = moderation.add_section(one, Addition("permanence"), by=make.actor(made.external))
    words = "Permanence was never decided."
    moderation.write_added(added, "inadequate", words, added.version_id, by=make.actor(made.external))
    moderation.finish(one, one.version_id, by=make.actor(made.external))
    db.session.commit()
    name = audit.tool.section("permanence").name
    assert [(s.improvements, s.good) for s in stands_in(audit) if s.section.name == name] == [(words, False)]
    later = again(made, audit)
    assert later.follows_id == audit.id
    assert concerns_left_by(audit) == (f"{name} (inadequate): {words}",)
