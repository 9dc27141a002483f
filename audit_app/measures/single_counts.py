"""The single numbers of a grid or a distribution as figures, so that they too lead to their audits (pure)."""

from collections.abc import Iterable, Sequence

from audit_app.measures.figure import Figure
from audit_app.measures.pairings import ENDINGS
from audit_app.measures.population import RANDOM, Counted

GRID, GRADED, REASON = "grid_", "graded_", "reason_"


def counted_in(key: str, audits: Sequence[int], count: int) -> Figure:
    """A plain number with the audits in which it was counted."""
    return Figure(key, count, count, None, why="a plain count", counted=tuple(audits), hits=(), audits=0)


def cell(key: str, audits: Iterable[Counted], *, every_section: bool) -> Figure | None:
    """The number behind a key: grid_<pairing>_<row>_<column>, or graded_<audited or stands>_<level>."""
    if key.startswith(GRADED):
        which, _, level = key.removeprefix(GRADED).partition("_")
        return _graded(key, audits, which, level)
    if key.startswith(GRID):
        name, _, place = key.removeprefix(GRID).rpartition("_")
        ending, _, row = name.rpartition("_")
        pairing = next((pair for pair, known in ENDINGS.items() if known == ending), None)
        if pairing and row.isdecimal() and place.isdecimal() and max(len(row), len(place)) < 3:
            return _paired(key, audits, pairing, (int(row), int(place)), every_section=every_section)
    return None


def _graded(key: str, audits: Iterable[Counted], which: str, level: str) -> Figure | None:
    read = {"audited": Counted.overall_as_audited, "stands": Counted.overall_as_it_stands}.get(which)
    found = [audit.id for audit in audits if read is not None and read(audit) == level]
    return counted_in(key, found, len(found)) if found else None


def _paired(
    key: str, audits: Iterable[Counted], pairing: tuple[str, str], at: tuple[int, int], *, every_section: bool
) -> Figure | None:
    found: list[int] = []
    for audit in audits:
        opinion = audit.given(pairing[1])
        if opinion is None or opinion.route != RANDOM:
            continue
        for pair in audit.pairs(*pairing, every_section=every_section):
            if pair.earlier is None or pair.later is None:
                continue
            if (audit.scale.index(pair.earlier), audit.scale.index(pair.later)) == at:
                found.append(audit.id)
    return counted_in(key, tuple(dict.fromkeys(found)), len(found)) if found else None
