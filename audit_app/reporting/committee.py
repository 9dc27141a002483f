"""The sections of a report to a committee, read from a file: what each asks for, and prints when empty (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from audit_app.refusal import Refusal

Lines = Literal["paragraphs", "numbered", "fact", "appendices"]
LINES: Final[tuple[Lines, ...]] = ("paragraphs", "numbered", "fact", "appendices")
SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "committee_report.yaml"


class WrongSections(ValueError):
    """The file of the sections says something that cannot be."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its heading, what it asks for, the heading that it stands under with others, and how it prints."""

    key: str
    heading: str
    asks: str
    group: str = ""
    empty: str = ""
    lead: str = ""
    lines: Lines = "paragraphs"
    needed: bool = False


@cache
def sections() -> tuple[Section, ...]:
    """The sections that come with the service."""
    return sections_in(SHIPPED.read_text(encoding="utf-8"))


def sections_in(text: str) -> tuple[Section, ...]:
    """The sections that a file describes; raises `WrongSections` with the first thing that cannot be."""
    try:
        return sections_of(yaml.safe_load(text)["sections"])
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise WrongSections(f"The file of the sections cannot be read: {error}") from error


def sections_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Section, ...]:
    """Sections from what is written of each of them, in a file or in a report that is final."""
    found = tuple(
        Section(
            str(one["key"]),
            str(one["heading"]),
            str(one.get("asks", "")),
            str(one.get("group", "")),
            str(one.get("empty", "")),
            str(one.get("lead", "")),
            one.get("lines", "paragraphs"),
            bool(one.get("needed")),
        )
        for one in rows
    )
    keys = [one.key for one in found]
    if not found or len(set(keys)) != len(keys):
        raise WrongSections("The sections need keys, and each key stands once.")
    if not all(key.isidentifier() for key in keys):
        raise WrongSections("A key is letters and underscores.")
    if any(one.lines not in LINES for one in found):
        raise WrongSections(f"The lines of a section are one of: {', '.join(LINES)}.")
    return found


def kept(found: Sequence[Section]) -> list[dict[str, Any]]:
    """Sections as a final report keeps them: it prints the same whatever the file says later."""
    return [asdict(one) for one in found]


def refusal_to_finalise(words: Mapping[str, str], *, frozen: bool) -> Refusal | None:
    """Why a report cannot be made final."""
    if not frozen:
        return Refusal("Freeze what the meeting is shown first: the report has it as its appendix.")
    missing = [one.heading for one in sections() if one.needed and not words.get(one.key, "").strip()]
    return Refusal(f"Write these sections first: {', '.join(missing)}.") if missing else None
