"""What the demonstration's auditors find of earlier concerns, and what families and practitioners are heard to say."""

import random
from collections.abc import Sequence

from audit_app.auditing.drafts import Draft
from audit_app.auditing.earlier import IN_PART, NOT_RIGHT, PUT_RIGHT, with_listed

# Of each re-audit in turn: everything put right, something in part, or little done.
COURSES = ((PUT_RIGHT,), (PUT_RIGHT, IN_PART), (PUT_RIGHT,), (IN_PART, NOT_RIGHT), (NOT_RIGHT, IN_PART))
SHOWN = {
    PUT_RIGHT: (
        "The new plan names who does what by when, and two reviews since have checked it.",
        "Visits since are regular, the child is seen alone, and what they say is in the plan.",
        "The assessment was written again with both parents and explains what changed.",
    ),
    IN_PART: (
        "The assessment is renewed; the plan still carries two old actions without a date.",
        "Supervision takes place each month now, and does not yet come back to what was agreed.",
    ),
    NOT_RIGHT: (
        "Nothing in the record since then takes it up.",
        "It was marked as done in the spring, and the record does not show that anything was.",
    ),
}
REPLIES = (
    "I recognise this. We talked it through in supervision and have changed the plan.",
    "Fair, and helpful to see what works well written down as well. I have asked for a family group meeting.",
    "I see the point on recording. The visits did take place; I have added what was said at them.",
    "Thank you. I would have liked to be part of the conversation earlier, and would take part next time.",
)
MANAGER_REPLIES = (
    "We looked at this as a team. The two points on planning come up in other cases as well.",
    "Agreed. I will look at the safety plan with the practitioner this week and again in a month.",
)
HEARD = {
    "family": ("being_heard", "relationship", "knowing_what_happens", "practical_help", "being_heard", "drift"),
    "practitioner": ("supervision", "working_together", "drift", "recording", "supervision"),
    "audit": ("purposeful_plan", "lived_experience", "fathers", "drift", "safety", "identity", "recording"),
}


def answered(concerns: Sequence[str], place: int, chance: random.Random) -> Draft:
    """What became of each concern of an earlier audit."""
    course = COURSES[place % len(COURSES)]
    said: dict[str, str] = {}
    for n in range(1, len(concerns) + 1):
        righted = course[(n - 1) % len(course)]
        said |= {f"righted-{n}": righted, f"shown-{n}": chance.choice(SHOWN[righted])}
    return with_listed(Draft(particulars=said), concerns)


def codes(chance: random.Random, *, family: bool, practitioner: bool) -> dict[str, list[str]]:
    """Which themes an audit brings up; a voice that was not heard brings up none."""
    there = {"family": family, "practitioner": practitioner, "audit": True}
    return {
        voice: sorted(set(chance.choices(keys, k=chance.randint(1, 2)))) if there[voice] else []
        for voice, keys in HEARD.items()
    }
