"""What is asked of feedback from the child and family, without names: in which way, from whom, why there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from audit_app.frameworks.named import Named, named_in

SHIPPED: Final = Path(__file__).resolve().parents[2] / "frameworks" / "family_feedback.yaml"
SEVERAL: Final = ("ways", "whom")  # kept as keys with commas between


@dataclass(frozen=True, slots=True)
class Asked:
    """The choices: ways of asking, who spoke by relation only, and reasons why nobody did."""

    ways: tuple[Named, ...]
    relations: tuple[Named, ...]
    reasons: tuple[Named, ...]


@cache
def asked() -> Asked:
    """The choices that come with the service."""
    return asked_in(SHIPPED.read_text(encoding="utf-8"))


def asked_in(text: str) -> Asked:
    """The choices that a file describes."""
    return Asked(*named_in(text, "family-feedback", "ways", "relations", "reasons"))


def kept(keys: Iterable[str]) -> str:
    """Several keys as they are kept."""
    return ",".join(keys)


def chosen(particulars: Mapping[str, str], name: str) -> list[str]:
    """The keys that were kept."""
    return [key for key in particulars.get(name, "").split(",") if key]


def told(particulars: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a section says of feedback beside its words, in words: questions with answers."""
    choices = asked()
    found = [
        ("How", ", ".join(filter(None, [particulars.get("how", ""), _words(choices.ways, particulars, "ways")]))),
        ("From", _words(choices.relations, particulars, "whom")),
        ("Why there is none", _words(choices.reasons, particulars, "why_not")),
    ]
    return tuple((name, words) for name, words in found if words)


def _words(choices: tuple[Named, ...], particulars: Mapping[str, str], name: str) -> str:
    names = {one.key: one.name for one in choices}
    words = [names.get(key, key) for key in chosen(particulars, name)]
    return "; ".join([*words[:1], *(one[0].lower() + one[1:] for one in words[1:])])
