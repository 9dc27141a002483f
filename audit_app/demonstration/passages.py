"""What auditors find, section by section: the sentences that the demonstration's evidence is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passages:
    """What is seen in one section: signs of strong and weak work, of the best and the worst, and what to do next."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]
    best: str
    worst: str
    well: tuple[str, ...]
    better: tuple[str, ...]


UNDERSTANDING: dict[str, Passages] = {
    "chronology": Passages(
        strong=(
            "The chronology is current and draws together {n} earlier periods of involvement, moves and losses.",
            "The practitioner has written what each event meant to {child}, so it reads as a history and not as a log.",
            "An earlier pattern of short improvements is named, and the plan was built with it in mind.",
            "What helped the family last time was found in the old record and offered again.",
        ),
        weak=(
            "The chronology stops {weeks} weeks before the audit and leaves out two police reports.",
            "Events are listed without saying what they meant to {child}.",
            "Earlier involvement in another area is mentioned once and was never asked for.",
            "The latest incident was weighed on its own, although the same thing had happened {n} times before.",
        ),
        best="{Child} has been through the chronology with the practitioner and added events in their own words.",
        worst="There is no usable chronology, and a known pattern of harm was treated as a first event.",
        well=("The history is known and used in decisions.", "Losses and moves are understood as {child} felt them."),
        better=(
            "Bring the chronology up to date and write what the pattern means.",
            "Ask the other area for its records and add what they show.",
        ),
    ),
    "safety": Passages(
        strong=(
            "The concern was acted on the same day, at the right threshold, with the reason for the decision recorded.",
            "{Child} was seen alone within a day, and what they said shaped the safety plan.",
            "The strategy discussion brought police, health and school together and weighed the history.",
            "The safety plan says who does what at night and at weekends, and it was tested {n} times.",
        ),
        weak=(
            "The strategy discussion took place {n} working days late, and school was not asked for what it knew.",
            "The safety plan rests on a promise by one parent, and says nothing of what happens if it is broken.",
            "The analysis follows the latest incident and hardly looks at how harm has built up.",
            "A conversation with someone independent after {child} went missing was offered {weeks} weeks later.",
        ),
        best="Relatives and school hold tested parts of the safety plan, and {child} says that home feels safe now.",
        worst="A disclosure waited {n} days for a decision, and {child} stayed in the same household meanwhile.",
        well=("Risk is recognised early and acted on.", "The family's own network is part of keeping {child} safe."),
        better=(
            "Hold a strategy discussion with every agency that knows {child}.",
            "Rewrite the safety plan with named adults, a fallback and a date on which it is checked.",
        ),
    ),
    "assessment": Passages(
        strong=(
            "The assessment weighs strengths against worries and ends in a plain view of what has to change.",
            "Both parents, a grandparent and school contributed, and their accounts were tested against each other.",
            "It was renewed {weeks} weeks after the household changed, without waiting for the review.",
            "Each child in the family is assessed separately, and {child} stands out as a person.",
        ),
        weak=(
            "The assessment describes at length and explains little: the question of what it means is left open.",
            "Father is known only through what mother says of him.",
            "It was finished {n} weeks late and was not renewed when a new partner moved in.",
            "The effect of neglect over time is not explored, though it is in the referral.",
        ),
        best="The family say that the assessment understood them, even where they did not like it.",
        worst="The assessment is two years old, copied forward, and silent about the main risk.",
        well=("The analysis explains what life is like for {child}.", "Research was used with judgement."),
        better=(
            "Renew the assessment and say what the worries mean for {child} now and later.",
            "Find and assess the parent who lives elsewhere.",
        ),
    ),
    "plan": Passages(
        strong=(
            "The plan is in words that the family use, and each action has a person and a date.",
            "Reviews measured change in daily life, not attendance, and stepped the plan down with clear reasons.",
            "There is a fallback, and the family know what it is and when it would be used.",
            "Progress stalled in the summer; the plan was altered within {weeks} weeks, and things moved again.",
        ),
        weak=(
            "Outcomes are tasks for adults, such as attending a course, rather than changes for {child}.",
            "{n} actions have rolled over from review to review with new dates and no discussion.",
            "There is no fallback, although the last plan failed for the same reasons.",
            "The latest review was {weeks} weeks late and records who came, not what changed.",
        ),
        best="{Child} helped to write the plan, reads it, and can say what has got better because of it.",
        worst="There has been no plan for {weeks} weeks, and the work was about to be closed with the risk unchanged.",
        well=("The plan is clear about what will be different.", "Reviews keep the plan moving."),
        better=(
            "Rewrite the outcomes as changes in the daily life of {child}, with dates.",
            "Agree a fallback with the family and record when it will be used.",
        ),
    ),
    "visits": Passages(
        strong=(
            "Visits have a purpose, are as frequent as the plan says, and {child} is seen alone, in different places.",
            "Direct work with drawing and maps of the home helped {child} to say what worried them most.",
            "The same practitioner has stayed throughout, and {child} rings them when things go wrong.",
            "What was learnt on a visit changed the plan within {n} days.",
        ),
        weak=(
            "Visits took place, but {n} of the last six records do not say what the visit was for.",
            "Direct work was begun and left unfinished when the worker changed.",
            "{Child} has had {n} workers in a year and has stopped telling the story again.",
            "The room where {child} sleeps has not been seen for {weeks} weeks.",
        ),
        best="The practitioner plans each visit around what {child} likes, and difficult things are said with ease.",
        worst="{Child} was not seen for {weeks} weeks; cancelled visits were accepted without a question.",
        well=("{Child} trusts the practitioner.", "Direct work suits the age and understanding of {child}."),
        better=(
            "See {child} alone within the week and write down what they say in their own words.",
            "Plan direct work with a purpose for each of the next {n} visits.",
        ),
    ),
    "voice": Passages(
        strong=(
            "The record quotes {child} often, and adults did something different because of it.",
            "What play and behaviour may be telling us is described with care and checked with school.",
            "{Child} took part in the review with an advocate, and someone explained the decision afterwards.",
            "A day in the life of {child} is set out from waking to bedtime, and the plan answers it.",
        ),
        weak=(
            "Wishes and feelings are recorded for meetings, in set phrases.",
            "The younger of the children is easy to hear; this one is not.",
            "{Child} said {n} times that contact was too long, and nothing in the record answers that.",
            "Behaviour at school is described as a problem, without asking what it may be saying.",
        ),
        best="The plan opens with what {child} wants to be different, and every review returns to it.",
        worst="{Child} cannot be found in the record: nobody asked, and what they showed was explained away.",
        well=("The voice of {child} changes what adults do.", "Day-to-day life is vivid in the record."),
        better=(
            "Spend time with {child} on what a good and a bad day are like, and bring it into the plan.",
            "Tell {child} what was decided and why, and record how they took it.",
        ),
    ),
    "identity": Passages(
        strong=(
            "Language, faith and what disability means at home are explored with the family and shape the help.",
            "An interpreter who is not a relative was used at every meeting.",
            "The practitioner asked what being the only one of their heritage at school is like for {child}.",
            "Adjustments were agreed with {child}, written into the plan and checked at each visit.",
        ),
        weak=(
            "The boxes on identity are filled in, and what they mean to {child} is not explored.",
            "A cousin interpreted at {n} visits, although the worries were about the family.",
            "Disability is described by diagnosis; what it changes in a day is missing.",
            "Culture is mentioned in general terms that could fit any family.",
        ),
        best="Help was reshaped around heritage, language and faith, and {child} speaks of all three with pride.",
        worst="Signs of harm were put down to disability, and communication aids were left in a cupboard.",
        well=("Practice is curious about who {child} is.", "Communication needs are met."),
        better=(
            "Ask {child} and the family how they describe themselves, and say what it changes.",
            "Book an interpreter for the next visit and go over the plan again.",
        ),
    ),
    "family": Passages(
        strong=(
            "Father lives elsewhere; he was found, assessed and is now part of the plan.",
            "A family group conference was held in week {n}, and the family kept to what it offered.",
            "Support is practical, challenge is plain, and whether change was real was checked by unannounced visits.",
            "Relationships with brothers and sisters, one of them placed elsewhere, are kept up.",
        ),
        weak=(
            "The main carer is well supported, while father is known only by name.",
            "The wider family was asked late, after {weeks} weeks, and in outline.",
            "It is not clear whether parents could say what would happen if nothing changed.",
            "A new partner stays most weekends and has not been checked.",
        ),
        best="The family led the plan and kept to it; both parents can say what the worries were and what changed.",
        worst="An adult who poses a risk moved back in, and nobody asked who was at home.",
        well=("Everybody who matters was found and involved.", "Support and challenge are both plain."),
        better=(
            "Meet the parent who lives elsewhere and decide what part they can play.",
            "Offer a family group conference and record the answer.",
        ),
    ),
    "multi_agency": Passages(
        strong=(
            "School, health visitor and adult services shared what they knew within days and took on clear parts.",
            "Partners' actions were followed up, and a missing report was asked for at a higher level.",
            "A difference about threshold was settled in {n} days through the agreed route.",
            "The core group met every month and {child} had one plan, not four.",
        ),
        weak=(
            "Reports came late to {n} meetings, and what they said was not drawn together.",
            "Adult mental health services were never invited.",
            "Partners' actions from the last meeting were not checked at the next.",
            "The family has told the same story to {n} services.",
        ),
        best="Partners worked as one team and put right within a week what no single service could have.",
        worst="Vital information stayed in one service for {weeks} weeks, and nobody asked for it.",
        well=("The right people share what they know.", "The family meets one plan."),
        better=(
            "Invite adult services and agree what they will share.",
            "Begin each meeting with the partners' actions from the one before.",
        ),
    ),
}
