"""What a tool asks besides when an audit goes back to an earlier one: what became of each concern; from a file."""

from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from audit_app.frameworks.block import SHORT
from audit_app.frameworks.one_file import one_file
from audit_app.frameworks.tool import Section, Tool

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "concerns.yaml"
CONCERNS: Final = "concerns"  # the kind of a section that asks of each concern


@cache
def concerns_section() -> Section:
    """The section that asks what became of each concern."""
    return section_in(SHIPPED.read_text(encoding="utf-8"))


def section_in(text: str) -> Section:
    """The section that a file describes; raises `Unreadable` with every problem."""
    with one_file(text, CONCERNS) as block:
        return Section(
            key=block.key(),
            name=block.words("name", most=SHORT),
            purpose=block.words("purpose"),
            evidence_hint="",
            kind=CONCERNS,
            graded=False,
            area=None,
            applies_to=(),
            may_be_not_applicable=False,
            required=True,
            overall=False,
            descriptors={},
            questions=(),
            official_url="",
        )


@lru_cache(maxsize=64)
def going_back(tool: Tool) -> Tool:
    """The tool as it is asked of an audit that goes back to an earlier one: it asks of each concern, near its start."""
    if any(section.kind == CONCERNS for section in tool.sections):
        return tool
    place = 0 if tool.sections[0].graded else 1
    return replace(tool, sections=(*tool.sections[:place], concerns_section(), *tool.sections[place:]))
