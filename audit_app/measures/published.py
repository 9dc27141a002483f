"""Figures as a board reads them: of everything it may see at once, small numbers by round left out (pure)."""

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
from audit_app.measures.side_by_side import AUDITS
from audit_app.measures.sums import Sums
from audit_app.measures.suppression import HIDDEN, hidden_counts, hidden_shares, hidden_together, is_small
from audit_app.measures.withheld import is_kept_back, withheld
from audit_app.web.formats import percent

NOT_YET = ":"  # not available: nothing counted
COLUMNS = ("Audits", "Good+ as audited", "Good+ as it stands", "Moderated", "Agreed")
KEYS = (AUDITS, "good_as_audited", "good_as_stands", "coverage", "exact_senior")  # what each column tells


@dataclass(frozen=True, slots=True)
class OfRound:
    """A round beside the others: its month, its figures, and the keys of those that it keeps back."""

    month: dt.date
    row: Row
    kept_back: frozenset[str]


@dataclass(frozen=True, slots=True)
class Published:
    """What is printed: sentences, headline figures, rounds with what is left out, and a picture where nothing is."""

    audits: int
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: tuple[str, ...]  # columns of which no round may be shown
    picture: Picture | None
    hides: bool


def published(sums: Sums, counts: Counts, rounds: Sequence[OfRound]) -> Published:
    """The board's page. With so few audits that all of it would tell of single ones, nothing but their number."""
    if is_small(sums.audits) or not sums.audits:
        return Published(sums.audits, (), (), (), (), (), None, hides=bool(sums.audits))
    hidden = [frozenset(at for at, one in enumerate(rounds) if key in one.kept_back) for key in KEYS]
    shown = [at for at, gone in enumerate(hidden) if _is_told(rounds, at, gone)]
    return Published(
        audits=sums.audits,
        sentences=plain_words(sums, counts),
        figures=tuple(one for one in headlines(counts) if one.value is not None or is_kept_back(one)),
        columns=tuple(COLUMNS[at] for at in shown),
        rows=tuple((one.row.name, _cells(one.row, at, hidden, shown)) for at, one in enumerate(rounds)),
        left_out=tuple(name for at, name in enumerate(COLUMNS) if at not in shown),
        picture=_picture(rounds, hidden),
        hides=any(hidden) or any(map(is_kept_back, headlines(counts))),
    )


def hidden_cells(rows: Sequence[Row]) -> tuple[frozenset[int], ...]:
    """By column of numbers: the rows whose cell is not shown. A row with few audits shows nothing at all.

    Grades and moderation tell of one another, so they are shown together; agreement counts audits that were moderated,
    so it is not shown where their number is not.
    """
    few = hidden_counts([row.audits for row in rows])
    columns = ([(figures_of(row)[at].count, figures_of(row)[at].total) for row in rows] for at in range(3))
    graded = hidden_together(columns, few)
    agreed = hidden_shares([(row.agreed.count, row.agreed.total) for row in rows], few | graded)
    return (few, graded, graded, graded, agreed)


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


def _is_told(rounds: Sequence[OfRound], at: int, gone: frozenset[int]) -> bool:
    """Whether any round tells what a column is of."""
    return any(
        place not in gone and (at == 0 or figures_of(one.row)[at - 1].value is not None)
        for place, one in enumerate(rounds)
    )


def _cells(row: Row, at: int, hidden: Sequence[frozenset[int]], shown: Sequence[int]) -> tuple[str, ...]:
    shares = [
        NOT_YET if one.value is None else f"{percent(one.value)} ({one.count} of {one.total})"
        for one in figures_of(row)
    ]
    said = [f"{row.audits:,}", *shares]
    return tuple(HIDDEN if at in hidden[column] else said[column] for column in shown)


def _picture(rounds: Sequence[OfRound], hidden: Sequence[frozenset[int]]) -> Picture | None:
    """Good or better as it stands over time, if every round of it may be shown and each month has one."""
    if hidden[0] or hidden[2] or len({one.month for one in rounds}) < len(rounds):
        return None
    periods = [Period(one.month, one.row.as_stands.count, one.row.as_stands.total) for one in rounds]
    return months_picture("Good or better, as it stands", "audit", periods)
