"""One audit of several agencies, not yet begun by its lead auditor, to which two people are contributing."""

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import insert

from audit_app.access.table import Role
from audit_app.db import Model, db
from audit_app.demonstration.course import MONTHLY, NOW
from audit_app.demonstration.dates import DUE_AFTER_NOW, moment, months, working_days_before
from audit_app.demonstration.operations.moderating import Bench
from audit_app.demonstration.operations.rounds import Opened
from audit_app.programmes.frequency import Frequency
from audit_app.programmes.kinds import kinds
from audit_app.programmes.operations import Terms, make_programme

NAME = "Multi-agency audit: neglect"
KEY = "multi-agency"
CONTRIBUTIONS, PASSAGES = (Model.metadata.tables[name] for name in ("contribution", "passage"))
ASKS = "Look at the last six months, and at what your agency knew of both parents. The theme is neglect."
WANTED_BEFORE = 3  # working days before the audit is due


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody of an agency has written so far."""

    agency: str
    words: str
    strengths: str
    answers: dict[str, str]


SHARES = (
    Share(
        "health",
        "The child was not brought to four of seven appointments: two with the dentist and two with the paediatrician. "
        "Each time a letter was sent, and nobody asked what the missed appointments meant together. The health "
        "visitor knew that the mother had stopped her own treatment and told the practice, not the social worker.",
        "The school nurse saw the child at school when the mother did not come, and wrote down what the child said.",
        {"adults_known": "no", "not_brought": "no", "flagged": "yes"},
    ),
    Share(
        "police",
        "Officers came to the address three times. On the second visit the notice says that the home was cold and that "
        "there was little food; on the other two it does not say whether the child was seen.",
        "",
        {"child_seen": "no"},
    ),
)


def begin(bench: Bench, case_list: int) -> Opened:
    """Open a round of one audit of several agencies and ask two people to contribute."""
    rounds = bench.rounds
    northmere, month = rounds.northmere, months(rounds.today)[NOW]
    programme = make_programme(
        northmere.root,
        KEY,
        Terms(NAME, DUE_AFTER_NOW, Frequency.QUARTERLY.value, month),
        replace(kinds()[KEY].policies, size=1, auditors=(Role.TEAM_MANAGER.value,)),
        kind=KEY,
        by=northmere.officer_id,
    )
    opened = rounds.open(programme, northmere.tools[KEY], month, (NOW, MONTHLY[NOW].month), case_list)
    rounds.give_out(opened, rounds.choose(opened, 1))
    return opened


def contribute(bench: Bench, opened: Opened) -> None:
    """What was asked of whom, and what they have written so far."""
    (story,) = opened.stories
    northmere, until = bench.rounds.northmere, working_days_before(story.due_on, WANTED_BEFORE)
    asked_at = story.allocated_at + dt.timedelta(hours=2)
    chance = bench.chance("contributions", story.audit_id)
    saved_at = max(moment(bench.rounds.last_day, chance), asked_at + dt.timedelta(hours=1))
    people = northmere.ids_of(Role.CONTRIBUTOR)
    rows = [
        {
            "audit_id": story.audit_id,
            "person_id": person,
            "agency": share.agency,
            "asks": ASKS,
            "until": until,
            "asked_by": story.auditor_id,
            "asked_at": asked_at,
            "begun_at": saved_at,
            "version_id": 2,
        }
        for person, share in zip(people, SHARES, strict=True)
    ]
    made = insert(CONTRIBUTIONS).returning(CONTRIBUTIONS.c.id, sort_by_parameter_order=True)
    ids = db.session.execute(made, rows).scalars().all()
    passages = [
        {
            "contribution_id": key,
            "section": share.agency,
            "evidence": share.words,
            "strengths": share.strengths,
            "improvements": "",
            "questions": share.answers,
            "saved_at": saved_at,
            "version_id": 1,
        }
        for key, share in zip(ids, SHARES, strict=True)
    ]
    db.session.execute(insert(PASSAGES), passages)
