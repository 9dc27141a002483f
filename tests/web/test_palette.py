"""The colours of grades: told apart by everybody, and seen on white."""

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

from audit_app.web.palette import GRADES, colour, place
from audit_app.web.scene import PAPER, contrast

Triple = tuple[float, float, float]
# Full severity, after Machado, Oliveira and Fernandes (2009), A physiologically-based model for simulation of colour
# vision deficiency.
SIGHT: dict[str, tuple[Triple, Triple, Triple]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
CSS = Path(__file__).resolve().parents[2] / "audit_app" / "static"


def lab(colour: str, sight: str) -> Triple:
    """CIELAB (D65) of a colour as somebody sees it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    seen = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SIGHT[sight]]
    r, g, b = seen
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHT)
def test_any_two_grades_differ_for_everybody(sight: str) -> None:
    # 2.3 is a difference that can just be seen; a scale's steps are far more than that.
    least = min(math.dist(lab(a, sight), lab(b, sight)) for a, b in combinations(GRADES, 2))
    assert least > 20


def test_every_grade_stands_out_on_white() -> None:
    assert all(contrast(grade, PAPER) >= 3 for grade in GRADES)


@pytest.mark.parametrize("levels", range(1, 8))
def test_up_to_seven_levels_have_colours_of_their_own_from_worst_to_best(levels: int) -> None:
    places = [place(index, levels) for index in range(levels)]
    assert places == sorted(set(places))
    assert [colour(index, levels) for index in range(levels)] == [GRADES[p - 1] for p in places]


def test_a_long_scale_still_runs_from_the_first_colour_to_the_last() -> None:
    places = [place(index, 10) for index in range(10)]
    assert (places[0], places[-1]) == (1, 7)
    assert places == sorted(places)


def test_a_level_that_is_not_on_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="no level 4"):
        place(4, 4)


def test_the_stylesheet_draws_the_same_colours() -> None:
    css = (CSS / "components.css").read_text()
    assert re.findall(r"\.grade--([1-7]) \{ color: (#[0-9a-f]{6}); \}", css) == [
        (str(index), grade) for index, grade in enumerate(GRADES, 1)
    ]


def test_every_accent_can_be_read_as_a_link_and_carries_white_words() -> None:
    css = (CSS / "app.css").read_text()
    names = ("accent", "accent-hover", "accent-deep", "accent-tint")
    accents = re.findall(r"\s+".join(rf"--{name}: (#[0-9a-f]{{6}});" for name in names), css)
    assert len(accents) == 5
    for accent, hover, deep, tint in accents:
        for dark in (accent, hover, deep):
            assert contrast(dark, PAPER) >= 4.5
            assert contrast(dark, tint) >= 4.5
