"""Why an auditor hands an audit back before they start (pure)."""

from enum import StrEnum


class Because(StrEnum):
    """The reasons to choose from."""

    CONNECTED = "connected"
    NO_TIME = "no_time"
    OTHER = "other"


WORDS = {
    Because.CONNECTED: "I know this family, or worked on this case",
    Because.NO_TIME: "I can’t do it by the due day",
    Because.OTHER: "Another reason",
}
KEPT = {
    Because.CONNECTED: "The auditor knows the family, or worked on the case.",
    Because.NO_TIME: "The auditor can’t do it by the due day.",
    Because.OTHER: "",
}


def reason_of(because: Because, words: str) -> str:
    """The reason as it is kept; whoever knows a family is asked for no detail, so none is kept."""
    return " ".join(part for part in (KEPT[because], "" if because is Because.CONNECTED else words.strip()) if part)
