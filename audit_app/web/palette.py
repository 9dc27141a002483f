"""The colours in which grades are drawn when a scale names none of its own (pure).

Chosen by search so that any two differ under full colour vision and under the three kinds of colour blindness, and each
stands at least 3 to 1 on white. Worst first; no traffic light: warm and dark, through grey, to cool and dark.
"""

from typing import Final

GRADES: Final = ("#49141e", "#a92d06", "#d67d0f", "#6c6661", "#2fa1a6", "#40629c", "#110075")

_PLACES: Final = {
    1: (3,),
    2: (0, 6),
    3: (0, 3, 6),
    4: (0, 2, 4, 6),
    5: (0, 1, 3, 5, 6),
    6: (0, 1, 2, 4, 5, 6),
}


def place(index: int, levels: int) -> int:
    """The place in the palette, 1 to 7, of a level (0 the worst) of a scale with so many levels."""
    if not 0 <= index < levels:
        raise ValueError(f"a scale of {levels} levels has no level {index}")
    if levels in _PLACES:
        return _PLACES[levels][index] + 1
    return round(index * (len(GRADES) - 1) / (levels - 1)) + 1


def colour(index: int, levels: int) -> str:
    """The colour of a level (0 the worst) of a scale with so many levels."""
    return GRADES[place(index, levels) - 1]
