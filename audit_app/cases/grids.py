"""The eleven lists of Annex A as grids of cells, filled from invented children."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from audit_app.cases.codes import ETHNICITIES
from audit_app.cases.generating import GeneratedChild
from audit_app.cases.headings import TITLES
from audit_app.cases.values import age_on
from audit_app.cases.workbook import Cell

WHO = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)")
WHO_AND_DISABILITY = (*WHO, "Does the Child have a Disability")
ALLOCATED = ("Allocated Team", "Allocated Worker")

# The official headings (Ofsted, August 2019; Open Government Licence), in their order.
OFFICIAL: dict[int, tuple[str, ...]] = {
    1: (*WHO, "Date of Contact", "Contact Source"),
    2: (*WHO, "Assessment start date", "Assessment completion date", "Organisation completing assessment"),
    3: (
        *WHO,
        "Date of referral",
        "Referral Source",
        "Referral NFA?",
        "Number of Referrals in Last 12 Months",
        *ALLOCATED,
    ),
    4: (
        *WHO_AND_DISABILITY,
        "Continuous Assessment Start Date",
        "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation",
        "Was the child assessed as requiring LA children’s social care support",
        *ALLOCATED,
    ),
    5: (
        *WHO_AND_DISABILITY,
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        "Number of Section 47 Enquiries in the last 12 months",
        "Number of ICPCs in the last 12 months",
        *ALLOCATED,
    ),
    6: (
        *WHO_AND_DISABILITY,
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "CIN Closure Date",
        "Reason for Closure",
        "Case status",
        *ALLOCATED,
    ),
    7: (
        *WHO_AND_DISABILITY,
        "Child Protection Plan Start Date",
        "Initial Category of Abuse",
        "Latest Category of Abuse",
        "Date of the Last Statutory Visit",
        "Was the Child Seen Alone?",
        "Date of latest review conference",
        "Child Protection Plan End Date",
        "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
        "Number of Previous Child Protection Plans",
        *ALLOCATED,
    ),
    8: (
        *WHO,
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
        "Does the Child have a Disability",
        "Date Started to be Looked After",
        "Child's Category of Need",
        "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
        "Start date of current legal status",
        "Child's Legal Status",
        "Date of Latest Statutory Review",
        "Date of Last Social Work Visit",
        "What is the permanence plan for this child?",
        "Date of Last IRO Visit / Contact to the Child",
        "Date of Last Health Assessment",
        "Date of Last Dental Check",
        "Number of Placements in the Last 12 months",
        "Date Ceased to be Looked After ",
        "Reason Ceased to be Looked After",
        "Start Date of Most Recent Placement",
        "Placement Type",
        "Placement Provider",
        "Placement postcode",
        "URN of Placement",
        "Placement Location",
        "LA of Placement",
        "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
        "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
        "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        "Did the child accept a Return Interview after their last missing episode (Y/N)?",
        *ALLOCATED,
    ),
    9: (
        *WHO_AND_DISABILITY,
        *ALLOCATED,
        "Eligibility Category",
        "LA In Touch ",
        "Type of Accommodation",
        "Suitability of Accommodation",
        "Activity Status",
    ),
    10: (
        "Child Unique ID",
        "Family identifier",
        *WHO_AND_DISABILITY[1:],
        "Date the Child Entered Care",
        "Date of Decision that Child Should be Placed for Adoption",
        "Date of Placement Order",
        "Date of Matching Child and Prospective Adopters",
        "Date Placed for Adoption",
        "Date of Adoption Order ",
        "Date of Decision that Child Should No Longer be Placed for Adoption",
        "Reason Why Child No Longer Placed for Adoption",
        "Date the child was placed for fostering in FFA or concurrent planning placement",
    ),
    11: (
        "Individual adopter identifier",
        "Family identifier",
        "Gender",
        "Ethnicity",
        "Disability",
        "Is the (prospective) adopter fostering for adoption?",
        "Date enquiry received",
        "Date Stage 1 started",
        "Date Stage 1 ended",
        "Date Stage 2 started",
        "Date Stage 2 ended",
        "Date application submitted",
        "Date application approved",
        "Date adopter matched with child(ren)",
        "Date child/children placed with adopter(s)",
        "No. of children placed",
        "Date of Adoption Order",
        "Date of leaving adoption process",
        "Reason for leaving adoption process",
    ),
}
CODES: dict[str, dict[str, str]] = {
    "gender": {
        "male": "a) Male",
        "female": "b) Female",
        "not_stated": "c) Not stated/recorded",
        "neither": "d) Neither",
    },
    # Twenty codes under nineteen letters: the template prints "s)" twice.
    "ethnicity": {code: f"{'abcdefghijklmnopqrss'[place]}) {code}" for place, code in enumerate(ETHNICITIES)},
    "answer": {"yes": "a) Yes", "no": "b) No", "unknown": "c) Unknown"},
    "category": {
        "looked_after": "a) Looked after child",
        "child_protection": "b) Child Protection plan",
        "child_in_need": "c) Child in need plan",
        "open_assessment": "d) Open assessment",
        "closed": "e) Closed episode",
    },
    "abuse": {
        "neglect": "a) Neglect",
        "physical": "b) Physical abuse",
        "sexual": "c) Sexual abuse",
        "emotional": "d) Emotional abuse",
        "multiple": "e) Multiple/not recommended",
    },
    "eligibility": {
        "relevant": "a) Relevant child",
        "former_relevant": "b) Former relevant child",
        "qualifying": "c) Qualifying care leaver",
    },
    "placement_location": {"in": "a) In", "out": "b) Out"},
}


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet before it is written: rows above its headings, the headings, the rows below."""

    number: int
    name: str
    above: tuple[tuple[Cell, ...], ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def grids_of(children: Sequence[GeneratedChild], *, taken_on: dt.date) -> list[Grid]:
    """All eleven lists: lists 6 to 9 filled, the others with their headings only."""
    chosen: dict[int, Iterable[GeneratedChild]] = {
        6: (child for child in children if child.in_list_6),
        7: (child for child in children if child.category == "child_protection"),
        8: (child for child in children if child.category == "looked_after"),
        9: (child for child in children if child.care_leaver),
    }
    return [
        Grid(
            number,
            f"List_{number}",
            ((f"List {number}: {TITLES[number]}",),),
            headings,
            tuple(_row(child, number, headings, taken_on) for child in chosen.get(number, ())),
        )
        for number, headings in OFFICIAL.items()
    ]


def _row(child: GeneratedChild, number: int, headings: Sequence[str], taken_on: dt.date) -> tuple[Cell, ...]:
    cells = _who(child, taken_on) | FILLED[number](child)
    return tuple(cells.get(heading) for heading in headings)


def _who(child: GeneratedChild, taken_on: dt.date) -> dict[str, Cell]:
    return {
        "Child Unique ID": child.reference,
        "Gender": CODES["gender"][child.gender],
        "Ethnicity": CODES["ethnicity"][child.ethnicity],
        "Date of Birth": child.born,
        "Age of Child (Years)": age_on(child.born, taken_on),
        "Does the Child have a Disability": CODES["answer"][child.disability],
        "Allocated Team": child.team,
        "Allocated Worker": child.worker,
    }


def _in_need(child: GeneratedChild) -> dict[str, Cell]:
    return {
        "CIN Start Date": child.started_on,
        "Primary Need Code": child.need,
        "Date Child Was Last Seen": child.seen_on,
        "CIN Closure Date": child.closed_on,
        "Reason for Closure": child.details.get("closure"),
        "Case status": CODES["category"][child.category],
    }


def _protected(child: GeneratedChild) -> dict[str, Cell]:
    return {
        "Child Protection Plan Start Date": child.started_on,
        "Initial Category of Abuse": CODES["abuse"][child.details["abuse_first"]],
        "Latest Category of Abuse": CODES["abuse"][child.details["abuse"]],
        "Date of the Last Statutory Visit": child.seen_on,
        "Was the Child Seen Alone?": "a) Yes",
        "Number of Previous Child Protection Plans": 0,
    }


def _in_care(child: GeneratedChild) -> dict[str, Cell]:
    unaccompanied = "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)"
    return {
        unaccompanied: CODES["answer"][child.details["uasc"]],
        "Date Started to be Looked After": child.started_on,
        "Child's Category of Need": child.need,
        "Child's Legal Status": child.details["legal_status"],
        "Date of Last Social Work Visit": child.seen_on,
        "Placement Type": child.details["placement"],
        "Placement Location": CODES["placement_location"][child.details["placement_location"]],
    }


def _leaving(child: GeneratedChild) -> dict[str, Cell]:
    return {
        "Eligibility Category": CODES["eligibility"][child.details["eligibility"]],
        "LA In Touch ": "a) Yes",
        "Type of Accommodation": child.details["accommodation"],
        "Suitability of Accommodation": "a) Suitable",
        "Activity Status": child.details["activity"],
    }


FILLED: dict[int, Callable[[GeneratedChild], dict[str, Cell]]] = {6: _in_need, 7: _protected, 8: _in_care, 9: _leaving}
