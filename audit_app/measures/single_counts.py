"""The single numbers of a grid or a distribution as figures, so that they too lead to their audits (pure)."""

from collections.abc import Iterable, Sequence

from audit_app.auditing.ledger import SENIOR
from audit_app.frameworks.content import Tool
from audit_app.measures.definitions import PAIRING_WORDS
from audit_app.measures.figure import Figure
from audit_app.measures.pairings import ENDINGS
from audit_app.measures.population import RANDOM, Counted
from audit_app.web.formats import plural

GRID, GRADED, REASON, GAP = "grid_", "graded_", "reason_", "gap_"
ALL = "all"  # the whole row of a grid
STOOD = {"audited": "As audited", "stands": "As it stands"}
MODERATED = {
    "moderated": "All of them",
    "before": "Good or better as audited",
    "after": "Good or better after moderation",
}


def counted_in(key: str, audits: Sequence[int], count: int) -> Figure:
    """A plain number with the audits in which it was counted: each once, or several grades of one."""
    said = plural(len(audits), "audit")
    if count != len(audits):
        said = f"{plural(count, 'grade')} in {said}"
    return Figure(key, count, count, None, why=said, counted=tuple(audits), hits=(), audits=0)


def cell(key: str, audits: Iterable[Counted], *, every_section: bool) -> Figure | None:
    """The number behind a key, if it counts anything.

    grid_<pairing>_<row>_<column or all>, graded_<audited or stands>_<level, or nothing for all of them>, or
    gap_<moderated, before or after>.
    """
    if key.startswith(GAP):
        return _moderated(key, audits, key.removeprefix(GAP))
    if key.startswith(GRADED):
        which, _, level = key.removeprefix(GRADED).partition("_")
        return _graded(key, audits, which, level)
    if key.startswith(GRID):
        name, _, place = key.removeprefix(GRID).rpartition("_")
        ending, _, row = name.rpartition("_")
        pairing = next((pair for pair, known in ENDINGS.items() if known == ending), None)
        if pairing and _is_place(row) and (place == ALL or _is_place(place)):
            at = int(row), None if place == ALL else int(place)
            return _paired(key, audits, pairing, at, every_section=every_section)
    return None


def which(key: str, tools: Iterable[Tool]) -> str:
    """Which grade, cell or reason the number behind a key is of, in words; empty for any other figure."""
    known = list(tools)
    if key.startswith(GRADED):
        stood, _, grade = key.removeprefix(GRADED).partition("_")
        names = {level.key: level.name for tool in known for level in tool.scale.levels}
        return f"{STOOD.get(stood, '')}: {names.get(grade, 'any grade').lower()}"
    if key.startswith(REASON):
        names = {one.key: one.name for tool in known for one in tool.reasons}
        return names.get(key.removeprefix(REASON), "No reason given")
    if key.startswith(GAP):
        return MODERATED.get(key.removeprefix(GAP), "")
    if key.startswith(GRID):
        return _pair_of_grades(key, known)
    return ""


def _pair_of_grades(key: str, tools: Sequence[Tool]) -> str:
    name, _, place = key.removeprefix(GRID).rpartition("_")
    ending, _, row = name.rpartition("_")
    words = next((one for one in PAIRING_WORDS if one.ending == f"_{ending}"), None)
    scales = {tool.scale for tool in tools}
    if words is None or len(scales) != 1:
        return ""
    levels = [level.name.lower() for level in scales.pop().levels]
    earlier, later = (
        levels[int(at)] if _is_place(at) and int(at) < len(levels) else "any grade" for at in (row, place)
    )
    return f"{words.earlier}: {earlier}. {words.later}: {later}"


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 3


def _moderated(key: str, audits: Iterable[Counted], which: str) -> Figure | None:
    """Audits that were moderated, or those of them that were good or better before or after."""
    found: list[int] = []
    for audit in audits:
        before, after = audit.good(audit.overall_as_audited()), audit.good(audit.overall_settled(SENIOR))
        if before is None or after is None:
            continue
        if {"moderated": True, "before": before, "after": after}.get(which):
            found.append(audit.id)
    return counted_in(key, found, len(found)) if found else None


def _graded(key: str, audits: Iterable[Counted], which: str, level: str) -> Figure | None:
    read = {"audited": Counted.overall_as_audited, "stands": Counted.overall_as_it_stands}.get(which)
    found = [
        audit.id for audit in audits if read is not None and read(audit) is not None and level in ("", read(audit))
    ]
    return counted_in(key, found, len(found)) if found else None


def _paired(
    key: str, audits: Iterable[Counted], pairing: tuple[str, str], at: tuple[int, int | None], *, every_section: bool
) -> Figure | None:
    found: list[int] = []
    for audit in audits:
        opinion = audit.given(pairing[1])
        if opinion is None or opinion.route != RANDOM:
            continue
        for pair in audit.pairs(*pairing, every_section=every_section):
            if pair.earlier is None or pair.later is None:
                continue
            if audit.scale.index(pair.earlier) == at[0] and at[1] in (None, audit.scale.index(pair.later)):
                found.append(audit.id)
    return counted_in(key, tuple(dict.fromkeys(found)), len(found)) if found else None
