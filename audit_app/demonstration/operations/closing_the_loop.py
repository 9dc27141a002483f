"""Cases of the demonstration that were audited again: some concerns put right, some in part, some not."""

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import select, update

from audit_app.auditing.model import Audit
from audit_app.auditing.queries import concerns_left_by
from audit_app.db import db
from audit_app.demonstration.course import NOW
from audit_app.demonstration.dates import DUE_AFTER_NOW, month_after, months
from audit_app.demonstration.hand_in import Calendar, write_all
from audit_app.demonstration.loop_words import answered
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.operations.rounds import Case, Opened
from audit_app.demonstration.story import Story
from audit_app.escalation.model import ReAudit
from audit_app.frameworks.going_back import concerns_section, going_back
from audit_app.history.operations import record
from audit_app.programmes.frequency import Frequency
from audit_app.programmes.model import Programme
from audit_app.programmes.operations import Terms, make_programme
from audit_app.programmes.policies import Policies
from audit_app.sampling.queries import frames

LOADED = "It was put down to be audited again in a story. This is when the story was loaded."
NAME = "Re-audit of cases that raised concern"
AGAIN = NOW - 1  # the round in which cases were audited again
LOOKED_BACK = range(NOW - 8, NOW - 4)  # the rounds whose audits they go back to
RECENT = range(NOW - 3, NOW - 1)  # rounds whose low audits wait for their re-audit
MONTHS, SIZE, WAITING = 3, 7, 4


def audit_again(bench: Bench, monthly: Sequence[Opened]) -> Opened:
    """Audit some cases again in a round of their own, and plan it for others; the stories are kept by the caller."""
    rounds, northmere = bench.rounds, bench.rounds.northmere
    month = months(rounds.today)[AGAIN]
    programme = make_programme(
        northmere.root,
        "case-file",
        Terms(NAME, DUE_AFTER_NOW, Frequency.QUARTERLY.value, month),
        Policies(method="simple", months_since_audit=0, re_audits=("requires_improvement",)),
        kind="other",
        by=northmere.officer_id,
    )
    newest = monthly[-1].round.case_list_id or 0
    opened = rounds.open(programme, northmere.tools["case-file"], month, (AGAIN, monthly[AGAIN].month), newest)
    earlier = _earlier(opened, monthly)
    rounds.give_out(opened, _cases(opened, earlier))
    by_case = {audit.case_id: audit for audit in earlier}
    cases = dict(_case_ids(story.audit_id for story in opened.stories))
    write_all_again(bench, opened, {story.audit_id: by_case[cases[story.audit_id]] for story in opened.stories})
    planned = [(audit, month) for audit in earlier] + _waiting(monthly)
    db.session.add_all(_planned(programme, audit, when) for audit, when in planned)
    db.session.flush()
    for audit, when in planned:
        record("re_audit.loaded", subject=audit.subject, body={"re_audit": when.isoformat(), "reason": LOADED})
    return opened


def write_all_again(bench: Bench, opened: Opened, earlier: dict[int, Audit]) -> None:
    """Write the audits that go back, each with what became of the concerns of the earlier one."""
    for story in opened.stories:
        story.tool = going_back(story.tool)
    calendar = Calendar(opened.round.month, opened.round.due_on, bench.rounds.last_day)
    write_all(opened.stories, calendar, lambda name: bench.chance("again", name))
    for place, story in enumerate(opened.stories):
        audit = earlier[story.audit_id]
        draft = answered(concerns_left_by(audit), place, bench.chance("concerns", story.audit_id))
        story.drafts[concerns_section().key] = draft
        db.session.execute(update(Audit).where(Audit.id == story.audit_id).values(follows_id=audit.id))


def _low(story: Story) -> bool:
    graded = story.handed_in_at is not None and not story.withdrawn and story.overall is not None
    return graded and not story.tool.scale.is_good(story.overall or "")


def _audits(stories: Sequence[Story]) -> list[Audit]:
    """The audits of some stories, without those whose case is to be audited again already."""
    rows = select(Audit).where(Audit.id.in_([story.audit_id for story in stories])).order_by(Audit.id)
    rows = rows.where(Audit.id.not_in(select(ReAudit.audit_id)))
    return list(db.session.execute(rows).scalars())


def _earlier(opened: Opened, monthly: Sequence[Opened]) -> list[Audit]:
    """Audits that raised concern, of cases that are open still and were not audited since."""
    listed = frames.listed(opened.round)
    again = {case_id for reference, case_id in listed.ids.items() if reference not in listed.closed}
    since = [story.audit_id for one in monthly[LOOKED_BACK.stop :] for story in one.stories]
    later = {case_id for _, case_id in _case_ids(since)}
    stories = [story for place in LOOKED_BACK for story in monthly[place].stories if _low(story)]
    suited = [one for one in _audits(stories) if one.case_id in again - later and concerns_left_by(one)]
    return suited[:SIZE]


def _cases(opened: Opened, earlier: Sequence[Audit]) -> list[Case]:
    from_list = frames.listed(opened.round)
    names = {case_id: reference for reference, case_id in from_list.ids.items()}
    return [
        Case(
            audit.case_id,
            names[audit.case_id],
            audit.case.unit_id,
            audit.case.unit.path,
            audit.case.category,
            audit.case.worker,
            None,
        )
        for audit in earlier
    ]


def _case_ids(audit_ids: Iterable[int]) -> list[tuple[int, int]]:
    rows = select(Audit.id, Audit.case_id).where(Audit.id.in_(list(audit_ids)))
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def _waiting(monthly: Sequence[Opened]) -> list[tuple[Audit, dt.date]]:
    rounds = ([story for story in monthly[place].stories if _low(story)] for place in RECENT)
    return [(audit, month_after(audit.period, MONTHS)) for low in rounds for audit in _audits(low)[:WAITING]]


def _planned(programme: Programme, audit: Audit, month: dt.date) -> ReAudit:
    return ReAudit(audit=audit, programme=programme, month=month, made_at=audit.first_handed_in_at)
