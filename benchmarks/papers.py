"""What files cost: PDF pages, rows of CSV, and the statistics that stand on them (G12, G14, G15)."""

import csv
import datetime as dt
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from io import BytesIO, StringIO
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.platypus import PageBreak, SimpleDocTemplate, Table

from audit_app.measures.statistics import agreement
from audit_app.reporting import document as paper
from audit_app.reporting.pdf import pdf
from audit_app.reporting.sheet import csv_lines
from benchmarks.pairs import Finding, Ratio, compare, faster, ratio

ROWS_A_PAGE, LEVELS = 25, 4
COLUMNS = ("Case", "Team", "Auditor", "Grade")
LONG, SHORT, PAIRS_JUDGED = 1000, 100, 1_000_000
MOST_ROWS, FEW_ROWS = 1_000_000, 10_000


def measured(pairs: int) -> Iterator[Finding]:
    """Each goal about files and statistics."""
    yield _long_papers()  # first: what the others keep in memory is looked through while its pages are made
    yield _beside_platypus(pairs)
    yield _statistics(pairs)
    yield _rows_of_csv(pairs)
    yield _memory_of_csv()


def _statistics(pairs: int) -> Finding:
    chance = Random(1)
    judged = [(chance.randrange(LEVELS), chance.randrange(LEVELS)) for _ in range(PAIRS_JUDGED)]
    found = Counter(judged)
    matrix = [[found[row, column] for column in range(LEVELS)] for row in range(LEVELS)]
    work = partial(agreement, matrix)
    try:
        kappa = import_module("sklearn.metrics").cohen_kappa_score
    except ImportError:
        # scikit-learn is no dependency: without it the floor is one count of the pairs in plain Python.
        what = "counting 1,000,000 pairs once / all statistics of their grid"
        return Finding("G12", what, faster(partial(Counter, judged), work, 20, times=20, pairs=min(pairs, 7)))
    one, other = zip(*judged, strict=True)
    what = "one kappa of 1,000,000 pairs by scikit-learn / all statistics of their grid"
    slow = partial(kappa, list(one), list(other))
    return Finding("G12", what, faster(slow, work, 1000, times=50, pairs=min(pairs, 7)))


def _rows(count: int) -> list[tuple[str, ...]]:
    return [(f"{number:07}", f"Team {number % 150}", f"Manager {number % 150}", "Good") for number in range(count)]


def _ours(pages: int) -> bytes:
    columns = tuple(paper.Column(name) for name in COLUMNS)
    parts: list[paper.Part] = []
    for number in range(pages):
        parts.append(paper.Heading(1, f"Section {number + 1}"))
        parts.append(paper.Table("Audits", columns, tuple(_rows(ROWS_A_PAGE))))
    made = paper.Document(
        "Measured", "Pages", "OFFICIAL", "FINAL", "Council", "1", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), tuple(parts)
    )
    return pdf(made)


def _plain(pages: int) -> None:
    story = []
    for number in range(pages):
        story += [Table([[f"Section {number + 1}", "", "", ""], COLUMNS, *_rows(ROWS_A_PAGE)]), PageBreak()]
    SimpleDocTemplate(BytesIO(), pagesize=A4).build(story)


def _beside_platypus(pairs: int) -> Finding:
    pages = 20
    found = compare(lambda: _plain(pages), lambda: _ours(pages), 0.5, pairs=min(pairs, 9))
    speed = Ratio(found.lower, found.median, found.upper, 0.5, at_least=True)
    return Finding("G14", "speed of our pages / a plain platypus Table’s", speed)


def _long_papers() -> Finding:
    times = LONG // SHORT
    found = compare(lambda: _ours(LONG), lambda: _ours(SHORT), times * 1.2, pairs=3)
    a_page = Ratio(found.lower / times, found.median / times, found.upper / times, 1.2)
    return Finding("G14", f"cost of a page at {LONG:,} / at {SHORT:,}", a_page)


def _written(rows: int) -> Callable[[], None]:
    def run() -> None:
        for _ in csv_lines(COLUMNS, _each(rows)):
            pass

    return run


def _each(rows: int) -> Iterator[tuple[str, ...]]:
    for number in range(rows):
        yield f"{number:07}", f"Team {number % 150}", "Manager", "Good"


def _rows_of_csv(pairs: int) -> Finding:
    def plain() -> None:
        csv.writer(StringIO(), quoting=csv.QUOTE_NONNUMERIC).writerows(_each(FEW_ROWS))

    found = compare(plain, _written(FEW_ROWS), 0.3, pairs=pairs)
    speed = Ratio(found.lower, found.median, found.upper, 0.3, at_least=True)
    return Finding("G15", "speed of CSV rows / csv.writer’s", speed)


def _memory_of_csv() -> Finding:
    peaks = [_peak(_written(rows)) for rows in (FEW_ROWS, MOST_ROWS)]
    return Finding("G15", f"memory of {MOST_ROWS:,} rows / {FEW_ROWS:,}", ratio([peaks[1] / peaks[0]], 1.1))


def _peak(work: Callable[[], None]) -> int:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
