"""What each figure means, in one place: its name, what is counted out of what, and what to mind (pure)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """The words of one figure."""

    key: str
    name: str
    counts: str
    mind: str = ""


DEFINITIONS = (
    Definition(
        "good_as_audited",
        "Good or better, as audited",
        "Audits whose auditor’s overall grade, as first handed in, is good or better, out of audits with an "
        "overall grade.",
        "A complete count of these audits, so it has no interval. Which grades count as good is said by the "
        "tool’s scale.",
    ),
    Definition(
        "good_as_stands",
        "Good or better, as it stands",
        "Audits whose standing overall grade is good or better, out of audits with an overall grade. The external "
        "auditor’s grade stands before the senior moderator’s, and that before the auditor’s.",
    ),
    Definition(
        "inflation_gap",
        "Inflation gap",
        "The share good or better as audited, less the share good or better as the senior moderator settled it, on the "
        "same moderated audits. Above nothing, auditors graded higher.",
        "The interval is Newcombe’s for paired shares.",
    ),
    Definition(
        "exact_senior",
        "Agreement with the moderator",
        "Judgements on which auditor and senior moderator gave the same grade, out of those that both "
        "graded. Where the "
        "moderator worked blind, the grade that they committed blind is taken.",
        "Only audits drawn at random. The interval is Wilson’s 95%; where draws had unequal chances, each counts by 1 "
        "over its chance.",
    ),
    Definition(
        "exact_external",
        "Judgements agreed by the external auditor",
        "Judgements on which what stood internally and the external auditor’s grade are the same, out of those that "
        "both graded.",
        "Only audits drawn at random. The interval is Wilson’s 95%.",
    ),
    Definition(
        "within_one",
        "Within one grade",
        "Judgements that are at most one grade apart, out of those that both tiers graded.",
    ),
    Definition("over", "Over-graded", "Judgements that the later tier graded lower, out of those that both graded."),
    Definition("under", "Under-graded", "Judgements that the later tier graded higher, out of those that both graded."),
    Definition(
        "bias",
        "Net bias",
        "The mean of the earlier grade less the later one, in grade steps. Above nothing, the earlier tier "
        "graded higher.",
        "A t interval from ten pairs on. The sign test says how likely so uneven a split is, were over- and "
        "under-grading equally likely.",
    ),
    Definition(
        "coverage",
        "Moderation coverage",
        "Audits with a completed moderation by a senior manager, out of audits handed in.",
        "A complete count, whatever way each audit came to be moderated.",
    ),
    Definition("on_time", "Handed in on time", "Audits first handed in by their due day, out of audits handed in."),
    Definition(
        "completed", "Completed", "Audits handed in, out of audits allocated. Withdrawn and void audits are left out."
    ),
    Definition(
        "evidence_supports",
        "Evidence supports the grade",
        "Sections where the moderator says that the auditor’s evidence supports the grade, out of sections where they "
        "said whether it does.",
    ),
    Definition(
        "practitioner_involved",
        "Practitioner took part",
        "Audits in which the practitioner took part, out of audits that say whether.",
    ),
    Definition(
        "feedback_obtained",
        "Family or child feedback",
        "Audits with feedback from the family or the child, out of audits that say whether.",
    ),
)
BY_KEY = {one.key: one for one in DEFINITIONS}


def definition(key: str) -> Definition:
    """The words of a figure; a pairing's figures share theirs."""
    return BY_KEY.get(key) or BY_KEY[key.rsplit("_", 1)[0]]
