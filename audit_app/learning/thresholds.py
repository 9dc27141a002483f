"""From how many audits and auditors on what moderation teaches is spoken of: data, with floors (pure)."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Final

from audit_app.frameworks.block import SHORT, Block
from audit_app.frameworks.problem import Unreadable, by_line
from audit_app.frameworks.written import written
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
    found, twice = written(text)
    problems = list(twice)
    block = Block(found, "", problems)
    block.one_of("file", ("learning",))
    numbers = {one.name: _number(block, one.name) for one in fields(Thresholds)}
    block.close()
    if problems:
        raise Unreadable(by_line(problems))
    return Thresholds(**numbers)


def _number(block: Block, name: str) -> int:
    words, least = block.words(name, most=SHORT), FLOORS[name]
    number = int(words) if words.isdecimal() else 0
    if words and not least <= number <= HIGHEST:
        block.note(f"must be a whole number from {least} to {HIGHEST:,}.", name)
    return number
