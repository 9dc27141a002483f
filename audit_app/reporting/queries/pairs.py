"""Pairs of judgements for a download, within the units whose pairs somebody may take away."""

from sqlalchemy import select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.frameworks.model import ToolVersion
from audit_app.measures import queries as measures
from audit_app.measures.queries import Filters, chosen
from audit_app.moderation.model import Moderation, Route
from audit_app.organisation.model import Unit
from audit_app.reporting.contents.pairs import Particulars, pair_rows
from audit_app.reporting.queries.rounds import references_open_to
from audit_app.reporting.words import Cell


def taker_of(actor: Actor) -> Actor:
    """Somebody as one who takes pairs away: no other role of theirs widens what they take."""
    return actor.limited_to(Permission.EXPORT_PAIRS)


def pairs(filters: Filters, actor: Actor) -> tuple[tuple[Cell, ...], ...]:
    """The pairs that filters choose, one a row: those that the measures page counts."""
    taker = taker_of(actor)
    audits = measures.population(filters, taker)
    about = _particulars(filters, taker, actor)
    rows = pair_rows(audits, about, lambda route: Route(route).words, every=filters.every_section, tier=filters.tier)
    return tuple(rows)


def _particulars(filters: Filters, taker: Actor, actor: Actor) -> dict[int, Particulars]:
    ids = chosen(filters, taker)
    references = references_open_to(ids, actor)
    blind: dict[int, set[str]] = {}
    judged_blind = select(Moderation.audit_id, Moderation.tier).where(Moderation.blind, Moderation.audit_id.in_(ids))
    for audit_id, tier in db.session.execute(judged_blind):
        blind.setdefault(audit_id, set()).add(tier)
    columns = (Audit.id, Audit.tool_version_id, Unit.name)
    rows = db.session.execute(select(*columns).join(Audit.unit).where(Audit.id.in_(ids))).all()
    versions = select(ToolVersion).where(ToolVersion.id.in_({row.tool_version_id for row in rows}))
    tools = {version.id: version.tool for version in db.session.execute(versions).scalars()}
    sections = {key: {section.key: section.name for section in tool.sections} for key, tool in tools.items()}
    return {
        row.id: Particulars(
            reference=references.get(row.id, ""),
            team=row.name,
            tool=f"{tools[row.tool_version_id].name}, version {tools[row.tool_version_id].version}",
            sections=sections[row.tool_version_id],
            blind=frozenset(blind.get(row.id, ())),
        )
        for row in rows
    }
