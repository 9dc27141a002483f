"""Measures as a paper: what was chosen, sentences, pictures with their tables, figures and what they mean (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from audit_app.measures.counts import Counts
from audit_app.measures.definitions import DEFINITIONS, PAIRING_WORDS
from audit_app.measures.pictures.picture import Picture
from audit_app.reporting.contents.figure_sheets import picture_sheet
from audit_app.reporting.contents.figures import figures_table, pair_table
from audit_app.reporting.document import Bullets, Chart, Document, Facts, Heading, Part, Text
from audit_app.reporting.words import Cell

TITLES = {"short": "Measures in short", "months": "Measures over time", "teams": "Measures by team", "sections": "Measures by section"}  # fmt: skip # noqa: E501
MEANINGS = tuple((one.name, f"{one.counts} {one.mind}".strip()) for one in DEFINITIONS)


def chart_of(picture: Picture) -> Chart:
    """A picture as part of a paper: the same drawing as on the page."""
    return Chart(picture.wide, picture.title, picture.sentence, picture_sheet(picture))


def measures_paper(
    page: str,
    pictures: Sequence[Picture],
    sentences: Sequence[str],
    counts: Counts | None,
    chosen: Sequence[tuple[str, str]],
    *,
    council: str,
    produced_at: dt.datetime,
    receipt: str | None,
    held_blind: int,
    about: str = "",
) -> Document:
    """One page of measures as a paper for colleagues."""
    facts: list[tuple[str, Cell]] = [*chosen]
    if held_blind:
        facts.append(("Left out", f"{held_blind} that you judge blind just now"))
    parts: list[Part] = [Heading(1, "In plain words"), Bullets(tuple(sentences))] if sentences else []
    for picture in pictures:
        parts += [Heading(1, picture.title), Text(picture.sentence), replace(chart_of(picture), caption="")]
    if counts is not None:
        parts += _figures(counts)
    if not parts:
        parts.append(Text("No audit has been handed in for what was chosen."))
    parts += [Heading(1, "What was chosen"), Facts(tuple(facts)), Heading(1, "What each figure means"), Facts(MEANINGS)]
    return Document(
        title=TITLES[page],
        subtitle=about,
        marking="OFFICIAL-SENSITIVE",
        status="FINAL",
        council=council,
        version="",
        produced_at=produced_at,
        parts=tuple(parts),
        receipt=receipt,
    )


def _figures(counts: Counts) -> list[Part]:
    parts: list[Part] = [Heading(1, "Figures"), figures_table("Shares", counts.shares)]
    for pair, words in zip(counts.random, PAIRING_WORDS, strict=True):
        if pair.exact.value is not None:
            parts.append(pair_table(words.name, pair))
    return parts
