"""Refs of actions."""

from string import ascii_lowercase

import pytest

from audit_app.improvement.refs import next_ref


@pytest.mark.parametrize(
    ("taken", "ref"),
    [
        ((), "1a"),
        (("1a", "1b", "2c"), "1c"),
        (("1A", "1c"), "1d"),
        (tuple(f"1{letter}" for letter in ascii_lowercase), "1aa"),
        (("D1", "11a"), "1a"),
    ],
)
def test_the_next_ref_comes_after_all_that_are_taken(taken: tuple[str, ...], ref: str) -> None:
    assert next_ref("1", taken) == ref
    assert ref not in taken
