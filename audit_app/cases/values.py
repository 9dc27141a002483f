"""What a cell of a case list says: as text, as a reference, as a date, as an age."""

import datetime as dt
import math
import re
import unicodedata
from dataclasses import dataclass

from audit_app.cases.workbook import Cell

BLANKS = frozenset({"", "-", "--", "null", "(null)", "(blank)", "n/a", "nan", "nil"})
SPREADSHEET_ERROR = re.compile(r"#(n/?a|ref!?|value!?|name\?|div/0!?|null!?|num!?|calc!)|err:\d+", re.IGNORECASE)
SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+?\d{1,3}", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
EXCEL_EPOCH = dt.date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000  # 1927 to 2119: outside these a number is not a day in a case list
REFERENCE_MOST = 64

WORDED_DATES = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y")
NUMBERED_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
TIME_AFTER = re.compile(r"(?<=\d)[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")

AGE_BANDS = {
    "unborn": "Unborn",
    "under_1": "Under 1",
    "1_to_4": "1 to 4",
    "5_to_9": "5 to 9",
    "10_to_15": "10 to 15",
    "16_to_17": "16 and 17",
    "18_and_over": "18 and over",
}
BANDS_IN_WORDS = {words.casefold(): band for band, words in AGE_BANDS.items()}
OLDEST = 30  # care leavers are supported until 25; beyond this the date is a mistake


@dataclass(frozen=True, slots=True)
class Reference:
    """A child's reference as a cell gives it, with what may have happened to it or why it cannot be one."""

    text: str = ""
    refusal: str = ""
    was_number: bool = False
    was_shortened: bool = False
    hide: bool = False


def clean(text: str) -> str:
    """Text with ordinary single spaces, without invisible characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Zs", "Zl", "Zp") else sign for sign in text)
    return " ".join(text.split())


def shown(cell: Cell) -> str:
    """A cell as a person would see it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    return clean(str(cell))


def is_blank(text: str) -> bool:
    """Whether text says nothing: empty, a dash, or what spreadsheets show for an error."""
    return text.lower() in BLANKS or bool(SPREADSHEET_ERROR.fullmatch(text))


def text_in(cell: Cell) -> str:
    """A cell's text, empty where it says nothing."""
    text = shown(cell)
    return "" if is_blank(text) else text


def reference_in(cell: Cell) -> Reference:
    """A child's reference, always as text: 123.0 is 123, and 00123 keeps its zeros."""
    if isinstance(cell, bool | dt.date):
        return Reference(refusal="The child’s reference, not a date or a yes or no")
    if isinstance(cell, int | float):
        if not math.isfinite(cell) or cell != int(cell) or cell < 0 or cell >= 1e15:
            return Reference(refusal="A reference of letters and digits, or a whole number of up to 15 digits")
        return Reference(text=str(int(cell)), was_number=True)
    text = text_in(cell)
    if not text:
        return Reference(refusal="The child’s reference in the case system")
    if len(text) > REFERENCE_MOST:
        return Reference(refusal=f"A reference of up to {REFERENCE_MOST} characters", hide=True)
    if not any(sign.isdigit() for sign in text):
        return Reference(refusal="A reference with at least one digit: names are never kept", hide=True)
    return Reference(text=text, was_shortened=bool(SCIENTIFIC.fullmatch(text)))


def date_in(cell: Cell) -> dt.date | None:
    """The day a cell names, or nothing; raises ValueError where there is something that is not a day of our time."""
    day = _day_in(cell)
    if day is not None and not 1900 <= day.year <= 2100:
        raise ValueError
    return day


def _day_in(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, bool):
        raise ValueError
    if isinstance(cell, int | float):
        return _day_of_serial(cell)
    text = TIME_AFTER.sub("", text_in(cell))
    if not text:
        return None
    if match := NUMBERED_DATE.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        return dt.date(year, month, day)
    if match := ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        return dt.date(year, month, day)
    if text.replace(".", "", 1).isdecimal():
        return _day_of_serial(float(text))
    for form in WORDED_DATES:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise ValueError


def _day_of_serial(number: float) -> dt.date:
    """The day that Excel means by a number: days since the end of 1899."""
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise ValueError
    return EXCEL_EPOCH + dt.timedelta(days=int(number))


def age_on(born: dt.date, day: dt.date) -> int:
    """Age in whole years at the last birthday; -1 before birth."""
    if born > day:
        return -1
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_in(cell: Cell) -> int | None:
    """The age in years that a cell gives, or nothing; raises ValueError where it is not an age."""
    text = text_in(cell).lower()
    if not text:
        return None
    if text in ("unborn", "ub"):
        return -1
    if text == "under 1" or re.fullmatch(r"\d+ ?(w|wks?|weeks?|m|mths?|months?)", text):
        return 0
    age = float(text.removesuffix("years").removesuffix("yrs").strip())
    if not math.isfinite(age) or not -1 <= age <= OLDEST:
        raise ValueError
    return math.floor(age)


def age_band(age: int) -> str:
    """The band that an age falls in: what is kept of a date of birth."""
    if age < 0:
        return "unborn"
    if age < 1:
        return "under_1"
    for oldest, band in ((4, "1_to_4"), (9, "5_to_9"), (15, "10_to_15"), (17, "16_to_17")):
        if age <= oldest:
            return band
    return "18_and_over"
