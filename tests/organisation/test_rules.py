"""What may stand where in the tree."""

import pytest

from audit_app.organisation.rules import ORDER, refusal_to_close, refusal_to_move, refusal_to_place


@pytest.mark.parametrize("kind", ORDER)
@pytest.mark.parametrize("parent", [None, *ORDER])
def test_a_unit_stands_below_a_wider_one(kind: str, parent: str | None) -> None:
    fits = kind in ("region", "authority") if parent is None else ORDER.index(kind) > ORDER.index(parent)
    assert (refusal_to_place(kind, parent) is None) == fits


def test_a_unit_is_not_moved_below_itself() -> None:
    assert refusal_to_move("/1/4/", "/1/4/9/") is not None
    assert refusal_to_move("/1/4/", "/1/5/") is None


def test_a_unit_with_people_or_units_in_it_is_not_closed() -> None:
    assert refusal_to_close(1, 0) is not None
    assert refusal_to_close(0, 2) is not None
    assert refusal_to_close(0, 0) is None
