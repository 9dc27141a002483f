"""Commands that load case lists, for a machine that does it every month."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from audit_app.cases import operations, queries
from audit_app.cases.caselist import CaseList as ReadList
from audit_app.cases.container import Unreadable
from audit_app.cases.mapping import Mapping
from audit_app.cases.model import CaseList
from audit_app.cases.operations.jobs import most_bytes
from audit_app.cases.operations.previewing import preview_in
from audit_app.cases.operations.taking import Grid, Taken, read_grid, take_grid, understand
from audit_app.cases.packing import row_counts, unpack
from audit_app.cases.telling import in_words
from audit_app.cases.ways import Remembered, Way, hash_of, tables_seen
from audit_app.clock import today
from audit_app.db import db, reading
from audit_app.organisation.model import Kind, Unit
from audit_app.refusal import Refused
from audit_app.work.bar import bar
from audit_app.work.progress import Progress

UNREADABLE, USAGE, UNKNOWN_COLUMNS = 1, 2, 3
PLACE = ("outcome", "sheet", "row", "column", "value", "expected")

cases = AppGroup("cases", help="Load case lists.")


@cases.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", "authority_id", type=int, required=True, help="The number of the authority’s unit.")
@click.option("--taken-on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="When the list was taken.")
@click.option("--preview", is_flag=True, help="Say what would become of the list, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON, with every problem.")
@click.option("--mapping", "said", help="What the columns mean: a remembered name, or a file NAME.json.")
def load(file: Path, authority_id: int, taken_on: datetime, preview: bool, as_json: bool, said: str | None) -> None:
    """Load a case list, all of it or nothing. The same file twice changes nothing.

    Ends with 0 when it is loaded (or was before, or is only previewed), 1 when the file cannot be read as a case list,
    2 when the command is wrong, 3 when nobody has said yet what its columns mean.
    """
    day = taken_on.date()
    with reading():
        authority = _authority(authority_id, day)
        remembered = queries.remembered_mappings(authority.id)
        db.session.rollback()  # nobody should wait while the file is read
    try:
        with _shown_to(sys.stderr.isatty(), f"Reading {file.name}") as progress:
            grid = take_grid(file, file.name, day, most_bytes=most_bytes(), remembered=remembered, progress=progress)
            found = _said(said, grid, remembered, day) if said else understand(grid, remembered, day, progress)
            if found is None:
                _ask(grid, as_json)
            way, read = found
            if not preview:
                kept, is_new = _load(grid, way, read, authority, progress)
    except (Unreadable, Refused) as refusal:
        _end(UNREADABLE, str(refusal), as_json)
    if preview:
        with reading():
            shown, details = preview_in(authority, day, read, hash_of(grid.file_hash, way))
            db.session.rollback()
        told = {"list": shown["present"], "new": shown["present"] is None, "preview": True}
    else:
        shown, details = (
            {**kept.summary, "read": kept.read, "held": kept.held, "refused": kept.refused},
            _problems(kept),
        )
        told = {"list": kept.id, "new": is_new, "preview": False}
    told |= {name: shown[name] for name in ("read", "held", "refused", "joined", "difference", "notes", "left_out")}
    told |= {
        "warnings": shown["warnings"],
        "problems": [dict(zip(PLACE, one, strict=True)) for one in details["problems"]],
    }
    told |= {"mapping": way.name or None}
    click.echo(json.dumps(told) if as_json else "\n".join(in_words(told)))


def _authority(authority_id: int, day: date) -> Unit:
    authority = db.session.get(Unit, authority_id)
    if authority is None or authority.kind != Kind.AUTHORITY:
        raise click.BadParameter(f"Unit {authority_id} is not an authority.", param_hint="--authority")
    if day > today():
        raise click.BadParameter("The day must be today or in the past.", param_hint="--taken-on")
    return authority


@contextmanager
def _shown_to(somebody: bool, label: str) -> Iterator[Progress]:
    """A bar where somebody looks; where nobody does, nothing."""
    if somebody:
        with bar(label) as progress:
            yield progress
    else:
        yield Progress()


def _said(name: str, grid: Grid, remembered: list[Remembered], day: date) -> tuple[Way, ReadList] | None:
    """The list read by what the command says its columns mean."""
    if name.endswith(".json"):
        try:
            said = json.loads(Path(name).read_text())
            mapping, sheet = Mapping.restored(said), str(said.get("sheet", ""))
        except (OSError, ValueError, AttributeError, TypeError) as fault:
            raise click.BadParameter(f"{name} is not a mapping in JSON.", param_hint="--mapping") from fault
    else:
        found = next((one for one in remembered if one.name == name), None)
        if found is None:
            known = ", ".join(f"“{one.name}”" for one in remembered) or "none yet"
            raise click.BadParameter(f"“{name}” is not remembered. Remembered: {known}.", param_hint="--mapping")
        mapping, sheet = found.mapping, ""
    sheets = [one for one in unpack(grid.packed) if any(True for _ in one.rows)]
    if not sheet and len(sheets) > 1:
        names = ", ".join(f"“{one.name}”" for one in sheets)
        raise click.BadParameter(f'Say which sheet with "sheet" in a JSON file: {names}.', param_hint="--mapping")
    way = Way(sheet or sheets[0].name, mapping, name)
    return way, read_grid(grid.packed, way, day)


def _load(grid: Grid, way: Way, read: ReadList, authority: Unit, progress: Progress) -> tuple[CaseList, bool]:
    taken = Taken(grid.filename, hash_of(grid.file_hash, way), read)
    kept, is_new = operations.load(
        taken, authority, by=None, step=lambda done: progress.step(done, len(read.rows), "cases loaded")
    )
    db.session.commit()
    return kept, is_new


def _problems(kept: CaseList) -> dict[str, Any]:
    return {
        "problems": [
            [row.outcome, row.sheet, row.row, row.column, row.value, row.expected] for row in queries.all_problems(kept)
        ]
    }


def _ask(grid: Grid, as_json: bool) -> NoReturn:
    """Say what columns there are, with a guess that can be put into a file for --mapping."""
    tables = tables_seen(unpack(grid.packed), row_counts(grid.packed))
    best = max(tables, key=lambda table: (table["likely"], table["rows"]))
    guess = {
        "sheet": best["sheet"],
        "columns": {one["heading"]: one["guess"] for one in best["columns"] if one["guess"]},
        "extras": {},
    }
    words = "Nobody has said yet what the columns of this file mean. Say it on the page, or with --mapping FILE.json."
    if as_json:
        _end(UNKNOWN_COLUMNS, words, True, columns=[one["heading"] for one in best["columns"]], guess=guess)
    click.echo(f"Columns: {', '.join(one['heading'] for one in best['columns'])}\nA guess for such a file:")
    click.echo(json.dumps(guess, ensure_ascii=False, indent=2))
    _end(UNKNOWN_COLUMNS, words, False)


def _end(code: int, reason: str, as_json: bool, **more: Any) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": reason, **more}))
    else:
        click.echo(f"Error: {reason}", err=True)
    raise SystemExit(code)
