"""What the demonstration's auditors write: varied, believable, and about nobody."""

import random
from collections.abc import Mapping

from audit_app.auditing.drafts import Draft
from audit_app.demonstration.oversight_passages import CARING, LEADING
from audit_app.demonstration.passages import UNDERSTANDING, Passages
from audit_app.demonstration.thematic_passages import BEFORE_COURT
from audit_app.frameworks.content import Scale, Section

CASE_FILE: dict[str, Passages] = {**UNDERSTANDING, **LEADING, **CARING}
THEMATIC: dict[str, Passages] = {**LEADING, **BEFORE_COURT}
PASSAGES = {"case-file": CASE_FILE, "pre-proceedings": THEMATIC}
NUMBERS = ("two", "three", "four", "five")
WEEKS = ("six", "seven", "eight", "nine", "ten", "twelve")
YES = (0.30, 0.60, 0.88, 0.97)  # how often a compliance question is answered yes, from the worst level to the best

BUT_GOOD = (
    "A small gap in recording did not affect {child}.",
    "With a little more depth in the analysis this would be outstanding.",
    "One meeting was a week late, with a good reason.",
)
NOT_APPLICABLE = {
    "assessment": "The case opened nine days before the audit, and the assessment is not due yet.",
    "plan": "No plan is due yet: the assessment is still under way.",
    "family": "{Child} came to this country alone, and no family member has been traced.",
    "multi_agency": "No other agency has been involved in the period.",
    "independent_challenge": "The first review has not taken place yet.",
    "outcome": "The work has not ended yet.",
}
OPENINGS = {
    "looked_after": (
        "{Child} came into care {weeks} months ago after neglect that went on through two earlier plans, and lives "
        "with foster carers.",
        "{Child} has been in care since early childhood and moved to the present home in the spring.",
    ),
    "child_protection": (
        "{Child} has had a child protection plan for {weeks} months because of neglect and domestic abuse between the "
        "adults at home.",
        "{Child} has a child protection plan after physical harm by an adult who no longer lives in the household.",
    ),
    "child_in_need": (
        "{Child} lives with one parent and two younger children; a child in need plan began {weeks} months ago because "
        "of parental ill health.",
        "{Child} has a disability that needs care day and night, and the family asked for help before they broke down.",
    ),
    "open_assessment": (
        "School was worried about hunger, tiredness and a parent who drinks; the assessment began {weeks} weeks ago.",
        "{Child} was referred by police after an argument between the adults at home, the third in a year.",
    ),
    "closed": (
        "The case closed last month after a child in need plan that ran for {weeks} months.",
        "{Child} was helped through a separation in which each parent worried about the other; the work has ended.",
    ),
    "care_leaver": (
        "{Child} left care at 18, lives in a shared flat and has a part-time job in a kitchen.",
        "{Child} is 20, is expecting a baby and has had the same personal adviser for {n} years.",
    ),
}
MATTERS = (
    "What matters most to {child} now is to stay at the same school and to see their brother.",
    "What matters most to {child} now is that adults do what they said they would.",
    "{Child} wants the arguing to stop and wants somebody to tell them what happens next.",
    "{Child} loves football and drawing, and wants fewer meetings in school time.",
)
IN_PERIOD = (
    "In the period there were {n} reviews, a change of worker and a slow improvement at home.",
    "In the period the plan was reviewed {n} times and a relative began to help at weekends.",
    "In the period two new incidents were reported and answered.",
)
REFLECTED = (
    "The practitioner is proud of the trust that was built and would ask the wider family sooner. Court work in "
    "another case took time away in the spring.",
    "The practitioner took part by telephone. What helped was group supervision; what got in the way was waiting for "
    "a report. They would write to {child} more often.",
    "We read the record together. The practitioner would name drift earlier and had already changed the visit plan.",
)
NOT_REFLECTED = (
    "The practitioner was on leave in the week of the audit; the deputy answered questions of fact.",
    "The practitioner has left, and the new one has had the case for nine days.",
)
FEEDBACK = (
    "A parent was rung: “She explains things and does not judge.” They would like the plan on paper.",
    "{Child} filled in a short form at school: feels listened to, would like fewer people at meetings.",
    "A carer said that help came quickly when it was asked for, and that calls are returned on the same day.",
)
NO_FEEDBACK = (
    "A message was left twice and not answered. The practitioner will ask at the next visit.",
    "Asking now, in the week of a hearing, was judged not to be right.",
)
# What is said of each beside its words: in which way and from whom, or why there is none.
HEARD_FROM: Mapping[str, Mapping[str, str]] = {
    FEEDBACK[0]: {"ways": "call", "whom": "mother"},
    FEEDBACK[1]: {"ways": "form,direct_work", "whom": "child"},
    FEEDBACK[2]: {"ways": "call", "whom": "carer"},
    NO_FEEDBACK[0]: {"why_not": "no_answer"},
    NO_FEEDBACK[1]: {"why_not": "not_now"},
}
HOW = ("By telephone", "At a visit", "On paper")
ACTIONS = (
    "1. Renew the safety plan with named adults: practitioner, within five working days.\n"
    "2. Meet the parent who lives elsewhere: practitioner, within four weeks.\n"
    "3. Review direction in supervision: team manager, at the next supervision.",
    "1. Spend time with {child} on what a good week looks like: practitioner, within two weeks.\n"
    "2. Bring the summary up to date: practitioner, this month.",
    "Nothing beyond the plan is needed.",
)
LEARNING = (
    "Naming a pattern early gave this family time to change. Worth sharing in the team.",
    "Safety plans that rest on one promise come up again; the team should practise writing them together.",
    "Writing to the child makes recording better and shorter.",
)
LIMITS = (
    "The weakness was put right within the period, before it could affect {child}, and the rest of the work is sound.",
    "Partners held the risk well while our own response was slow, so {child} was not left unsafe.",
    "The judgement on that section rests on recording. What was done for {child} was better than what was written.",
)


def say(text: str, chance: random.Random, category: str) -> str:
    """A sentence with its child, numbers and weeks filled in."""
    child = "the young person" if category == "care_leaver" else "the child"
    return text.format(
        child=child, Child=child[0].upper() + child[1:], n=chance.choice(NUMBERS), weeks=chance.choice(WEEKS)
    )


def passages_of(tool_key: str, section: str) -> Passages:
    """The passages of a section of a tool."""
    return PASSAGES[tool_key][section]


def evidence(chance: random.Random, tool_key: str, section: str, grade: str, scale: Scale, category: str) -> str:
    """What somebody who gives this grade has seen."""
    found = passages_of(tool_key, section)
    strong, weak = chance.sample(found.strong, 2), chance.sample(found.weak, 2)
    level = scale.index(grade)
    if level == len(scale.keys) - 1:
        parts = [found.best, *strong]
    elif scale.is_good(grade):
        parts = [*strong, *([chance.choice(BUT_GOOD)] if chance.random() < 0.4 else [])]
    elif level > 0:
        parts = [strong[0], *weak]
    else:
        parts = [found.worst, *weak]
    return " ".join(_sentence(say(part, chance, category)) for part in parts)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def graded_draft(
    chance: random.Random, tool_key: str, section: Section, grade: str | None, scale: Scale, category: str
) -> Draft:
    """A graded section, complete; no grade means that it does not apply."""
    if grade is None:
        words = say(NOT_APPLICABLE[section.key], chance, category)
        questions = {question.key: "na" for question in section.questions}
        return Draft(not_applicable=True, not_applicable_because=words, questions=questions)
    found = passages_of(tool_key, section.key)
    level = scale.index(grade)
    yes = YES[round(level * (len(YES) - 1) / (len(scale.keys) - 1))]
    return Draft(
        grade=grade,
        evidence=evidence(chance, tool_key, section.key, grade, scale, category),
        strengths=say(chance.choice(found.well), chance, category) if level > 0 else "",
        improvements=say(chance.choice(found.better), chance, category) if level < len(scale.keys) - 1 else "",
        questions={question.key: _answer(chance, yes) for question in section.questions},
    )


def _answer(chance: random.Random, yes: float) -> str:
    if chance.random() < 0.08:
        return "na"
    return "yes" if chance.random() < yes else "no"


def other_draft(chance: random.Random, section: Section, category: str, told: Mapping[str, bool]) -> Draft:
    """A section of words only: told says whether the practitioner took part and whether feedback was obtained."""
    if section.kind in ("reflection", "feedback"):
        name, yes, no = (
            ("involved", REFLECTED, NOT_REFLECTED)
            if section.kind == "reflection"
            else ("obtained", FEEDBACK, NO_FEEDBACK)
        )
        there = told[section.kind]
        particulars = {name: "yes" if there else "no", **({"how": chance.choice(HOW)} if there else {})}
        words = chance.choice(yes if there else no)
        if section.kind == "feedback":
            particulars = {name: particulars[name], **HEARD_FROM[words]}
        return Draft(evidence=say(words, chance, category), particulars=particulars)
    if section.kind == "actions":
        return Draft(evidence=say(chance.choice(ACTIONS), chance, category))
    if section.kind == "learning":
        return Draft(evidence=say(chance.choice(LEARNING), chance, category))
    parts = (chance.choice(OPENINGS[category]), chance.choice(IN_PERIOD), chance.choice(MATTERS))
    return Draft(evidence=" ".join(say(part, chance, category) for part in parts))


def limit_words(chance: random.Random, category: str) -> str:
    """Why an auditor keeps a judgement that a limiting rule prompts them to think about."""
    return say(chance.choice(LIMITS), chance, category)
