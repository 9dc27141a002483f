"""What a command says of a case list, line by line, where a person reads it."""

from collections.abc import Iterator
from typing import Any

from audit_app.web.formats import plural

SHOWN = 20  # problems and warnings that are said one by one; JSON has them all
QUIET = ("repeated", "not_used")


def in_words(told: dict[str, Any]) -> Iterator[str]:
    """The lines: what became of the list, what is different, what is left out, and its first problems."""
    counts = f"{told['read']:,} cases read, {told['held']:,} rows held, {told['refused']:,} refused."
    if told["preview"]:
        yield f"Preview, nothing is stored: {counts}"
    if not told["new"]:
        changed = "would change" if told["preview"] else "was changed"
        yield f"This file was loaded before, as list {told['list']}. Nothing {changed}."
    if not told["preview"]:
        yield f"List {told['list']}: {counts}"
    if told["mapping"]:
        yield f"The columns were read as “{told['mapping']}”."
    if (difference := told["difference"]) is not None:
        found = ", ".join(f"{difference[kind]:,} {kind}" for kind in ("new", "changed", "closed", "gone"))
        yield f"Since the list of {difference['taken_on']}: {found}."
    yield from told["notes"]
    for column in told["left_out"]:
        if column["kind"] not in QUIET:
            yield f"Left out: column “{column['heading']}” of sheet “{column['sheet']}”. {column['reason']}"
    for one in told["warnings"][:SHOWN]:
        rows = ", ".join(map(str, one["rows"])) + (" and more" if one["count"] > len(one["rows"]) else "")
        value = one["value"] or "(not shown)"
        yield f"Warning: {one['column']}, rows {rows}: {value}. Expected: {one['expected']}"
    for one in told["problems"][:SHOWN]:
        place = f"sheet “{one['sheet']}”, row {one['row']}, {one['column']}"
        yield f"{one['outcome'].capitalize()}: {place}: {one['value'] or 'nothing'}. Expected: {one['expected']}"
    if (more := len(told["problems"]) - SHOWN) > 0:
        yield f"And {plural(more, 'more problem')}: --json says them all."
