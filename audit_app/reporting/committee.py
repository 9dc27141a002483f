"""The sections of a report to a committee, read from a file: what each asks for, and prints when empty (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from audit_app.refusal import Refusal

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "committee_report.yaml"


class WrongSections(ValueError):
    """The file of the sections says something that cannot be."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its heading, what it asks for, and the heading that it stands under with others."""

    key: str
    heading: str
    asks: str
    group: str = ""
    empty: str = ""
    numbered: bool = False
    needed: bool = False


@cache
def sections() -> tuple[Section, ...]:
    """The sections that come with the service."""
    return sections_in(SHIPPED.read_text(encoding="utf-8"))


def sections_in(text: str) -> tuple[Section, ...]:
    """The sections that a file describes; raises `WrongSections` with the first thing that cannot be."""
    try:
        found = tuple(
            Section(
                str(one["key"]),
                str(one["heading"]),
                str(one["asks"]),
                str(one.get("group", "")),
                str(one.get("empty", "")),
                one.get("lines") == "numbered",
                bool(one.get("needed")),
            )
            for one in yaml.safe_load(text)["sections"]
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise WrongSections(f"The file of the sections cannot be read: {error}") from error
    keys = [one.key for one in found]
    if not found or len(set(keys)) != len(keys):
        raise WrongSections("The sections need keys, and each key stands once.")
    if not all(key.isidentifier() for key in keys):
        raise WrongSections("A key is letters and underscores.")
    return found


def refusal_to_finalise(words: Mapping[str, str], *, frozen: bool) -> Refusal | None:
    """Why a report cannot be made final."""
    if not frozen:
        return Refusal("Freeze what the meeting is shown first: the report has it as its appendix.")
    missing = [one.heading for one in sections() if one.needed and not words.get(one.key, "").strip()]
    return Refusal(f"Write these sections first: {', '.join(missing)}.") if missing else None
