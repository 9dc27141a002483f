"""Problems of a case list as a CSV file, to work through beside the case system."""

import csv
import io
from collections.abc import Iterable, Sequence

from audit_app.cases.textfile import FORMULA_STARTS

BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the file is UTF-8
HEADINGS = ("What becomes of the row", "Sheet", "Row", "Column", "What is there", "What was expected")
OUTCOMES = {"held": "Held", "refused": "Refused"}


def problems_csv(problems: Iterable[Sequence[object]]) -> bytes:
    """Each problem with its place, its value and what was expected; no cell can be run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for outcome, *rest in problems:
        writer.writerow([OUTCOMES[str(outcome)], *map(_guarded, rest)])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _guarded(value: object) -> object:
    if isinstance(value, str) and value.lstrip(" '").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
