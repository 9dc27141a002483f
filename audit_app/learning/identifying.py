"""What in an officer's own words could tell all readers of a briefing who somebody is (pure)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from audit_app.cases.sensitive import SENTENCE_START, warnings_in
from audit_app.cases.trade_words import TRADE_WORDS

A_REFERENCE = "This is the reference of a case."
A_NAME = "This is the name of somebody known here."
A_TEAM = "This is a team: with few audits, its name tells whose they are."
SHORTEST = 3  # letters of a surname on its own
TOKEN = re.compile(r"[\w][\w/-]*")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known to the system and must not stand in a briefing."""

    references: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Telling:
    """One place in a text that tells, or may tell, who somebody is: what stands there, and what to tell the writer."""

    start: int
    what: str
    words: str


def tokens_in(texts: Iterable[str]) -> frozenset[str]:
    """Every piece of some texts that could be a case reference."""
    found = (match.group() for text in texts for match in TOKEN.finditer(text))
    return frozenset(piece for token in found for piece in (token, token.rstrip("-/")))


def telling_in(text: str, known: Known) -> tuple[Telling, ...]:
    """Every place in a text that could tell who somebody is, in order; what is known for certain goes first."""
    found = [*_references(text, known.references)]
    found += [place for name in known.people for place in _named(text, name, A_NAME)]
    found += [place for name in known.teams for place in _named(text, name, A_TEAM)]
    found += _surnames(text, known.people)
    found += [Telling(one.start, text[one.start : one.end], one.words) for one in warnings_in(text)]
    kept: list[Telling] = []
    for one in found:
        if not any(
            one.start < other.start + len(other.what) and other.start < one.start + len(one.what) for other in kept
        ):
            kept.append(one)
    return tuple(sorted(kept))


def _references(text: str, references: Collection[str]) -> Iterable[Telling]:
    for match in TOKEN.finditer(text):
        for piece in (match.group(), match.group().rstrip("-/")):
            if piece in references:
                yield Telling(match.start(), piece, A_REFERENCE)
                break


def _named(text: str, name: str, words: str) -> Iterable[Telling]:
    if not name.strip():
        return
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        yield Telling(match.start(), match.group(), words)


def _surnames(text: str, people: Iterable[str]) -> list[Telling]:
    """Last names on their own, written as names are; not how a sentence starts, and no word of the trade."""
    last = {name.split()[-1] for name in people if len(name.split()) > 1}
    wanted = {name for name in last if len(name) >= SHORTEST and name.lower() not in TRADE_WORDS}
    found = []
    for match in re.finditer(r"\w[\w'’-]*", text):
        bare = re.sub(r"['’]s$", "", match.group())
        if (
            bare in wanted
            and bare[:1].isupper()
            and not SENTENCE_START.search(text[max(0, match.start() - 12) : match.start()])
        ):
            found.append(Telling(match.start(), bare, A_NAME))
    return found
