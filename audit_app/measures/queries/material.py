"""What the pictures of a page are made from."""

from dataclasses import replace

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.db import db
from audit_app.measures import album
from audit_app.measures.album import Material
from audit_app.measures.pictures.coverage import Aim
from audit_app.measures.pictures.reasons import Reason
from audit_app.measures.queries.choices import unit_names
from audit_app.measures.queries.facts import tools
from audit_app.measures.queries.filters import Filters
from audit_app.measures.queries.tallied import MONTHS, SECTIONS, TEAMS, sums
from audit_app.measures.sums import Sums
from audit_app.programmes.model import Programme


def material(page: str, filters: Filters, actor: Actor, asked: Material) -> Material:
    """What the pictures of a page are made from; `asked` says what was asked of the population."""
    if page == album.SECTIONS:
        whole = replace(filters, every_section=True, section="")
        found = sums(whole, actor, by=SECTIONS)
        return replace(asked, sums=found, every_section=True, reasons=_reasons(found, filters.tier))
    if page == album.TEAMS:
        found = sums(filters, actor, by=TEAMS)
        names = {unit: name for unit, (name, _) in unit_names(set(found.teams)).items()}
        return replace(asked, sums=found, every_section=filters.every_section, teams=names)
    return drawn_from(sums(filters, actor, by=MONTHS), filters, asked)


def drawn_from(found: Sums, filters: Filters, asked: Material) -> Material:
    """Sums by month, with what their programmes aim at."""
    return replace(asked, sums=found, every_section=filters.every_section, targets=_targets(found))


def own_material(filters: Filters, actor: Actor, asked: Material) -> Material:
    """Somebody's own audits with the opinions that are finished: before that, nothing of a moderator's is theirs."""
    found = sums(replace(filters, auditor=actor.id), actor, by=SECTIONS)
    return replace(asked, sums=found, every_section=filters.every_section)


def _targets(found: Sums) -> tuple[Aim, ...]:
    counted = [key for key, months in found.programmes.items() if any(audits for audits, _ in months.values())]
    rows = select(Programme.id, Programme.name, Programme.moderation_percent).where(Programme.id.in_(counted))
    return tuple(
        Aim(name, percent, {day: counts for day, counts in found.programmes[key].items() if day is not None})
        for key, name, percent in db.session.execute(rows.order_by(Programme.name, Programme.id))
    )


def _reasons(found: Sums, tier: str) -> tuple[Reason, ...]:
    """Why grades were changed, by reason, with the numbers of grades and of audits."""
    cells = found.totals.cells
    counts: dict[str, int] = {}
    for name, count in cells.items():
        head, _, code = name.partition(":")[2].partition(":")
        if name.startswith("why:") and tier in ("", head):
            counts[code] = counts.get(code, 0) + int(count)
    names = {one.key: one.name for key, tool in tools().items() if found.tools.get(key) for one in tool.reasons}
    return tuple(
        Reason(code, names.get(code, "No reason given"), count, int(cells.get(f"whyin:{tier}:{code}", 0)))
        for code, count in sorted(counts.items())
    )
