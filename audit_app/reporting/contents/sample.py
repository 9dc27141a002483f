"""A sample as a paper: how it was drawn, from what, what was left out, and how it compares with its list (pure)."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from audit_app.measures.suppression import HIDDEN, NOTE, SMALL, hidden_counts, is_small
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.contents.likeness import likeness
from audit_app.reporting.document import Callout, Column, Document, Facts, Heading, Numbered, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.sampling.coverage import Coverage
from audit_app.sampling.departing import Departure
from audit_app.sampling.explanation import chance_words, policy_words
from audit_app.sampling.groups import Group
from audit_app.sampling.selection import Drawn
from audit_app.web.formats import day, moment, month, plural

LISTED = 400  # cases named under one reason; beyond, the page has them
CHECK = (
    "Take the list as it is kept with the sample, write one line for each case, and compare the fingerprint.",
    "Leave out the cases that are named as left out.",
    "Work out each case’s place in the random order from the seed and its own reference (SHA-256).",
    "Give each group its places as the policy says, and take the first cases of each group’s order.",
)
STEPS = "Walk the order in equal steps of weight from a start that the seed gives; take each case a step falls on."


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """What a sample was drawn for, from and when, in words."""

    number: int
    programme: str
    month: dt.date
    scope: str
    list_taken_on: dt.date
    drawn_at: dt.datetime
    drawn_by: str
    size: str
    fingerprint: str
    without_start: int = 0
    policy_known: bool = True  # samples of the first release did not keep what their programme's policy was


@dataclass(frozen=True, slots=True)
class Swap:
    """A drawn case that was taken out, and the one that came in."""

    removed: str
    added: str | None
    reason: str
    on: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class SampleMaterial:
    """Everything that a sample's paper is made from; blind are audits that the reader may not see just now."""

    facts: SampleFacts
    drawn: Drawn
    same: bool
    departures: Sequence[Departure]
    groups: Sequence[Group]
    tables: Sequence[Coverage]
    titles: Mapping[str, str]
    reasons: Sequence[tuple[str, Collection[str]]]
    swaps: Sequence[Swap]
    audited: frozenset[str]
    blind: int


def sample_paper(
    found: SampleMaterial, audience: Audience, *, council: str, produced_at: dt.datetime, receipt: str | None
) -> Document:
    """The sample as a paper."""
    facts = found.facts
    return Document(
        title=f"How the cases were chosen, {month(facts.month)}",
        subtitle=f"{facts.programme}: {facts.scope}",
        marking=audience.marking,
        status="FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        parts=_parts(found, audience.published),
        receipt=receipt,
    )


def _parts(found: SampleMaterial, shown_to_all: bool) -> tuple[Part, ...]:
    return (
        *_not_the_same(found),
        *_short(found, shown_to_all),
        *_how(found, shown_to_all),
        *_groups(found, shown_to_all),
        *_left_out(found, shown_to_all),
        *_replaced(found, shown_to_all),
        *likeness(found.drawn, found.tables, found.titles, published=shown_to_all),
        *(() if shown_to_all else (*_cases(found), *_all_left_out(found))),
        Heading(1, "How anyone can check this"),
        Text(
            "The list, the policy, the seed and what was left out are kept with the sample. They give the same cases "
            "on any machine and in any later version; the rules are published with the software, with worked examples."
        ),
        Numbered((*CHECK[:3], STEPS) if found.drawn.weighing else CHECK),
    )


def _not_the_same(found: SampleMaterial) -> tuple[Part, ...]:
    if found.same:
        return ()
    words = "Drawn again from what is kept of it, the sample did not give the cases that are stored."
    return (Callout("This sample does not agree with what is kept of it", words),)


def _short(found: SampleMaterial, shown_to_all: bool) -> tuple[Part, ...]:
    drawn = found.drawn
    listed = len(drawn.frame.cases)
    done = len(found.audited)
    words = (
        f"{plural(len(drawn.cases), 'case')} of a list of {listed:,} "
        f"{'is' if len(drawn.cases) == 1 else 'are'} in the sample. Nobody chose them: a seed put all the cases that "
        "could be drawn in a random order, and the policy said how many are taken."
    )
    parts: list[Part] = [Text(words, "lead")]
    if not (shown_to_all and (is_small(done) or is_small(len(drawn.cases) - done))):
        parts.append(Text(f"{done:,} of them had been audited when this paper was produced."))
    if found.blind:
        verb = "is" if found.blind == 1 else "are"
        said = f"{plural(found.blind, 'audit')} that you judge blind just now {verb} not counted as audited."
        parts.append(Text(said))
    return tuple(parts)


def _how(found: SampleMaterial, shown_to_all: bool) -> tuple[Part, ...]:
    facts, drawn = found.facts, found.drawn
    rows: list[tuple[str, Cell]] = [
        ("Programme", facts.programme),
        ("Covers", facts.scope),
        ("List taken on", day(facts.list_taken_on)),
        ("Cases on the list", len(drawn.frame.cases)),
        ("Fingerprint of the list", drawn.frame_hash),
        ("Policy", policy_words(drawn.policy)),
        ("Size", facts.size),
    ]
    if not shown_to_all:
        rows.append(("Seed", drawn.seed))
    rows += [
        ("Drawn", moment(facts.drawn_at) + (f" by {facts.drawn_by}" if facts.drawn_by and not shown_to_all else "")),
        ("Method", drawn.algorithm),
        ("Fingerprint of the draw", facts.fingerprint),
    ]
    parts: list[Part] = [Heading(1, "How the sample was drawn"), Facts(tuple((k, v) for k, v in rows if v != ""))]
    if shown_to_all:
        parts.append(
            Text(
                "The seed is kept with the sample and is part of the fingerprint of the draw. It is not printed here: "
                "with it, whoever knows a case’s reference could tell how likely that case is among those drawn.",
                "note",
            )
        )
    if found.departures:
        columns = (Column("What", width_share=1.4), Column("This draw"), Column("The policy"))
        cells = tuple((one.about, one.here, one.policy) for one in found.departures)
        parts.append(Table("Otherwise than the programme’s policy", columns, cells, row_headers=True))
    elif facts.policy_known:
        parts.append(Text("The draw keeps to the programme’s policy in everything."))
    return tuple(parts)


def _groups(found: SampleMaterial, shown_to_all: bool) -> tuple[Part, ...]:
    weighed = any(one.weight for one in found.groups)
    title = Heading(1, "Chances by weight" if weighed else "Groups of the list")
    if shown_to_all:
        words = "Numbers by group are not published beside the comparison below: they could give small ones away."
        return (title, Text(words))
    names = (
        (Column("Weight", width_share=1.6), Column("Cases", width_share=2.2))
        if weighed
        else (Column("Group", width_share=2.4),)
    )
    columns = (
        *names,
        *(Column(name, "right") for name in ("On the list", "Could be drawn", "Chance of each", "Drawn", "Audited")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *((one.weight, one.name) if weighed else (one.name,)),
            one.listed,
            one.eligible,
            ("certain" if one.certain else chance_words(one.chance)) if one.eligible else "none could be",
            one.drawn,
            one.audited,
        )
        for one in found.groups
    ]
    if len(rows) > 1:
        sums = [sum(getattr(one, name) for one in found.groups) for name in ("listed", "eligible", "drawn", "audited")]
        rows.append((*(("All", "") if weighed else ("All",)), sums[0], sums[1], "", sums[2], sums[3]))
    note = "Certain: by its weight the chance would pass 100%, so all of these are drawn." if weighed else ""
    caption = "On the list, drawn, and audited"
    return (title, Table(caption, columns, tuple(rows), row_headers=True, note=note))


def _left_out(found: SampleMaterial, shown_to_all: bool) -> tuple[Part, ...]:
    title = Heading(1, "Left out before the draw")
    if not found.reasons:
        return (title, Text("No case was left out."))
    counts = [len(references) for _, references in found.reasons]
    total = len(found.drawn.left_out)
    hidden = hidden_counts(counts) if shown_to_all else frozenset()
    if shown_to_all and is_small(total):
        return (title, Text(f"Some cases were left out; the number, {SMALL} or fewer, is not published."))
    rows: list[tuple[Cell, ...]] = [
        (words, HIDDEN if place in hidden else count)
        for place, ((words, _), count) in enumerate(zip(found.reasons, counts, strict=True))
    ]
    rows.append(("Cases left out", total))
    note = "A case with two reasons is counted under both." if sum(counts) != total else ""
    note = f"{note}\n\n{NOTE}".strip() if hidden else note
    parts: list[Part] = [
        title,
        Table(
            "Why cases were left out",
            (Column("Reason", width_share=3), Column("Cases", "right")),
            tuple(rows),
            True,
            note,
        ),
    ]
    if found.facts.without_start and not shown_to_all:
        said = plural(found.facts.without_start, "case")
        parts.append(Text(f"{said} had no opening day on the list, and could be drawn."))
    return tuple(parts)


def _all_left_out(found: SampleMaterial) -> tuple[Part, ...]:
    """Every case that was left out, by reason."""
    if not found.reasons:
        return ()
    named = ((Heading(2, words), Text(_named(references))) for words, references in found.reasons)
    return (Heading(1, "The cases left out"), *(part for pair in named for part in pair))


def _named(references: Collection[str]) -> str:
    some = sorted(references)
    more = len(some) - LISTED
    rest = f" and {more:,} more, which the sample’s page lists" if more > 0 else ""
    return ", ".join(some[:LISTED]) + rest + "."


def _replaced(found: SampleMaterial, shown_to_all: bool) -> tuple[Part, ...]:
    title = Heading(1, "Replaced cases")
    if not found.swaps:
        return (title, Text("No drawn case was replaced."))
    count = len(found.swaps)
    if shown_to_all:
        said = f"{SMALL} or fewer" if is_small(count) else f"{count:,}"
        words = f"Drawn cases that were replaced: {said}. Each time the next case in the random order came in."
        return (title, Text(words))
    columns = (
        Column("Taken out"),
        Column("Came in"),
        Column("Why", width_share=2.4),
        Column("When, by whom", width_share=1.8),
    )
    rows = tuple(
        (one.removed, one.added or "None was left", one.reason, f"{day(one.on)}, {one.by}") for one in found.swaps
    )
    return (title, Table("Replaced, in order", columns, rows, row_headers=True))


def _cases(found: SampleMaterial) -> tuple[Part, ...]:
    said = {case.reference: case for case in found.drawn.frame.cases}
    columns = (
        Column("Case"),
        Column("Team", width_share=2),
        Column("Case status", width_share=2),
        Column("Place in the random order", "right"),
        Column("Chance", "right"),
        Column("Audited"),
    )
    rows = tuple(
        (
            one.reference,
            said[one.reference].value("team"),
            said[one.reference].value("category"),
            one.position,
            chance_words(one.inclusion_probability),
            "Yes" if one.reference in found.audited else "Not yet",
        )
        for one in found.drawn.cases
    )
    return (Heading(1, "The cases"), Table("In the order of the draw", columns, rows, row_headers=True))
