"""What auditors find in work before court: the sentences for the thematic audits of pre-proceedings."""

from audit_app.demonstration.passages import Passages

BEFORE_COURT: dict[str, Passages] = {
    "decision": Passages(
        strong=(
            "The legal planning meeting was held within {n} working days, and its reasons are recorded.",
            "Threshold is set out plainly against what is known of {child}.",
            "A senior manager decided, on the day, with the chronology in hand.",
        ),
        weak=(
            "The decision took {weeks} weeks from the first request for advice.",
            "Threshold is stated, and the link to {child} is thin.",
            "It is not clear why the work could not have begun earlier.",
        ),
        best="The decision came early enough for the family to show change before the birth.",
        worst="{Child} met the threshold for {weeks} weeks before anybody asked for legal advice.",
        well=("The decision was timely and reasoned.",),
        better=("Record the reasons of the legal planning meeting on the record of {child}.",),
    ),
    "letter_and_plan": Passages(
        strong=(
            "The letter is in plain words, and says what must change and how the family will be helped.",
            "Assessments began in week {n} and were finished inside the timetable.",
            "The timetable is kept in one place, and the family has it.",
        ),
        weak=(
            "The letter lists {n} worries in legal words.",
            "The parenting assessment began {weeks} weeks late.",
            "The plan does not say what good enough would look like.",
        ),
        best="Parents could say in their own words what the letter asked of them.",
        worst="The letter reached the parents {weeks} weeks after the decision, and no assessment had begun.",
        well=("The letter is plain and fair.",),
        better=("Rewrite the plan with what must change, by when, and how it will be seen.",),
    ),
    "parents_and_family": Passages(
        strong=(
            "Both parents had legal advice before the first meeting.",
            "Relatives were asked early, and two were assessed as carers.",
            "A parent with a learning disability had an advocate and meetings at their pace.",
        ),
        weak=(
            "Relatives were asked after {weeks} weeks.",
            "Adjustments for a learning need were agreed and not kept to.",
            "Father had no legal advice, and it is not clear that he was offered any.",
        ),
        best="The network meeting produced a carer whom the court later approved.",
        worst="A parent who could not read was sent letters only.",
        well=("The whole family was asked.",),
        better=("Assess the relatives who came forward now, side by side.",),
    ),
    "child": Passages(
        strong=(
            "{Child} was seen every week, and the safety plan was tested.",
            "What {child} said about home is in the letter's plan.",
            "The plan for the birth was agreed {weeks} weeks ahead with midwives and the hospital.",
        ),
        weak=(
            "Visits went on, but the safety plan was not reviewed once work with adults began.",
            "What {child} thinks of the changes is missing.",
            "School was not told that the work had begun.",
        ),
        best="Meetings began with what daily life was like for {child}, and decisions followed it.",
        worst="{Child} stayed in harm while {n} assessments of adults ran on.",
        well=("{Child} was kept in mind and kept safe.",),
        better=("Review the safety plan at each meeting, beginning with what {child} says.",),
    ),
    "management_oversight": Passages(
        strong=(
            "The tracker shows every date, and delay was questioned in the week it arose.",
            "The work ended inside {n} months, with a reviewed reason for each extension.",
            "A senior manager reviewed progress midway and changed course.",
        ),
        weak=(
            "The work ran to {weeks} weeks, and the extension was agreed after the fact.",
            "The midway review was missed.",
            "The tracker says that things are on time when the record shows that they are not.",
        ),
        best="Oversight kept to the timescale of {child} at each of four turning points.",
        worst="Nobody reviewed the work for {weeks} weeks.",
        well=("Pace was watched and kept.",),
        better=("Agree extensions before the date passes, with the reason.",),
    ),
    "outcome": Passages(
        strong=(
            "The work ended with a letter that says what changed and what help stays.",
            "Change lasted: at {weeks} weeks school and health visitor saw the same.",
            "Where change did not come, court was asked without further delay.",
        ),
        weak=(
            "The work ended because the time was up, and the letter does not say what changed.",
            "The plan after the end is brief.",
            "Parents learnt of the end from their solicitor.",
        ),
        best="{Child} stayed at home safely, and the family describe the work as hard and fair.",
        worst="The work was ended with the risk unchanged.",
        well=("The way out was clear.",),
        better=("Write to the parents with what changed and what happens next.",),
    ),
}
