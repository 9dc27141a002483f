"""Figures as the rows of a paper's tables, worded once for every paper (pure)."""

from audit_app.measures.definitions import definition
from audit_app.measures.figures import Figure, PairFigures
from audit_app.reporting.contents.suppression import SMALL, is_small
from audit_app.reporting.document import Column, Table
from audit_app.reporting.words import Cell
from audit_app.web.formats import percent, plural

COLUMNS = (
    Column("Figure", width_share=3.4),
    Column("Count", "right", 0.9),
    Column("Out of", "right", 0.9),
    Column("Figure’s value", "right", 1.5),
    Column("How sure", width_share=2.6),
)
FACT = "complete count"
KEPT_BACK = f"not published: out of {SMALL} or fewer"


def signed(value: float, places: int = 2) -> str:
    """A number with its sign: +0.20, −0.10, 0.00."""
    text = f"{abs(value):.{places}f}"
    if float(text) == 0:
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def share_row(figure: Figure, name: str = "", *, published: bool = False) -> tuple[Cell, ...]:
    """A share: how many, out of how many, in per cent, and how sure."""
    name = name or definition(figure.key).name
    if figure.value is None:
        return (name, None, None, "none", figure.why)
    if published and is_small(figure.total):
        return (name, None, None, "c", KEPT_BACK)
    return (name, figure.count, figure.total, percent(figure.value), sureness(figure))


def bias_row(figure: Figure, *, published: bool = False) -> tuple[Cell, ...]:
    """A mean difference in grade steps."""
    name = definition(figure.key).name
    if figure.value is None:
        return (name, None, None, "none", figure.why)
    if published and is_small(figure.total):
        return (name, None, None, "c", KEPT_BACK)
    return (name, None, figure.total, f"{signed(figure.value)} steps", sureness(figure))


def gap_row(figure: Figure, *, published: bool = False) -> tuple[Cell, ...]:
    """A difference of two shares in percentage points."""
    name = definition(figure.key).name
    if figure.value is None:
        return (name, None, None, "none", figure.why)
    if published and is_small(figure.total):
        return (name, None, None, "c", KEPT_BACK)
    return (name, None, figure.total, f"{signed(figure.value * 100, 1)} points", sureness(figure))


def sureness(figure: Figure) -> str:
    """The interval of a figure, or why it has none."""
    if figure.low is None or figure.high is None:
        return figure.why or FACT
    if figure.key.startswith("bias"):
        return f"likely {signed(figure.low)} to {signed(figure.high)}"
    if figure.key == "inflation_gap":
        return f"likely {signed(figure.low * 100, 1)} to {signed(figure.high * 100, 1)}"
    return f"likely {percent(figure.low)} to {percent(figure.high)}"


def pair_table(caption: str, pair: PairFigures, *, published: bool = False) -> Table:
    """Everything that two tiers' judgements on the same sections say."""
    shares = (pair.within_one, pair.over, pair.under)
    rows = [share_row(pair.exact, "Same grade", published=published)]
    rows += [share_row(one, published=published) for one in shares]
    rows.append(bias_row(pair.bias, published=published))
    return Table(caption, COLUMNS, tuple(rows), row_headers=True, note=pair_note(pair))


def pair_note(pair: PairFigures) -> str:
    """What to mind of a pairing: sections without a pair, the sign test, weights."""
    said = []
    if pair.not_applicable:
        verb = "makes" if pair.not_applicable == 1 else "make"
        what = plural(pair.not_applicable, "judgement")
        said.append(f"{what} marked not applicable by one of the two {verb} no pair.")
    if pair.sign is not None:
        said.append(
            "Were over- and under-grading equally likely, so uneven a split would come up by chance "
            f"{percent(pair.sign)} of the time."
        )
    if weighted(pair.exact):
        said.append("The share of same grades is weighted, because the draws had unequal chances.")
    return " ".join(said)


def weighted(figure: Figure) -> bool:
    """Whether a share is not simply its count out of its total."""
    return figure.value is not None and figure.total > 0 and abs(figure.value - figure.count / figure.total) > 1e-9
