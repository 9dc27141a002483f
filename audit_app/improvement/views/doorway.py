"""What the pages of plans share: who may come in, and how one is found."""

import datetime as dt
from typing import Any

from flask import Response

from audit_app.access.table import Permission
from audit_app.clock import today
from audit_app.improvement import queries
from audit_app.improvement.model import Indicator, Plan
from audit_app.improvement.queries.standing import Standing, standing_of
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.web.formats import day
from audit_app.web.forms import Form
from audit_app.web.guard import actor, requires

sees = requires(Permission.SEE_PLANS)
edits = requires(Permission.EDIT_PLANS)
ONE = "/plans/<int(max=2147483647):plan_id>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plan_to_read(plan_id: int) -> Plan:
    """A plan that the person may read."""
    return queries.plan_or_404(plan_id, actor())


def plan_to_edit(plan_id: int) -> Plan:
    """A plan that the person writes."""
    return queries.plan_or_404(plan_id, actor(), to_edit=True)


def my_units() -> list[Unit]:
    """The units whose plans the person writes, in the tree's order."""
    return [unit for unit in tree(actor().paths(Permission.EDIT_PLANS)) if unit.active]


def standing(indicator: Indicator) -> Standing:
    """Where an indicator stands for this person today."""
    return standing_of(indicator, queries.sealed_from(actor()), today())


def workbook(body: bytes, name: str) -> Response:
    """A workbook to keep, under a name."""
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def differing(kept: Form, typed: Form) -> list[tuple[str, str, str]]:
    """Each answer that differs: its label, what is kept now, and what was typed."""
    found = []
    for field in typed:
        if field.name in ("version", "csrf_token") or field.name not in kept or kept[field.name].data == field.data:
            continue
        found.append((field.label.text, _words(kept[field.name]), _words(field)))
    return found


def _words(field: Any) -> str:
    if getattr(field, "choices", None):
        return next((choice.label.strip() for choice in field.choices if choice.value == field.data), str(field.data))
    return day(field.data) if isinstance(field.data, dt.date) else str(field.data or "Nothing")
