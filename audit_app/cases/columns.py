"""Columns that must not be taken in: what a heading, or what stands under it, gives away."""

import re
from collections.abc import Callable, Sequence

from audit_app.cases.caselist import LeftOut
from audit_app.cases.codes import folded
from audit_app.cases.given_names import COMMON
from audit_app.cases.headings import heading_text
from audit_app.cases.sensitive import EMAIL, NATIONAL_INSURANCE, PHONE, POSTCODE, is_nhs_number

REASONS = {
    "name": "It looks like people’s names. Children’s and families’ names are never kept.",
    "date_of_birth": "Only the age band is kept, never the date of birth.",
    "nhs_number": "It looks like NHS numbers or other personal numbers, which are never kept.",
    "address": "It looks like addresses or postcodes, which are never kept.",
    "contact": "It looks like phone numbers or email addresses, which are never kept.",
    "text": "It holds long text, which may name people. Only short words and codes are kept.",
    "repeated": "It is already read from another column or another list.",
    "not_used": "Nothing here uses it.",
}
TELLING = ("name", "nhs_number", "address", "contact", "text")  # what a person should be told of first
SAMPLE = 60
FEWEST_VALUES = 3

# Looked for in the heading's letters and digits; the first that fits decides.
GIVEN_AWAY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("contact", re.compile(r"phone|mobile|email|contactnumber|contactdetails")),
    ("nhs_number", re.compile(r"nhs|nationalinsurance|^nino$|^upn$|^uln$|uniquepupil|uniquelearner|passport")),
    ("address", re.compile(r"address|postcode|postalcode|^street|^town$|uprn|housen(ame|umber|o)")),
    ("date_of_birth", re.compile(r"^dob|dob$|^born|birthday|dateofbirth|birthdate|^duedate$|expecteddateofdelivery")),
    (
        "name",
        re.compile(
            r"(fore|first|sur|last|family|given|middle|full|preferred|maiden|display|person|client|childs?|childrens|parents?"
            r"|mothers?|fathers?|mums?|dads?|carers?|siblings?|pupils?|youngpersons?|subject|serviceuser)names?$"
            r"|nameof(the)?(child|young|parent|carer|mother|father|client|person|pupil)|^names?$|^child$|^youngperson$"
            r"|knownas|^alias(es)?$|^initials$|^mother$|^father$|^parents?$|^carers?$|nextofkin"
        ),
    ),
)
# Names of staff are kept: whose case it is decides who may audit it.
STAFF = re.compile(r"worker|practitioner|advis[eo]r|supervis|manager|officer|allocatedto|assignedto|keyperson|^iro$")
LONG_TEXT = 60
NAME_SHAPE = re.compile(r"[^\W\d_]+(['’-][^\W\d_]+)*,?( [^\W\d_]+(['’-][^\W\d_]+)*\.?){1,3}")


def kind_of_column(heading: str, values: Sequence[str]) -> str:
    """Why a column must not be kept, from its heading and some of its values; "not_used" where nothing tells."""
    key = folded(heading_text(heading))
    by_heading = next((kind for kind, pattern in GIVEN_AWAY if pattern.search(key)), None)
    by_values = None if by_heading else kind_of_values(values)
    if by_values == "name" and STAFF.search(key):
        by_values = None
    return by_heading or by_values or "not_used"


def kind_of_values(values: Sequence[str]) -> str | None:
    """What most values of a column look like, where they look like something that identifies people."""
    some = [value for value in values if value][:SAMPLE]
    if len(some) < FEWEST_VALUES:
        return None
    for kind, looks in LOOKS:
        if sum(map(looks, some)) * 2 >= len(some):
            return kind
    if sum(len(value) > LONG_TEXT for value in some) * 4 >= len(some):
        return "text"
    if all(map(NAME_SHAPE.fullmatch, some)) and sum(map(_has_given_name, some)) * 4 >= len(some):
        return "name"
    return None


def left_out(sheet: str, heading: str, kind: str) -> LeftOut:
    """A column that is not taken in, with the reason in words."""
    return LeftOut(sheet, heading_text(heading), kind, REASONS[kind])


def _has_given_name(value: str) -> bool:
    return any(word.strip(",.").lower() in COMMON for word in value.split())


def _is_nhs_number(value: str) -> bool:
    return is_nhs_number(re.sub(r"[ -]", "", value))


LOOKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("nhs_number", _is_nhs_number),
    ("nhs_number", lambda value: bool(NATIONAL_INSURANCE.fullmatch(value))),
    ("address", lambda value: bool(POSTCODE.search(value))),
    ("contact", lambda value: bool(EMAIL.fullmatch(value) or PHONE.fullmatch(value))),
    ("name", lambda value: len(value.split()) == 1 and _has_given_name(value)),
)
