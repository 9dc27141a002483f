"""Figures as the rows of a paper's tables, worded once for every paper (pure)."""

from audit_app.measures.definitions import POINTS, STEPS, definition
from audit_app.measures.figures import Figure, PairFigures
from audit_app.measures.sentences import uneven_sentence
from audit_app.measures.suppression import HIDDEN
from audit_app.measures.withheld import is_kept_back
from audit_app.reporting.document import Column, Table
from audit_app.reporting.words import Cell
from audit_app.web.formats import percent, plural, signed

COLUMNS = (
    Column("Figure", width_share=3.4),
    Column("Count", "right", 0.9),
    Column("Out of", "right", 0.9),
    Column("Value", "right", 1.5),
    Column("How sure", width_share=2.6),
)
FACT = "complete count"


def figure_row(figure: Figure, name: str = "") -> tuple[Cell, ...]:
    """A figure: how many, out of how many, its value, and how sure it is."""
    about = definition(figure.key)
    name = name or about.name
    if figure.value is None:
        return (name, None, None, HIDDEN if is_kept_back(figure) else "none", figure.why)
    count = None if about.unit in (POINTS, STEPS) else figure.count
    ending = {POINTS: " points", STEPS: " steps"}.get(about.unit, "")
    return (name, count, figure.total, _value(figure.value, about.unit) + ending, _sureness(figure, about.unit))


def figures_table(caption: str, figures: tuple[Figure, ...], *, note: str = "") -> Table:
    """Some figures, a row each."""
    rows = tuple(figure_row(one) for one in figures)
    return Table(caption, COLUMNS, rows, row_headers=True, note=note)


def pair_table(caption: str, pair: PairFigures) -> Table:
    """Everything that two tiers' judgements on the same sections say."""
    first, *rest = pair.figures
    rows = [figure_row(first, "Same grade")]
    rows += [figure_row(one) for one in rest]
    return Table(caption, COLUMNS, tuple(rows), row_headers=True, note=_note(pair))


def _value(value: float, unit: str) -> str:
    if unit == STEPS:
        return signed(value, 2)
    return signed(value * 100, 1) if unit == POINTS else percent(value)


def _sureness(figure: Figure, unit: str) -> str:
    """The interval of a figure, or why it has none."""
    if figure.low is None or figure.high is None:
        return figure.why or FACT
    return f"likely {_value(figure.low, unit)} to {_value(figure.high, unit)}"


def _note(pair: PairFigures) -> str:
    """What to mind of a pairing: judgements without a pair, the sign test, weights."""
    said = []
    if pair.not_applicable:
        verb = "makes" if pair.not_applicable == 1 else "make"
        what = plural(pair.not_applicable, "judgement")
        said.append(f"{what} marked not applicable by one of the two {verb} no pair.")
    said.append(uneven_sentence(pair))
    if pair.exact.weighted:
        said.append("Shares are weighted, because the audits had unequal chances of being drawn; counts are plain.")
    if pair.exact.audits:
        said.append(f"The judgements are of {plural(pair.exact.audits, 'audit')}.")
    return " ".join(filter(None, said))
