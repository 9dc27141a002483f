"""Codes of case lists and the many ways in which they are written, with and without "a) " in front."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PREFIX = re.compile(r"\(?([a-z]\d?)\s*\)\s*", re.IGNORECASE)
CODE = re.compile(r"([a-z]{1,3}\d{0,2}[a-z]?)\b", re.IGNORECASE)

CATEGORIES = {
    "looked_after": "Looked after child",
    "child_protection": "Child protection plan",
    "child_in_need": "Child in need plan",
    "open_assessment": "Open assessment",
    "closed": "Closed episode",
    "care_leaver": "Care leaver",
}
GENDERS = {"male": "Male", "female": "Female", "not_stated": "Not stated or recorded", "neither": "Neither"}
ANSWERS = {"yes": "Yes", "no": "No", "unknown": "Not known"}
ETHNICITIES = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WOTH": "Any other White background",
    "WROM": "Gypsy/Roma",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other Mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "BCRB": "Caribbean",
    "BAFR": "African",
    "BOTH": "Any other Black background",
    "CHNE": "Chinese",
    "OOTH": "Any other ethnic group",
    "REFU": "Refused",
    "NOBT": "Information not yet obtained",
}
ETHNIC_GROUPS = {
    "White": ("WBRI", "WIRI", "WIRT", "WOTH", "WROM"),
    "Mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
    "Asian": ("AIND", "APKN", "ABAN", "AOTH"),
    "Black": ("BCRB", "BAFR", "BOTH"),
    "Chinese or other": ("CHNE", "OOTH"),
    "Not known": ("REFU", "NOBT"),
}
ABUSE = {
    "neglect": "Neglect",
    "physical": "Physical abuse",
    "sexual": "Sexual abuse",
    "emotional": "Emotional abuse",
    "multiple": "Multiple",
}
ELIGIBILITIES = {
    "relevant": "Relevant child",
    "former_relevant": "Former relevant child",
    "qualifying": "Qualifying care leaver",
    "eligible": "Eligible child",
}
# What the children in need census records instead of a plain yes.
CENSUS_DISABILITIES = ("MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA")
LOCATIONS = {"in": "Inside the authority", "out": "Outside the authority"}


def folded(text: str) -> str:
    """Text with only its letters and digits, in lower case: how spellings are compared."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list of codes: the keys we keep, their letters in order, and other spellings of each."""

    labels: Mapping[str, str]
    letters: tuple[str | None, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[str, str], ...] = ()  # a piece of text that tells the key where nothing else does
    coded: bool = False

    def expected(self) -> str:
        """What a cell of this list may say, in words."""
        if self.coded:
            return "A code such as " + ", ".join(list(self.labels)[:3])
        return "One of: " + ", ".join(self.labels.values())

    def read(self, text: str) -> str | None:
        """The key that a cell's text means, or nothing where it means none of them."""
        prefix = PREFIX.match(text)
        rest = text[prefix.end() :] if prefix else text
        if not folded(rest):
            return self._of_letter(prefix.group(1)) if prefix else None
        key = self.spellings.get(folded(rest)) or self._of_code(rest)
        if key is None and len(text.strip()) == 1:
            key = self._of_letter(text.strip())
        if key is None:
            key = next((key for part, key in self.parts if part in folded(rest)), None)
        return key

    def _of_letter(self, letter: str) -> str | None:
        place = ord(letter[0].lower()) - ord("a")
        return self.letters[place] if 0 <= place < len(self.letters) else None

    def _of_code(self, text: str) -> str | None:
        if not self.coded or not (match := CODE.match(text)):
            return None
        code = match.group(1).upper()
        # A code that is newer than this table is taken as it stands: U7, RC10.
        return code if code in self.labels or re.fullmatch(r"[A-Z]{1,3}\d{1,2}[A-Z]?", code) else None


def _spelt(labels: Mapping[str, str], more: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Every folded spelling of a list's keys."""
    found = {folded(key): key for key in labels} | {folded(label): key for key, label in labels.items()}
    return found | {folded(spelling): key for key, spellings in more.items() for spelling in spellings}


CATEGORY = CodeList(
    CATEGORIES,
    ("looked_after", "child_protection", "child_in_need", "open_assessment", "closed"),
    _spelt(
        CATEGORIES,
        {
            "looked_after": ("LAC", "CLA", "CIC", "child in care", "children in care", "in care", "cared for child"),
            "child_protection": ("CP", "CPP", "CP plan", "child protection"),
            "child_in_need": ("CIN", "CIN plan", "child in need", "CiN"),
            "open_assessment": ("assessment", "C&F assessment", "single assessment", "CFA"),
            "closed": ("closed", "closed case", "case closed"),
            "care_leaver": ("care leaver", "leaving care", "CL"),
        },
    ),
    (
        ("closed", "closed"),
        ("lookedafter", "looked_after"),
        ("careleaver", "care_leaver"),
        ("childprotection", "child_protection"),
        ("childinneed", "child_in_need"),
        ("openassessment", "open_assessment"),
    ),
)
GENDER = CodeList(
    GENDERS,
    ("male", "female", "not_stated", "neither"),
    _spelt(
        GENDERS,
        {
            "male": ("M", "boy", "1"),
            "female": ("F", "girl", "2"),
            "not_stated": ("U", "0", "unknown", "not stated", "not recorded", "not known", "indeterminate", "unborn"),
            "neither": ("I", "other", "non-binary", "9"),
        },
    ),
    (("notstated", "not_stated"),),
)
DISABILITY = CodeList(
    ANSWERS,
    ("yes", "no", "unknown"),
    _spelt(
        ANSWERS,
        {
            "yes": ("Y", "true", "1", *CENSUS_DISABILITIES),
            "no": ("N", "false", "0", "none"),
            "unknown": ("U", "unknown", "not stated", "not recorded"),
        },
    ),
)
ETHNICITY = CodeList(
    ETHNICITIES,
    # The official template prints "s)" before both REFU and NOBT, so the letter alone says neither.
    (*list(ETHNICITIES)[:18], None, "NOBT", "NOBT"),
    _spelt(
        ETHNICITIES,
        {
            "WIRT": ("Traveller", "Irish traveller"),
            "WROM": ("Gypsy Roma", "Gypsy", "Roma"),
            "BCRB": ("Black Caribbean",),
            "BAFR": ("Black African",),
            "REFU": ("refused to say", "declined"),
            "NOBT": ("UNKNOWN", "not known", "not obtained", "not stated", "not recorded"),
        },
    ),
)
ABUSE_CATEGORY = CodeList(
    ABUSE,
    tuple(ABUSE),
    _spelt(ABUSE, dict(zip(ABUSE, (["NEG"], ["PHY"], ["SAB"], ["EMO"], ["MUL"]), strict=True))),
    (("multiple", "multiple"),),
)
ELIGIBILITY = CodeList(
    ELIGIBILITIES,
    ("relevant", "former_relevant", "qualifying", "eligible"),
    _spelt(
        ELIGIBILITIES,
        {"relevant": ["relevant"], "former_relevant": ["former relevant"], "qualifying": ["qualifying"]},
    ),
)
LOCATION = CodeList(LOCATIONS, ("in", "out"), _spelt(LOCATIONS, {}))


def _coded(codes: Iterable[str]) -> CodeList:
    """A list whose codes are kept as they are, whatever text follows them."""
    return CodeList({code: code for code in codes}, coded=True)


NEED = _coded(f"N{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0))
CLOSURE = _coded(f"RC{number}" for number in range(1, 10))
LEGAL_STATUS = _coded(("C1", "C2", "D1", "E1", "V2", "L1", "L2", "L3", "J1", "J2", "J3", "V3", "V4"))
PLACEMENT = _coded(("U1", "U2", "U3", "U4", "U5", "U6", "K2", "H5", "P1", "P2", "R1", "Z1"))
ACCOMMODATION = _coded("BCDEGHKRSTUVWXYZ")
ACTIVITY = _coded(("F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6"))
YES_OR_NO = CodeList(ANSWERS, ("yes", "no", "unknown"), DISABILITY.spellings)
