"""Whether a pack may be asked for and opened (pure)."""

from audit_app.refusal import Refusal
from audit_app.web.formats import plural

MOST_AUDITS = 500  # of one pack: more would be too large a file to open, and hours of work
KEPT_HOURS = 72


def refusal_to_ask(audits: int, *, waits: bool) -> Refusal | None:
    """Whether a pack of so many audits may be asked for; somebody waits for one pack at a time."""
    if refused := refusal_to_wait(waits=waits):
        return refused
    if audits == 0:
        return Refusal("There is no audit yet that you may read in full.")
    if audits > MOST_AUDITS:
        return Refusal(f"A pack holds at most {MOST_AUDITS:,} audits, and this round has {audits:,}.")
    return None


def refusal_to_wait(*, waits: bool) -> Refusal | None:
    """Whether another pack may be asked for: somebody waits for one at a time."""
    return Refusal("A pack that you asked for is still being made. Wait for it, or cancel it.") if waits else None


def refusal_to_open(closed: int, blind: int = 0, *, of_others: bool = False) -> Refusal | None:
    """Whether a pack may be opened, when so many of its audits are no longer open to whoever asked for it.

    Blind are those that its figures count and that its owner judges blind now; of others is the pack of a board whose
    papers its owner no longer reads.
    """
    if of_others:
        return Refusal("You no longer read the papers of this board, so the pack is closed.")
    if blind:
        return Refusal(
            f"Figures in this pack count {plural(blind, 'audit')} that you judge blind just now, so the pack is closed "
            "until you have committed."
        )
    if not closed:
        return None
    verb = "is" if closed == 1 else "are"
    return Refusal(
        f"{plural(closed, 'audit')} in this pack {verb} not open to you now, so the pack is closed. "
        "Ask for it anew: the new pack leaves them out."
    )
