"""The monthly moderation report of a round, for colleagues, for a board, or to publish (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit_app.auditing.ledger import EXTERNAL, SENIOR
from audit_app.measures import sentences
from audit_app.measures.album import had_all_been_moderated
from audit_app.measures.counts import Counts
from audit_app.measures.definitions import DEFINITIONS, Definition
from audit_app.measures.figures import Figure, PairFigures, Row
from audit_app.measures.pictures.picture import Picture
from audit_app.measures.population import Counted, one_scale
from audit_app.measures.published import told_agreement
from audit_app.measures.side_by_side import AUDITS
from audit_app.measures.sums import sums_of
from audit_app.measures.suppression import SMALL, is_small
from audit_app.measures.withheld import is_kept_back, withheld
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.contents.figures import figures_table, pair_table
from audit_app.reporting.contents.grades import grades, grid
from audit_app.reporting.contents.measures import chart_of
from audit_app.reporting.contents.overrides import Override, annex, overrides
from audit_app.reporting.contents.teams import by_team
from audit_app.reporting.document import Bullets, Callout, Document, Facts, Heading, Part, Text
from audit_app.reporting.words import Cell
from audit_app.web.formats import day, month, percent, plural

# In the order of the pairings: what a paper calls the section on it, and its two tiers.
PAIRINGS = (
    ("How far moderators agreed", "Auditor", "Senior moderator"),
    ("How far the external auditor agreed", "What stood internally", "External auditor"),
    ("Auditor and external auditor", "Auditor", "External auditor"),
)
SURE = (
    "A share of grades that were drawn at random stands with a 95% interval: were the draw repeated many times, about "
    "19 in 20 such intervals would hold the true figure. Under 10 grades no interval is given: they are too few to "
    "compare.",
    "Counts of all audits of the round, such as coverage or good or better as audited, are facts about those audits "
    "and need no interval. As a sample of all practice in the month they would be less sure.",
    "Only audits that were drawn at random make the rates of agreement. Audits moderated for another reason, such as "
    "every inadequate one, stand beside them, because how they were chosen would tilt the rates.",
)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a round is: programme, month, tool and dates, whose cases the paper covers, and the coverage aimed at."""

    programme: str
    month: dt.date
    tool: str
    due_on: dt.date
    closed: bool
    scope: str
    target_percent: int


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is still open in a round, of what the reader may know; blind audits of theirs are only counted."""

    being_written: int
    being_moderated: int
    left_out: int

    def reasons(self, closed: bool, *, published: bool = False) -> tuple[str, ...]:
        """Why the paper is a draft; none when it is final. Published, it tells no small number."""
        said = [] if closed else ["The round is open: more cases may be audited and moderated."]
        if self.being_written:
            said.append(f"{_still(self.being_written, published)} not handed in.")
        if self.being_moderated:
            said.append(f"{_still(self.being_moderated, published)} with a moderator or an external auditor.")
        if self.left_out:
            verb = "is" if self.left_out == 1 else "are"
            said.append(
                f"{plural(self.left_out, 'audit')} that you judge blind just now {verb} left out of every number here. "
                "The paper is complete for you once you have committed your grades."
            )
        return tuple(said)


def _still(count: int, published: bool) -> str:
    """How many audits are somewhere still; in a published paper without a small number."""
    if published and is_small(count):
        return "Some audits are"
    return f"{plural(count, 'audit')} {'is' if count == 1 else 'are'}"


@dataclass(frozen=True, slots=True)
class RoundMaterial:
    """Everything that a round's report is made from; counts are of overall grades, sections of every graded section."""

    facts: RoundFacts
    audits: Sequence[Counted]
    counts: Counts
    sections: Counts
    teams: Sequence[Row]
    overrides: Sequence[Override]
    outstanding: Outstanding
    pictures: Sequence[Picture] = ()  # of the measures pages, for colleagues
    kept_back: frozenset[str] = frozenset()  # published, so that no other round is given away


def round_report(
    made_from: RoundMaterial, audience: Audience, *, council: str, produced_at: dt.datetime, receipt: str | None
) -> Document:
    """The report as a paper."""
    facts = made_from.facts
    if audience.published:
        counts = withheld(made_from.counts, made_from.kept_back)
        sections = withheld(made_from.sections, made_from.kept_back.intersection(one.key for one in counts.shares))
        made_from = replace(made_from, counts=counts, sections=sections)
    return Document(
        title=f"Moderation report, {month(facts.month)}",
        subtitle=f"{facts.programme}: {facts.scope}",
        marking=audience.marking,
        status="DRAFT" if made_from.outstanding.reasons(facts.closed) else "FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        parts=_parts(made_from, audience.published),
        receipt=receipt,
    )


def _parts(found: RoundMaterial, published: bool) -> tuple[Part, ...]:
    draft, audited = _draft(found, published), _audited(found)
    if not found.audits:
        return (*draft, *audited, Text("Figures appear here with the first audit that is handed in."))
    if published and is_small(len(found.audits)):
        return (*draft, *audited, Text(f"The round has {SMALL} audits or fewer, so its figures are not published."))
    if published and AUDITS in found.kept_back:
        return (
            *draft,
            *audited,
            Text("The figures of this round are not published: they would give another’s away."),
        )
    return (
        *draft,
        *_short(found),
        *audited,
        *_grades(found, published),
        *_agreement(found, published),
        *_drawn(found, "sections", published),
        *overrides(found.overrides, _told_changes(found), published=published),
        *_drawn(found, "reasons", published),
        *_carrying_out(found.counts),
        *by_team(found.teams, published=published, kept_back=found.kept_back),
        *_drawn(found, "teams", published),
        Heading(1, "How sure are we?"),
        *(Text(words) for words in SURE),
        *(_kept_back() if published else ()),
        Heading(1, "What each figure means"),
        Facts(tuple((one.name, _meaning(one)) for one in DEFINITIONS)),
        *(() if published else annex(found.overrides)),
    )


def _draft(found: RoundMaterial, published: bool) -> tuple[Part, ...]:
    reasons = found.outstanding.reasons(found.facts.closed, published=published)
    return (Callout("This is a draft, and its figures will change", "\n\n".join(reasons)),) if reasons else ()


def _short(found: RoundMaterial) -> tuple[Part, ...]:
    audited, stands, gap, covered = found.counts.shares[:4]
    said = [] if is_kept_back(audited) or is_kept_back(stands) else [sentences.good_sentence(audited, stands)]
    said += [told_agreement(pair) for pair in found.counts.random[:2] if pair.exact.value is not None]
    if gap.value is not None:
        said.append(sentences.gap_sentence(gap))
    said.append(_covered(found))
    if not any(map(is_kept_back, (audited, stands, gap, covered))):
        said.append(had_all_been_moderated(sums_of(found.audits)))
    told = tuple(one for one in said if one) or ("The headline figures count so few that they are not published.",)
    return (Heading(1, "In short"), Bullets(told))


def _covered(found: RoundMaterial) -> str:
    """How much was moderated and how that stands to the target, where it is told."""
    covered = found.counts.shares[3]
    if is_kept_back(covered):
        return ""
    return f"{sentences.coverage_sentence(covered)} {_target(covered, found.facts.target_percent)}".strip()


def _told_changes(found: RoundMaterial) -> dict[str, tuple[bool, bool]]:
    """By tier, whether it is told how many grades were changed: of all sections, and of the overall grades."""

    def told(counts: Counts, at: int) -> bool:
        return not any(is_kept_back(one.exact) for one in (counts.random[at], counts.other[at]))

    return {tier: (told(found.sections, at), told(found.counts, at)) for at, tier in enumerate((SENIOR, EXTERNAL))}


def _drawn(found: RoundMaterial, key: str, published: bool) -> tuple[Part, ...]:
    """A picture of the measures pages with what it shows in words; a published paper has none that tells of few."""
    picture = next((one for one in found.pictures if one.key == key), None)
    return () if picture is None or published else (Text(picture.sentence), chart_of(picture))


def _target(coverage: Figure, target: int) -> str:
    """How coverage stands to its target."""
    if not target or coverage.value is None:
        return ""
    missing = -(-coverage.total * target // 100) - coverage.count
    if missing <= 0:
        return f"The target of {target}% is met."
    return f"The target is {target}%: {missing} more would meet it."


def _audited(found: RoundMaterial) -> tuple[Part, ...]:
    facts, completed = found.facts, _by_key(found.counts, "completed")
    rows: list[tuple[str, Cell]] = [
        ("Programme", facts.programme),
        ("Month", month(facts.month)),
        ("Audit tool", facts.tool),
        ("Covers", facts.scope),
        ("Audits due by", day(facts.due_on)),
    ]
    if completed.value is not None:
        rows.append(("Handed in", f"{completed.count} of {completed.total} allocated ({percent(completed.value)})"))
    rows.append(("The round is", "closed" if facts.closed else "open"))
    return (Heading(1, "What was audited"), Facts(tuple(rows)))


def _grades(found: RoundMaterial, published: bool) -> tuple[Part, ...]:
    shares = found.counts.shares[:3]
    told = (not is_kept_back(shares[0]), not is_kept_back(shares[1]))
    table = figures_table("Good or better", shares)
    return (Heading(1, "Grades"), *grades(found.audits, told, published=published), table)


def _agreement(found: RoundMaterial, published: bool) -> tuple[Part, ...]:
    parts: list[Part] = []
    for at, (title, *_) in enumerate(PAIRINGS):
        pair, other = found.counts.random[at], found.counts.other[at]
        if at and pair.exact.value is None and other.exact.value is None:
            continue
        parts.append(Heading(1, title) if at < 2 else Heading(2, title))
        if at == 0:
            parts += [Text(words)] if (words := _covered(found)) else []
        if pair.exact.value is None and not is_kept_back(pair.exact):
            parts.append(Text(sentences.agreement_sentence(pair)))
        else:
            parts += _pairing(found, at, published)
        parts += _beside(other)
    return tuple(parts)


def _pairing(found: RoundMaterial, at: int, published: bool) -> tuple[Part, ...]:
    pair, every = found.counts.random[at], found.sections.random[at]
    _, rows, columns = PAIRINGS[at]
    caption = f"{rows} and {columns.lower()}: overall grades of audits drawn at random"
    parts: tuple[Part, ...] = (pair_table(caption, pair),)
    if pair.exact.value is not None:
        parts += grid(pair, one_scale(found.audits), rows, columns, published=published)
    sections = "Every graded section of the same audits"
    table = pair_table(f"{sections}: {rows.lower()} and {columns.lower()}", every)
    return (*parts, table)


def _beside(other: PairFigures) -> tuple[Part, ...]:
    """What other routes than the draw gave, beside the rates."""
    exact = other.exact
    if exact.value is None:
        return ()
    return (
        Text(
            f"Beside these, {plural(exact.total, 'audit')} came by another route (for its grade, flagged, a new "
            f"auditor, or by hand): on {exact.count} of {exact.total} ({percent(exact.value)}) the grade was the "
            "same."
        ),
    )


def _carrying_out(counts: Counts) -> tuple[Part, ...]:
    voices = ("practitioner_involved", "feedback_obtained")
    keys = ("on_time", "completed", "evidence_supports", *voices, "actions_on_time")
    figures = tuple(_by_key(counts, key) for key in keys)
    return (
        Heading(1, "How the audits were carried out"),
        figures_table("Time, evidence and voices", figures),
    )


def _kept_back() -> tuple[Part, ...]:
    return (
        Heading(2, "What is not published"),
        Text(
            f"Numbers from 1 to {SMALL} are left out so that no child and no member of staff can be recognised, and so "
            "are those from which such a number could be worked out: in the headline figures, and where the round is "
            "broken down by grade, reason or team. No case reference and no moderator’s words are in this paper."
        ),
    )


def _by_key(counts: Counts, key: str) -> Figure:
    return next(one for one in counts.shares if one.key == key)


def _meaning(one: Definition) -> str:
    return f"{one.counts} {one.mind}".strip()
