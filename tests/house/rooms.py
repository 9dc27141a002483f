"""The rooms and their files, as the laws of the house see them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPLICATION = ROOT / "audit_app"
TEMPLATES = ROOT / "templates"

# What a file of a room is called when it may touch the web, the database or a document's format; all others are pure.
TOUCHES_THE_WORLD = frozenset(
    {"views", "forms", "cli", "operations", "queries", "model", "pdf", "docx", "sheet", "charts", "files"}
)
# Rooms that are the shell itself: what they are for is the web.
SHELL = frozenset({"app", "cli", "web"})


def rooms() -> list[Path]:
    """Every room's folder."""
    return sorted(folder.parent for folder in APPLICATION.glob("*/__init__.py"))


def python_files() -> list[Path]:
    """Every Python file of the project that a person wrote."""
    folders = ("audit_app", "tests", "tools", "benchmarks", "migrations")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return sorted([*files, *ROOT.glob("*.py")])


def application_files() -> list[Path]:
    """Every Python file of the application."""
    return sorted(APPLICATION.rglob("*.py"))


def must_be_pure(file: Path) -> bool:
    """Whether a file of the application stands in a room and is pure by its name, or its folder's if it was split."""
    room, *rest = file.relative_to(APPLICATION).with_suffix("").parts
    return bool(rest) and room not in SHELL and rest[0] not in TOUCHES_THE_WORLD


def pure_files() -> list[Path]:
    """Every file of a room that its name makes pure."""
    return [file for file in application_files() if must_be_pure(file)]


def template_files() -> list[Path]:
    """Every template."""
    return sorted(file for file in TEMPLATES.rglob("*") if file.is_file())


def shown(file: Path) -> str:
    """A file's name as people write it, from the top of the project."""
    return file.relative_to(ROOT).as_posix()
