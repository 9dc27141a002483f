"""Figures as a board reads them: of everything it may see at once, small numbers by month left out (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.measures import album, sentences
from audit_app.measures.counts import Counts
from audit_app.measures.figures import Figure, Row
from audit_app.measures.pictures.months import Period, months_picture
from audit_app.measures.pictures.picture import Picture
from audit_app.measures.sums import Sums
from audit_app.measures.suppression import HIDDEN, hidden_counts, hidden_shares, is_small
from audit_app.web.formats import percent

NOT_YET = ":"  # not available: nothing counted
COLUMNS = ("Audits", "Good+ as audited", "Good+ as it stands", "Moderated", "Agreed")


@dataclass(frozen=True, slots=True)
class Published:
    """What is printed: sentences, headline figures, months with what is left out, and a picture where nothing is."""

    audits: int
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    picture: Picture | None
    hides: bool


def published(sums: Sums, counts: Counts, months: Sequence[Row]) -> Published:
    """The board's page. With so few audits that all of it would tell of single ones, nothing but their number."""
    if is_small(sums.audits) or not sums.audits:
        return Published(sums.audits, (), (), (), None, hides=bool(sums.audits))
    hidden = hidden_cells(months)
    return Published(
        audits=sums.audits,
        sentences=_sentences(sums, counts),
        figures=tuple(one for one in _headlines(counts) if one.value is not None and not is_small(one.total)),
        rows=tuple((row.name, _cells(row, at, hidden)) for at, row in enumerate(months)),
        picture=_picture(months, hidden),
        hides=any(hidden),
    )


def hidden_cells(rows: Sequence[Row]) -> tuple[frozenset[int], ...]:
    """By column of numbers: the rows whose cell is not shown. A row with few audits shows nothing at all."""
    few = hidden_counts([row.audits for row in rows])
    columns = zip(*(figures_of(row) for row in rows), strict=True)
    return (few, *(hidden_shares([(f.count, f.total) for f in column], few) for column in columns))


def figures_of(row: Row) -> tuple[Figure, ...]:
    """The figures of a row, in the order of its columns."""
    return (row.as_audited, row.as_stands, row.coverage, row.agreed)


def _headlines(counts: Counts) -> tuple[Figure, ...]:
    senior, external, _ = counts.random
    return (*counts.shares, senior.exact, external.exact)


def _sentences(sums: Sums, counts: Counts) -> tuple[str, ...]:
    audited, stands, gap, covered = counts.shares[:4]
    senior, external, _ = counts.random
    said = [sentences.good_sentence(audited, stands)]
    said += [sentences.agreement_sentence(one) for one in (senior, external) if not is_small(one.exact.total)]
    said += [sentences.gap_sentence(gap)] if not is_small(gap.total) else []
    said += [sentences.coverage_sentence(covered), album.had_all_been_moderated(sums)]
    return tuple(one for one in said if one)


def _cells(row: Row, at: int, hidden: Sequence[frozenset[int]]) -> tuple[str, ...]:
    shares = [
        NOT_YET if one.value is None else f"{percent(one.value)} ({one.count} of {one.total})"
        for one in figures_of(row)
    ]
    said = [f"{row.audits:,}", *shares]
    return tuple(HIDDEN if at in gone else cell for cell, gone in zip(said, hidden, strict=True))


def _picture(months: Sequence[Row], hidden: Sequence[frozenset[int]]) -> Picture | None:
    """Good or better as it stands over time, if every month of it may be shown."""
    if hidden[0] or hidden[2]:
        return None
    days = [dt.date.fromisoformat(row.key) for row in months]
    periods = [Period(day, row.as_stands.count, row.as_stands.total) for day, row in zip(days, months, strict=True)]
    return months_picture("Good or better, as it stands", "audit", periods)
