"""The shipped library: everything in it reads, is whole, and says something different at every level."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import yaml

from audit_app.frameworks.content import (
    CATEGORIES,
    Framework,
    Level,
    Scale,
    Section,
    Tool,
    content_hash,
    limiting_prompts,
    tool_as_data,
    tool_from_data,
)
from audit_app.frameworks.reading import SHIPPED, Library, library, read_file
from audit_app.frameworks.reading_scale import contrast_on_white

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs" / "frameworks.md"
THEMATIC: Final = ("pre-proceedings", "private-fostering", "homeless-16-17")
SPECIAL: Final = {
    "supervision": "supervision",
    "multi-agency": "multi-agency",
    "closure": "closure",
    "re-audit": "re-audit",
}
TOOLS: Final = ("case-file", *THEMATIC, *SPECIAL)
# A tool that was kept once never gets another hash, however much tools can say since.
KEPT: Final = {
    "case-file": "27a02a8e73b6caf387d0c8b9cd12e02f2e0da4484891241dbec9ad4b51f2362f",
    "homeless-16-17": "4afaf73b1b3996c07627086893f2aaedb75040d72e089b8e7be9f5cb6397f77c",
    "pre-proceedings": "a762ff35d9566d7b2becce5d882ad1d39f334d435b78f9f085d7791915d6af54",
    "private-fostering": "63de84d5d0d514cbb77c40b6b8879de0187db61f0b835c8c63c053508b052f01",
}

# Machado, Oliveira and Fernandes (2009), severity 1.0: what linear RGB becomes without one kind of cone.
COLOUR_BLINDNESS: Final = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


@pytest.fixture(scope="module")
def shipped() -> Library:
    return library(SHIPPED)


def descriptors_of(tool: Tool) -> Iterator[tuple[Section, str, str]]:
    for section in tool.graded_sections:
        for level, text in section.descriptors.items():
            yield section, level, text


def test_every_file_of_the_library_reads(shipped: Library) -> None:
    assert {scale.key for scale in shipped.scales} == {"ofsted-four-level", "audit-quality"}
    assert [framework.version for framework in shipped.frameworks] == ["2023-01", "2026-04"]
    assert {tool.key for tool in shipped.tools} == set(TOOLS)
    files = list(SHIPPED.rglob("*.*"))
    assert len(files) == len(shipped.scales) + len(shipped.frameworks) + len(shipped.tools)


def test_the_four_levels_stand_worst_first(shipped: Library) -> None:
    scale = shipped.scale("ofsted-four-level")
    assert [level.name for level in scale.levels] == [
        "Inadequate",
        "Requires improvement to be good",
        "Good",
        "Outstanding",
    ]
    assert scale.good_keys == {"good", "outstanding"}


def test_overall_effectiveness_ends_with_march_2026(shipped: Library) -> None:
    before, after = shipped.framework("ilacs", "2023-01"), shipped.framework("ilacs", "2026-04")
    assert (len(before.judgement_names), len(after.judgement_names)) == (5, 4)
    assert before.judgement_names[-1] == "Overall effectiveness"
    assert before.effective_to is not None
    assert (after.effective_from - before.effective_to).days == 1
    assert "care_leavers" in [area.key for area in after.areas]
    assert after.limiting == ()


def test_every_colour_can_be_seen_on_white(shipped: Library) -> None:
    assert all(contrast_on_white(level.colour) >= 3 for scale in shipped.scales for level in scale.levels)
    assert all(contrast_on_white(level.colour) >= 4.5 for level in shipped.scale("ofsted-four-level").levels)


@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_colours_can_be_told_apart_with_colour_blindness(shipped: Library, kind: str) -> None:
    for scale in shipped.scales:
        for one, other in itertools.combinations(scale.levels, 2):
            assert colour_distance(one, other, kind) > 25, (scale.key, one.key, other.key)


def test_no_scale_is_a_traffic_light(shipped: Library) -> None:
    for scale in shipped.scales:
        for level in scale.levels:
            red, green, blue = (int(level.colour[start : start + 2], 16) for start in (1, 3, 5))
            assert not (green > red and green > blue), f"{level.key} is green"
            assert not (red > 2.5 * green and red > 2.5 * blue and red > 90), f"{level.key} is red"


@pytest.mark.parametrize("key", TOOLS)
def test_every_level_of_every_section_has_words_of_its_own(shipped: Library, key: str) -> None:
    tool = shipped.tool(key, "1")
    texts = [text for _, _, text in descriptors_of(tool)]
    assert len(texts) == len(tool.graded_sections) * len(tool.scale.levels)
    assert len(set(texts)) == len(texts)
    assert all(30 <= len(text.split()) <= 65 for text in texts)


def test_no_two_tools_share_a_descriptor(shipped: Library) -> None:
    texts = [text for tool in shipped.tools for _, _, text in descriptors_of(tool)]
    assert len(set(texts)) == len(texts) == 280


@pytest.mark.parametrize("key", TOOLS)
def test_every_descriptor_can_be_read_alone_and_is_about_the_child_or_family(shipped: Library, key: str) -> None:
    people = re.compile(r"\b(child|young person|famil|parent)", re.IGNORECASE)
    for section, level, text in descriptors_of(shipped.tool(key, "1")):
        assert people.search(text), (section.key, level)
        assert not text.startswith(("They ", "Their ")), (section.key, level)


@pytest.mark.parametrize("key", TOOLS)
def test_a_tool_is_whole(shipped: Library, key: str) -> None:
    tool = shipped.tool(key, "1")
    overall = tool.overall_section
    assert overall is not None
    assert overall.required
    assert tool.local_wording
    assert tool.limiting
    assert [reason.key for reason in tool.reasons if reason.needs_words] == ["other"]
    assert len(tool.reasons) == 7
    assert [criterion.key for criterion in tool.quality.criteria] == [
        "evidence",
        "analysis",
        "lived_experience",
        "actions",
    ]
    assert {"text", "graded", "feedback", "actions"} <= {section.kind for section in tool.sections}
    assert tool_from_data(tool_as_data(tool)) == tool
    areas = {area.key for area in shipped.framework(tool.framework_key, tool.framework_version).areas}
    assert {section.area for section in tool.sections} - {None} <= areas


@pytest.mark.parametrize("key", TOOLS)
def test_sections_have_three_to_six_compliance_questions_or_none(shipped: Library, key: str) -> None:
    for section in shipped.tool(key, "1").sections:
        assert len(section.questions) in {0, 3, 4, 5, 6}, section.key
        assert all(question.text.endswith("?") for question in section.questions)


def test_the_case_file_tool_covers_the_whole_of_the_work(shipped: Library) -> None:
    tool = shipped.tool("case-file", "1")
    assert tool.kind == "case file"
    assert len(tool.sections) == 24
    assert len(tool.graded_sections) == 19
    assert {section.kind for section in tool.sections} == {
        "text",
        "graded",
        "reflection",
        "feedback",
        "actions",
        "learning",
    }
    assert tool.section("impact").required


def test_only_children_in_care_and_care_leavers_have_sections_of_their_own(shipped: Library) -> None:
    tool = shipped.tool("case-file", "1")
    asked = {category: {section.key for section in tool.sections_for(category)} for category in CATEGORIES}
    assert {"permanence", "health_and_education"} <= asked["looked_after"]
    assert {"pathway_plan", "adult_life"} <= asked["care_leaver"]
    assert "independent_challenge" in asked["child_protection"]
    assert not {"permanence", "pathway_plan", "adult_life"} & asked["child_in_need"]
    assert not {"permanence", "health_and_education", "plan"} & asked["care_leaver"]
    assert not {"pathway_plan", "adult_life"} & asked["looked_after"]


@pytest.mark.parametrize("key", THEMATIC)
def test_a_thematic_tool_has_six_to_ten_sections(shipped: Library, key: str) -> None:
    tool = shipped.tool(key, "1")
    assert tool.kind == "thematic"
    assert 6 <= len(tool.sections) <= 10
    assert "management_oversight" in [section.key for section in tool.graded_sections]


def test_the_hashes_of_kept_tools_stay(shipped: Library) -> None:
    assert {key: content_hash(tool_as_data(shipped.tool(key, "1"))) for key in KEPT} == KEPT


@pytest.mark.parametrize(("key", "kind"), SPECIAL.items())
def test_a_tool_for_a_purpose_says_its_kind_and_what_it_asks(shipped: Library, key: str, kind: str) -> None:
    tool = shipped.tool(key, "1")
    assert tool.kind == kind
    assert 7 <= len(tool.graded_sections) <= 9
    assert {"text", "graded", "reflection", "feedback", "actions", "learning"} <= {s.kind for s in tool.sections}
    assert all(tool.sections_for(category) == tool.sections for category in CATEGORIES)


def test_every_agency_of_the_multi_agency_tool_has_a_section(shipped: Library) -> None:
    tool = shipped.tool("multi-agency", "1")
    written = {agency.key: tool.agency_sections("looked_after", agency.key) for agency in tool.agencies}
    graded = {key for key, sections in written.items() if sections[0].graded}
    assert graded == {"social_care", "health", "police", "education"}
    assert set(written) - graded == {"probation", "housing", "voluntary"}
    assert all(s.may_be_not_applicable for key in set(written) - graded for s in written[key])
    assert not tool.section("information").agency
    assert tool.agency("health").name == "Health"
    with pytest.raises(KeyError):
        tool.agency("army")


def test_only_the_multi_agency_tool_names_agencies(shipped: Library) -> None:
    assert [tool.key for tool in shipped.tools if tool.agencies] == ["multi-agency"]
    assert all("agencies" not in tool_as_data(tool) for tool in shipped.tools if not tool.agencies)


def test_a_re_audit_asks_of_each_concern_what_became_of_it(shipped: Library) -> None:
    asked = [section for section in shipped.tool("re-audit", "1").sections if section.kind == "concerns"]
    assert [section.key for section in asked] == ["concerns"]
    assert asked[0].required


def test_an_unsafe_child_prompts_for_an_inadequate_judgement(shipped: Library) -> None:
    tool = shipped.tool("case-file", "1")

    def prompted(**grades: str) -> list[str]:
        return [rule.key for rule in limiting_prompts(tool, dict(grades))]

    assert prompted(safety="inadequate", overall="requires_improvement") == ["safety_inadequate"]
    assert prompted(safety="inadequate", overall="inadequate") == []
    assert prompted(safety="requires_improvement", overall="good") == ["safety_not_yet_good"]
    assert prompted(management_oversight="inadequate", overall="good") == ["oversight_inadequate"]
    assert prompted(management_oversight="requires_improvement", overall="good") == []
    assert prompted(voice="inadequate", overall="good") == ["child_not_heard_or_helped"]
    assert prompted(safety="good", voice="good", overall="outstanding") == []


def test_the_words_are_plain_and_british(shipped: Library) -> None:
    american = re.compile(r"\b(behavior|program|organiz|center\b|analyz|recogniz|judgment)", re.IGNORECASE)
    for path in SHIPPED.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert not american.search(text), path.name
        assert not re.search(r"\b(please|n't|robust|signpost)", text, re.IGNORECASE), path.name
        assert "—" not in text, path.name


def test_links_go_to_official_places(shipped: Library) -> None:
    links = {section.official_url for tool in shipped.tools for section in tool.sections} - {""}
    links |= {framework.official_url for framework in shipped.frameworks}
    official = re.compile(r"https://www\.(gov\.uk|legislation\.gov\.uk|justice\.gov\.uk)/")
    assert all(official.match(link) for link in links)


def test_the_examples_in_the_documentation_can_be_read() -> None:
    examples = re.findall(r"```yaml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    scales: list[Scale] = []
    frameworks: list[Framework] = []
    kinds = []
    for example in examples:
        read = read_file(example, scales=scales, frameworks=frameworks)
        kinds.append(type(read))
        if isinstance(read, Scale):
            scales.append(read)
        elif isinstance(read, Framework):
            frameworks.append(read)
    assert kinds == [Scale, Framework, Tool]


@pytest.mark.parametrize("path", sorted(SHIPPED.rglob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_means_the_same_to_any_other_reader_of_yaml(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert content["file"] in {"scale", "framework", "tool"}
    assert str(content["key"]) in path.stem or path.parent.name == "scales"


def colour_distance(one: Level, other: Level, kind: str) -> float:
    """How far apart two colours are (CIE 1976) to somebody with this kind of colour vision."""
    pairs = zip(_lab(one.colour, kind), _lab(other.colour, kind), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def _lab(colour: str, kind: str) -> tuple[float, float, float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, linear, strict=True))))
        for row in COLOUR_BLINDNESS[kind]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
