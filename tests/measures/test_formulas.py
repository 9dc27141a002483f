"""Every formula is written down with the test that proves it."""

import inspect
import re
from pathlib import Path

import audit_app.measures.statistics as offered

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "measures.md"
ROW = re.compile(r"^\| [^|]+ \| `(?P<name>\w+)` \| (?P<file>test_\w+)\.(?P<test>test_\w+) \|$", re.MULTILINE)


def test_every_formula_names_a_test_that_is_there() -> None:
    rows = list(ROW.finditer(PAGE.read_text(encoding="utf-8")))
    assert len(rows) >= 20
    files = {row["file"]: (HERE / f"{row['file']}.py").read_text(encoding="utf-8") for row in rows}
    assert [row["test"] for row in rows if f"\ndef {row['test']}(" not in files[row["file"]]] == []


def test_every_statistic_stands_in_the_list_of_formulas() -> None:
    listed = {row["name"] for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}
    functions = {name for name in offered.__all__ if inspect.isfunction(inspect.unwrap(getattr(offered, name)))}
    assert functions - listed == set()
