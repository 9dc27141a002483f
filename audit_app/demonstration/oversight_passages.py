"""What auditors find in how the work is led, recorded and challenged, and in what it came to."""

from audit_app.demonstration.passages import Passages

LEADING: dict[str, Passages] = {
    "management_oversight": Passages(
        strong=(
            "The manager gave direction at allocation, with reasons, and followed up each point within {weeks} weeks.",
            "Drift was seen early, and a legal planning meeting was called before the review.",
            "Decisions are timed, reasoned and made at the right level.",
            "The manager tested progress against what {child} needs and changed the plan with the practitioner.",
        ),
        weak=(
            "Oversight is monthly and mostly sets tasks; the reasons for two decisions have to be guessed.",
            "The same direction was given {n} times and was not followed up.",
            "Challenge came after {weeks} weeks of little change.",
            "Closure was agreed in one line.",
        ),
        best="Oversight looks ahead, names the risk of hoping for too much, and quickened change for {child}.",
        worst="There is no recorded decision by a manager in {weeks} weeks, while the risk rose.",
        well=("Managers are present at the points that matter.", "Direction is specific and followed through."),
        better=(
            "Record the reason for each significant decision and follow up direction by its date.",
            "Set a date by which change must be seen, and say what happens if it is not.",
        ),
    ),
    "supervision": Passages(
        strong=(
            "Supervision is every month, reflective, and {child} is present in it.",
            "The practitioner was helped to think about what they might be missing, and wrote it down.",
            "Agreed actions came back at the next supervision and were finished.",
        ),
        weak=(
            "Supervision took place in {n} of six months and is a list of tasks.",
            "There is support for the practitioner but little thinking about {child}.",
            "Actions from supervision are not carried into the plan.",
        ),
        best="Group supervision tested two explanations of what was happening, and the plan changed because of it.",
        worst="No supervision is recorded since allocation, in work that everybody found hard.",
        well=("Supervision is reflective and regular.", "The practitioner is supported and stretched."),
        better=(
            "Keep time in each supervision for what life is like for {child}.",
            "Bring the actions of the last supervision to the next.",
        ),
    ),
    "independent_challenge": Passages(
        strong=(
            "The reviewing officer spoke with {child} before each review and checked progress midway.",
            "A concern about delay was escalated and settled in {weeks} weeks.",
            "The chair's summary is written to {child} and is plain about what must happen.",
        ),
        weak=(
            "Reviews are on time, and challenge is hard to find.",
            "The midway check was missed {n} times.",
            "Delay was noted at two reviews and not escalated.",
        ),
        best="The reviewing officer's challenge changed the plan, and {child} knows who did that.",
        worst="Serious drift was recorded as satisfactory at {n} reviews.",
        well=("Independent challenge is visible and effective.", "{Child} knows their reviewing officer."),
        better=(
            "Escalate the delay and record the answer.",
            "Meet {child} before the next review.",
        ),
    ),
    "recording": Passages(
        strong=(
            "The record is current, plain and respectful; a colleague could take over safely.",
            "The case summary was updated last month and the reasons for decisions are easy to find.",
            "Fact and opinion are kept apart, and private details of others are protected.",
        ),
        weak=(
            "Visits are written up {weeks} weeks late, and the summary is out of date.",
            "Entries are copied forward, so it is hard to see what is new.",
            "The language is that of services: “disengaged” stands where a reason should.",
        ),
        best="Letters are written to {child}, warm and exact, and would be good to read at 25.",
        worst="A document of another child is in this record, and {n} weeks have no entry at all.",
        well=("The record is clear and kind.", "Decisions and reasons are easy to find."),
        better=(
            "Bring the summary up to date and write visits up within the standard.",
            "Replace set phrases with what was seen and said.",
        ),
    ),
    "impact": Passages(
        strong=(
            "{Child} is in school nearly every day, sleeps through and says that home is calmer.",
            "The main worries have reduced, and two partners describe the same change.",
            "Where change did not come, the help was altered in good time.",
        ),
        weak=(
            "Some things are better, but the change is fragile and rests on one person.",
            "The record shows what was done rather than what it achieved.",
            "Attendance improved for {weeks} weeks and then fell back.",
        ),
        best="Life is markedly better and has stayed so; {child}, family and school all say why.",
        worst="Services were active for {weeks} weeks while life for {child} became worse.",
        well=("The difference made is clear.", "{Child} can say what has got better."),
        better=(
            "Agree with {child} how everybody will know that things are better.",
            "Check in {weeks} weeks whether the improvement has lasted.",
        ),
    ),
    "overall": Passages(
        strong=(
            "What decided it is that {child} is safer and is heard, and that the plan moves.",
            "The analysis is sound and leads to help that fits.",
            "Oversight kept the work from drifting when things became difficult.",
        ),
        weak=(
            "The work is caring, but planning and oversight were not strong enough to bring change at the pace needed.",
            "What {child} says is recorded and too seldom acted on.",
            "The analysis is thin, and so the plan answers only part of the worries.",
        ),
        best="Practice is good throughout and exceptional in the relationship with {child}: others can learn from it.",
        worst="There are serious weaknesses in keeping {child} safe, and a senior manager was told on the same day.",
        well=("The relationship with {child} is a real strength.", "Help fits what {child} needs."),
        better=(
            "Renew the analysis and the plan with {child} and the family.",
            "Follow direction up by its date.",
        ),
    ),
}
CARING: dict[str, Passages] = {
    "permanence": Passages(
        strong=(
            "The permanence plan was agreed by the second review, and carers, {child} and family know it.",
            "Moves were planned, and brothers and sisters live together.",
            "Life story work is under way and {child} keeps the book with them.",
        ),
        weak=(
            "The permanence plan is still to be decided after {n} reviews.",
            "The last move was made in a day, and {child} was told in the car.",
            "Family time follows an old arrangement that no longer fits.",
        ),
        best="{Child} is settled in a family for good, and understands why and how that was decided.",
        worst="{Child} has moved {n} times in a year, the last time to an unregistered home.",
        well=("Where {child} lives is stable and right for them.", "Ties that matter are kept."),
        better=(
            "Decide the permanence plan at the next review and tell {child} what it means.",
            "Begin life story work this month.",
        ),
    ),
    "health_and_education": Passages(
        strong=(
            "Health and dental checks are up to date, and emotional help came within {weeks} weeks of being asked for.",
            "The education plan has targets that stretch, and the virtual school paid for tutoring that worked.",
            "{Child} plays in a team and sees friends at weekends.",
        ),
        weak=(
            "The education plan is in date, but its targets are general.",
            "{Child} has waited {weeks} weeks for emotional support, with little done meanwhile.",
            "No dental check is recorded in the last year.",
        ),
        best="{Child} has come exceptionally far at school and knows that carers and worker are proud.",
        worst="{Child} has had {n} hours of school a week since spring, and nobody acts as a parent would.",
        well=("Health and learning are looked after.", "Ambition for {child} is high."),
        better=(
            "Book the dental check and chase the emotional support this week.",
            "Rewrite the education plan with the virtual school, with targets that can be seen to be met.",
        ),
    ),
    "pathway_plan": Passages(
        strong=(
            "{Child} chose what is in the plan, and it is reviewed when life changes.",
            "The personal adviser keeps in touch in the way {child} likes and persists when they pull away.",
            "The local offer was explained and used: driving lessons and help with a deposit.",
        ),
        weak=(
            "The plan is {weeks} weeks out of date and describes more than it decides.",
            "Contact is as often as expected, but by text only.",
            "Key documents are still missing, {n} months after the birthday.",
        ),
        best="{Child} describes the adviser as the person they would ring at midnight, and has done so.",
        worst="{Child} has been out of touch for {weeks} weeks, and two letters are the only effort made.",
        well=("The adviser knows {child} well.", "The plan belongs to {child}."),
        better=(
            "Review the plan with {child}, beginning with what they want.",
            "Get the passport and the National Insurance number this month.",
        ),
    ),
    "adult_life": Passages(
        strong=(
            "{Child} has a tenancy that they chose and can afford, with help to keep it.",
            "An apprenticeship was found through the council's own scheme, and {child} is still there.",
            "Health history was handed over and explained, and a doctor is registered.",
        ),
        weak=(
            "Where {child} lives is safe, but the next move is not planned.",
            "Work is talked about, with little practical help to get there.",
            "Debt of three months' rent came to light by accident.",
        ),
        best="{Child} has a home, work they like and people around them, and helps others who are leaving care.",
        worst="{Child} spent {n} weeks in bed and breakfast, with no urgent plan to end it.",
        well=("Home, work and money are in hand.", "Setbacks do not become crises."),
        better=(
            "Agree the next move, with dates, before the present one ends.",
            "Go with {child} to the employment coach this week.",
        ),
    ),
}
