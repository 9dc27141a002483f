"""Figures made from sums say what figures made from the audits themselves say."""

from dataclasses import fields, replace
from math import isclose
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from audit_app.measures.cells import WHOLE, Cells, add, cells_of
from audit_app.measures.counts import count
from audit_app.measures.facts import Facts, facts_of, from_text
from audit_app.measures.figure import Figure
from audit_app.measures.figures import distribution, row
from audit_app.measures.from_cells import Totals, counts_of, row_of
from audit_app.measures.population import Counted, Round
from tests.measures.stories import SCALE, SECTIONS, populations

VIEWS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from([True, False, None])), max_size=30)

NOT_SUMMED = {"actions_on_time", "loop_closed"}  # counted from actions and from re-audits, not from audits


def facts(audits: list[Counted], views: list[tuple[int, bool | None]]) -> list[Facts]:
    """Each audit as facts, once kept and read again."""
    return [from_text(facts_of(one, [v for a, v in views if a == one.id]).as_text()) for one in audits]


def summed(kept: list[Facts], section: str = WHOLE) -> Totals:
    """The cells of all of them together."""
    total: Cells = {}
    for one in kept:
        add(total, cells_of(one, SCALE).get(section, {}))
    return Totals({SCALE: total} if total else {})


def close(one: Any, other: Any) -> bool:
    """Whether two values are the same, rounding apart; the audits behind a figure are not asked for."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(close, one, other))
    if isinstance(one, Figure) and isinstance(other, Figure):
        names = [field.name for field in fields(Figure) if field.name not in ("hits", "counted")]
        return all(close(getattr(one, name), getattr(other, name)) for name in names)
    if hasattr(one, "__dataclass_fields__"):
        return type(one) is type(other) and all(
            close(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)
        )
    return bool(one == other)


@given(populations(), VIEWS, st.booleans(), st.integers(0, 5), st.integers(0, 5))
def test_sums_give_every_figure_that_the_audits_give(
    told: Any, views: list[tuple[int, bool | None]], every_section: bool, under_way: int, sent_back: int
) -> None:
    audits = [one.counted for one in told]
    views = [(audit, view) for audit, view in views if audit <= len(audits)]
    size = len(audits) + under_way + sent_back
    expected = count(audits, Round(size, size - under_way), views, every_section=every_section)
    kept = facts(audits, views) + [Facts(False)] * under_way + [Facts(True)] * sent_back
    totals = summed(kept)
    found = counts_of(totals, every_section=every_section)
    assert {one.key for one in expected.shares} - {one.key for one in found.shares} == NOT_SUMMED
    for one in found.shares:
        assert close(expected.figure(one.key), one), one
    assert close(expected.random, found.random)
    assert close(expected.other, found.other)
    assert close(row("All", audits, every_section=every_section), row_of("All", totals, every_section=every_section))
    assert distribution(audits, Counted.overall_as_audited) == totals.distribution("audited")
    assert distribution(audits, Counted.overall_as_it_stands) == totals.distribution("stands")
    assert totals.scale == (SCALE if audits else None)


@given(populations(largest=30), st.sampled_from(SECTIONS))
def test_a_sections_sums_are_those_of_audits_whose_overall_judgement_is_that_section(told: Any, section: str) -> None:
    audits = [one.counted for one in told]
    expected = count([replace(one, overall=section) for one in audits], Round(0, 0), [])
    found = counts_of(summed(facts(audits, []), section))
    assert close(expected.random, found.random)
    assert close(expected.other, found.other)
    for one, other in zip(expected.shares[:3], found.shares[:3], strict=True):  # those of grades
        assert close(one, other), (one, other)


@given(populations(largest=20))
def test_what_is_taken_off_again_leaves_nothing(told: Any) -> None:
    total: Cells = {}
    every = [cells_of(one, SCALE)[WHOLE] for one in facts([one.counted for one in told], [])]
    for cells in every:
        add(total, cells)
    for cells in every:
        add(total, cells, -1)
    assert all(abs(value) < 1e-9 for value in total.values())
