"""The part of the form of policies that says when audits are asked for."""

from collections.abc import Mapping
from typing import Any

from wtforms import StringField
from wtforms.validators import Length, NumberRange, Optional

from audit_app.programmes.chasing import MOST_CHASING_DAYS, chasing_problems
from audit_app.programmes.forms.programmes import WholeNumberField
from audit_app.web.forms import Form

NEVER = "none"
BEFORE_WORDS = f"Enter whole numbers from 0 to {MOST_CHASING_DAYS} with commas between them, or “{NEVER}”"


def _days(label: str, least: int) -> WholeNumberField:
    said = f"Enter a whole number from {least} to {MOST_CHASING_DAYS}"
    return WholeNumberField(label, [Optional(), NumberRange(least, MOST_CHASING_DAYS, said)])


class ChasingFields(Form):
    """When auditors are reminded and who else hears; an empty field is as usual."""

    chase_before = StringField("Remind before the due day", [Length(max=40)])
    chase_first_after = _days("First reminder when late", 1)
    chase_every = _days("Then remind every", 0)
    chase_senior = _days("Tell the senior manager", 1)
    chase_head = _days("Tell the head of service", 1)

    def show_chasing(self, chasing: Mapping[str, Any]) -> None:
        """Show what is kept."""
        before, escalate = chasing.get("before"), chasing.get("escalate") or {}
        self.chase_before.process_data("" if before is None else ", ".join(map(str, before)) or NEVER)
        self.chase_first_after.process_data(chasing.get("first_after"))
        self.chase_every.process_data(chasing.get("every"))
        self.chase_senior.process_data(escalate.get("senior_manager"))
        self.chase_head.process_data(escalate.get("head_of_service"))

    def chasing(self, kept: Mapping[str, Any]) -> dict[str, object]:
        """What was filled in; that nobody hears, or that others hear too, is kept, for the form does not ask for it."""
        named = {"senior_manager": self.chase_senior.data, "head_of_service": self.chase_head.data}
        escalate = {role: days for role, days in (kept.get("escalate") or {}).items() if role not in named}
        escalate |= {role: days for role, days in named.items() if days is not None}
        given: dict[str, object] = {
            "before": _before(self.chase_before.data or ""),
            "first_after": self.chase_first_after.data,
            "every": self.chase_every.data,
            "escalate": escalate or (kept["escalate"] if kept.get("escalate") == {} else None),
        }
        return {name: value for name, value in given.items() if value is not None}

    @property
    def before_is_wrong(self) -> bool:
        """Whether what was typed for the days before cannot be read, or is out of range."""
        return bool(chasing_problems({"before": _before(self.chase_before.data or "") or []}))


def _before(text: str) -> list[Any] | None:
    """The days that were typed: none at all, or nothing where it is to be as usual."""
    if not text.strip():
        return None
    if text.strip().lower() == NEVER:
        return []
    parts = [part.strip() for part in text.split(",")]
    return [int(part) if part.isascii() and part.isdecimal() else part for part in parts]
