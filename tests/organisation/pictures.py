"""Pictures for tests of logos."""

from io import BytesIO
from typing import Any

from PIL import Image

from audit_app.organisation.looks import Logo, logo_in


def picture(kind: str = "PNG", size: tuple[int, int] = (120, 40), mode: str = "RGB", **more: Any) -> bytes:
    """A picture file: a bar of colour on the left, the rest as it comes."""
    drawn = Image.new(mode, size)
    drawn.paste(Image.new(mode, (size[0] // 3, size[1]), "#0f5f6d" if mode in ("RGB", "RGBA") else 0), (0, 0))
    kept = BytesIO()
    drawn.save(kept, kind, **more)
    return kept.getvalue()


def logo() -> Logo:
    """A logo as it is kept."""
    return logo_in(picture())
