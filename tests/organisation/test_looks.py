"""How papers look: which colours can be read on white, and which files are logos."""

import random
import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from audit_app.organisation.looks import KEPT, MOST_BYTES, NO_PICTURE, colour_in, logo_in
from audit_app.refusal import Refused
from audit_app.web.scene import contrast
from tests.organisation.pictures import picture


@pytest.mark.parametrize(
    ("typed", "colour"),
    [("#0f5f6d", "#0f5f6d"), ("0F5F6D", "#0f5f6d"), ("#036", "#003366"), ("", ""), ("#767676", "#767676")],
)
def test_a_colour_is_kept_in_six_figures(typed: str, colour: str) -> None:
    assert colour_in(typed) == colour


@pytest.mark.parametrize("typed", ["teal", "#12345", "#1234567", "rgb(0,0,0)", "#0f5f6d;", "#０f5f6d", "#0f5f6d\n"])
def test_what_is_no_colour_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="Enter a colour"):
        colour_in(typed)


def test_a_pale_colour_is_refused_with_its_contrast() -> None:
    with pytest.raises(Refused, match=re.escape("#777777 is too pale to read on white: its contrast is 4.4 to 1.")):
        colour_in("#777777")  # 4.48: the palest grey that does not reach 4.5


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_a_colour_is_kept_exactly_when_it_can_be_read(number: int) -> None:
    colour = f"#{number:06x}"
    try:
        kept = colour_in(colour)
    except Refused:
        assert contrast(colour, "#ffffff") < 4.5
    else:
        assert kept == colour
        assert contrast(colour, "#ffffff") >= 4.5


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_kept_as_a_png_of_its_size(kind: str) -> None:
    kept = logo_in(picture(kind))
    assert (kept.width, kept.height) == (120, 40)
    with Image.open(BytesIO(kept.png)) as again:
        assert (again.format, again.size, again.mode) == ("PNG", (120, 40), "RGB")


def test_nothing_of_the_file_is_kept_but_its_picture() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "Made by somebody at home")
    place = Image.Exif()
    place[0x010E] = "Somewhere"
    for sent in (picture(pnginfo=said), picture("JPEG", exif=place), picture() + b"<script>alert(1)</script>"):
        kept = logo_in(sent).png
        assert b"somebody" not in kept
        assert b"Somewhere" not in kept
        assert b"script" not in kept
    assert logo_in(picture(pnginfo=said)) == logo_in(picture())


def test_what_is_clear_becomes_white_and_a_large_logo_is_made_smaller() -> None:
    kept = logo_in(picture(size=(1800, 600), mode="RGBA"))
    assert (kept.width, kept.height) == (600, 200) == KEPT
    with Image.open(BytesIO(kept.png)) as again:
        assert again.getpixel((590, 100)) == (255, 255, 255)
        assert again.getpixel((10, 100)) == (15, 95, 109)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture()[:60],
        picture("JPEG")[:200],
    ],
)
def test_what_is_no_picture_of_the_two_formats_is_refused(sent: bytes) -> None:
    with pytest.raises(Refused, match=NO_PICTURE):
        logo_in(sent)


def test_a_file_or_a_picture_that_is_too_large_or_too_small_is_refused() -> None:
    with pytest.raises(Refused, match="up to 500 kB"):
        logo_in(picture() + b"\0" * MOST_BYTES)
    with pytest.raises(Refused, match="2001 by 20 pixels"):
        logo_in(picture(size=(2001, 20)))
    with pytest.raises(Refused, match="at least 16"):
        logo_in(picture(size=(8, 40)))


def test_a_picture_that_says_it_is_vast_is_refused_before_it_is_drawn() -> None:
    sent = bytearray(picture())
    sent[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(Refused):
        logo_in(bytes(sent))


def test_a_spoilt_file_is_a_logo_or_refused_and_nothing_else() -> None:
    turns = random.Random(47)
    outcomes: set[object] = set()
    for whole in (picture(), picture("JPEG")):
        for _ in range(150):
            spoilt = bytearray(whole)
            for _ in range(turns.randint(1, 6)):
                spoilt[turns.randrange(len(spoilt))] = turns.randrange(256)
            try:
                outcomes.add(logo_in(bytes(spoilt)).png[:4])
            except Refused as refused:
                outcomes.add(type(refused.refusal.reason))
    assert outcomes == {b"\x89PNG", str}
