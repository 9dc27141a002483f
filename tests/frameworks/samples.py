"""A small tool file, and made-up scales, frameworks and tools of every shape that the rules allow."""

from dataclasses import replace
from datetime import date
from typing import Any

import yaml
from hypothesis import strategies as st

from audit_app.frameworks.content import (
    CATEGORIES,
    SECTION_KINDS,
    TOOL_KINDS,
    Agency,
    Area,
    Criterion,
    Framework,
    Level,
    LimitingRule,
    QualityView,
    Question,
    Reason,
    Scale,
    Section,
    Tool,
)
from audit_app.frameworks.reading_scale import contrast_on_white

SCALE_FILE = """\
file: scale
key: two-level
name: Met or not met
levels:
  - key: not_met
    name: Not met
    short: "N"
    good: no
    colour: "#4a1d00"
  - key: met
    name: Met
    short: M
    good: yes
    colour: "#0a2f57"
"""

FRAMEWORK_FILE = """\
file: framework
key: local
version: 2026-04
name: Local standards
effective_from: 2026-04-01
effective_to: 2027-03-31
scale: two-level
areas:
  - key: help
    name: Help and protection
  - key: care
    name: Children in care
overall: yes
overall_name: Overall
limiting:
  - key: help_first
    sections: [help]
    at_or_below: not_met
    overall_at_most: not_met
    prompt: Help and protection was not met.
official_url: https://www.example.org/standards
wording: Our own words.
"""

TOOL_FILE = """\
file: tool
key: short-audit
version: "1"
name: Short audit
summary: A short tool.
kind: thematic
framework:
  key: local
  version: 2026-04
scale: two-level
period_under_audit: Six months.
local_wording: yes
quality:
  scale: two-level
  criteria:
    - key: evidence
      name: Evidence
      hint: Is there any?
reasons:
  - key: other
    name: Another reason
    needs_words: yes
sections:
  - key: synopsis
    name: In brief
    kind: text
    purpose: What happened.
  - key: safety
    name: Safety
    graded: yes
    area: help
    purpose: Whether the child is safe.
    evidence_hint: Look at the plan.
    applies_to: [looked_after, child_protection]
    questions:
      - key: seen
        text: Was the child seen?
    descriptors:
      not_met: The child is not safe.
      met: The child is safe.
  - key: overall
    name: Overall
    graded: yes
    overall: yes
    purpose: Your judgement.
    evidence_hint: Say why.
    descriptors:
      not_met: The work is not good.
      met: The work is good.
limiting:
  - key: safety_first
    sections: [safety]
    at_or_below: not_met
    overall_at_most: not_met
    prompt: Safety was not met.
"""
# The same tool, whose first section people of an agency write.
AGENCY_FILE = TOOL_FILE.replace("reasons:", "agencies:\n  - {key: health, name: Health}\nreasons:").replace(
    "    kind: text\n", "    kind: text\n    agency: health\n"
)

KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,12}", fullmatch=True)
WORDS = st.one_of(
    st.sampled_from(
        ["yes", "No", "null", "~", "1.0", "2026-04-01", "a: b", "- a", "# a", "‘quoted’", "{a}", "&a", "*a", "!a"]
    ),
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40).map(str.strip).filter(bool),
)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}").filter(lambda c: contrast_on_white(c) >= 3)


def _unique(keys: int) -> st.SearchStrategy[list[str]]:
    return st.lists(KEYS, min_size=keys, max_size=keys, unique=True)


@st.composite
def scales(draw: st.DrawFn, fewest: int = 2, most: int = 7) -> Scale:
    """A scale of any number of levels, of which the best few are good."""
    count = draw(st.integers(fewest, most))
    bad = draw(st.integers(1, count - 1))
    names = draw(st.lists(WORDS, min_size=count, max_size=count, unique=True))
    colours = draw(st.lists(COLOURS, min_size=count, max_size=count, unique=True))
    levels = (
        Level(key, names[index], str(index), index >= bad, colours[index])
        for index, key in enumerate(draw(_unique(count)))
    )
    return Scale(draw(KEYS), draw(WORDS), tuple(levels))


@st.composite
def limiting_rules(draw: st.DrawFn, scale: Scale, sections: list[str]) -> tuple[LimitingRule, ...]:
    """A few limiting rules over some sections or areas."""
    return tuple(
        LimitingRule(
            key,
            tuple(draw(st.lists(st.sampled_from(sections), min_size=1, unique=True))),
            draw(st.sampled_from(scale.keys)),
            draw(st.sampled_from(scale.keys[:-1])),
            draw(WORDS),
        )
        for key in draw(_unique(draw(st.integers(0, 2))))
    )


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """A framework with some areas, with or without an overall judgement."""
    scale = draw(scales())
    keys = draw(_unique(draw(st.integers(1, 4))))
    overall = draw(st.booleans())
    return Framework(
        key=draw(KEYS),
        version=draw(st.sampled_from(["1", "2026-04", "1.10"])),
        name=draw(WORDS),
        effective_from=draw(st.dates(max_value=date(2030, 1, 1))),
        effective_to=draw(st.none() | st.dates(min_value=date(2030, 1, 1))),
        scale=scale,
        areas=tuple(Area(key, draw(WORDS), order) for order, key in enumerate(keys, start=1)),
        overall=overall,
        limiting=draw(limiting_rules(scale, keys)) if overall else (),
        official_url=draw(st.sampled_from(["", "https://www.gov.uk/standards"])),
        wording=draw(WORDS),
        overall_name=draw(WORDS) if overall else "",
    )


@st.composite
def tools(draw: st.DrawFn, framework: Framework) -> Tool:
    """A tool of graded and other sections, the last of them the overall judgement."""
    scale = draw(scales())
    keys = draw(_unique(draw(st.integers(2, 4))))
    agencies = tuple(Agency(key, draw(WORDS)) for key in draw(_unique(draw(st.integers(0, 2)))))
    sections = tuple(_section(draw, key, scale, framework, overall=key == keys[-1]) for key in keys)
    # Each agency writes a section of its own: texts beside those that were drawn.
    sections = (*(_of_agency(draw, f"of-{agency.key}", scale, framework, agency) for agency in agencies), *sections)
    graded = [section.key for section in sections if section.graded and not section.overall]
    return Tool(
        key=draw(KEYS),
        version="1.10",
        name=draw(WORDS),
        summary=draw(WORDS),
        kind=draw(st.sampled_from(TOOL_KINDS)),
        framework_key=framework.key,
        framework_version=framework.version,
        scale=scale,
        sections=sections,
        limiting=draw(limiting_rules(scale, graded)) if graded else (),
        reasons=tuple(Reason(key, draw(WORDS), draw(st.booleans())) for key in draw(_unique(2))),
        quality=QualityView(
            draw(scales()), tuple(Criterion(key, draw(WORDS), draw(WORDS)) for key in draw(_unique(2)))
        ),
        period_under_audit=draw(WORDS),
        local_wording=draw(st.booleans()),
        agencies=agencies,
    )


def _of_agency(draw: st.DrawFn, key: str, scale: Scale, framework: Framework, agency: Agency) -> Section:
    other = _section(draw, key, scale, framework, overall=False)
    return replace(other, kind=other.kind if other.graded else "text", agency=agency.key)


def _section(draw: st.DrawFn, key: str, scale: Scale, framework: Framework, *, overall: bool) -> Section:
    graded = overall or draw(st.booleans())
    words = draw(st.lists(WORDS, min_size=len(scale.levels), max_size=len(scale.levels), unique=True))
    return Section(
        key=key,
        name=draw(WORDS),
        purpose=draw(WORDS),
        evidence_hint=draw(WORDS),
        kind="graded" if graded else draw(st.sampled_from([kind for kind in SECTION_KINDS if kind != "graded"])),
        graded=graded,
        area=draw(st.none() | st.sampled_from([area.key for area in framework.areas])),
        applies_to=() if overall else tuple(draw(st.lists(st.sampled_from(sorted(CATEGORIES)), unique=True))),
        may_be_not_applicable=not overall and draw(st.booleans()),
        required=overall or draw(st.booleans()),
        overall=overall,
        descriptors=dict(zip(scale.keys, words, strict=True)) if graded else {},
        questions=tuple(Question(key, draw(WORDS), draw(WORDS)) for key in draw(_unique(draw(st.integers(0, 2))))),
        official_url=draw(st.sampled_from(["", "https://www.gov.uk/standards"])),
    )


def as_file(kind: str, content: dict[str, Any]) -> str:
    """Plain data as a council would write it in a file, every scale spelt out."""
    entries = {"file": kind, **content}
    for area in entries.get("areas", []):
        del area["order"]
    if kind == "tool":
        entries["framework"] = {"key": entries.pop("framework_key"), "version": entries.pop("framework_version")}
        for section in entries["sections"]:
            if not section["graded"]:
                del section["descriptors"]
    return yaml.safe_dump(_without_nothing(entries), sort_keys=False, allow_unicode=True)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nothing(held) for key, held in value.items() if held not in ("", None, [])}
    return [_without_nothing(held) for held in value] if isinstance(value, list) else value


def level_scale(*good: bool) -> Scale:
    """A scale with one level for each answer to the question whether it is good."""
    levels = tuple(Level(f"level_{n}", f"Level {n}", str(n), g, f"#{n:06x}") for n, g in enumerate(good))
    return Scale("levels", "Levels", levels)


__all__ = [
    "AGENCY_FILE",
    "FRAMEWORK_FILE",
    "SCALE_FILE",
    "TOOL_FILE",
    "as_file",
    "frameworks",
    "level_scale",
    "scales",
    "tools",
]
