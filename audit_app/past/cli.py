"""Commands that import past audits."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy import select

from audit_app.cases.container import Unreadable
from audit_app.cases.mapping import Mapping, faults_of
from audit_app.cases.operations.jobs import most_bytes
from audit_app.cases.operations.taking import Grid
from audit_app.cases.ways import Way
from audit_app.db import db
from audit_app.frameworks.content import Scale
from audit_app.organisation.model import Kind, Unit
from audit_app.past import operations, queries
from audit_app.past.columns import PAST
from audit_app.past.model import StagedPast
from audit_app.refusal import Refused

UNREADABLE, USAGE, UNKNOWN_COLUMNS = 1, 2, 3
TOLD = ("rows", "known", "refused", "without_reference", "months", "unknown_words", "unknown_teams", "left_out")
UNSAID = "Nobody has said yet what the columns of this file hold. Say it on the page, or with --mapping FILE.json."

past = AppGroup("past", help="Import audits from before this service.")


@past.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", "authority_id", type=int, help="The authority’s unit, where there are several.")
@click.option("--scale", "scale_key", help="The key of the scale that grades are levels of, where there are several.")
@click.option("--preview", is_flag=True, help="Say what would become of the file, and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
@click.option("--mapping", "said", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file in JSON.")
def load(
    file: Path, authority_id: int | None, scale_key: str | None, preview: bool, as_json: bool, said: Path | None
) -> None:
    """Import past audits, all that can be read or nothing. The same file twice changes nothing.

    Ends with 0 when it is imported (or was before, or is only previewed), 1 when the file cannot be read, 2 when the
    command is wrong, 3 when nobody has said yet what its columns hold.
    """
    try:
        told = _told(Asked(file, authority_id, scale_key, preview, said))
    except (Unreadable, Refused) as refusal:
        _end(UNREADABLE, str(refusal), as_json)
    except Unexplained as unknown:
        words = (
            "Nobody has said yet what the columns of this file hold. Say it on the page, or with --mapping FILE.json."
        )
        _end(UNKNOWN_COLUMNS, words, as_json, columns=unknown.columns, guess=unknown.guess)
    click.echo(json.dumps(told) if as_json else "\n".join(_in_words(told)))


class Unexplained(Exception):
    """Nobody has said yet what the columns of a file hold."""

    def __init__(self, columns: list[str], guess: dict[str, Any]) -> None:
        super().__init__()
        self.columns, self.guess = columns, guess


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked for."""

    file: Path
    authority_id: int | None
    scale_key: str | None
    preview: bool
    said: Path | None

    def authority(self) -> Unit:
        """The authority named, or the only one."""
        rows = select(Unit).where(Unit.kind == Kind.AUTHORITY, Unit.active)
        every = list(db.session.execute(rows).scalars())
        found = [one for one in every if self.authority_id in (None, one.id)]
        if len(found) != 1:
            raise click.BadParameter("Say which authority, by the number of its unit.", param_hint="--authority")
        return found[0]

    def scale(self) -> Scale:
        """The scale named, or the only one."""
        every = queries.scales()
        found = [one for one in every if self.scale_key in (None, one.key)]
        if len(found) != 1:
            known = ", ".join(one.key for one in every)
            raise click.BadParameter(f"Say which scale: {known}.", param_hint="--scale")
        return found[0]

    def way(self, grid: Grid, staged: StagedPast) -> Way | None:
        """What the command says the columns hold."""
        if self.said is None:
            return None
        try:
            stored = json.loads(self.said.read_text())
            mapping, name = Mapping.restored(stored), str(stored.get("name", self.said.stem))
        except (OSError, ValueError, AttributeError, TypeError) as fault:
            raise click.BadParameter(f"{self.said} is not a mapping in JSON.", param_hint="--mapping") from fault
        tables = [one for one in staged.tables if not _faults(mapping, one)]
        if not tables:
            raise click.BadParameter(_faults(mapping, staged.tables[0])[0], param_hint="--mapping")
        return Way(tables[0]["sheet"], mapping, name)


def _faults(mapping: Mapping, table: dict[str, Any]) -> tuple[str, ...]:
    return faults_of(mapping, {one["heading"]: one["kind"] for one in table["columns"]}, PAST)


def _told(asked: Asked) -> dict[str, Any]:
    """Do what was asked, and say what became of it."""
    authority, scale = asked.authority(), asked.scale()
    remembered = queries.remembered_columns(authority.id)
    db.session.rollback()  # nobody should wait while the file is read
    grid = operations.take(asked.file, asked.file.name, most_bytes=most_bytes(), remembered=remembered)
    staged = operations.stage(grid, db.session.merge(authority), scale, by=None)
    if way := asked.way(grid, staged):
        headings = [one["heading"] for one in next(t for t in staged.tables if t["sheet"] == way.sheet)["columns"]]
        operations.read_by(staged, way, headings, staged.version_id, by=None)
    if staged.preview is None:
        best = max(staged.tables, key=lambda table: (table["likely"], table["rows"]))
        guess = {"columns": {one["heading"]: one["guess"] for one in best["columns"] if one["guess"]}}
        db.session.rollback()
        raise Unexplained([one["heading"] for one in best["columns"]], guess)
    shown = {name: staged.preview[name] for name in TOLD}
    if asked.preview:
        told = {"import": staged.preview["present"], "new": staged.preview["present"] is None, "preview": True} | shown
        db.session.rollback()
        return told
    kept, is_new = operations.confirm(staged, staged.version_id, by=None)
    told = {"import": kept.id if kept else None, "new": is_new, "preview": False} | shown
    db.session.commit()
    return told


def _in_words(told: dict[str, Any]) -> list[str]:
    if not told["new"]:
        return [f"This file was imported before, as import {told['import']}. Nothing changed."]
    would = "would be" if told["preview"] else "were"
    lines = [f"{told['rows']:,} past audits {would} imported, {told['refused']:,} rows {would} refused."]
    lines += [f"{told['known']:,} rows are there already."] if told["known"] else []
    lines += [f"Nobody has said what “{word}” means: {count} rows." for word, count in told["unknown_words"]]
    lines += [f"Not a team that we know: “{label}”, {count} rows." for label, count in told["unknown_teams"]]
    return lines


def _end(code: int, reason: str, as_json: bool, **more: Any) -> NoReturn:
    db.session.rollback()
    click.echo(json.dumps({"error": reason, **more}) if as_json else f"Error: {reason}", err=not as_json)
    raise SystemExit(code)
