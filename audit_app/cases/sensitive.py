"""Warns where free text seems to hold what identifies a person: a name, a date of birth, a number, an address."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from audit_app.cases.given_names import COMMON
from audit_app.cases.trade_words import PLACE_WORDS, TRADE_WORDS

MOST = 50  # a person told of fifty places in one text has been told enough

WORDS = {
    "name": "This looks like a person’s name.",
    "date_of_birth": "This looks like a date of birth.",
    "nhs_number": "This looks like an NHS number.",
    "phone": "This looks like a phone number.",
    "email": "This looks like an email address.",
    "postcode": "This looks like a postcode.",
    "address": "This looks like an address.",
    "national_insurance": "This looks like a National Insurance number.",
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place in a text that may identify somebody: where it is, what kind, and what to tell the writer."""

    start: int
    end: int
    kind: str

    @property
    def words(self) -> str:
        """What to tell the writer."""
        return WORDS[self.kind]


EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b")
NATIONAL_INSURANCE = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE
)
PHONE = re.compile(r"(?<![\d/.-])(?:\+44[ -]?(?:\(0\)[ -]?)?|0)[1-9](?:[ ()-]{0,2}\d){8,9}(?![\d/])")
TEN_DIGITS = re.compile(r"(?<![\d/.-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\d/-])")
DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})"
    r"|\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*,? \d{4}"
    r"|\d{4}-\d{2}-\d{2})"
)
DATE_OF_BIRTH = re.compile(
    rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born)\b[^\n\d]{{0,20}}(?P<day>{DAY})(?!\d)", re.IGNORECASE
)
STREET = "Street|Road|Avenue|Lane|Close|Drive|Crescent|Grove|Terrace|Gardens|Way|Place|Court|Walk|Mews|Rise|Row"
ADDRESS = re.compile(rf"\b\d{{1,4}}[A-Za-z]?,? (?:[A-Z][a-z’']+ ){{1,3}}(?:{STREET})\b")
NAME_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž]+(?:[-'’][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿā-ž]+)*"
TITLES = "Mr|Mrs|Miss|Ms|Mx|Dr|Prof|Professor|Rev|Reverend|Sir|Dame|Imam|Nana|Aunt|Auntie|Uncle"
TITLED = re.compile(rf"\b(?:{TITLES})\.? (?:[A-Z]\.? )?({NAME_WORD})")
CAPITALISED = re.compile(rf"(?<![\w’'-]){NAME_WORD}(?: (?:Mc|Mac|O[’']|[Dd]e |[Vv]an |[Aa]l[- ])?{NAME_WORD})*")
ORDINARY_ENDINGS = ("ing", "ly", "ed", "ion", "ions", "ment", "ments", "ness", "ity", "ive", "ous", "al", "ful")
SENTENCE_START = re.compile(r"(?:^|[.!?:;•*–—]|\n|[\"“(]|\d[.)])[\s\"“(•*–—-]*$")


def warnings_in(text: str) -> tuple[Finding, ...]:
    """Every place in a text that seems to identify somebody, in order, none overlapping another."""
    found: list[Finding] = []
    for search in SEARCHES:
        for finding in search(text):
            if len(found) == MOST:
                return tuple(sorted(found))
            if not any(finding.start < other.end and other.start < finding.end for other in found):
                found.append(finding)
    return tuple(sorted(found))


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number (weights 10 to 2, modulus 11)."""
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and int(digits[9]) == check % 11


def _matches(pattern: re.Pattern[str], kind: str, group: str | int = 0) -> Callable[[str], Iterator[Finding]]:
    def search(text: str) -> Iterator[Finding]:
        for match in pattern.finditer(text):
            yield Finding(match.start(group), match.end(group), kind)

    return search


def _nhs_numbers(text: str) -> Iterator[Finding]:
    for match in TEN_DIGITS.finditer(text):
        if is_nhs_number(match.group(1) + match.group(3) + match.group(4)):
            yield Finding(match.start(), match.end(), "nhs_number")


def _titled_names(text: str) -> Iterator[Finding]:
    for match in TITLED.finditer(text):
        if match.group(1).lower() not in TRADE_WORDS:
            yield Finding(match.start(), match.end(), "name")


def _names(text: str) -> Iterator[Finding]:
    """Capitalised words that are not how a sentence starts and not words of the trade."""
    for match in CAPITALISED.finditer(text):
        words = [(part.group(), match.start() + part.start()) for part in re.finditer(r"\S+", match.group())]
        after = re.match(r" ([A-Z][a-z]+)", text[match.end() :])
        if words[-1][0].lower() in PLACE_WORDS or (after and after.group(1).lower() in PLACE_WORDS):
            continue
        before = text[max(0, match.start() - 12) : match.start()]
        yield from _names_among(words, starts=bool(SENTENCE_START.search(before)))


def _names_among(words: list[tuple[str, int]], *, starts: bool) -> Iterator[Finding]:
    """Names in one run of capitalised words: a common given name, or two words that the trade does not use."""
    if len(words) > 4:
        return  # a title, not a name
    place = 0
    while place < len(words):
        word, start = words[place]
        following = words[place + 1] if place + 1 < len(words) else None
        given = _bare(word) in COMMON
        surname = following is not None and _bare(following[0]) not in TRADE_WORDS
        opens = starts and place == 0 and word.endswith(ORDINARY_ENDINGS)
        stranger = surname and not opens and _bare(word) not in TRADE_WORDS and _bare(words[place + 1][0]) not in COMMON
        if given or stranger:
            last = following if surname and following is not None else (word, start)
            yield Finding(start, last[1] + len(last[0]), "name")
            place += 2 if surname else 1
        else:
            place += 1


def _bare(word: str) -> str:
    """A word without the ’s of possession, in lower case."""
    return re.sub(r"['’]s$", "", word).lower()


SEARCHES: tuple[Callable[[str], Iterator[Finding]], ...] = (
    _matches(EMAIL, "email"),
    _matches(NATIONAL_INSURANCE, "national_insurance"),
    _matches(DATE_OF_BIRTH, "date_of_birth", "day"),
    _matches(ADDRESS, "address"),
    _matches(POSTCODE, "postcode"),
    _nhs_numbers,
    _matches(PHONE, "phone"),
    _titled_names,
    _names,
)
