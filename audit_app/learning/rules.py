"""Who may learn what of whom, and what a briefing must hold before all may read it (pure)."""

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Permission, Role, may
from audit_app.refusal import Refusal

# Whoever stands further on in this order leads those before, in the units that their role is for.
LINE = (Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.HEAD_OF_SERVICE)
READS_BRIEFINGS = (Permission.AUDIT, Permission.SEE_LEARNING, Permission.READ_REPORTS)


def learns_of(reader: Actor, auditor: Actor) -> bool:
    """Whether somebody may read what moderators said to an auditor: the auditor, their line, and quality assurance."""
    if reader.id == auditor.id:
        return True
    theirs = [grant for grant in auditor.grants if may(grant.role, Permission.AUDIT)]
    return any(_leads(mine, one) or _assures(mine, one) for mine in reader.grants for one in theirs)


def _leads(mine: Grant, theirs: Grant) -> bool:
    if not may(mine.role, Permission.SEE_LEARNING) or mine.role not in LINE or theirs.role not in LINE:
        return False
    above = LINE.index(mine.role) - LINE.index(theirs.role)
    # The same role leads only from a unit higher up: two heads of one service are peers.
    return theirs.path.startswith(mine.path) and (above > 0 or (above == 0 and mine.path != theirs.path))


def _assures(mine: Grant, theirs: Grant) -> bool:
    return may(mine.role, Permission.RUN_ROUNDS) and theirs.path.startswith(mine.path)


def reads_briefing(reader: Actor, path: str) -> bool:
    """Whether a briefing for the unit at a path is for somebody: they audit, lead or govern there, above or below."""
    own = {mine for permission in READS_BRIEFINGS for mine in reader.paths(permission)}
    return any(path.startswith(mine) or mine.startswith(path) for mine in own)


def refusal_to_publish(missing: tuple[str, ...]) -> Refusal | None:
    """Why a briefing may not be published; missing are the parts without words."""
    if not missing:
        return None
    asked = "; ".join(name[:1].lower() + name[1:] for name in missing)
    return Refusal(f"Write every part first. Still empty: {asked}.")


def refusal_to_withdraw(withdrawn: bool, reason: str) -> Refusal | None:
    """Why a published briefing may not be taken back."""
    if withdrawn:
        return Refusal("This briefing was taken back already.")
    if not reason.strip():
        return Refusal("Say why it is taken back.")
    return None
