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
from audit_app.measures.suppression import HIDDEN, SMALL, hidden_counts, hidden_shares, is_small
from audit_app.web.formats import percent

KEPT_BACK = f"not published: {SMALL} or fewer could be worked out"
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
        figures=tuple(one for one in headlines(counts) if one.value is not None or one.why == KEPT_BACK),
        rows=tuple((row.name, _cells(row, at, hidden)) for at, row in enumerate(months)),
        picture=_picture(months, hidden),
        hides=any(hidden) or any(one.why == KEPT_BACK for one in headlines(counts)),
    )


def hidden_cells(rows: Sequence[Row]) -> tuple[frozenset[int], ...]:
    """By column of numbers: the rows whose cell is not shown. A row with few audits shows nothing at all."""
    few = hidden_counts([row.audits for row in rows])
    columns = zip(*(figures_of(row) for row in rows), strict=True)
    return (few, *(hidden_shares([(f.count, f.total) for f in column], few) for column in columns))


def figures_of(row: Row) -> tuple[Figure, ...]:
    """The figures of a row, in the order of its columns."""
    return (row.as_audited, row.as_stands, row.coverage, row.agreed)


def headlines(counts: Counts) -> tuple[Figure, ...]:
    """The headline figures, those kept back that count few or leave few, and the gap with what it would give away.

    As it stands is as audited less the gap, and the gap counts the audits that were moderated: where one of these is
    kept back, so is the gap.
    """
    senior, external, _ = counts.random
    found = [_kept_back(one) for one in (*counts.shares, senior.exact, external.exact)]
    by_key = {one.key: one for one in found}
    if any(by_key[key].why == KEPT_BACK for key in ("good_as_audited", "good_as_stands", "coverage")):
        found = [_without(one) if one.key == "inflation_gap" else one for one in found]
    return tuple(found)


def _kept_back(figure: Figure) -> Figure:
    """A figure as a board reads it: nothing of it where its count, its rest or its whole is small."""
    net = figure.key == "inflation_gap"  # more good less fewer: no audits are counted by it but those moderated
    parts = (figure.total,) if net else (figure.count, figure.total - figure.count, figure.total)
    return _without(figure) if figure.value is not None and any(map(is_small, parts)) else figure


def _without(figure: Figure) -> Figure:
    return Figure(figure.key, 0, 0, None, why=KEPT_BACK) if figure.value is not None else figure


def _sentences(sums: Sums, counts: Counts) -> tuple[str, ...]:
    """What is said in words: of no figure that is kept back, nor of any from which one could be worked out."""
    shown = {one.key: one for one in headlines(counts) if one.value is not None}
    senior, external, _ = counts.random
    audited, stands, gap, covered = (shown.get(one.key) for one in counts.shares[:4])
    said = [sentences.good_sentence(audited, stands)] if audited and stands else []
    for pair in (senior, external):
        if pair.exact.key in shown:
            ways = not (is_small(pair.over.count) or is_small(pair.under.count))
            said.append(sentences.agreement_sentence(pair, ways=ways))
    said += [sentences.gap_sentence(gap)] if gap else []
    said += [sentences.coverage_sentence(covered)] if covered else []
    said += [album.had_all_been_moderated(sums)] if audited and stands and gap and covered else []
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
