"""The paper of a sample: everything for colleagues, and nothing small or secret in what is published."""

import datetime as dt
from dataclasses import replace as changed
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.contents.sample import SampleFacts, SampleMaterial, Swap, sample_paper
from audit_app.reporting.document import Chart, Document
from audit_app.sampling.coverage import coverage
from audit_app.sampling.departing import Departure
from audit_app.sampling.describing import COMPARED, ORDERS
from audit_app.sampling.exclusions import REASON_WORDS, Exclusion, by_hand, closed, under_complaint
from audit_app.sampling.frame import Frame, FrameCase
from audit_app.sampling.groups import groups_of
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.selection import Drawn, draw, replace
from tests.reporting.papers import MOMENT, ROOT
from tests.reporting.rounds import words_of

PUBLISHED = (Audience.BOARD, Audience.PUBLIC)
SEED = "the secret seed of November"
TEAMS = ("Ash", "Birch", "Cedar", "Dogwood")


def frame(sizes: tuple[int, ...] = (40, 30, 20, 3)) -> Frame:
    """A list with so many cases in each team."""
    teams = [team for team, size in zip(TEAMS, sizes, strict=True) for _ in range(size)]
    said = {"category": "Child in need plan", "age_band": "5 to 9", "gender": "Male", "ethnicity": "White"}
    return Frame(tuple(FrameCase(f"case-{place:04}", {"team": team, **said}) for place, team in enumerate(teams)))


def material(
    drawn: Drawn | None = None, audited: int = 4, exclusions: tuple[Exclusion, ...] = (), **facts: Any
) -> SampleMaterial:
    """A sample with everything that its paper is made from."""
    drawn = drawn or draw(frame(), Policy(Method.PROPORTIONAL, 30, strata=("team",)), SEED, exclusions)
    done = frozenset(drawn.references[:audited])
    reasons = [
        (words, {one.reference for one in drawn.exclusions if one.reason is key}) for key, words in REASON_WORDS.items()
    ]
    return SampleMaterial(
        facts=changed(
            SampleFacts(
                7,
                "Monthly audit",
                dt.date(2026, 11, 1),
                "Northmere",
                dt.date(2026, 10, 20),
                MOMENT,
                "A. Officer",
                "",
                "ab" * 32,
            ),
            **facts,
        ),
        drawn=drawn,
        same=True,
        departures=(),
        groups=groups_of(drawn, done),
        tables=coverage(drawn.frame, drawn.references, tuple(COMPARED), ORDERS),
        titles=COMPARED,
        reasons=[(words, references) for words, references in reasons if references],
        swaps=(),
        audited=done,
        blind=0,
    )


def paper(found: SampleMaterial, audience: Audience = Audience.COLLEAGUES) -> Document:
    return sample_paper(found, audience, council="Northmere Council", produced_at=MOMENT, receipt=ROOT)


def test_colleagues_get_every_case_with_its_chance_and_every_case_left_out_with_why() -> None:
    found = material(exclusions=(*closed({"case-0001"}), *by_hand_of("case-0002")))
    said = words_of(paper(found))
    for reference in (*found.drawn.references, "case-0001", "case-0002"):
        assert reference in said
    for expected in (SEED, found.drawn.frame_hash, "in proportion by team", "Left out by hand", "A. Officer", "Ash"):
        assert expected in said
    assert "4 of them had been audited" in said
    assert [type(part) for part in paper(found).parts].count(Chart) == 1


def by_hand_of(reference: str) -> tuple[Exclusion, ...]:
    return (by_hand(reference, "Shown to the panel"),)


@pytest.mark.parametrize("audience", PUBLISHED)
def test_what_is_published_names_no_case_no_seed_and_no_person(audience: Audience) -> None:
    found = material(exclusions=under_complaint({"case-0001"}))
    after = replace(found.drawn, found.drawn.references[0], "Moved to Southmere")
    swap = Swap(
        found.drawn.references[0], after.replacements[0].added, "Moved to Southmere", MOMENT.date(), "A. Officer"
    )
    said = words_of(paper(changed(found, swaps=(swap,)), audience))
    for secret in ("case-0", SEED, "Southmere", "A. Officer", "Dogwood\n3"):
        assert secret not in said
    assert "replaced: 5 or fewer" in said and "the number, 5 or fewer, is not published" in said


@settings(deadline=None, max_examples=60)
@given(sizes=st.tuples(*[st.integers(0, 25)] * 4), size=st.integers(1, 40), audited=st.integers(0, 40))
def test_no_small_number_of_cases_stands_in_a_published_table(sizes: tuple[int, ...], size: int, audited: int) -> None:
    if not sum(sizes):
        return
    drawn = draw(frame(sizes), Policy(Method.SIMPLE, size), SEED)
    for table in paper(material(drawn, audited), Audience.PUBLIC).tables():
        for row in table.rows:
            counts = [str(cell).split(" (")[0] for cell in row[1:]]
            assert not set(counts) & {"1", "2", "3", "4", "5"}, row


def test_a_departure_is_said_and_a_draw_that_kept_to_the_policy_says_that() -> None:
    assert "keeps to the programme’s policy in everything" in words_of(paper(material()))
    departed = changed(material(), departures=(Departure("How many cases", "30 cases", "50 cases"),))
    said = words_of(paper(departed))
    assert "Otherwise than the programme’s policy" in said and "50 cases" in said
    assert "keeps to the programme’s policy" not in said
    # A sample of the first release did not keep what its policy was: nothing is said of it.
    assert "keeps to the programme’s policy" not in words_of(paper(material(policy_known=False)))


def test_a_weighted_sample_shows_the_chance_of_each_weight() -> None:
    policy = Policy.from_data({"method": "weighted", "size": 9, "weights": {"team": {"Dogwood": "500", "Ash": "2"}}})
    said = words_of(paper(material(draw(frame(), policy, SEED))))
    for expected in ("Chances by weight", "500 times as likely", "certain", "twice as likely", "weighed by team"):
        assert expected in said


def test_a_sample_that_does_not_agree_with_what_is_kept_says_so_first() -> None:
    assert "does not agree" in words_of(paper(changed(material(), same=False)))
    assert "1 audit that you judge blind just now is not counted" in words_of(paper(changed(material(), blind=1)))
