"""What may be done to an edition, a statement and its evidence (pure)."""

from audit_app.refusal import Refusal
from audit_app.web.formats import plural


def refusal_to_write(later: str) -> Refusal | None:
    """Why an edition is not written any more; later is the period of the edition after it."""
    if later:
        return Refusal(f"The edition of {later} has begun. This one stays as it is: write there.")
    return None


def refusal_to_change(taken_out: bool) -> Refusal | None:
    """Why a statement or a piece of evidence is not changed any more."""
    return Refusal("It was taken out meanwhile, and stays as it was.") if taken_out else None


def refusal_to_take_back(taken_back: bool, replaced: bool, because: str) -> Refusal | None:
    """Why a published copy is not taken back; a replaced one is no longer read by anybody but its writers."""
    if taken_back:
        return Refusal("It was taken back already. Nothing was changed.")
    if replaced:
        return Refusal("A later version replaced it, so only those who write the self-evaluation can open it.")
    return None if because.strip() else Refusal("Say why it is taken back.")


def refusal_to_count(held_blind: int) -> Refusal | None:
    """Why somebody may neither cite a figure nor publish: theirs leave out what they judge blind."""
    if not held_blind:
        return None
    return Refusal(
        f"You judge {plural(held_blind, 'audit')} blind just now, so your figures leave them out. "
        "Do this once you have committed, or ask somebody who writes the self-evaluation with you."
    )


def refusal_to_publish(statements: int, to_confirm: int) -> Refusal | None:
    """Why an edition is not published yet."""
    if not statements:
        return Refusal("Write at least one statement first.")
    if to_confirm:
        return Refusal(
            f"{plural(to_confirm, 'piece')} of evidence {'is' if to_confirm == 1 else 'are'} copied from the edition "
            "before. Confirm each or take it out first."
        )
    return None
