"""What the columns of a spreadsheet of past audits may hold, and how councils call them."""

from collections.abc import Iterable

from audit_app.cases.codes import folded
from audit_app.cases.mapping import Mapping, Wanted, guess_mapping, headings_of
from audit_app.cases.workbook import Sheet

FIELDS = {
    "day": "Month or date of the audit",
    "grade": "Overall grade, as audited",
    "moderated": "Overall grade after moderation",
    "external": "Overall grade by an external auditor",
    "team": "Team",
    "tool": "Tool or theme",
    "reference": "Case reference",
    "auditor": "Auditor (kept as it is written, not as a person)",
}
GRADES = ("grade", "moderated", "external")
SPELLINGS = {
    "day": (
        "Month", "Date", "Audit Date", "Date of Audit", "Audit Month", "Month of Audit", "Date Audited", "Audited On",
        "Date Completed", "Completed On", "Completion Date", "When", "Period", "Audit Period",
    ),
    "grade": (
        "Grade", "Overall Grade", "Overall", "Overall Judgement", "Judgement", "Overall Rating", "Rating",
        "Audit Grade", "Audit Outcome", "Outcome", "Auditor Grade", "Auditor's Grade", "Grading", "Score",
        "Grade Given", "Overall Audit Grade", "Initial Grade", "Original Grade", "Auditor Judgement", "Overall Grading",
    ),
    "moderated": (
        "Moderated Grade", "Moderation Grade", "Grade After Moderation", "Moderator Grade", "Moderator's Grade",
        "Moderated", "Moderation Outcome", "Moderated Judgement", "Final Grade", "Moderated Outcome", "Agreed Grade",
        "Moderation Judgement", "Moderated Rating", "After Moderation",
    ),
    "external": (
        "External Grade", "External Auditor Grade", "Validated Grade", "External Moderation", "External Judgement",
        "Validation Grade", "Independent Grade", "External Validation",
    ),
    "team": (
        "Team", "Team Name", "Service Team", "Allocated Team", "Social Work Team", "Team Audited", "Service", "Area",
    ),
    "tool": (
        "Theme", "Tool", "Audit Tool", "Audit Type", "Type of Audit", "Audit Theme", "Type", "Audit", "Thematic Area",
    ),
    "reference": (
        "Case Reference", "Case Ref", "Case ID", "Child ID", "LCS ID", "Mosaic ID", "Reference", "Ref", "Ref No", "ID",
        "Client ID", "Person ID", "Child Reference", "Case Number", "Case No", "Child Unique ID",
    ),
    "auditor": ("Auditor", "Audited By", "Auditor Name", "Name of Auditor", "Completed By", "Auditing Manager"),
}  # fmt: skip
PAST = Wanted(
    FIELDS,
    SPELLINGS,
    {
        "day": "Say which column holds the month or date of the audit.",
        "grade": "Say which column holds the overall grade as audited.",
    },
    frozenset({"auditor", "team", "tool"}),
)


def columns_kept(sheets: Iterable[Sheet], said: Iterable[Mapping]) -> set[str]:
    """The headings (folded) of columns that hold what may be kept, by their words or as was said of them before.

    A case reference is not among them: it is looked at like that of a case list.
    """
    found = [headings.headings for sheet in sheets if (headings := headings_of(sheet)) is not None]
    mappings = (*said, *(guess_mapping(headings, PAST) for headings in found))
    return {folded(heading) for one in mappings for heading, field in one.columns if field != "reference"}
