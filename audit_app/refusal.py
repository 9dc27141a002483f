"""Refusals: "no, because …" as a value, so that one rule hides a button, explains why, and stops a request."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done, in words for the person who tried."""

    reason: str


class Refused(Exception):
    """Raised by an operation when a rule refuses it; the request answers 422 and keeps nothing."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class Stale(Exception):
    """Raised when somebody else changed the same thing first; the request answers 409 and keeps nothing."""

    def __init__(self, thing: str) -> None:
        super().__init__(f"Somebody changed {thing} after you opened it.")
        self.thing = thing


def refuse_if(refusal: Refusal | None) -> None:
    """Stop here when a rule refuses."""
    if refusal is not None:
        raise Refused(refusal)
