"""What a learning briefing says: an officer's words, and figures without numbers that could tell of somebody (pure)."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from audit_app.feedback.themes import Heard
from audit_app.learning.lessons import Opinion, by_reason, by_section
from audit_app.sampling.coverage import SMALL, suppressed
from audit_app.web.formats import month, plural

# Two auditors could each take their own changes from the whole and be left with the other's.
FEWEST_AUDITORS = 3
TOO_FEW = (
    "Too few audits of these months were moderated, or too few people audited, to give figures without telling whose "
    "they were."
)

FEW_THEMES = (
    "Themes were chosen for too few audits of these months, or for those of too few people, to give numbers without "
    "telling whose they were."
)


@dataclass(frozen=True, slots=True)
class Words:
    """What an officer writes in a briefing, in their own words."""

    headline: str = ""
    changed: str = ""
    evidence: str = ""
    differently: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that are empty, by their headings."""
        return tuple(heading for name, heading in HEADINGS if not getattr(self, name).strip())


HEADINGS = (
    ("headline", "The message in one sentence"),
    ("changed", "What moderators changed most often, and why"),
    ("evidence", "What good evidence looked like"),
    ("differently", "What to do differently"),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts as they may be published: names with their numbers, and the names whose numbers are not shown."""

    shown: tuple[tuple[str, int], ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def beside(self) -> str:
        """What is said of those that are not shown."""
        if not self.hidden:
            return ""
        names = "; ".join(name[:1].lower() + name[1:] for name in self.hidden)
        why = f"Numbers from 1 to {SMALL}, and any that would give such a one away, are not published."
        return f"{'Besides' if self.shown else 'Named without numbers'}: {names}. {why}"


@dataclass(frozen=True, slots=True)
class Themes:
    """What children, families, practitioners and audits brought up: in how many audits each theme came up."""

    said: str
    audits: Counts = Counts()


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole briefing as it is published; nothing in it is reckoned anew later."""

    unit: str
    first: dt.date
    last: dt.date
    words: Words
    figures: str
    reasons: Counts = Counts()
    sections: Counts = Counts()
    themes: Themes | None = None  # none in briefings that were published before themes were gathered

    @property
    def period(self) -> str:
        """The months it is about."""
        return period_words(self.first, self.last)

    @property
    def points(self) -> tuple[str, ...]:
        """What to do differently, a point for each line."""
        lines = (line.strip().lstrip("-•* ").strip() for line in self.words.differently.splitlines())
        return tuple(line for line in lines if line)

    def as_data(self) -> dict[str, Any]:
        """The briefing as it is kept."""
        kept = asdict(self) | {"first": self.first.isoformat(), "last": self.last.isoformat()}
        if self.themes is None:  # so that the mark of an earlier briefing stays what it was
            del kept["themes"]
        return kept

    @property
    def digest(self) -> str:
        """A mark of all that it says, so that what was looked at is what is published."""
        return hashlib.sha256(json.dumps(self.as_data(), sort_keys=True).encode()).hexdigest()


def period_words(first: dt.date, last: dt.date) -> str:
    """Some months in words."""
    return month(first) if first == last else f"{month(first)} to {month(last)}"


def from_data(data: Mapping[str, Any]) -> Contents:
    """A briefing as it was kept."""
    return Contents(
        data["unit"],
        dt.date.fromisoformat(data["first"]),
        dt.date.fromisoformat(data["last"]),
        Words(**data["words"]),
        data["figures"],
        _counts_from(data["reasons"]),
        _counts_from(data["sections"]),
        Themes(themes["said"], _counts_from(themes["audits"])) if (themes := data.get("themes")) else None,
    )


def _counts_from(data: Mapping[str, Any]) -> Counts:
    return Counts(tuple((name, count) for name, count in data["shown"]), tuple(data["hidden"]))


def contents_of(
    unit: str, first: dt.date, last: dt.date, words: Words, opinions: Sequence[Opinion], auditors: int
) -> Contents:
    """A briefing made from an officer's words and what was moderated, which so many people audited."""
    audits = len({opinion.audit_id for opinion in opinions})
    judged = sum(len(opinion.judged) for opinion in opinions)
    changed = sum(len(opinion.changed) for opinion in opinions)
    if not opinions or audits <= SMALL or auditors < FEWEST_AUDITORS:
        return Contents(unit, first, last, words, TOO_FEW)
    of = f"Moderators looked at {plural(judged, 'judgement')} in {plural(audits, 'audit')}"
    if suppressed([changed, judged - changed]) != frozenset():
        few = "changed nearly all of them" if changed > judged - changed else "changed very few of them"
        return Contents(unit, first, last, words, f"{of} and {few}: the number is too small to publish.")
    if not changed:
        return Contents(unit, first, last, words, f"{of} and changed none of them.")
    reasons = by_reason(opinions)
    sections = [row for row in by_section(opinions) if row.changed]
    return Contents(
        unit,
        first,
        last,
        words,
        f"{of}, and changed {changed:,} of them.",
        _published([(row.name, row.count) for row in reasons]),
        _published([(row.name, row.changed) for row in sections]),
    )


def themes_of(heard: Sequence[Heard], audits: int, auditors: int) -> Themes:
    """The themes of so many audits for which some were chosen, as they may be published.

    An audit can bring up several, so no number can be worked out from the others: only small ones are left out.
    """
    if not audits:
        return Themes("No themes are chosen for audits of these months.")
    if audits <= SMALL or auditors < FEWEST_AUDITORS:
        return Themes(FEW_THEMES)
    who = "the child, the family, the practitioner or the audit itself"
    said = f"In {plural(audits, 'audit')} {who} brought up these themes. One audit can bring up several."
    large = [(one.theme.name, len(one.audits)) for one in heard if len(one.audits) > SMALL]
    shown = sorted(large, key=lambda row: (-row[1], row[0]))
    hidden = sorted(one.theme.name for one in heard if len(one.audits) <= SMALL)
    return Themes(said, Counts(tuple(shown), tuple(hidden)))


def _published(rows: Sequence[tuple[str, int]]) -> Counts:
    """Counts whose total is known, without those that are small or would give a small one away.

    Those shown stand with the most frequent first; the others by name, so that their order tells nothing.
    """
    hidden = suppressed([count for _, count in rows])
    if hidden is None:
        hidden = frozenset(range(len(rows)))
    shown = [row for at, row in enumerate(rows) if at not in hidden]
    names = [name for at, (name, _) in enumerate(rows) if at in hidden]
    return Counts(tuple(sorted(shown, key=lambda row: (-row[1], row[0]))), tuple(sorted(names)))
