"""The published vectors pin the algorithm, and the document alone is enough to draw the same samples."""

import json
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.sampling.draws import ALGORITHM, Purpose, is_drawn, key_of
from audit_app.sampling.exclusions import (
    by_hand,
    siblings,
)
from audit_app.sampling.frame import Frame, FrameCase, frame_hash
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.selection import (
    chance_of,
    draw,
    replace,
)
from tests.sampling import make

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))


def vector_frame() -> Frame:
    """The list of the published vectors."""
    return Frame(tuple(FrameCase(reference, attributes) for reference, attributes in VECTORS["frame"]))


def test_the_published_vectors_name_the_algorithm_in_use() -> None:
    assert VECTORS["algorithm"] == ALGORITHM


def test_the_fingerprint_of_the_published_list_is_pinned() -> None:
    assert frame_hash(vector_frame()) == VECTORS["frame_hash"]


@pytest.mark.parametrize("vector", VECTORS["keys"], ids=lambda vector: vector["purpose"])
def test_published_keys_are_pinned(vector: dict[str, str]) -> None:
    assert key_of(vector["seed"], Purpose(vector["purpose"]), vector["reference"]).hex() == vector["key"]
    assert sha256(vector["hashed"].encode()).hexdigest() == vector["key"]


@pytest.mark.parametrize("vector", VECTORS["samples"], ids=lambda vector: vector["name"])
def test_published_samples_are_drawn_again(vector: dict[str, Any]) -> None:
    exclusions = tuple(by_hand(reference, "Left out in the vectors") for reference in vector["left_out"])
    drawn = draw(vector_frame(), Policy.from_data(vector["policy"]), vector["seed"], exclusions)
    for reference in vector["replaced"]:
        drawn = replace(drawn, reference, "Replaced in the vectors")
    assert [
        [case.reference, case.position, list(case.stratum), str(case.inclusion_probability)] for case in drawn.cases
    ] == vector["cases"]
    assert [[list(key), list(waiting)] for key, waiting in drawn.reserves.items()] == vector["reserves"]


@pytest.mark.parametrize("vector", VECTORS["families"]["samples"], ids=lambda vector: vector["policy"]["method"])
def test_published_samples_with_families_are_drawn_again(vector: dict[str, Any]) -> None:
    exclusions = siblings(VECTORS["families"]["of"], vector["seed"])
    assert [[one.reference, one.instead] for one in exclusions] == vector["left_out"]
    drawn = draw(vector_frame(), Policy.from_data(vector["policy"]), vector["seed"], exclusions)
    assert [[one.reference, str(one.inclusion_probability)] for one in drawn.cases] == vector["cases"]


@pytest.mark.parametrize("vector", VECTORS["shares"], ids=lambda vector: vector["reference"])
def test_published_moderation_draws_are_decided_again(vector: dict[str, Any]) -> None:
    assert is_drawn(vector["seed"], vector["reference"], Fraction(vector["probability"])) is vector["drawn"]


def place(seed: str, reference: str, purpose: str = "case") -> tuple[str, str]:
    """A sort key as the document gives it."""
    return sha256(f"sha256-order-1\0{purpose}\0{seed}\0{reference}".encode()).hexdigest(), reference


@settings(deadline=None)
@given(frame=make.frames(), size=st.integers(1, 30), seed=make.seeds)
def test_a_simple_sample_is_the_head_of_the_seeded_order(frame: Frame, size: int, seed: str) -> None:
    expected = sorted(frame.references(), key=lambda reference: place(seed, reference))[:size]
    assert list(draw(frame, Policy(Method.SIMPLE, size), seed).references) == expected


@settings(deadline=None)
@given(frame=make.frames(), policy=make.policies((Method.WEIGHTED,)), seed=make.seeds)
def test_a_weighted_sample_is_where_the_steps_fall(frame: Frame, policy: Policy, seed: str) -> None:
    drawn = draw(frame, policy, seed)
    chances = {case.reference: chance_of(drawn, case.reference) for case in frame.cases}
    chosen, end = [], Fraction(0)
    start = Fraction(int(place(seed, "", "start")[0], 16), 2**256)
    for reference in sorted(chances, key=lambda reference: place(seed, reference)):
        if chances[reference] == 1:
            chosen.append(reference)
            continue
        before, end = end, end + chances[reference]
        # A step falls on the case where start + k lies from its beginning up to its end, for a whole k.
        if any(before <= start + step < end for step in range(int(before) - 1, int(end) + 1) if step >= 0):
            chosen.append(reference)
    assert list(drawn.references) == chosen
