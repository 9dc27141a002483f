"""Words with placeholders in braces: what is wrong with them, and filled in (pure)."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{([a-z_]*)\}")
LONGEST_LINE: Final = 120
LONGEST: Final = 4000


def problems_of(words: object, allowed: Collection[str], *, one_line: bool, may_be_empty: bool = False) -> list[str]:
    """Everything that is wrong with some words; of long ones each unknown placeholder with its line."""
    if not isinstance(words, str) or (not words.strip() and not may_be_empty):
        return ["Write some words."]
    problems = [f"{{{name}}}{where} is not known here." for name, where in _placeholders(words) if name not in allowed]
    if "{" in (rest := PLACEHOLDER.sub("", words)) or "}" in rest:
        problems.append("A brace stands alone.")
    if any(unicodedata.category(c) in ("Cc", "Cs") and (c != "\n" or one_line) for c in words.strip()):
        problems.append("Write it on one line." if one_line else "Remove the characters that cannot be printed.")
    if len(words) > (LONGEST_LINE if one_line else LONGEST):
        problems.append("It is too long.")
    return problems


def _placeholders(words: str) -> list[tuple[str, str]]:
    lines = words.strip().split("\n")
    return [
        (name, f" in line {number}" if len(lines) > 1 else "")
        for number, line in enumerate(lines, 1)
        for name in PLACEHOLDER.findall(line)
    ]


def filled(words: str, values: Mapping[str, str]) -> str:
    """Words with their placeholders filled in; what is filled in cannot break a line or be a placeholder itself."""
    return PLACEHOLDER.sub(lambda found: in_one_line(values.get(found.group(1), "")), words)


def in_one_line(value: str) -> str:
    """Text without line breaks or signs that cannot be printed or that turn writing round."""
    signs = (" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in value)
    return " ".join("".join(signs).split())
