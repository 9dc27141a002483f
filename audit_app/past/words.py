"""What a spreadsheet calls a grade, and the level of the scale that it means (pure)."""

import re
from collections.abc import Mapping

from audit_app.cases.teams import folded_label
from audit_app.frameworks.content import Level, Scale

SHORTEST = 4  # letters of a name's beginning that tell which level is meant


def levels_meant(scale: Scale, said: Mapping[str, str | None]) -> dict[str, str | None]:
    """The level that each word means: what somebody said, else what the scale itself calls its levels."""
    return own_words(scale) | {folded_label(word): level for word, level in said.items()}


def own_words(scale: Scale) -> dict[str, str | None]:
    """Every level by its name, its short name and its key."""
    words: dict[str, str | None] = {}
    for level in scale.levels:
        for word in (level.key.replace("_", " "), level.key, level.short, level.name):
            words[folded_label(word)] = level.key
    return words


def guess(word: str, scale: Scale) -> str | None:
    """The level that a word likely means, for a person to confirm: by its beginning, or by its initials."""
    key = folded_label(word)
    found = [level for level in scale.levels if _likely(key, level)]
    return found[0].key if len(found) == 1 else None


def _likely(key: str, level: Level) -> bool:
    name = folded_label(level.name)
    initials = "".join(part[0] for part in re.findall(r"\w+", name))
    begins = len(key) >= SHORTEST and (name.startswith(key) or key.startswith(name))
    return begins or (len(key) > 1 and initials.startswith(key))
