"""Tests of how grades drift in the demonstration."""

import random

import pytest

from audit_app.demonstration.drift import Lots, Month, as_audited, as_seen_by_another, even_lots, practice
from audit_app.frameworks.content import Tool, limiting_prompts
from audit_app.frameworks.reading import SHIPPED, library

TOOLS = [tool for tool in library(SHIPPED).tools if tool.key in ("case-file", "pre-proceedings")]
MANY = 1500


def lots_of(chance: random.Random) -> Lots:
    """Lots for one audit by itself."""
    return Lots(chance.random(), chance.random())


def shares(tool: Tool, progress: float) -> tuple[float, float, float]:
    """Good or better in truth, good or better as audited, and how often the two differ upwards overall."""
    chance, month = random.Random(f"{tool.key} {progress}"), Month(progress)
    overall = tool.overall_section
    assert overall is not None
    good = rosy = over = 0
    for _ in range(MANY):
        lots = lots_of(chance)
        truth = practice(chance, tool, tool.sections_for("child_in_need"), month, lots)
        graded = as_audited(chance, tool, truth, month, lots)
        true, given = truth[overall.key], graded[overall.key]
        assert true is not None
        assert given is not None
        good += tool.scale.is_good(true)
        rosy += tool.scale.is_good(given)
        over += tool.scale.index(given) > tool.scale.index(true)
    return good / MANY, rosy / MANY, over / MANY


@pytest.fixture(scope="module", params=TOOLS, ids=[tool.key for tool in TOOLS])
def tool(request: pytest.FixtureRequest) -> Tool:
    found: Tool = request.param
    return found


def test_auditors_hope_for_too_much_at_first_and_hardly_at_all_at_the_end(tool: Tool) -> None:
    good_first, audited_first, over_first = shares(tool, 0)
    good_last, audited_last, over_last = shares(tool, 1)
    assert audited_first - good_first > 0.1
    assert abs(audited_last - good_last) < 0.06
    assert over_first > 4 * over_last


def test_practice_itself_becomes_better(tool: Tool) -> None:
    assert shares(tool, 1)[0] > shares(tool, 0)[0] + 0.15


def test_what_is_truly_there_goes_against_no_limiting_rule(tool: Tool) -> None:
    chance = random.Random(3)
    for _ in range(400):
        truth = practice(chance, tool, tool.sections_for("child_in_need"), Month(0.2), lots_of(chance))
        assert limiting_prompts(tool, truth) == ()


def test_a_second_reader_is_never_more_than_a_step_from_the_truth(tool: Tool) -> None:
    chance = random.Random(4)
    for _ in range(200):
        truth = practice(chance, tool, tool.sections_for("looked_after"), Month(0.5), lots_of(chance))
        seen = as_seen_by_another(chance, tool, truth, 0.3)
        for key, grade in truth.items():
            other = seen[key]
            assert (grade is None) == (other is None)
            if grade is not None and other is not None:
                assert abs(tool.scale.index(grade) - tool.scale.index(other)) <= 1


def test_the_lots_of_a_round_are_spread_evenly_and_in_no_order() -> None:
    lots = even_lots(random.Random(5), 50)
    for found in ([one.truth for one in lots], [one.rosy for one in lots]):
        assert sorted(int(lot * 50) for lot in found) == list(range(50))
        assert found != sorted(found)


def test_coverage_and_good_habits_grow_over_the_months() -> None:
    first, last = Month(0), Month(1)
    assert first.coverage == pytest.approx(0.14)
    assert last.coverage > 0.25
    for name in ("coverage", "on_time", "involved", "feedback"):
        assert getattr(last, name) > getattr(first, name)
    assert last.over_optimism < first.over_optimism
