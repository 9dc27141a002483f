"""What people try beside the judging itself: giving what waits, and adding sections to a validation."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.life.deeds import Ask, Deed, Deeds

OPEN = ("deciding", "settling")


def place_waiting(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Try once more to give what waits for a moderator."""
    return f"/rounds/{deeds.place.round_id}/moderation/give-waiting", {}, deed.who == "officer"


def add_section(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Add a section of one's own to a validation."""
    if (one := deeds.moderation(deed)) is None:
        return None
    form: dict[str, object] = {"section": "own", "heading": f"Heading {deed.choice}"}
    mine = deeds.judges(one, deed, *OPEN) and deed.tier == "external"
    may = mine and form["heading"] not in {added.heading for added in one.added}
    return f"/moderations/{one.id}/added", form, may


def write_added(deeds: "Deeds", deed: "Deed") -> "Ask | None":
    """Write in the section of one's own that was added last."""
    one = deeds.moderation(deed)
    if one is None or not one.added:
        return None
    last = one.added[-1]
    form = {"words": "Nobody asked this.", "version": last.version_id + (0 if deed.fresh else 1)}
    may = deeds.judges(one, deed, *OPEN) and deed.tier == "external" and deed.fresh
    return f"/moderations/{one.id}/added/{last.id}/write", form, may


BESIDE: "dict[str, Callable[[Deeds, Deed], Ask | None]]" = {
    "place_waiting": place_waiting,
    "add_section": add_section,
    "write_added": write_added,
}
