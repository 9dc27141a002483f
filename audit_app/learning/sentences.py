"""What moderation teaches, as plain sentences (pure)."""

from collections.abc import Sequence

from audit_app.learning.lessons import Opinion, Way, by_criterion, by_reason, by_section
from audit_app.learning.thresholds import thresholds
from audit_app.measures.figure import Figure
from audit_app.measures.sentences import likely, times
from audit_app.web.formats import percent, plural


def last_sentence(opinions: Sequence[Opinion], whose: str) -> str:
    """What became of somebody's last audits; whose is "your" or "their"."""
    if not opinions:
        return ""
    audits = len({opinion.audit_id for opinion in opinions})
    judged = [one for opinion in opinions for one in opinion.judged]
    changed = [one for one in judged if one.changed]
    of = f"On {whose} last {audits} moderated audits" if audits > 1 else f"On {whose} one moderated audit"
    if not changed:
        return f"{of}, moderators agreed all {plural(len(judged), 'judgement')}."
    lower, higher = (sum(one.way is way for one in changed) for way in (Way.LOWER, Way.HIGHER))
    aside = len(changed) - lower - higher
    ways = [
        f"{lower} to a lower grade" if lower else "",
        f"{higher} to a higher one" if higher else "",
    ]
    ways.append(f"{aside} because the section did or did not apply" if aside else "")
    said = ", ".join(way for way in ways if way)
    agreed = len(judged) - len(changed)
    every = plural(len(judged), "judgement")
    return f"{of}, moderators agreed {agreed:,} of {every} and changed {len(changed):,}: {said}."


def pattern_sentence(opinions: Sequence[Opinion]) -> str:
    """Which reason and which section came up more than once, or that there are too few audits to say."""
    audits = len({opinion.audit_id for opinion in opinions})
    if not opinions or not any(opinion.changed for opinion in opinions):
        return ""
    asked = thresholds()
    if audits < asked.pattern_audits:
        return f"That is {plural(audits, 'audit')}: too few to see a pattern."
    reasons, sections = by_reason(opinions), by_section(opinions)
    most = [row for row in reasons if row.count == reasons[0].count and row.count >= asked.pattern_times]
    top = max(row.changed for row in sections)
    where = [row.name for row in sections if row.changed == top and top >= asked.pattern_times]
    parts = []
    if len(most) == 1:
        parts.append(f"The reason given most often was “{most[0].name}” ({times(most[0].count)}).")
    if len(where) == 1:
        parts.append(f"The section changed most often was {where[0]} ({times(top)}).")
    return " ".join(parts) or "No one reason and no one section stands out."


def changed_sentence(every: Figure) -> str:
    """The headline of a population: how much moderators changed of what was drawn at random."""
    if every.value is None:
        return "No audit drawn at random has been moderated for what you chose."
    of = f"{plural(every.total, 'judgement')} in {plural(every.audits or every.total, 'audit')} drawn at random"
    if every.tentative:
        return f"Moderators changed {every.count:,} of {of}: too few to say more."
    weighed = ", weighed by their chance of being drawn" if every.weighted else ""
    return f"Moderators changed {percent(every.value, 0)} of {of}{weighed}{likely(every)}."


def ways_sentence(opinions: Sequence[Opinion]) -> str:
    """Which way grades were changed, and for which reason most often."""
    changed = [one for opinion in opinions for one in opinion.changed]
    if not changed:
        return ""
    lower, higher = (sum(one.way is way for one in changed) for way in (Way.LOWER, Way.HIGHER))
    first = f"Of {plural(len(changed), 'change')} by any route, {lower:,} lowered the grade and {higher:,} raised it."
    most = [f"{row.name[:1].lower()}{row.name[1:]} ({times(row.count)})" for row in by_reason(opinions)[:2]]
    return f"{first} The {'reasons' if len(most) > 1 else 'reason'} given most often: {' and '.join(most)}."


def quality_sentence(opinions: Sequence[Opinion]) -> str:
    """How many audits were good enough themselves, from the least to the most over the criteria."""
    found = by_criterion(opinions)
    if found is None:
        return ""
    scale, rows = found
    least_good = next((level.name for level in scale.levels if level.good), "")
    enough = [sum(n for n, level in zip(row.counts, reversed(scale.levels), strict=True) if level.good) for row in rows]
    totals = {row.total for row in rows}
    if not least_good or len(totals) != 1 or totals == {0}:
        return ""
    (total,) = totals
    low, high = min(enough), max(enough)
    span = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    audits = plural(total, "audit")
    return f"On each criterion of a good audit, {span} of {audits} were found “{least_good.lower()}” or better."
