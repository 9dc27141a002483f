"""How an inspection framework and limiting rules are read from a file."""

from collections.abc import Collection, Mapping
from datetime import date

from audit_app.frameworks.block import SHORT, Block, each_once
from audit_app.frameworks.framework import Area, Framework, LimitingRule
from audit_app.frameworks.reading_scale import scale_named_or_given
from audit_app.frameworks.scale import Scale


def framework(block: Block, scales: Mapping[str, Scale]) -> Framework:
    """The framework that a block describes."""
    scale = scale_named_or_given(block, "scale", scales)
    areas = _areas(block)
    overall = block.yes_or_no("overall")
    first, last = block.day("effective_from", needed=True), block.day("effective_to", needed=False)
    if first and last and last < first:
        block.note(f"The framework ends before it begins ({first:%d/%m/%Y}).", "effective_to")
    read = Framework(
        key=block.key(),
        version=block.version(),
        name=block.words("name", most=SHORT),
        effective_from=first or date.min,
        effective_to=last,
        scale=scale or Scale("", "", ()),
        areas=areas,
        overall=overall,
        limiting=limiting_rules(block, scale, [area.key for area in areas] if overall else None),
        official_url=block.address("official_url"),
        wording=block.words("wording"),
        overall_name=block.words("overall_name", default=None if overall else "", most=SHORT),
    )
    if read.overall_name and not overall:
        block.note("This version has no overall judgement, so it cannot have a name. Delete this line.", "overall_name")
    block.close()
    return read


def limiting_rules(block: Block, scale: Scale | None, judged: Collection[str] | None) -> tuple[LimitingRule, ...]:
    """The limiting rules of a block; `judged` are the sections or areas they may name, none without an overall."""
    entries = block.blocks("limiting")
    each_once(entries, "a rule")
    if entries and judged is None:
        block.note("There is no overall judgement to limit. Delete “limiting” or add an overall judgement.", "limiting")
    return tuple(_limiting_rule(entry, scale, judged) for entry in entries)


def _limiting_rule(entry: Block, scale: Scale | None, judged: Collection[str] | None) -> LimitingRule:
    """One limiting rule."""
    rule = LimitingRule(
        key=entry.key(),
        sections=entry.some_of("sections", judged, needed=True),
        at_or_below=_level(entry, "at_or_below", scale),
        overall_at_most=_level(entry, "overall_at_most", scale),
        prompt=entry.words("prompt"),
    )
    if scale and rule.overall_at_most == scale.keys[-1]:
        entry.note(
            "This is the best level, so the rule would never do anything. Choose a lower one.", "overall_at_most"
        )
    entry.close()
    return rule


def _level(entry: Block, name: str, scale: Scale | None) -> str:
    """A level of the scale, where the scale is known."""
    return entry.words(name) if scale is None else entry.one_of(name, scale.keys)


def _areas(block: Block) -> tuple[Area, ...]:
    """The judgement areas of a framework, in the order in which they stand."""
    entries = block.blocks("areas", least=1)
    each_once(entries, "an area")
    areas = []
    for order, entry in enumerate(entries, start=1):
        areas.append(Area(entry.key(), entry.words("name", most=SHORT), order))
        entry.close()
    return tuple(areas)
