"""Figures as a board reads them: of everything it may see at once, small numbers by month left out (pure)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from audit_app.auditing.ledger import INTERNAL
from audit_app.measures import album, sentences
from audit_app.measures.counts import Counts
from audit_app.measures.figures import Figure, Row
from audit_app.measures.pairings import PairFigures
from audit_app.measures.pictures.months import Period, months_picture
from audit_app.measures.pictures.picture import Picture
from audit_app.measures.sums import Sums
from audit_app.measures.suppression import HIDDEN, hidden_counts, hidden_shares, is_small
from audit_app.measures.withheld import is_kept_back, withheld
from audit_app.web.formats import percent

NOT_YET = ":"  # not available: nothing counted
COLUMNS = ("Audits", "Good+ as audited", "Good+ as it stands", "Moderated", "Agreed")


@dataclass(frozen=True, slots=True)
class Published:
    """What is printed: sentences, headline figures, months with what is left out, and a picture where nothing is."""

    audits: int
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: tuple[str, ...]  # columns of which no month may be shown
    picture: Picture | None
    hides: bool


def published(sums: Sums, counts: Counts, months: Sequence[Row]) -> Published:
    """The board's page. With so few audits that all of it would tell of single ones, nothing but their number."""
    if is_small(sums.audits) or not sums.audits:
        return Published(sums.audits, (), (), (), (), (), None, hides=bool(sums.audits))
    hidden = hidden_cells(months)
    shown = [at for at, gone in enumerate(hidden) if len(gone) < len(months)]
    return Published(
        audits=sums.audits,
        sentences=plain_words(sums, counts),
        figures=tuple(one for one in headlines(counts) if one.value is not None or is_kept_back(one)),
        columns=tuple(COLUMNS[at] for at in shown),
        rows=tuple((row.name, _cells(row, at, hidden, shown)) for at, row in enumerate(months)),
        left_out=tuple(name for at, name in enumerate(COLUMNS) if at not in shown),
        picture=_picture(months, hidden),
        hides=any(hidden) or any(map(is_kept_back, headlines(counts))),
    )


def hidden_cells(rows: Sequence[Row]) -> tuple[frozenset[int], ...]:
    """By column of numbers: the rows whose cell is not shown. A row with few audits shows nothing at all.

    Agreement counts audits that were moderated, so it is not shown where their number is not.
    """
    few = hidden_counts([row.audits for row in rows])
    audited, stands, covered = (
        hidden_shares([(one.count, one.total) for one in column], few)
        for column in ([figures_of(row)[at] for row in rows] for at in range(3))
    )
    agreed = hidden_shares([(row.agreed.count, row.agreed.total) for row in rows], few | covered)
    return (few, audited, stands, covered, agreed)


def figures_of(row: Row) -> tuple[Figure, ...]:
    """The figures of a row, in the order of its columns."""
    return (row.as_audited, row.as_stands, row.coverage, row.agreed)


def headlines(counts: Counts) -> tuple[Figure, ...]:
    """The headline figures, those kept back that count few or leave few, and what would give one of these away."""
    told = withheld(counts)
    return (*told.shares, told.random[0].exact, told.random[1].exact)


def plain_words(sums: Sums, counts: Counts) -> tuple[str, ...]:
    """What is said in words: of no figure that is kept back, nor of any from which one could be worked out."""
    told = withheld(counts)
    audited, stands, gap, covered = told.shares[:4]
    said = [sentences.good_sentence(audited, stands)] if _told(audited, stands) else []
    said += [told_agreement(pair) for pair in told.random[:2] if _told(pair.exact)]
    said += [sentences.gap_sentence(gap)] if _told(gap) else []
    said += [sentences.coverage_sentence(covered)] if _told(covered) else []
    said += [album.had_all_been_moderated(sums)] if _told(audited, stands, gap, covered) else []
    return tuple(one for one in said if one)


def told_agreement(pair: PairFigures) -> str:
    """How far a pairing agreed, and which way the others went where that is told as well."""
    graders = sentences.BOTH if pair.earlier == INTERNAL else sentences.AUDITORS
    return sentences.agreement_sentence(
        pair, ways=not (is_kept_back(pair.over) or is_kept_back(pair.under)), graders=graders
    )


def _told(*figures: Figure) -> bool:
    return all(one.value is not None for one in figures)


def _cells(row: Row, at: int, hidden: Sequence[frozenset[int]], shown: Sequence[int]) -> tuple[str, ...]:
    shares = [
        NOT_YET if one.value is None else f"{percent(one.value)} ({one.count} of {one.total})"
        for one in figures_of(row)
    ]
    said = [f"{row.audits:,}", *shares]
    return tuple(HIDDEN if at in hidden[column] else said[column] for column in shown)


def _picture(months: Sequence[Row], hidden: Sequence[frozenset[int]]) -> Picture | None:
    """Good or better as it stands over time, if every month of it may be shown."""
    if hidden[0] or hidden[2]:
        return None
    days = [dt.date.fromisoformat(row.key) for row in months]
    periods = [Period(day, row.as_stands.count, row.as_stands.total) for day, row in zip(days, months, strict=True)]
    return months_picture("Good or better, as it stands", "audit", periods)
