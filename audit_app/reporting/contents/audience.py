"""Whom a paper is for, what it is marked, and whether small numbers may stand in it (pure)."""

from enum import StrEnum

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.reporting.document import Marking


class Audience(StrEnum):
    """Who reads a paper: colleagues who may open the cases, a board, or everybody."""

    COLLEAGUES = "colleagues"
    BOARD = "board"
    PUBLIC = "public"

    @property
    def words(self) -> str:
        """The audience as people say it."""
        return WORDS[self]

    @property
    def marking(self) -> Marking:
        """How a paper for it is marked."""
        return MARKINGS[self]

    @property
    def published(self) -> bool:
        """Whether small numbers, case references and people's own words are left out."""
        return self is not Audience.COLLEAGUES


WORDS = {
    Audience.COLLEAGUES: "For colleagues who may open the cases",
    Audience.BOARD: "For the board",
    Audience.PUBLIC: "To publish",
}
MARKINGS: dict[Audience, Marking] = {
    Audience.COLLEAGUES: "OFFICIAL-SENSITIVE",
    Audience.BOARD: "OFFICIAL",
    Audience.PUBLIC: "OPEN",
}


def audiences_for(actor: Actor) -> tuple[Audience, ...]:
    """The audiences whose papers somebody may have, the fullest first.

    A paper with case references needs the right to open audits wherever the paper reaches.
    """
    reports = actor.paths(Permission.READ_REPORTS)
    if reports and all(actor.reaches(Permission.READ_AUDITS, path) for path in reports):
        return tuple(Audience)
    return (Audience.BOARD, Audience.PUBLIC)
