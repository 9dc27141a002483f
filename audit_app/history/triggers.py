"""Walls in the database itself: tables that only grow, whoever asks (SQLite and PostgreSQL)."""

from collections.abc import Sequence

FIRST_HEAD = "INSERT INTO history_head (id, size, hash) SELECT 1, 0, '' WHERE NOT EXISTS (SELECT 1 FROM history_head)"


def up(dialect: str) -> list[str]:
    """The statements that give the history its first head and make it append-only; they may be run again."""
    # A payload may go, because the law says how long it may be kept; checking the history shows one that went silently.
    return [
        FIRST_HEAD,
        *append_only("entry", dialect),
        *append_only("payload", dialect, deletable=True),
        *append_only("history_head", dialect, ("id",)),
        *only_forward("history_head", "size", dialect),
    ]


def down(dialect: str) -> list[str]:
    """The statements that take the walls down again; what the tables hold stays."""
    return [
        *not_only_forward("history_head", dialect),
        *not_append_only("history_head", dialect),
        *not_append_only("payload", dialect),
        *not_append_only("entry", dialect),
    ]


def append_only(
    table: str, dialect: str, columns: Sequence[str] | None = None, *, deletable: bool = False
) -> list[str]:
    """Refuse to change a table's rows (or only those columns of them) and, unless deletable, to take rows out."""
    of = f" OF {', '.join(columns)}" if columns else ""
    if _is_sqlite(dialect):
        # REPLACE takes a row out without waking the trigger on DELETE, so a second row of the same number is refused.
        refused = {"update": f"UPDATE{of}", "replace": "INSERT"} | ({} if deletable else {"delete": "DELETE"})
        same = f" WHEN EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid)"  # noqa: S608 (a table of our own)
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{name} BEFORE {verb} ON {table}"
            f"{same if name == 'replace' else ''} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for name, verb in refused.items()
        ]
    rows = f"UPDATE{of}" if deletable else f"UPDATE{of} OR DELETE"
    return [
        _refusing(f"{table}_append_only", f"{table} is append-only"),
        f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE {rows} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_append_only()",
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()",
    ]


def not_append_only(table: str, dialect: str) -> list[str]:
    """Take down what append_only put up."""
    if _is_sqlite(dialect):
        return [f"DROP TRIGGER IF EXISTS {table}_no_{name}" for name in ("update", "replace", "delete")]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_append_only()",
    ]


def only_forward(table: str, column: str, dialect: str) -> list[str]:
    """Refuse to turn a table's count back."""
    if _is_sqlite(dialect):
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_return BEFORE UPDATE ON {table} WHEN NEW.{column} <= OLD.{column}"
            f" BEGIN SELECT RAISE(ABORT, '{table} only goes forward'); END"
        ]
    return [
        _refusing(f"{table}_only_forward", f"{table} only goes forward"),
        f"CREATE OR REPLACE TRIGGER {table}_no_return BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN (NEW.{column} <= OLD.{column}) EXECUTE FUNCTION {table}_only_forward()",
    ]


def not_only_forward(table: str, dialect: str) -> list[str]:
    """Take down what only_forward put up."""
    if _is_sqlite(dialect):
        return [f"DROP TRIGGER IF EXISTS {table}_no_return"]
    return [f"DROP TRIGGER IF EXISTS {table}_no_return ON {table}", f"DROP FUNCTION IF EXISTS {table}_only_forward()"]


def _is_sqlite(dialect: str) -> bool:
    if dialect not in ("sqlite", "postgresql"):
        raise ValueError(f"there are no walls for {dialect}")
    return dialect == "sqlite"


def _refusing(name: str, reason: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '{reason}'; END $$"
    )
