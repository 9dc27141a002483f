"""What the columns of a file of readings may hold, and how councils call them (pure)."""

from audit_app.cases.codes import folded
from audit_app.cases.columns import kind_of_column
from audit_app.cases.mapping import Mapping, Wanted, guess_mapping, headings_of
from audit_app.cases.tables import samples_of
from audit_app.cases.workbook import Row, Sheet

FIELDS = {
    "indicator": "Indicator: its ref or its name",
    "day": "Day, month or quarter of the reading",
    "row": "Team or locality (empty for the whole)",
    "figure": "Figure, such as 86, 70.2 or 10/11",
    "share": "Share from 0 to 1, as cells formatted as per cent hold it",
    "count": "Count (n)",
    "total": "Out of (N)",
    "words": "Position in words",
    "judged": "How words stand towards the target",
    "source": "Where it comes from",
}
SPELLINGS = {
    "indicator": (
        "Indicator", "Indicator Ref", "Indicator Reference", "Measure", "Measure Ref", "Measure Reference", "KPI",
        "KPI Ref", "PI", "PI Ref", "Ref", "Reference", "Indicator Name", "Measure Name", "Performance Measure",
        "Performance Indicator", "Title", "Description", "Name",
    ),
    "day": (
        "Day", "Date", "Reading Date", "Day of Reading", "As At", "As at Date", "Period", "Month", "Quarter",
        "Reporting Period", "Period End", "Period Ending", "Month Ending", "Reporting Month", "Date of Reading",
    ),
    "row": (
        "Row", "Team", "Locality", "Area", "Team or Locality", "Service", "Breakdown", "Group", "Team Name", "Cohort",
    ),
    "figure": (
        "Figure", "Value", "Actual", "Result", "Performance", "Outturn", "Percentage", "%", "Per Cent", "Percent",
        "Reading", "Current Performance", "Current Position", "Position",
    ),
    "share": ("Share", "Rate", "Proportion"),
    "count": ("n", "Count", "Numerator", "Number", "Number Achieved", "Num", "Count (n)"),
    "total": (
        "Total", "Denominator", "Out Of", "Denom", "Base", "Cohort Size", "Of", "Number in Cohort", "Out of (N)",
    ),
    "words": ("In Words", "Commentary", "Narrative", "Comment", "Comments", "Position in Words"),
    "judged": ("Judged As", "Status", "Progress"),
    "source": ("Where From", "Source", "Data Source", "Report", "Source of Data"),
}  # fmt: skip
READINGS = Wanted(
    FIELDS,
    SPELLINGS,
    {
        "indicator": "Say which column holds the indicator.",
        "day": "Say which column holds the day, month or quarter.",
    },
    frozenset({"indicator", "row", "source", "words"}),
)
SAYING = frozenset({"figure", "share", "count", "words"})
NO_POSITION = "Say which column holds the figure, the share, the count or the position in words."
LIKE_TEXT = ("not_used", "text", "repeated")


def fault_of(mapping: Mapping) -> str:
    """Why nothing could be read by a mapping in which no column says where an indicator stands."""
    return "" if SAYING & {field for _, field in mapping.columns} else NO_POSITION


def kept_of(sheet: Sheet) -> Sheet:
    """A sheet from its headings on; columns that look like children's names, addresses or numbers are emptied."""
    headings = headings_of(sheet)
    if headings is None:
        return Sheet(sheet.name, ())
    ours = {folded(heading) for heading, _ in guess_mapping(headings.headings, READINGS).columns}
    samples = samples_of(sheet, headings)
    emptied = {}
    for place, heading in enumerate(headings.headings):
        kind = kind_of_column(heading, samples[place])
        if heading and kind not in LIKE_TEXT and folded(heading) not in ours:
            emptied[place] = kind
    wide = len(headings.headings)
    rows = [Row(headings.number, headings.headings)]
    for row in sheet.rows:
        if row.number > headings.number:
            cells = tuple(
                None if place in emptied or not headings.headings[place] else cell
                for place, cell in enumerate(row.cells[:wide])
            )
            if any(cell is not None for cell in cells):
                rows.append(Row(row.number, cells))
    return Sheet(sheet.name, tuple(rows), emptied)
