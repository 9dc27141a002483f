"""What may stand where in the tree of units (pure)."""

from audit_app.refusal import Refusal

ORDER = ("region", "authority", "service", "team")


def refusal_to_place(kind: str, parent_kind: str | None) -> Refusal | None:
    """Why a unit of a kind may not stand below another."""
    if kind not in ORDER:
        return Refusal("Choose what kind of unit it is.")
    if parent_kind is None:
        return None if kind in ("region", "authority") else Refusal(f"A {kind} stands below another unit.")
    if ORDER.index(kind) <= ORDER.index(parent_kind):
        return Refusal(f"A {kind} cannot stand below a {parent_kind}.")
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
        return Refusal(f"{people} people still work in it. Move them first.")
    return None
