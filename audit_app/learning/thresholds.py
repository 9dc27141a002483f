"""From how many audits and auditors on what moderation teaches is spoken of: data, with floors (pure)."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final

from audit_app.frameworks.one_file import one_file
from audit_app.sampling.coverage import SMALL

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "learning.yaml"
FLOORS: Final = {"last_audits": 1, "pattern_audits": 2, "pattern_times": 2, "more_audits_than": SMALL, "auditors": 3}
HIGHEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a pattern is spoken of on an auditor's own page, and when figures stand in a briefing."""

    last_audits: int
    pattern_audits: int
    pattern_times: int
    more_audits_than: int
    auditors: int


@cache
def thresholds() -> Thresholds:
    """The thresholds that come with the service."""
    return thresholds_in(SHIPPED.read_text(encoding="utf-8"))


def thresholds_in(text: str) -> Thresholds:
    """The thresholds that a file describes; raises `Unreadable` with every problem."""
    with one_file(text, "learning") as block:
        numbers = {one.name: block.whole(one.name, FLOORS[one.name], HIGHEST) for one in fields(Thresholds)}
    return Thresholds(**numbers)
