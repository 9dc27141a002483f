"""Refusals: a reason is carried, and none stops nobody."""

import pytest

from audit_app.refusal import Refusal, Refused, Stale, refuse_if


def test_a_reason_stops_whoever_asked_and_goes_with_it() -> None:
    with pytest.raises(Refused, match="not today") as caught:
        refuse_if(Refusal("not today"))
    assert caught.value.refusal == Refusal("not today")


def test_without_a_reason_nobody_is_stopped() -> None:
    refuse_if(None)


def test_what_somebody_else_changed_is_named() -> None:
    assert str(Stale("this unit")) == "Somebody changed this unit after you opened it."
