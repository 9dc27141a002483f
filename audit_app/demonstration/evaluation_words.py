"""What Northmere says of its own practice: wholly invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A statement: the area and the question that it answers, and its words."""

    area: str
    question: str
    words: str


MODERATED = Told(
    "leaders",
    "delivered",
    "A senior manager now looks at a sample of audits each month, drawn at random and graded before they see the first "
    "opinion. What they change, and why, goes back to each auditor and into a briefing for all.",
)
BETTER = Told(
    "help_and_protection",
    "difference",
    "More of the work that we audit is good than a year ago. Plans are written in words that families can use, and "
    "visits are told by what they changed.",
)
DRIFT = Told(
    "help_and_protection",
    "challenges",
    "Some children still wait too long for a decision. Where a plan stops working we see it, and act on it late.",
)
CLINICS = Told(
    "help_and_protection",
    "still_to_do",
    "Go through every plan that is older than three months in supervision, and hold the writing clinics that are late.",
)
KNOWN = Told(
    "whole",
    "know",
    "Practice is getting better and is not yet good for every child. Help is strongest where one worker stays with the "
    "family; it is weakest where plans are not kept up to date.",
)
TRUSTED = Told(
    "whole",
    "how",
    "From monthly audits, a second opinion on some of them and an external view of it all. Beside each figure we say "
    "how many audits it is of, and how sure it is.",
)
NEXT = Told(
    "whole",
    "plans",
    "First, plans that are current for every child. Then audits that are as honest as our external auditor finds them. "
    "We hold ourselves to the dated targets of the improvement plan.",
)
