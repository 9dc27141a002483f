"""What each figure means, in one place: its name, what is counted out of what, and what to mind (pure)."""

from dataclasses import dataclass

SHARE, POINTS, STEPS = "share", "points", "steps"


@dataclass(frozen=True, slots=True)
class Definition:
    """The words of one figure, and what its value is: a share, percentage points, or grade steps."""

    key: str
    name: str
    counts: str
    mind: str = ""
    unit: str = SHARE


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
        "A complete count of these audits, so it has no interval.",
    ),
    Definition(
        "inflation_gap",
        "Inflation gap",
        "The share good or better as audited, less the share good or better as the senior moderator settled it, on the "
        "same moderated audits. Above zero, auditors graded higher.",
        "Counts every moderated audit, whatever way it came to be moderated. The interval is Newcombe’s for paired "
        "shares.",
        POINTS,
    ),
    Definition(
        "exact_senior",
        "Agreement with the moderator",
        "Judgements on which auditor and senior moderator gave the same grade, out of those that both graded. Where "
        "the moderator worked blind, the grade that they committed blind is taken, otherwise the one that they "
        "settled.",
        "Only audits drawn at random. Where draws had unequal chances, as when one month drew more than another, each "
        "audit weighs 1 over its chance, in this share and in those within one grade, over-graded and under-graded. "
        "The counts beside a share are always plain counts.",
    ),
    Definition(
        "exact_external",
        "Judgements agreed by the external auditor",
        "Judgements on which the grade that stood internally when the external auditor committed theirs is the same as "
        "theirs, out of those that both graded.",
        "Only audits drawn at random, each counted once, so that the share is the one in the exercise’s own report.",
    ),
    Definition(
        "exact_auditor_external",
        "Agreement of auditor and external auditor",
        "Judgements on which the auditor’s grade, as first handed in, and the external auditor’s are the same, out of "
        "those that both graded.",
        "Only audits drawn at random, each counted once.",
    ),
    Definition(
        "within_one",
        "Within one grade",
        "Judgements that are at most one grade apart, out of those that both graded.",
    ),
    Definition("over", "Over-graded", "Judgements that the later tier graded lower, out of those that both graded."),
    Definition("under", "Under-graded", "Judgements that the later tier graded higher, out of those that both graded."),
    Definition(
        "bias",
        "Net bias",
        "The mean of the earlier grade less the later one, in grade steps. Above zero, the earlier tier graded higher.",
        "Judgements as they were drawn, unweighted. A t interval from ten on, where each audit brings one. The sign "
        "test, of overall grades only, says how likely so uneven a split is, were over- and under-grading equally "
        "likely.",
        STEPS,
    ),
    Definition(
        "coverage",
        "Moderation coverage",
        "Audits with a completed moderation by a senior manager, out of audits handed in.",
        "A complete count, whatever way each audit came to be moderated.",
    ),
    Definition(
        "on_time",
        "Handed in on time",
        "Audits first handed in by the end of their due day, out of audits handed in.",
        "An audit that was sent back keeps the day on which it was first handed in.",
    ),
    Definition(
        "completed",
        "Completed",
        "Audits handed in, out of audits allocated. Withdrawn and void audits are left out.",
        "Audits that are sent back just now were handed in, so they count here, though in no other figure.",
    ),
    Definition(
        "evidence_supports",
        "Evidence supports the grade",
        "Sections where the senior moderator says that the auditor’s evidence supports the auditor’s grade, out of "
        "sections where they said whether it does.",
        "Moderators must say so when they override a grade, and may when they agree. How often they did not say is "
        "shown beside it.",
    ),
    Definition(
        "actions_on_time",
        "Actions done on time",
        "Actions for children that were done by their day, out of those whose day is over. An action is done on the "
        "day on which its owner said so, unless that was not accepted.",
        "Each audit can bring several. Where more time was granted, the later day counts; an action that was withdrawn "
        "does not count. It stays with the month of its audit.",
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
    Definition(
        "loop_closed",
        "Loop closed",
        "Audits whose case was audited again and every concern found put right, out of audits whose case was due to be "
        "audited again.",
        "Due is a re-audit whose month is over, or that is done already. The period is that of the earlier audit. "
        "Concerns put right in part do not close the loop; how many cases moved so far is said beside it.",
    ),
)
BY_KEY = {one.key: one for one in DEFINITIONS}
# Plain counts that lead to their audits, by what their keys begin with.
COUNTED = {
    "grid_": Definition(
        "grid",
        "One cell of a grade grid",
        "Judgements of random draws to which the two gave these grades.",
    ),
    "graded_": Definition("graded", "Audits with one grade", "Audits with this grade, as audited or as it stands."),
    "gap_": Definition(
        "gap",
        "Moderated audits",
        "Moderated audits that are graded before and after moderation, or those of them that were good or better as "
        "audited, or after moderation.",
    ),
    "reason_": Definition("reason", "Grades changed for one reason", "Grades that were changed for this reason."),
}


@dataclass(frozen=True, slots=True)
class PairingWords:
    """What a pairing is called, who its two tiers are, and what the keys of its figures end in."""

    ending: str
    name: str
    earlier: str
    later: str


# In the order of pairings.PAIRINGS.
PAIRING_WORDS = (
    PairingWords("_senior", "Moderation: auditor and senior moderator", "Auditor", "Senior moderator"),
    PairingWords(
        "_external",
        "Validation: what stood internally and the external auditor",
        "What stood internally",
        "External auditor",
    ),
    PairingWords("_auditor_external", "Auditor and external auditor", "Auditor", "External auditor"),
)


def pairing(key: str) -> PairingWords | None:
    """The pairing that a figure belongs to, if it belongs to one."""
    found = [words for words in PAIRING_WORDS if key.endswith(words.ending)]
    return max(found, key=lambda words: len(words.ending), default=None)


def definition(key: str) -> Definition:
    """The words of a figure; those of a pairing, and of other routes than the random draw, share theirs."""
    for start, one in COUNTED.items():
        if key.startswith(start):
            return one
    key = key.removeprefix("other_")
    if key in BY_KEY:
        return BY_KEY[key]
    words = pairing(key)
    return BY_KEY[key.removesuffix(words.ending) if words else key]
