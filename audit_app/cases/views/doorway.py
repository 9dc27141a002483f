"""What the pages of case lists share: who may come in, and the head of a list's pages."""

from typing import Any

from flask import url_for

from audit_app.access.table import Permission
from audit_app.cases import queries
from audit_app.cases.model import CaseList
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.web.guard import actor, requires

runs = requires(Permission.RUN_ROUNDS)
UNUSED = ("repeated", "not_used")  # why a column is left out that could identify nobody


def my_paths() -> tuple[str, ...]:
    """The roots at or below which the person may load case lists."""
    return actor().paths(Permission.RUN_ROUNDS)


def list_or_404(list_id: int, *, to_write: bool = False) -> CaseList:
    """A case list that the person may see."""
    return queries.list_or_404(list_id, my_paths(), to_write=to_write)


def in_order(authority: Unit, ids: set[int]) -> list[Unit]:
    """Units of an authority in the tree's order, closed ones included."""
    return [unit for unit in tree([authority.path]) if unit.id in ids]


def menu_of(one: CaseList, endpoint: str, outcome: str = "") -> list[dict[str, object]]:
    """The parts of a case list's page."""
    parts: list[tuple[str, str, dict[str, Any]]] = [
        ("What was read", "cases.show", {}),
        (f"Held ({one.held:,})", "cases.problems", {"outcome": "held"}),
        (f"Refused ({one.refused:,})", "cases.problems", {"outcome": "refused"}),
        ("Teams", "cases.teams", {}),
        ("Sheets and columns", "cases.columns", {}),
    ]
    return [
        {
            "text": text,
            "href": url_for(part, list_id=one.id, **values),
            "current": part == endpoint and values.get("outcome", "") == outcome,
        }
        for text, part, values in parts
    ]
