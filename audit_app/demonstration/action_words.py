"""What actions for children say in the demonstration, what their owners did, and what others answered (pure)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One action: its kind, what it says, and what its owner says was done."""

    kind: str
    what: str
    why: str
    shows: str
    done: str


ACTIONS = (
    Told(
        "plan",
        "See the child alone, at home and at school, and write down what the child says in the child’s own words.",
        "The last three visits are recorded from the adults’ side only. What the child wants is not known.",
        "Two visit records with what the child said, and what was changed because of it.",
        "Seen at school on Tuesday and at home on Friday. The child asked for more time with the grandparents; this is "
        "in the plan now.",
    ),
    Told(
        "plan",
        "Hold the core group that was missed, with health and school there, and send the notes to everybody.",
        "The plan has drifted since the spring: nobody has looked at whether it works.",
        "Notes of the core group, with who does what by when.",
        "Held on Wednesday with school, health visitor and both parents. Notes sent the same day.",
    ),
    Told(
        "plan",
        "Hold a family meeting about who can look after the child when the mother is in hospital.",
        "There is no plan for the next admission, and the last one ended with a placement at night.",
        "A written family plan that names who does what.",
        "The family met last week. An aunt takes the children in; her checks are asked for.",
    ),
    Told(
        "plan",
        "Ask for the speech and language assessment that was agreed at the review.",
        "It was agreed four months ago and nobody was named to ask for it.",
        "The referral on file and the date of the appointment.",
        "Asked for on Monday. The appointment is in three weeks; the carer knows.",
    ),
    Told(
        "recording",
        "Bring the chronology up to date, with the two police reports of last winter.",
        "It ends a year ago, so that the pattern of incidents cannot be seen.",
        "A chronology up to this month, read by the team’s manager.",
        "Up to date as of today; the pattern of weekends is now plain and is taken up in the plan.",
    ),
    Told(
        "recording",
        "Record the reasons for the decision to end the plan, and who was asked.",
        "The plan ended, and the record does not say why or what the parents thought.",
        "A case note with the reasons and the views of both parents.",
        "Written up from the notes of the meeting, with both parents’ views.",
    ),
    Told(
        "recording",
        "Write down the father’s side, or why he could not be reached.",
        "He lives two streets away and appears nowhere in the assessment.",
        "A record of the talk with him, or of three attempts.",
        "Spoke with him twice. He wants to be part of the plan; the assessment says so now.",
    ),
    Told(
        "learning",
        "Take this audit to supervision and go through what “impact” would have looked like here.",
        "The work is careful, and the record shows activity rather than what became better.",
        "A supervision note with what will be done otherwise.",
        "Gone through in supervision. We agreed to end each visit record with what changed for the child.",
    ),
    Told(
        "learning",
        "Tell the team about the way in which the child’s wishes were gathered here.",
        "It is some of the best direct work of the year, and others could do the same.",
        "A short item in the notes of the team meeting.",
        "Shown at the team meeting; two colleagues have asked for the materials.",
    ),
)
NOW = Told(
    "immediate",
    "Visit today, see where each child sleeps and speak with each alone; tell the manager what you found.",
    "An adult who was to have no contact was named by a neighbour last week, and nobody has visited since.",
    "A visit record of today and the manager’s decision.",
    "Visited at 4pm. The adult was not there; the children were seen alone. A strategy meeting is called for tomorrow.",
)
BY_MODERATOR = Told(
    "plan",
    "Weigh the second police report and say whether the safety plan still holds.",
    "It was filed after the visit and is not considered in the audit or in the plan.",
    "An updated safety plan, or a note why it stays as it is.",
    "Weighed with the manager. The safety plan is changed: weekend visits are supervised.",
)
NEEDS_TIME = "I was away for two weeks. I want to do this properly, with the people it concerns, and not from the desk."
GRANTED = "That is sensible. Ring them once meanwhile."
NOT_ACCEPTED = "The note says that it was done, but not what the child said or what will change. Add that."
DONE_AGAIN = "I have added what the child said and what we agreed to change."
VERIFIED = ("I have read the record. This is done.", "Seen on file.", "Done, and it made a difference.")
WITHDRAWN = "The case was closed after the family moved to another authority, which has been told of this."
