"""The rules of exemptions: who need not audit, from which month to which, and who may approve it (pure)."""

import datetime as dt
from collections.abc import Iterable

from audit_app.access.actor import Actor
from audit_app.access.table import Role
from audit_app.programmes.months import months_between
from audit_app.programmes.rules import MONTHS_BACK
from audit_app.refusal import Refusal

LONGEST = 24  # months
LONGEST_REASON = 500
Months = tuple[dt.date, dt.date]  # the first and the last


def takes_part(person: Actor, roles: Iterable[str], path: str) -> bool:
    """Whether somebody audits in a programme of a unit: they hold one of its roles above the unit or in it."""
    mine = (grant.path for grant in person.grants if grant.role.value in set(roles))
    return any(path.startswith(root) or root.startswith(path) for root in mine)


def may_approve(approver: Actor, path: str, workplace: str | None) -> bool:
    """Whether somebody is head of service over the programme's unit, or over where the exempt person works."""
    heads = [grant.path for grant in approver.grants if grant.role is Role.HEAD_OF_SERVICE]
    places = [path] if workplace is None else [path, workplace]
    return any(place.startswith(head) for head in heads for place in places)


def refusal_to_be_exempt(months: Months, taken: Iterable[Months], today: dt.date) -> Refusal | None:
    """Why nobody may be exempt in these months; taken are those in which this person is exempt already."""
    first, last = months
    if last < first:
        return Refusal("The last month must not come before the first.")
    if months_between(first, last) >= LONGEST:
        return Refusal(f"An exemption can be for up to {LONGEST} months. Record a new one when it is over.")
    if months_between(first, today) > MONTHS_BACK:
        return Refusal(f"An exemption can begin up to {MONTHS_BACK} months back, so that what was expected stays true.")
    for start, end in sorted(taken):
        if start <= last and first <= end:
            return Refusal(f"They are exempt from {start:%B %Y} to {end:%B %Y} already. End that exemption first.")
    return None


def refusal_to_approve(
    approver: Actor, person: Actor, path: str, *, recorded_by: int | None, reason: str
) -> Refusal | None:
    """Why this approval of an exemption does not count."""
    if not reason.strip():
        return Refusal("Enter the reason for the exemption.")
    if approver.id == person.id:
        return Refusal("Nobody approves their own exemption. Choose another head of service.")
    if recorded_by == person.id:
        return Refusal("Nobody records their own exemption. Ask somebody else who runs this programme.")
    if not may_approve(approver, path, person.unit_path):
        return Refusal(f"{approver.name} is not head of service for this programme. Choose somebody who is.")
    return None


def refusal_to_end_exemption(months: Months, ended: bool, from_month: dt.date) -> Refusal | None:
    """Why an exemption may not be ended from a month on."""
    if ended:
        return Refusal("This exemption has ended already.")
    if not months[0] <= from_month <= months[1]:
        return Refusal("Choose a month of the exemption.")
    return None
