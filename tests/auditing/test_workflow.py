"""An audit's life: every pair of a stage and a step."""

from itertools import product

import pytest

from audit_app.auditing.workflow import (
    BEFORE_HAND_IN,
    BEING_WRITTEN,
    COUNTED,
    ENDED,
    TABLE,
    WORDS,
    Stage,
    Step,
    as_mermaid,
    refusal_to_advance,
)

# Written out once more, from the rules of the trade and not from the code: what may be done, from where, to where.
SETTLED = {
    (Stage.ALLOCATED, Step.START): Stage.IN_PROGRESS,
    (Stage.IN_PROGRESS, Step.SUBMIT): Stage.SUBMITTED,
    (Stage.SENT_BACK, Step.SUBMIT): Stage.SUBMITTED,
    (Stage.SUBMITTED, Step.GIVE_TO_SENIOR): Stage.WITH_SENIOR,
    (Stage.WITH_SENIOR, Step.MODERATE): Stage.MODERATED,
    (Stage.WITH_SENIOR, Step.TAKE_FROM_SENIOR): Stage.SUBMITTED,
    (Stage.SUBMITTED, Step.GIVE_TO_EXTERNAL): Stage.WITH_EXTERNAL,
    (Stage.MODERATED, Step.GIVE_TO_EXTERNAL): Stage.WITH_EXTERNAL,
    (Stage.WITH_EXTERNAL, Step.VALIDATE): Stage.VALIDATED,
    (Stage.WITH_EXTERNAL, Step.TAKE_FROM_EXTERNAL): Stage.SUBMITTED,
    (Stage.WITH_EXTERNAL, Step.TAKE_MODERATED_FROM_EXTERNAL): Stage.MODERATED,
    **{(stage, Step.SEND_BACK): Stage.SENT_BACK for stage in (Stage.SUBMITTED, Stage.WITH_SENIOR, Stage.WITH_EXTERNAL)},
    (Stage.MODERATED, Step.REOPEN_MODERATION): Stage.WITH_SENIOR,
    (Stage.VALIDATED, Step.REOPEN_VALIDATION): Stage.WITH_EXTERNAL,
    (Stage.ALLOCATED, Step.WITHDRAW): Stage.WITHDRAWN,
    (Stage.IN_PROGRESS, Step.WITHDRAW): Stage.WITHDRAWN,
    **{
        (stage, Step.VOID): Stage.VOID
        for stage in Stage
        if stage not in (Stage.ALLOCATED, Stage.IN_PROGRESS, Stage.WITHDRAWN, Stage.VOID)
    },
}
PAIRS = list(product(Stage, Step))


@pytest.mark.parametrize(("stage", "step"), PAIRS)
def test_every_pair_of_stage_and_step_is_settled(stage: Stage, step: Step) -> None:
    refused = refusal_to_advance(stage, step)
    if (stage, step) in SETTLED:
        assert refused is None
        assert TABLE[stage, step] is SETTLED[stage, step]
    else:
        assert refused is not None
        assert stage.words.lower() in refused.reason
        assert (stage, step) not in TABLE


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_nothing_follows_an_end(stage: Stage) -> None:
    assert all(refusal_to_advance(stage, step) is not None for step in Step)


def test_every_stage_can_be_reached_and_every_step_is_of_use() -> None:
    reached = {Stage.ALLOCATED}
    while more := {after for (before, _), after in TABLE.items() if before in reached} - reached:
        reached |= more
    assert reached == set(Stage)
    assert {step for _, step in TABLE} == set(Step)


def test_an_audit_can_end_from_wherever_it_stands() -> None:
    for stage in set(Stage) - ENDED:
        assert {Step.WITHDRAW, Step.VOID} & {step for before, step in TABLE if before is stage}


def test_an_audit_is_withdrawn_before_its_first_hand_in_and_void_after() -> None:
    assert {before for before, step in TABLE if step is Step.WITHDRAW} == BEFORE_HAND_IN - {Stage.WITHDRAWN}
    assert {before for before, step in TABLE if step is Step.VOID} == set(Stage) - BEFORE_HAND_IN - {Stage.VOID}


def test_an_audit_counts_from_its_first_hand_in_unless_sent_back_or_over() -> None:
    assert set(Stage) - BEFORE_HAND_IN - ENDED - {Stage.SENT_BACK} == COUNTED


def test_nothing_that_counts_is_still_being_written() -> None:
    assert not COUNTED & BEING_WRITTEN


def test_every_stage_has_its_words() -> None:
    assert set(WORDS) == set(Stage)
    assert len(set(WORDS.values())) == len(WORDS)


def test_the_diagram_shows_every_line_of_the_table() -> None:
    lines = as_mermaid().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> allocated"]
    assert len(lines) == 2 + len(TABLE)
    assert "    sent_back --> submitted: submit" in lines
