"""Every pair of state and step: those in the table lead on, all others are refused."""

from itertools import product

import pytest

from audit_app.actions.workflow import RUNNING, TABLE, State, Step, refusal_to_advance

LEADS = {
    ("draft", "give"): "open",
    ("draft", "move"): "draft",
    ("draft", "withdraw"): "withdrawn",
    ("open", "say_done"): "said_done",
    ("open", "ask_time"): "time_asked",
    ("open", "move"): "open",
    ("open", "withdraw"): "withdrawn",
    ("time_asked", "grant_time"): "open",
    ("time_asked", "refuse_time"): "open",
    ("time_asked", "say_done"): "said_done",
    ("time_asked", "move"): "open",
    ("time_asked", "withdraw"): "withdrawn",
    ("said_done", "verify"): "verified",
    ("said_done", "not_accept"): "open",
    ("said_done", "move"): "said_done",
    ("said_done", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_only_the_steps_of_the_table_are_taken(state: State, step: Step) -> None:
    leads_to = LEADS.get((state.value, step.value))
    assert (refusal_to_advance(state, step) is None) is (leads_to is not None)
    if leads_to is not None:
        assert TABLE[state, step].value == leads_to


def test_an_action_can_end_from_wherever_it_stands_and_an_ended_one_stays() -> None:
    for state in State:
        leads = {step for known, step in TABLE if known is state}
        assert (Step.WITHDRAW in leads) is (state in RUNNING)
        assert bool(leads) is (state in RUNNING)
