"""What the demonstration's moderators write, and what auditors answer."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from audit_app.demonstration.words import passages_of, say
from audit_app.frameworks.content import Scale, Section, Tool

LOWER: Mapping[str, tuple[str, ...]] = {
    "evidence_does_not_support": (
        "The evidence describes what was done and not what came of it. What is written fits the level below.",
        "Two of the strengths named here are from before the period, and nothing else supports the grade.",
    ),
    "criterion_misread": (
        "The descriptor asks for analysis. What is quoted is a full description, which belongs to the level below.",
        "Being on time is part of this descriptor and not the whole of it.",
    ),
    "impact_not_considered": (
        "The work was done, but the record does not show that life became better for the child.",
        "Activity is graded here. The child's own account, two pages on, is that nothing changed.",
    ),
    "safeguarding_missed": (
        "The second police report changes the picture and was not weighed. The child was not unsafe, but it was luck.",
        "Weekend visits by an unchecked adult are in the record and are not considered.",
    ),
    "compliance_over_quality": (
        "Every box is ticked, and I could not find the child. The grade rewards timescales.",
        "Visits are in time and without purpose. The grade should follow the quality.",
    ),
    "new_information": ("A report that arrived after the audit shows that the plan was not carried out.",),
}
HIGHER: Mapping[str, tuple[str, ...]] = {
    "evidence_does_not_support": ("The evidence is stronger than the grade. This would be good in any other team.",),
    "criterion_misread": ("The level above does not ask for perfection. One late meeting should not decide it.",),
    "compliance_over_quality": ("A missed timescale outweighs skilled work here. The child was well served.",),
    "impact_not_considered": ("The difference for the child is plain and lasting, and deserves more weight.",),
}
QUALITY = (
    "A careful audit that keeps the child in view. Say more about what the work came to.",
    "Well evidenced. The actions would be stronger with dates.",
    "Thorough on timescales, thinner on analysis. Ask “so what?” of each finding.",
    "An audit that others could learn from: short, exact and about the child.",
)
AGREED = (
    "Thank you. I have talked the two weaker sections through with the practitioner.",
    "Helpful comments on the actions; they now have dates.",
)
OVERRIDDEN = (
    "I accept this. I had weighed timescales too heavily, and have gone back to the descriptor.",
    "I see why. The second report was filed elsewhere, and I should have looked for it.",
    "I still think the relationship deserves more weight, but I understand the judgement on impact.",
)
SENT_BACK = (
    "Two sections name no evidence from the last three months, and the action on safety has no date. Add both, so that "
    "the grades can be weighed."
)


@dataclass(frozen=True, slots=True)
class Concern:
    """Why a child may be at risk now, in cases of which category, and what came of it (nothing yet, if empty)."""

    categories: tuple[str, ...]
    words: str
    outcome: str


CONCERNS = (
    Concern(
        ("child_protection", "child_in_need"),
        "An adult who is not allowed in the household was seen there at the last visit, and nothing in the record "
        "answers it.",
        "A visit was made the same evening, the adult has left and the safety plan was renewed.",
    ),
    Concern(
        ("care_leaver",),
        "The young person wrote that they have nowhere to sleep after Friday.",
        "Emergency accommodation was found the same day, and the pathway plan was reviewed.",
    ),
    Concern(
        ("child_in_need", "open_assessment", "child_protection"),
        "A bruise noted by school two weeks ago has no response in the record.",
        "A strategy discussion was held the next morning. The injury was examined and explained.",
    ),
    Concern(
        ("looked_after",),
        "Messages from an unknown adult offering money are mentioned in a visit note and were not passed on.",
        "Police and the exploitation lead were told; a plan is in place and the child is safe.",
    ),
    Concern(
        ("child_protection", "child_in_need", "open_assessment"),
        "The child said at the last visit that a parent's former partner has been sleeping at home again this week.",
        "",
    ),
)


def override_reason(
    chance: random.Random, tool: Tool, section: Section, category: str, *, lower: bool
) -> tuple[str, str]:
    """The code and the words of an override: why, and what was seen."""
    bank = LOWER if lower else HIGHER
    code = chance.choice([reason.key for reason in tool.reasons if reason.key in bank])
    found = passages_of(tool.key, section.key)
    seen = say(chance.choice(found.weak if lower else found.strong), chance, category)
    return code, f"{chance.choice(bank[code])} {seen[0].upper()}{seen[1:]}"


def quality_view(chance: random.Random, tool: Tool, overridden: int) -> tuple[dict[str, str], str]:
    """A moderator's view of the audit itself: lower where much was overridden."""
    scale: Scale = tool.quality.scale
    middle = len(scale.keys) // 2
    ratings = {}
    for criterion in tool.quality.criteria:
        move = chance.choices((-1, 0, 1), (1 + overridden, 6, 3 / (1 + overridden)))[0]
        ratings[criterion.key] = scale.keys[max(0, min(len(scale.keys) - 1, middle + move))]
    return ratings, chance.choice(QUALITY)


def reply(chance: random.Random, *, overridden: bool) -> str:
    """What an auditor answers to an outcome."""
    return chance.choice(OVERRIDDEN if overridden else AGREED)


CHALLENGE = (
    "The record of the second visit shows that the plan was changed within two days, and the note of supervision says "
    "why. I read that as practice that responded in time. The override seems to rest on the first visit alone."
)
RESOLUTION = (
    "I read both visits and the note of supervision. The plan was changed, as the auditor says, but nobody told the "
    "school, and for the child nothing was different until the third week. The moderator’s grade stands."
)
# What a head of service says is being done, as they sign an audit off.
SIGNED_OFF = (
    "The team manager visited with the social worker on the same day. The safety plan was written again with the "
    "family, and I read it. Supervision is weekly until the next review.",
    "A strategy discussion was held the next morning. The child is staying with a grandparent who was assessed, and "
    "has been seen alone. The service manager looks at the record every Friday for six weeks.",
    "The case has a new social worker, who has seen the child twice. The missing assessment is due within ten days, "
    "and the conference chair was told.",
)
