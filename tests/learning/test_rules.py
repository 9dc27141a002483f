"""Who may read what moderators said to an auditor, and for whom a briefing is."""

import pytest

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.learning.rules import learns_of, reads_briefing, refusal_to_publish, refusal_to_withdraw

ROOT, SERVICE, TEAM, OTHER = "/1/", "/1/2/", "/1/2/3/", "/1/4/"


def who(key: int, *grants: tuple[Role, str]) -> Actor:
    return Actor(key, f"Person {key}", None, tuple(Grant(role, path) for role, path in grants))


MANAGER = who(1, (Role.TEAM_MANAGER, TEAM))
SENIOR = who(2, (Role.SENIOR_MANAGER, SERVICE))


@pytest.mark.parametrize(
    ("reader", "auditor", "expected"),
    [
        (MANAGER, MANAGER, True),
        (who(9, (Role.TEAM_MANAGER, TEAM)), MANAGER, False),  # a peer in the same team
        (who(9, (Role.TEAM_MANAGER, SERVICE)), MANAGER, False),  # a team manager leads no auditor
        (SENIOR, MANAGER, True),
        (who(9, (Role.SENIOR_MANAGER, OTHER)), MANAGER, False),  # leads elsewhere
        (who(9, (Role.SENIOR_MANAGER, TEAM)), MANAGER, True),  # leads the very team
        (MANAGER, SENIOR, False),
        (who(9, (Role.SENIOR_MANAGER, SERVICE)), SENIOR, False),  # a peer
        (who(9, (Role.SENIOR_MANAGER, ROOT)), SENIOR, True),  # the same role, higher up
        (who(9, (Role.HEAD_OF_SERVICE, SERVICE)), SENIOR, True),
        (SENIOR, who(9, (Role.HEAD_OF_SERVICE, SERVICE)), False),
        (SENIOR, who(9, (Role.HEAD_OF_SERVICE, TEAM)), False),  # a head of a part is not led by a senior above it
        (who(9, (Role.AUDIT_OFFICER, ROOT)), MANAGER, True),
        (who(9, (Role.AUDIT_OFFICER, OTHER)), MANAGER, False),
        (who(9, (Role.BOARD_MEMBER, ROOT)), MANAGER, False),
        (who(9, (Role.EXTERNAL_AUDITOR, ROOT)), MANAGER, False),
        (who(9, (Role.ADMINISTRATOR, ROOT)), MANAGER, False),
        (who(9, (Role.HEAD_OF_SERVICE, ROOT)), who(8, (Role.EXTERNAL_AUDITOR, ROOT)), False),  # audits nothing here
    ],
)
def test_lessons_are_for_the_auditor_their_line_and_quality_assurance(
    reader: Actor, auditor: Actor, expected: bool
) -> None:
    assert learns_of(reader, auditor) is expected


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        (MANAGER, True),  # audits below the unit
        (who(9, (Role.BOARD_MEMBER, ROOT)), True),  # governs above it
        (who(9, (Role.HEAD_OF_SERVICE, SERVICE)), True),
        (who(9, (Role.TEAM_MANAGER, OTHER)), False),
        (who(9, (Role.EXTERNAL_AUDITOR, ROOT)), False),
        (who(9, (Role.PRACTITIONER, TEAM)), False),
    ],
)
def test_a_briefing_is_for_those_who_audit_lead_or_govern_in_its_unit(reader: Actor, expected: bool) -> None:
    assert reads_briefing(reader, SERVICE) is expected


def test_what_is_missing_is_named() -> None:
    refused = refusal_to_publish(("The message in one sentence", "What to do differently"))
    assert refused is not None
    assert refused.reason.endswith("Still empty: the message in one sentence; what to do differently.")
    assert refusal_to_publish(()) is None


def test_taking_back_needs_a_reason_and_happens_once() -> None:
    assert refusal_to_withdraw(False, "It named a team.") is None
    assert refusal_to_withdraw(False, " ") is not None
    assert refusal_to_withdraw(True, "Again.") is not None
