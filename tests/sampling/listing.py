"""Case lists in the database, for rounds to draw from."""

from itertools import count

from audit_app.cases.model import CaseList, CaseListEntry, CaseRecord
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.organisation.model import Unit
from audit_app.sampling.terms import DrawTerms
from tests.make import Authority

CATEGORIES = ("child_in_need", "child_protection", "looked_after")
_numbers = count(1)


def listed(made: Authority, each: int = 5, closed: int = 0, teams: list[Unit] | None = None) -> CaseList:
    """A case list for the open round: so many open cases, and closed ones, in each team."""
    number = next(_numbers)
    one = CaseList(
        authority=made.root,
        filename=f"list-{number}.xlsx",
        file_hash=f"hash {number}",
        taken_on=today(),
        loaded_at=now(),
        summary={},
        read=0,
        held=0,
        refused=0,
    )
    db.session.add(one)
    db.session.flush()
    for team in teams or made.teams:
        for place in range(each + closed):
            shut = place >= each
            category = "closed" if shut else CATEGORIES[place % 3]
            said = {"age_band": "5_to_9" if place % 2 else "10_to_15", "gender": "male", "ethnicity": "WBRI"}
            kept = CaseRecord(
                authority_id=made.root.id,
                reference=f"{number:02}{next(_numbers):05}",
                unit=team,
                worker=f"Worker {team.name} {place % 2}",
                category=category,
                attributes=said,
                closed=shut,
                last_list_id=one.id,
            )
            db.session.add(kept)
            db.session.flush()
            db.session.add(
                CaseListEntry(
                    list_id=one.id,
                    case_id=kept.id,
                    unit_id=team.id,
                    worker=kept.worker,
                    category=category,
                    attributes=said,
                )
            )
            one.read += 1
    made.round.case_list = one
    db.session.commit()
    return one


def terms(size: int = 8, seed: str = "a seed", **options: object) -> DrawTerms:
    """The usual terms: in proportion by team, at least one of each."""
    return DrawTerms("minimum", size, seed, ("team",), 1, **options)  # type: ignore[arg-type]
