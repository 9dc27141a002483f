"""A chart's scene, and how it is drawn on a page."""

import math
import re
from xml.etree import ElementTree as ET

import pytest

from audit_app.web.scene import INK, PAPER, Mark, Path, Rect, Scene, Shape, Words, contrast, ink_on, outline
from tests.reporting.papers import SCENE

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*shapes: Shape) -> list[ET.Element]:
    """The shapes of a scene as they stand in the page, without its title and description."""
    return list(ET.fromstring(Scene(100, 50, "Title", "Words", shapes).svg()))[2:]


def test_a_scene_is_an_image_with_a_name_and_a_description() -> None:
    root = ET.fromstring(SCENE.svg("first"))
    title, description = root[0], root[1]
    assert root.get("role") == "img"
    assert (
        root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}" == "first-title first-description"
    )
    assert (title.text, description.text) == (SCENE.title, SCENE.description)


def test_a_drawn_scene_holds_nothing_that_a_strict_policy_refuses() -> None:
    assert not re.search(r"style|<script|\son\w+=|href|url\(", SCENE.svg())


def test_two_scenes_on_one_page_have_different_ids() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', SCENE.svg(name))) for name in ("one", "two")]
    assert ids[0].isdisjoint(ids[1])


def test_words_in_a_scene_are_never_read_as_markup() -> None:
    hostile = "</text><script>go()</script> & 'more\""
    (text,) = drawn(Words(1, 2, hostile))
    assert text.text == hostile
    scene = Scene(1, 1, hostile, hostile)
    assert [part.text for part in ET.fromstring(scene.svg('"><b'))] == [hostile, hostile]


def test_every_kind_of_shape_is_drawn_as_its_own_element() -> None:
    tags = [element.tag.removeprefix(SVG) for element in ET.fromstring(SCENE.svg())][2:]
    assert tags == ["rect", "rect", "text", "text", "text", "line", "polyline", "polygon", "circle"] + ["polygon"] * 3


def test_an_open_mark_hides_the_line_behind_it_and_has_an_outline() -> None:
    (mark,) = drawn(Mark(1, 1, fill=None))
    assert (mark.get("fill"), mark.get("stroke")) == (PAPER, INK)


def test_only_a_closed_path_is_filled() -> None:
    run, area = drawn(Path(((0, 0), (1, 1)), fill=INK), Path(((0, 0), (1, 1)), fill=INK, closed=True))
    assert (run.get("fill"), area.get("fill")) == ("none", INK)


def test_numbers_are_written_short() -> None:
    (rect,) = drawn(Rect(1 / 3, 2.5, 10.0, 1e-9))
    assert [rect.get(name) for name in ("x", "y", "width", "height")] == ["0.33", "2.5", "10", "0"]


@pytest.mark.parametrize("shape", [Rect(math.nan, 0, 1, 1), Path(((0, math.inf), (1, 1)))])
def test_a_shape_that_has_no_place_is_refused(shape: Shape) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        Scene(1, 1, "Title", "Words", (shape,))


@pytest.mark.parametrize("colour", ["red", "#FFF", "#12345g", 'url("x")', "#1234567"])
def test_a_colour_that_is_not_plain_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="A colour is written"):
        Scene(1, 1, "Title", "Words", (Rect(0, 0, 1, 1, colour),))


@pytest.mark.parametrize(("fill", "ink"), [("#003078", PAPER), ("#ffdd00", INK), ("#ffffff", INK), ("#0b0c0c", PAPER)])
def test_words_on_a_fill_take_the_ink_that_reads_best(fill: str, ink: str) -> None:
    assert ink_on(fill) == ink
    assert contrast(fill, ink) >= 4.5


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#123456", "#123456") == pytest.approx(1)


@pytest.mark.parametrize(("shape", "corners"), [("square", 4), ("diamond", 4), ("triangle", 3)])
def test_marks_differ_by_their_corners(shape: str, corners: int) -> None:
    assert len(outline(Mark(0, 0, shape=shape))) == corners  # type: ignore[arg-type]  # the kinds are listed above
