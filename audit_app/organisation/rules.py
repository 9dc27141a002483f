"""What may stand where in the tree of units (pure)."""

from audit_app.refusal import Refusal

ORDER = ("region", "authority", "service", "team")


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def refusal_to_place(kind: str, parent_kind: str | None) -> Refusal | None:
    """Why a unit of a kind may not stand below another."""
    if kind not in ORDER:
        return Refusal("Choose what kind of unit it is.")
    if parent_kind is None:
        stands_alone = kind in ("region", "authority")
        return None if stands_alone else Refusal(f"{_a(kind).capitalize()} stands below another unit.")
    if ORDER.index(kind) <= ORDER.index(parent_kind):
        return Refusal(f"{_a(kind).capitalize()} cannot stand below {_a(parent_kind)}.")
    return None


def refusal_to_move(path: str, new_parent_path: str) -> Refusal | None:
    """Why a unit may not be moved below another."""
    if new_parent_path.startswith(path):
        return Refusal("A unit cannot be moved below itself.")
    return None


def refusal_to_close(open_children: int, people: int) -> Refusal | None:
    """Why a unit may not be closed."""
    if open_children:
        return Refusal("Close or move the units below it first.")
    if people:
        working = "1 person still works" if people == 1 else f"{people} people still work"
        return Refusal(f"{working} in it. Move them first.")
    return None
