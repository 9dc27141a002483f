"""The themes under which feedback and audits are coded, and how often each came up (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from audit_app.frameworks.named import Named, named_in

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "themes.yaml"
VOICES: Final[Mapping[str, str]] = {
    "family": "What the child and family said",
    "practitioner": "What the practitioner said",
    "audit": "What the audit itself found",
}
Codes = Mapping[str, Sequence[str]]  # by voice, the keys of themes


@cache
def themes() -> tuple[Named, ...]:
    """The themes that come with the service, in their order."""
    return themes_in(SHIPPED.read_text(encoding="utf-8"))


def themes_in(text: str) -> tuple[Named, ...]:
    """The themes that a file describes."""
    (found,) = named_in(text, "themes", "themes")
    return found


@dataclass(frozen=True, slots=True)
class Heard:
    """One theme: in how many audits each voice brought it up, and which audits those are."""

    theme: Named
    counts: Mapping[str, int]
    audits: tuple[int, ...]


def heard(codes: Iterable[tuple[int, Codes]], known: Sequence[Named]) -> tuple[Heard, ...]:
    """How often each theme came up, those that came up most first; a key that is no longer known keeps its key."""
    counts: Counter[tuple[str, str]] = Counter()
    audits: dict[str, set[int]] = {}
    for audit_id, by_voice in codes:
        for voice in VOICES:
            for key in dict.fromkeys(by_voice.get(voice, ())):
                counts[key, voice] += 1
                audits.setdefault(key, set()).add(audit_id)
    order = {one.key: place for place, one in enumerate(known)}
    names = {one.key: one for one in known}
    found = [
        Heard(names.get(key, Named(key, key)), {voice: counts[key, voice] for voice in VOICES}, tuple(sorted(ids)))
        for key, ids in audits.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.audits), order.get(one.theme.key, len(order)))))
