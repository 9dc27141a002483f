"""How a scale is read from a file."""

import re
from collections.abc import Mapping
from typing import Final

from audit_app.frameworks.block import SHORT, Block, each_once, unknown
from audit_app.frameworks.scale import Level, Scale
from audit_app.frameworks.written import Words

FEWEST_LEVELS: Final = 2
MOST_LEVELS: Final = 10
LEAST_CONTRAST: Final = 3.0  # WCAG 2.2, success criterion 1.4.11: graphics against what is next to them


def scale(block: Block) -> Scale:
    """The scale that a block describes."""
    read = Scale(block.key(), block.words("name", most=SHORT), _levels(block))
    block.close()
    return read


def scale_named_or_given(block: Block, name: str, known: Mapping[str, Scale]) -> Scale | None:
    """The scale that an entry names by its key or spells out; nothing where neither can be read."""
    value = block.value(name, needed=True)
    if isinstance(value, Words):
        if value.text.strip() not in known:
            block.note(f"No such scale. {unknown(value.text.strip(), known)}", name)
        return known.get(value.text.strip())
    inner = block.block(name) if value is not None else None
    if inner is None:
        return None
    before = len(block.problems)
    given = scale(inner)
    if given.key in known and known[given.key] != given:
        inner.note(f"A different scale already has the key “{given.key}”. Give this one a key of its own.", "key")
    return given if len(block.problems) == before else None


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of a colour such as #1a2b3c with white, from 1 to 21 (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _levels(block: Block) -> tuple[Level, ...]:
    """The levels of a scale, worst first."""
    entries = block.blocks("levels", least=FEWEST_LEVELS, most=MOST_LEVELS)
    each_once(entries, "a level")
    levels: list[Level] = []
    for entry in entries:
        level = Level(
            entry.key(),
            entry.words("name", most=SHORT),
            entry.words("short", most=6),
            entry.yes_or_no("good"),
            _colour(entry),
        )
        entry.close()
        for part in ("name", "short", "colour"):
            if any(getattr(level, part) == getattr(other, part) != "" for other in levels):
                entry.note("Another level has this too. Each level needs its own.", part)
        if levels and levels[-1].good and not level.good:
            entry.note("Levels go from worst to best, so each level above a good one is good too.", "good")
        levels.append(level)
    if len(levels) >= FEWEST_LEVELS and len({level.good for level in levels}) == 1:
        block.note("At least one level must count as good, and at least one must not.", "levels")
    return tuple(levels)


def _colour(entry: Block) -> str:
    """The colour of a level, dark enough to be seen on white."""
    colour = entry.words("colour", most=7).lower()
    if not colour:
        return ""
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        entry.note("Write the colour as “#” and six digits or letters a to f, in quotation marks.", "colour")
        return ""
    if contrast_on_white(colour) < LEAST_CONTRAST:
        entry.note("This colour is too pale to see on white. Choose one with a contrast of at least 3 to 1.", "colour")
    return colour
