"""Headings of the Annex A lists in every spelling met, and which list a sheet is."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit_app.cases.codes import folded
from audit_app.cases.workbook import Cell, Row

HEADING_ROWS = 25  # how far down a sheet a title, a date or a note may push the headings
FEWEST_HEADINGS = 3

TITLES = {
    1: "Contacts",
    2: "Early help",
    3: "Referrals",
    4: "Assessments",
    5: "Section 47 enquiries and initial child protection conferences",
    6: "Children in need",
    7: "Child protection",
    8: "Children in care",
    9: "Care leavers",
    10: "Adoption",
    11: "Adopters",
}
USED = (6, 7, 8, 9)

# field: spellings, the official one first. Capitals, spaces and signs do not count.
EVERY_LIST: dict[str, tuple[str, ...]] = {
    "reference": ("Child Unique ID", "Unique Child ID", "Child ID", "Unique ID", "Child Unique Identifier", "Person ID",
                  "Child Reference", "Case Reference", "LCS ID", "Mosaic ID", "Case ID", "Client ID", "Service User ID",
                  "LA Child ID", "Child Unique Reference"),
    "gender": ("Gender", "Sex", "Gender Identity"),
    "ethnicity": ("Ethnicity", "Ethnic Origin", "Ethnic Group", "Ethnicity Code"),
    "date_of_birth": ("Date of Birth", "DOB", "Birth Date", "Child Date of Birth", "Expected Date of Birth",
                      "Date of Birth or Expected Date of Birth"),
    "age": ("Age of Child (Years)", "Age of Child", "Age", "Age Years", "Age in Years", "Child Age", "Current Age"),
    "disability": ("Does the Child have a Disability", "Has Disability", "Disability", "Disabled", "Child Disability",
                   "Is the Child Disabled"),
    "team": ("Allocated Team", "Team", "Team Name", "Allocated Team Name", "Case Allocated Team", "Current Team"),
    "worker": ("Allocated Worker", "Worker", "Social Worker", "Allocated Social Worker", "Case Worker", "Key Worker",
               "Allocated Worker Name", "Lead Practitioner", "Allocated Practitioner"),
    "family": ("Family ID", "Family Identifier", "Family Reference", "Sibling Group", "Sibling Group ID"),
    "supervisor": ("Supervisor", "Worker's Supervisor", "Social Worker's Supervisor", "Supervising Manager",
                   "Allocated Supervisor", "Worker's Manager", "Allocated Manager", "Responsible Manager"),
    "complaint": ("Open Complaint", "Complaint", "Complaints", "Open Complaints", "Complaint Open", "Active Complaint",
                  "Current Complaint"),
    "legal_hold": ("Legal Hold", "On Legal Hold", "Legal Hold in Place", "Litigation Hold", "Subject to Legal Hold"),
}  # fmt: skip
OF_LIST: dict[int, dict[str, tuple[str, ...]]] = {
    1: {"contact_on": ("Date of Contact",), "contact_source": ("Contact Source",)},
    2: {"early_help_from": ("Assessment start date",), "early_help_to": ("Assessment completion date",),
        "early_help_by": ("Organisation completing assessment",)},
    3: {"referred_on": ("Date of referral",), "referral_source": ("Referral Source",), "nfa": ("Referral NFA",)},
    4: {"assessed_from": ("Continuous Assessment Start Date",),
        "assessed_seen": ("Child Seen During Continuous Assessment",),
        "assessed_to": ("Continuous Assessment Date of Authorisation",)},
    5: {"strategy_on": ("Strategy discussion initiating Section 47 Enquiry Start Date", "Strat Discussion Date"),
        "conference_on": ("Date of Initial Child Protection Conference", "Initial CP Conf Date"),
        "conference_unnecessary": ("Was an Initial Child Protection Conference deemed unnecessary",)},
    6: {
        "started_on": ("CIN Start Date", "CIN Episode Start Date", "Child in Need Start Date", "Date CIN Started"),
        "need": ("Primary Need Code", "Primary Need", "Need Code"),
        "seen_on": ("Date Child Was Last Seen", "Date Child Last Seen", "Date Last Seen", "Last Seen"),
        "closed_on": ("CIN Closure Date", "CIN End Date", "Child in Need Closure Date", "Closure Date"),
        "closure": ("Reason for Closure", "Closure Reason", "CIN Reason for Closure"),
        "category": ("Case Status", "Current Case Status", "Status", "CIN Case Status"),
    },
    7: {
        "plan_from": ("Child Protection Plan Start Date", "CP Plan Start Date"),
        "abuse_first": ("Initial Category of Abuse",),
        "abuse": ("Latest Category of Abuse",),
        "visited_on": ("Date of the Last Statutory Visit", "Date of Last Statutory Visit"),
        "seen_alone": ("Was the Child Seen Alone", "Child Seen Alone"),
        "reviewed_on": ("Date of latest review conference", "Date of latest review conf"),
        "plan_to": ("Child Protection Plan End Date", "CP Plan End Date"),
        "protection_order": (
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months",
            "Protection Last Six Months",
        ),
        "plans_before": ("Number of Previous Child Protection Plans", "Number of Previous CP Plans"),
    },
    8: {
        "uasc": ("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months", "UASC",
                 "Unaccompanied Asylum Seeking Child within the Last 12 Months"),
        "care_from": ("Date Started to be Looked After", "Looked After Start Date", "Loooked After Start Date"),
        "care_need": ("Child's Category of Need", "Child Category of Need"),
        "legal_status": ("Child's Legal Status", "Legal Status"),
        "legal_from": ("Start date of current legal status", "Most Recent Legal Status Start"),
        "social_work_visit_on": ("Date of Last Social Work Visit", "Last Social Work Visit Date"),
        "permanence": ("What is the permanence plan for this child", "Permanence Plan"),
        "care_to": ("Date Ceased to be Looked After", "Ceased Looked After Date"),
        "care_end": ("Reason Ceased to be Looked After", "Reason Ceased Looked After"),
        "placement_from": ("Start Date of Most Recent Placement", "Most Recent Placement Start Date"),
        "placement": ("Placement Type",),
        "placement_location": ("Placement Location",),
        "review_on": ("Date of Latest Statutory Review", "Latest Statutory Review Date"),
    },
    9: {
        "eligibility": ("Eligibility Category", "Care Leaver Eligibility", "Eligibility"),
        "in_touch": ("LA In Touch", "In Touch", "LA in Touch with Care Leaver"),
        "accommodation": ("Type of Accommodation", "Accommodation Type"),
        "suitability": ("Suitability of Accommodation", "Accommodation Suitability"),
        "activity": ("Activity Status", "Main Activity"),
        "adviser": ("Allocated Personal Adviser", "Allocated Personal Advisor", "Personal Adviser", "Personal Advisor"),
        "pathway_plan_on": ("Latest Pathway Plan", "Latest Pathway Plan Review Date", "Date of Latest Pathway Plan"),
        "contact_on": ("Latest Contact", "Latest Date of Contact", "Latest Contact Date", "Date of Latest Contact"),
    },
    10: {"placed_on": ("Date Placed for Adoption",),
         "adoption_order_on": ("Date of Adoption Order", "Adoption Order Date"),
         "placement_order_on": ("Date of Placement Order", "Placement Order Date"),
         "matched_on": ("Date of Matching Child and Prospective Adopters", "Matched For Adoption Date")},
    11: {"adopter": ("Individual adopter identifier",), "enquired_on": ("Date enquiry received",),
         "stage_1_from": ("Date Stage 1 started",), "stage_2_from": ("Date Stage 2 started",),
         "adopter_left_on": ("Date of leaving adoption process",)},
}  # fmt: skip

# A care leaver's list in its later form has UASC too, so UASC alone does not make a list 8.
SHARED = {9: {"uasc": OF_LIST[8]["uasc"]}}

NAMED = re.compile(r"(?:list|(?<![a-z])l)[\s_.\-]*0*(\d{1,2})(?!\d)", re.IGNORECASE)
WORDED = {
    6: ("childreninneed", "childinneed", "cin"),
    7: ("childprotection", "cpplans", "cpp", "cp"),
    8: ("childrenincare", "childreninourcare", "lookedafter", "lookedafterchildren", "cla", "lac", "cic"),
    9: ("careleavers", "careleaver", "leavingcare", "careexperienced"),
}


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The row of a sheet that holds its headings."""

    number: int
    headings: tuple[str, ...]


def heading_text(cell: Cell) -> str:
    """A heading as a person would read it: one line, ordinary spaces and quotes."""
    text = unicodedata.normalize("NFKC", str(cell or ""))
    return " ".join(text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}).split())


def keys_of(heading: str) -> tuple[str, ...]:
    """The forms in which a heading is looked up: whole, then without what stands in brackets or a number in front."""
    whole = heading_text(heading)
    bare = re.sub(r"\([^)]*\)", " ", whole)
    return tuple(dict.fromkeys(folded(form) for form in (whole, bare, re.sub(r"^\W*\d+\W+", "", bare))))


def _index(fields: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {folded(spelling): field for field, spellings in fields.items() for spelling in spellings}


EVERYWHERE = _index(EVERY_LIST)
DISTINCTIVE = {number: _index(fields) for number, fields in OF_LIST.items()}
ALL_KEYS = frozenset(EVERYWHERE).union(*DISTINCTIVE.values())


def is_known(heading: str) -> bool:
    """Whether any Annex A list has this heading."""
    return any(key in ALL_KEYS for key in keys_of(heading))


def field_of(heading: str, number: int) -> str | None:
    """What a heading of this list holds, or nothing where it is not one of its headings."""
    known = EVERYWHERE | DISTINCTIVE.get(number, {}) | _index(SHARED.get(number, {}))
    return next((known[key] for key in keys_of(heading) if key in known), None)


def rank_of(heading: str, field: str, number: int) -> int:
    """How close a heading is to the official one, so that the official one wins where two say the same."""
    spellings = [folded(spelling) for spelling in EVERY_LIST.get(field) or OF_LIST[number].get(field, ())]
    places = [spellings.index(key) for key in keys_of(heading) if key in spellings]
    return min(places, default=len(spellings))


def heading_row(rows: Iterable[Row]) -> HeadingRow | None:
    """The row with the most known headings among the first rows of a sheet, if there are enough of them."""
    best, most = None, FEWEST_HEADINGS - 1
    for row in rows:
        if row.number > HEADING_ROWS:
            break
        headings = tuple(heading_text(cell) for cell in row.cells)
        known = len({key for heading in headings if is_known(heading) for key in keys_of(heading)[:1]})
        if known > most:
            best, most = HeadingRow(row.number, headings), known
    return best


def list_of_name(name: str) -> int | None:
    """Which list a sheet's name says it is: List_6, List 6, list6, "List 6 - CIN", "Care leavers"."""
    if match := NAMED.search(unicodedata.normalize("NFKC", name)):
        number = int(match.group(1))
        return number if number in TITLES else None
    word = re.sub(r"^\d+", "", folded(name))
    return next((number for number, words in WORDED.items() if word in words), None)


def list_of_headings(headings: Sequence[str]) -> int | None:
    """Which list a row of headings belongs to, by the headings that only one list has."""
    keys = [keys_of(heading) for heading in headings]
    counts = {
        number: len({own[key] for forms in keys for key in forms if key in own}) for number, own in DISTINCTIVE.items()
    }
    number, most = max(counts.items(), key=lambda pair: pair[1])
    tied = [other for other, count in counts.items() if count == most]
    return number if most > 0 and len(tied) == 1 else None


def has_reference(headings: Sequence[str]) -> bool:
    """Whether one of the headings is that of the child's reference."""
    return any(EVERYWHERE.get(key) == "reference" for heading in headings for key in keys_of(heading))
