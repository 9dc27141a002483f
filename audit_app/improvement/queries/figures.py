"""How a live figure is narrowed, in words, and where the measures pages show the same."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from audit_app.db import db
from audit_app.frameworks.content import CATEGORIES
from audit_app.frameworks.model import ToolVersion
from audit_app.moderation.model import Exercise
from audit_app.programmes.model import Programme

ADDRESSED = ("unit", "programme", "exercise", "tool", "category", "section", "first", "last")


def narrowing(figure: Mapping[str, Any]) -> list[str]:
    """What a figure counts besides its unit and months, in words."""
    programme = db.session.get(Programme, figure["programme"]) if figure.get("programme") else None
    exercise = db.session.get(Exercise, figure["exercise"]) if figure.get("exercise") else None
    said = [one.name for one in (programme, exercise) if one is not None]
    tool, section, category = (figure.get(name) or "" for name in ("tool", "section", "category"))
    if tool or section:
        rows = select(ToolVersion).order_by(ToolVersion.id.desc())
        tools = [one.tool for one in db.session.execute(rows).scalars() if tool in ("", one.key)]
        said += [tools[0].name if tools else tool] if tool else []
        names = {one.key: one.name for known in reversed(tools) for one in known.graded_sections}
        said += [f"section “{names.get(section, section)}”"] if section else []
    said += [CATEGORIES.get(category, category).lower()] if category else []
    return said + (["every graded section"] if figure.get("every_section") and not section else [])


def address_of(figure: Mapping[str, Any]) -> dict[str, Any]:
    """What to ask the measures pages for, by the keys of their own filters."""
    asked = {name: figure[name] for name in ADDRESSED if figure.get(name)}
    if figure.get("every_section") and not figure.get("section"):
        asked["counting"] = "section"
    return asked
