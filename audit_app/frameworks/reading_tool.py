"""How an audit tool is read from a file."""

from collections.abc import Mapping
from typing import Final

from audit_app.frameworks.block import SHORT, Block, each_once, unknown
from audit_app.frameworks.framework import Framework
from audit_app.frameworks.reading_framework import limiting_rules
from audit_app.frameworks.reading_scale import scale_named_or_given
from audit_app.frameworks.scale import Scale
from audit_app.frameworks.tool import (
    CATEGORIES,
    SECTION_KINDS,
    TOOL_KINDS,
    Agency,
    Criterion,
    QualityView,
    Question,
    Reason,
    Section,
    Tool,
)

MOST_SECTIONS: Final = 60
MOST_QUESTIONS: Final = 30
MOST_AGENCIES: Final = 20
WRITTEN_BY_AGENCIES: Final = ("graded", "text")
FrameworkKey = tuple[str, str]


def tool(block: Block, scales: Mapping[str, Scale], frameworks: Mapping[FrameworkKey, Framework]) -> Tool:
    """The tool that a block describes."""
    scale = scale_named_or_given(block, "scale", scales)
    key, version, framework = _framework(block, frameworks)
    agencies = _agencies(block)
    sections = _sections(block, scale, framework, agencies)
    judged = [section.key for section in sections if section.graded and not section.overall]
    has_overall = any(section.overall for section in sections)
    read = Tool(
        key=block.key(),
        version=block.version(),
        name=block.words("name", most=SHORT),
        summary=block.words("summary"),
        kind=block.one_of("kind", TOOL_KINDS),
        framework_key=key,
        framework_version=version,
        scale=scale or Scale("", "", ()),
        sections=sections,
        limiting=limiting_rules(block, scale, judged if has_overall else None),
        reasons=_reasons(block),
        quality=_quality(block, scales),
        period_under_audit=block.words("period_under_audit"),
        local_wording=block.yes_or_no("local_wording", default=True),
        agencies=agencies,
    )
    block.close()
    return read


def _framework(block: Block, frameworks: Mapping[FrameworkKey, Framework]) -> tuple[str, str, Framework | None]:
    """The framework version that a tool belongs to, and the framework where it is known."""
    entry = block.block("framework")
    if entry is None:
        return "", "", None
    key, version = entry.key(), entry.version()
    entry.close()
    framework = frameworks.get((key, version))
    if framework is None and key and version:
        versions = [held for held_key, held in frameworks if held_key == key]
        if versions:
            entry.note(unknown(version, versions), "version")
        else:
            entry.note(unknown(key, sorted({held_key for held_key, _ in frameworks})), "key")
    return key, version, framework


def _agencies(block: Block) -> tuple[Agency, ...]:
    """The agencies whose people write sections of a tool."""
    entries = block.blocks("agencies", most=MOST_AGENCIES)
    each_once(entries, "an agency")
    agencies = []
    for entry in entries:
        agencies.append(Agency(entry.key(), entry.words("name", most=SHORT)))
        entry.close()
    return tuple(agencies)


def _sections(
    block: Block, scale: Scale | None, framework: Framework | None, agencies: tuple[Agency, ...]
) -> tuple[Section, ...]:
    """The sections of a tool, in the order in which they are asked."""
    entries = block.blocks("sections", least=1, most=MOST_SECTIONS)
    each_once(entries, "a section")
    keys = [agency.key for agency in agencies]
    sections = tuple(_section(entry, scale, framework, keys) for entry in entries)
    if entries and not any(section.graded for section in sections):
        block.note("At least one section must be graded, or there is nothing to moderate.", "sections")
    overall = [entry for entry, section in zip(entries, sections, strict=True) if section.overall]
    for entry in overall[1:]:
        entry.note("A tool has one overall judgement, and another section is it already.", "overall")
    for idle in [agency for agency in agencies if agency.key not in [section.agency for section in sections]]:
        block.note(f"No section has “agency: {idle.key}”. Give it one or take the agency out.", "agencies")
    return sections


def _section(entry: Block, scale: Scale | None, framework: Framework | None, agencies: list[str]) -> Section:
    """One section of a tool."""
    kind, graded = _kind(entry)
    areas = None if framework is None else [area.key for area in framework.areas]
    section = Section(
        key=entry.key(),
        name=entry.words("name", most=SHORT),
        purpose=entry.words("purpose"),
        evidence_hint=entry.words("evidence_hint", default=None if graded else ""),
        kind=kind,
        graded=graded,
        area=(entry.words("area", default="") if areas is None else entry.one_of("area", areas, default="")) or None,
        applies_to=entry.some_of("applies_to", CATEGORIES, needed=False),
        may_be_not_applicable=entry.yes_or_no("may_be_not_applicable", default=False),
        required=entry.yes_or_no("required", default=graded),
        overall=entry.yes_or_no("overall", default=False),
        descriptors=_descriptors(entry, scale, graded=graded),
        questions=_questions(entry),
        official_url=entry.address("official_url"),
        agency=_agency(entry, agencies),
    )
    if section.agency and (section.overall or section.kind not in WRITTEN_BY_AGENCIES):
        entry.note("People of an agency write graded sections and texts; this one is the auditor's own.", "agency")
    if section.overall:
        if not graded:
            entry.note("The overall judgement is a grade, so this section needs “graded: yes”.", "overall")
        if not section.required or section.may_be_not_applicable or section.applies_to:
            entry.note("The overall judgement is made on every case, so it cannot be left out of any.", "overall")
    entry.close()
    return section


def _agency(entry: Block, agencies: list[str]) -> str:
    """The agency whose people write a section, or nothing."""
    if agencies or not entry.has("agency"):
        return entry.one_of("agency", agencies, default="")
    entry.value("agency", needed=False)
    entry.note("The tool names no agencies. List them under “agencies”, each with a key and a name.", "agency")
    return ""


def _kind(entry: Block) -> tuple[str, bool]:
    """The kind of a section, and whether it is graded: `graded: yes` says both."""
    graded = entry.yes_or_no("graded", default=False)
    kind = entry.one_of("kind", SECTION_KINDS, default="graded" if graded else None)
    if entry.has("graded") and kind in SECTION_KINDS and graded != (kind == "graded"):
        entry.note(
            f"This does not fit “kind: {kind}”. A section of the kind “graded” is graded; no other is.", "graded"
        )
    return kind, graded or kind == "graded"


def _descriptors(entry: Block, scale: Scale | None, *, graded: bool) -> dict[str, str]:
    """What each level looks like in a section; every level of a graded section has its own."""
    if not graded:
        if entry.has("descriptors"):
            entry.value("descriptors", needed=False)
            entry.note("Only a graded section has descriptors. Delete them or add “graded: yes”.", "descriptors")
        return {}
    block = entry.block("descriptors")
    if block is None or scale is None:
        return {}
    descriptors: dict[str, str] = {}
    for level in scale.levels:
        if not block.has(level.key):
            block.asked.append(level.key)
            block.note(f"There is no descriptor for “{level.key}” ({level.name}). Every level needs one.")
            continue
        text = block.words(level.key)
        if text and text in descriptors.values():
            block.note("Another level has the same words. Say what is different at this level.", level.key)
        descriptors[level.key] = text
    block.close()
    return descriptors


def _questions(entry: Block) -> tuple[Question, ...]:
    """The compliance questions of a section."""
    entries = entry.blocks("questions", most=MOST_QUESTIONS)
    each_once(entries, "a question")
    questions = []
    for question in entries:
        questions.append(Question(question.key(), question.words("text"), question.words("hint", default="")))
        question.close()
    return tuple(questions)


def _reasons(block: Block) -> tuple[Reason, ...]:
    """The coded reasons for an override."""
    entries = block.blocks("reasons", least=1)
    each_once(entries, "a reason")
    reasons = []
    for entry in entries:
        reasons.append(
            Reason(entry.key(), entry.words("name", most=SHORT), entry.yes_or_no("needs_words", default=False))
        )
        entry.close()
    return tuple(reasons)


def _quality(block: Block, scales: Mapping[str, Scale]) -> QualityView:
    """The moderator's view of the quality of the audit."""
    entry = block.block("quality")
    if entry is None:
        return QualityView(Scale("", "", ()), ())
    scale = scale_named_or_given(entry, "scale", scales)
    criteria = []
    entries = entry.blocks("criteria", least=1)
    each_once(entries, "a criterion")
    for criterion in entries:
        criteria.append(
            Criterion(criterion.key(), criterion.words("name", most=SHORT), criterion.words("hint", default=""))
        )
        criterion.close()
    entry.close()
    return QualityView(scale or Scale("", "", ()), tuple(criteria))
