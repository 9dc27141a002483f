"""Figures made from sums say what figures made from the audits themselves say."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from math import isclose
from types import MappingProxyType
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from audit_app.auditing.earlier import Became
from audit_app.escalation.rules import Loop
from audit_app.measures.cells import WHOLE, Cells, add, cells_of
from audit_app.measures.counts import count
from audit_app.measures.facts import Around, Facts, facts_of, from_text
from audit_app.measures.figure import Figure
from audit_app.measures.figures import distribution, row
from audit_app.measures.from_cells import Totals, counts_of, row_of
from audit_app.measures.population import Counted, Round
from audit_app.measures.sums import Sums
from tests.measures.stories import SCALE, SECTIONS, populations

VIEWS = st.lists(st.tuples(st.integers(1, 60), st.sampled_from([True, False, None])), max_size=30)
DEEDS = st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=30)
BECAME = {"waiting": None, "closed": Became(2, 2, 0), "moved": Became(2, 1, 1), "open": Became(1, 0, 0)}
LOOPS = st.dictionaries(st.integers(1, 60), st.sampled_from(sorted(BECAME)))
Views = Sequence[tuple[int, bool | None]]
Deeds = Sequence[tuple[int, bool]]
NONE: Mapping[int, str] = MappingProxyType({})


def facts(audits: list[Counted], views: Views, deeds: Deeds = (), loops: Mapping[int, str] = NONE) -> list[Facts]:
    """Each audit as facts, once kept and read again."""
    found = []
    for one in audits:
        said = [(SECTIONS[0], view) for audit, view in views if audit == one.id]
        done = [in_time for audit, in_time in deeds if audit == one.id]
        around = Around(len(done), sum(done), loops.get(one.id, ""))
        found.append(from_text(facts_of(one, said, (), around).as_text()))
    return found


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


@given(populations(), VIEWS, DEEDS, LOOPS, st.booleans(), st.integers(0, 5), st.integers(0, 5))
def test_sums_give_every_figure_that_the_audits_give(
    told: Any, views: Views, deeds: Deeds, loops: dict[int, str], every: bool, under_way: int, sent_back: int
) -> None:
    audits = [one.counted for one in told]
    views = [(audit, view) for audit, view in views if audit <= len(audits)]
    deeds = [(audit, in_time) for audit, in_time in deeds if audit <= len(audits)]
    loops = {audit: how for audit, how in loops.items() if audit <= len(audits)}
    size = len(audits) + under_way + sent_back
    became = Round(size, size - under_way)
    went = [Loop(audit, True, BECAME[how]) for audit, how in loops.items()]
    expected = count(audits, became, views, loops=went, deeds=deeds, every_section=every)
    kept = facts(audits, views, deeds, loops) + [Facts(False)] * under_way + [Facts(True)] * sent_back
    totals = summed(kept)
    found = counts_of(totals, every_section=every)
    assert [one.key for one in expected.shares] == [one.key for one in found.shares]
    for one, other in zip(expected.shares, found.shares, strict=True):
        assert close(one, other), (one, other)
    assert close(expected.random, found.random)
    assert close(expected.other, found.other)
    assert close(row("All", audits, every_section=every), row_of("All", totals, every_section=every))
    assert distribution(audits, Counted.overall_as_audited) == totals.distribution("audited")
    assert distribution(audits, Counted.overall_as_it_stands) == totals.distribution("stands")
    assert totals.scale == (SCALE if audits else None)


@given(populations(largest=30), st.sampled_from(SECTIONS))
def test_a_sections_sums_are_those_of_audits_whose_overall_judgement_is_that_section(told: Any, section: str) -> None:
    audits = [one.counted for one in told]
    expected = count([replace(one, overall=section) for one in audits], Round(len(audits), len(audits)), [])
    sums = Sums(section)
    for kept in facts(audits, []):
        sums.take_audit(audits[0].period, 7, SCALE, kept)
    found = counts_of(sums.totals)
    assert close(expected.random, found.random)
    assert close(expected.other, found.other)
    for one, other in zip(expected.shares, found.shares, strict=True):
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
