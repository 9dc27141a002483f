"""Every figure of one population, counted together."""

import datetime as dt
from dataclasses import replace
from random import Random

from audit_app.measures.counts import by_month, by_unit, count
from audit_app.measures.population import Round
from tests.measures.stories import story

AUDITS = [
    replace(story(number, Random(number)).counted, unit_id=number % 3, period=dt.date(2026, 1 + number % 2, 1))
    for number in range(1, 31)
]


def test_every_figure_is_found_by_its_key_and_nothing_by_another() -> None:
    counts = count(AUDITS, Round(31, 30), [(1, True)])
    for figure in (*counts.shares, *(f for p in (*counts.random, *counts.other) for f in p.figures)):
        assert counts.figure(figure.key) is figure
    assert counts.figure("") is None
    assert counts.figure("shares") is None


def test_the_papers_find_the_shares_in_their_order() -> None:
    keys = [figure.key for figure in count(AUDITS, Round(31, 30), []).shares]
    assert keys[:4] == ["good_as_audited", "good_as_stands", "inflation_gap", "coverage"]


def test_rows_of_teams_stand_in_the_order_of_the_tree_and_those_outside_it_last() -> None:
    rows = by_unit(AUDITS, {0: "Zebra", 1: "Aardvark", 2: "Gone"}, [1, 0])
    assert [(row.name, row.key, row.audits) for row in rows] == [
        ("Aardvark", "1", 10),
        ("Zebra", "0", 10),
        ("Gone", "2", 10),
    ]


def test_rows_of_months_stand_in_their_order_and_add_up_to_the_whole() -> None:
    rows = by_month(AUDITS)
    assert [(row.name, row.key) for row in rows] == [("January 2026", "2026-01-01"), ("February 2026", "2026-02-01")]
    whole = count(AUDITS, Round(30, 30), [])
    assert sum(row.agreed.total for row in rows) == whole.random[0].exact.total
    assert sum(row.coverage.count for row in rows) == whole.shares[3].count
