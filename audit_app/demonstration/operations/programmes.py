"""How the fictional authority's programmes are run, and who is exempt."""

import datetime as dt
from dataclasses import replace

from audit_app.demonstration.dates import month_after
from audit_app.demonstration.operations.authority import Northmere
from audit_app.programmes.kinds import kinds
from audit_app.programmes.model import Programme
from audit_app.programmes.operations import exempt
from audit_app.programmes.policies import Policies

EXEMPT, APPROVER = "Team Manager Spruce", "Head of Service Magnolia"
EXEMPT_MONTHS = 3  # from the next one, so that the audits which they have stay theirs
REASON = "Manages two teams until a vacancy is filled."


def monthly_policies() -> Policies:
    """Those of the monthly audit: three each, in proportion by team, 30% moderated blind."""
    return replace(
        kinds()["case-file"].policies,
        method="proportional",
        per_auditor=3,
        cap=4,
        months_since_audit=6,
        as_they_come=False,  # its months were drawn by the officer, each at its end
        shares={"senior": 30, "external": 0},
        blind={"senior": True, "external": False},
    )


def thematic_policies() -> Policies:
    """Those of the thematic audit."""
    return replace(kinds()["pre-proceedings"].policies, as_they_come=False, shares={"senior": 20, "external": 0})


def exempt_one(programme: Programme, northmere: Northmere, today: dt.date) -> None:
    """Exempt a team manager for the coming months."""
    first = month_after(today.replace(day=1), 1)
    person, approver = northmere.people[EXEMPT], northmere.people[APPROVER]
    last = month_after(first, EXEMPT_MONTHS - 1)
    exempt(programme, person, first, last, REASON, approver, by=northmere.officer_id)
