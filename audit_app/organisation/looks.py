"""How a unit's papers look: its colour, checked against white, and its logo, drawn anew from what was sent (pure)."""

import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from audit_app.refusal import Refusal, Refused
from audit_app.web.scene import contrast

LEAST_CONTRAST: Final = 4.5  # WCAG 2.2 AA: headings in papers are words
MOST_BYTES: Final = 500_000
MOST_PIXELS: Final = 2_000  # of width and of height, read from the file's head before anything is drawn
LEAST_PIXELS: Final = 16
KEPT: Final = (600, 200)  # no logo is kept larger: it stands 40 points high on paper
FORMATS: Final = ("PNG", "JPEG")
COLOUR: Final = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
NO_COLOUR: Final = "Enter a colour as # and six figures or letters from a to f, such as #0f5f6d"
NO_PICTURE: Final = "The file is not a picture in PNG or JPEG format. Save the logo as one of them and try again."


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as it is kept: a PNG file drawn anew, with nothing of the file that was sent but its picture."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Look:
    """What papers are dressed in: a colour for headings and rules, and a logo, where there are any."""

    number: int  # by which the page asks for both
    colour: str
    logo: Logo | None


def colour_in(text: str) -> str:
    """A colour as people type it, in six figures; empty where nothing was typed. Too pale a one is refused."""
    if not text:
        return ""
    found = COLOUR.fullmatch(text)
    if found is None:
        raise Refused(Refusal(NO_COLOUR))
    digits = found[1].lower()
    colour = "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
    ratio = contrast(colour, "#ffffff")
    if ratio < LEAST_CONTRAST:
        shown = int(ratio * 10) / 10  # rounded down: 4.46 to 1 is not said to be 4.5
        raise Refused(
            Refusal(
                f"{colour} is too pale to read on white: its contrast is {shown} to 1. "
                f"Choose a darker colour, with at least {LEAST_CONTRAST} to 1."
            )
        )
    return colour


def logo_in(sent: bytes) -> Logo:
    """The logo in a file that was sent, drawn anew on white; whatever is not a small picture is refused."""
    if len(sent) > MOST_BYTES:
        raise Refused(Refusal(f"The logo is too large a file. It can have up to {MOST_BYTES // 1000} kB."))
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(sent), formats=FORMATS) as found:
            warnings.simplefilter("error")
            _refuse_odd_sizes(*found.size)
            drawn = _on_white(ImageOps.exif_transpose(found))
    except Refused:
        raise
    except Exception as fault:  # whatever a decoder trips over, it is not a picture that can be kept
        raise Refused(Refusal(NO_PICTURE)) from fault
    drawn.thumbnail(KEPT)
    kept = BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return Logo(kept.getvalue(), drawn.width, drawn.height)


def _refuse_odd_sizes(width: int, height: int) -> None:
    if max(width, height) > MOST_PIXELS:
        raise Refused(
            Refusal(f"The logo is {width} by {height} pixels. It can have up to {MOST_PIXELS:,} in each direction.")
        )
    if min(width, height) < LEAST_PIXELS:
        raise Refused(
            Refusal(f"The logo is {width} by {height} pixels. It must have at least {LEAST_PIXELS} in each direction.")
        )


def _on_white(found: Image.Image) -> Image.Image:
    """The picture alone: what is clear becomes white, and nothing that the file said beside it is kept."""
    layer = found.convert("RGBA")
    whole = Image.new("RGB", layer.size, "white")
    whole.paste(layer, mask=layer.getchannel("A"))
    return whole
