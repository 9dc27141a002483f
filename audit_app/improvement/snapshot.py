"""What a board is shown of its plans on a day, as contents that print the same for ever (pure)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORMAT = 3  # 1 had no milestones, and no words about the plan; 2 no rows on either side, and not whose it is


def frozen(contents: Mapping[str, Any]) -> str:
    """Contents as text: the same contents give the same text, byte for byte."""
    return json.dumps(
        {"format": FORMAT, **contents}, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def thawed(text: str) -> dict[str, Any]:
    """The contents of a text."""
    found: dict[str, Any] = json.loads(text)
    return found


def hash_of(text: str) -> str:
    """What a text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()


def audits_in(contents: Mapping[str, Any]) -> set[int]:
    """Every audit that a live figure in some contents counts."""
    return {
        audit
        for plan in contents.get("plans", ())
        for part in plan["recommendations"]
        for one in part["indicators"]
        for audit in one["audits"]
    }
