"""Somebody's actions for children as a paper for their next supervision (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.reporting.document import Document, Facts, Heading, Part, Text
from audit_app.reporting.to_fill_in import Room
from audit_app.web.formats import day, plural

NONE = "No action is open."
ABOUT = (
    "Actions that came out of audits and are not ended, the soonest due first. Go through them together: what was "
    "done, what difference it made for the child, and what stands in the way. Record what you agree in the "
    "supervision record."
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One action as supervision needs it."""

    case: str
    kind: str
    what: str
    why: str
    shows: str
    due_on: dt.date
    state: str
    said: str  # what its owner or whoever answered said last


def supervision_paper(
    name: str,
    prompts: Sequence[Prompt],
    today: dt.date,
    *,
    council: str,
    produced_at: dt.datetime,
    receipt: str | None = None,
) -> Document:
    """The paper."""
    late = sum(one.due_on < today and one.state == "To do" for one in prompts)
    count = plural(len(prompts), "action") + (f", {late} overdue" if late else "")
    parts: list[Part] = [Text(f"{count}. {ABOUT}" if prompts else NONE, "lead" if not prompts else "body")]
    for number, one in enumerate(prompts, 1):
        parts += _parts(number, one, today)
    return Document(
        title=f"For supervision: {name}",
        subtitle=day(today),
        marking="OFFICIAL-SENSITIVE",
        status="FINAL",
        council=council,
        version="1",
        produced_at=produced_at,
        parts=tuple(parts),
        receipt=receipt,
    )


def _parts(number: int, one: Prompt, today: dt.date) -> list[Part]:
    over = " (overdue)" if one.due_on < today and one.state == "To do" else ""
    rows = [
        ("What is to be done", one.what),
        ("Why", one.why),
        ("What will show it", one.shows),
        ("Due", f"{day(one.due_on)}{over}"),
        ("Stands as", one.state),
    ]
    rows += [("Said last", one.said)] if one.said else []
    return [
        Heading(1, f"{number}. Case {one.case}: {one.kind.lower()}"),
        Facts(tuple(rows)),
        Room("Agreed in supervision"),
    ]
