"""The rules of accounts: passwords, sessions, guessing, and who may be given what (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.access.table import CASE_CONTENT, FROM_OUTSIDE, TABLE, Role
from audit_app.refusal import Refusal

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
GUESSES = 10
GUESSES_FROM_ADDRESS = 100  # a whole council may come from one address
GUESSES_WITHIN = dt.timedelta(minutes=5)
COMMON = frozenset(
    {"password", "qwertyuiop", "letmein", "welcome", "iloveyou", "administrator", "safeguarding", "socialworker",
     "socialwork", "childrensservices", "childrenservices", "childprotection", "caseaudit", "changeme", "secret"}
)  # fmt: skip
ROWS = ("abcdefghijklmnopqrstuvwxyz" * 2, "0123456789" * 3, "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")


def refusal_to_use_password(password: str, name: str, email: str) -> Refusal | None:
    """Why a password is too weak to be used."""
    folded = "".join(c for c in password.lower() if c.isalnum())
    if len(password) < SHORTEST_PASSWORD:
        return Refusal(f"Use at least {SHORTEST_PASSWORD} characters. Three unrelated words make a good password.")
    if len(password) > LONGEST_PASSWORD:
        return Refusal(f"Use at most {LONGEST_PASSWORD} characters.")
    if _easily_guessed(folded):
        return Refusal("Choose a password that is harder to guess.")
    mine = {part for part in [*name.lower().split(), email.split("@")[0].lower()] if len(part) > 3}
    if any(folded.replace(part, "").__len__() < 6 for part in mine if part in folded):
        return Refusal("Do not build the password from your name or e-mail address.")
    return None


def _easily_guessed(folded: str) -> bool:
    """Whether a password, without case and signs, is what guessing begins with."""
    core = folded.strip("0123456789")
    repeated = folded in (folded + folded)[1:-1]
    in_a_row = any(folded in row or folded in row[::-1] for row in ROWS)
    return len(set(folded)) < 5 or core in COMMON or core == "" or repeated or in_a_row


def refusal_to_grant(role: Role, until: dt.date | None, today: dt.date, held: frozenset[Role]) -> Refusal | None:
    """Why a role may not be given until a date to somebody who holds these roles."""
    if role in FROM_OUTSIDE and until is None:
        article = "An" if role is Role.EXTERNAL_AUDITOR else "A"
        return Refusal(f"{article} {role.words.lower()}'s access must have a last day.")
    if until is not None and until < today:
        return Refusal("The last day must be today or later.")
    if role is Role.ADMINISTRATOR and any(TABLE[r] & CASE_CONTENT for r in held):
        return Refusal("An administrator may not also see case content. Give the two roles to two people.")
    if Role.ADMINISTRATOR in held and TABLE[role] & CASE_CONTENT:
        return Refusal("This person is an administrator, who may not also see case content.")
    return None


def session_runs(seen_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime, idle: dt.timedelta) -> bool:
    """Whether a signed-in browser is still welcome: not idle for too long, nor past its end."""
    return now < ends_at and now - seen_at < idle


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Work of one kind that somebody has not done: how much, in words."""

    kind: str
    count: int
    words: str


def refusal_to_end(name: str, held: Sequence[OpenWork], because: str) -> Refusal | None:
    """Why an account may not be ended: its work waits for nobody, unless it is said why that must be so."""
    if not held or because.strip():
        return None
    listed = ", ".join(one.words for one in held)
    return Refusal(f"{name} still has {listed}. Ask the audit officer to give it to others, or say why you end it now.")


def too_many_guesses(for_account: int, from_address: int) -> bool:
    """Whether further tries must wait: failures from an address for one account, and from it for any account."""
    return for_account >= GUESSES or from_address >= GUESSES_FROM_ADDRESS
