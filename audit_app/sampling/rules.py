"""Who may be given a case to audit, and what may be changed in a sample (pure)."""

import datetime as dt
from collections.abc import Mapping

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, Role, may
from audit_app.auditing.workflow import Stage
from audit_app.refusal import Refusal

# Half a year: long enough that an auditor of one case a month meets six practitioners before one of them again.
VARIETY = dt.timedelta(days=183)


def may_audit_in(person: Actor, path: str) -> bool:
    """Whether somebody may audit in some part of a unit."""
    mine = (grant.path for grant in person.grants if may(grant.role, Permission.AUDIT))
    return any(root.startswith(path) or path.startswith(root) for root in mine)


def own_teams(person: Actor, teams: Mapping[str, str]) -> frozenset[str]:
    """Which of these teams (by key, with their paths) are somebody's own: they work in it, or manage it."""
    managed = [grant.path for grant in person.grants if grant.role is Role.TEAM_MANAGER]
    return frozenset(
        key for key, path in teams.items() if person.unit_path == path or any(path.startswith(root) for root in managed)
    )


def folded(name: str) -> str:
    """The name of a practitioner or an auditor, however it is spaced and capitalised."""
    return " ".join(name.split()).casefold()


def refusal_to_take_out(in_sample: bool, stage: Stage | None, reason: str) -> Refusal | None:
    """Why a drawn case may not be taken out of its sample; stage is that of its audit, if there is one."""
    if not in_sample:
        return Refusal("This case is not in the sample any more.")
    if stage is not None:
        return Refusal("An audit of this case was given out, so it stays in the sample. Withdraw the audit instead.")
    return None if reason.strip() else Refusal("Say why the case is replaced.")


def refusal_to_choose(reason: str, sampled: bool) -> Refusal | None:
    """Why a case may not be given out by hand: one that was not drawn needs a reason."""
    if sampled or reason.strip():
        return None
    return Refusal("Say why this case is audited although it was not drawn.")
