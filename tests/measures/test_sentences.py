"""Figures as people say them."""

from dataclasses import replace

import pytest

from audit_app.measures.counts import count
from audit_app.measures.figures import Figure, pair_figures
from audit_app.measures.population import Counted, Round
from audit_app.measures.sentences import (
    agreement_sentence,
    coverage_sentence,
    gap_sentence,
    good_sentence,
    headlines,
    own_sentences,
    said,
    times,
    uneven_sentence,
    weighing_sentence,
)
from audit_app.web.formats import signed
from tests.measures.test_pairings import many, moderated


def validated(agreed: int, of: int) -> list[Counted]:
    """Judgements of an external auditor, all at one chance: some the same as the auditor's, the others lower."""
    return [
        moderated(n, "good", "good" if n <= agreed else "requires_improvement", tier="external")
        for n in range(1, of + 1)
    ]


def share(count: int, total: int) -> Figure:
    return Figure("coverage", count, total, count / total if total else None)


def test_the_headline_of_a_validation_is_said_as_people_say_it() -> None:
    assert agreement_sentence(pair_figures(validated(43, 50), "internal", "external")) == (
        "86% of 50 validated judgements were agreed; the true figure is likely between 74% and 93%. "
        "Auditors graded higher than the validator 7 times and lower never."
    )


def test_the_headline_of_the_auditors_own_grades_names_who_agreed() -> None:
    assert agreement_sentence(pair_figures(validated(43, 50), "auditor", "external")) == (
        "86% of 50 judgements were agreed by the external auditor; the true figure is likely between 74% and 93%. "
        "Auditors graded higher than the external auditor 7 times and lower never."
    )


def test_the_headline_of_moderation_says_when_draws_were_weighed() -> None:
    plain = (
        many(10, "good", "good") + many(1, "good", "inadequate", start=10) + many(2, "good", "outstanding", start=20)
    )
    assert agreement_sentence(pair_figures(plain, "auditor", "senior")) == (
        "77% of 13 judgements were agreed by the senior moderator; the true figure is likely between 50% and 92%. "
        "Auditors graded higher than the senior moderator once and lower twice."
    )
    uneven = many(10, "good", "good", chance=0.2) + many(10, "good", "inadequate", start=10)
    assert agreement_sentence(pair_figures(uneven, "auditor", "senior")).startswith(
        "71% of 20 judgements were agreed by the senior moderator, weighed by their chance of being drawn (counted "
        "plainly, 50%); the true figure is likely between "
    )


def test_few_judgements_are_counts_and_not_percentages() -> None:
    assert agreement_sentence(pair_figures(many(4, "good", "good"), "auditor", "senior")) == (
        "4 of 4 judgements were agreed by the senior moderator: too few to say more. "
        "Auditors graded higher than the senior moderator never and lower never."
    )
    assert agreement_sentence(pair_figures(validated(1, 1), "internal", "external")).startswith(
        "1 of 1 validated judgement was agreed: too few to say more."
    )


def test_sections_are_said_with_how_many_audits_they_come_from() -> None:
    found = pair_figures(many(12, "good", "good"), "auditor", "senior", every_section=True)
    assert agreement_sentence(found).startswith(
        "100% of 12 judgements in 12 audits were agreed by the senior moderator."
    )


@pytest.mark.parametrize(("later", "word"), [("senior", "moderated"), ("external", "validated")])
def test_nothing_drawn_is_said(later: str, word: str) -> None:
    earlier = "auditor" if later == "senior" else "internal"
    assert agreement_sentence(pair_figures([], earlier, later)) == (
        f"No judgement drawn at random has been {word} yet."
    )


@pytest.mark.parametrize(
    ("audited", "stands", "words"),
    [
        ((35, 50), (30, 50), "70% of 50 audits were good or better as audited, and 60% as it stands after moderation "
         "and validation."),
        ((3, 5), (4, 5), "3 of 5 audits were good or better as audited, and 4 as it stands."),
        ((3, 5), (4, 4), "3 of 5 audits were good or better as audited, and 4 of 4 as it stands."),
        ((1, 1), (0, 1), "1 of 1 audit was good or better as audited, and 0 as it stands."),
        ((0, 0), (0, 0), "No audit with an overall grade has been handed in yet."),
    ],
)  # fmt: skip
def test_the_grades_are_said_before_and_after(audited: tuple[int, int], stands: tuple[int, int], words: str) -> None:
    assert good_sentence(share(*audited), share(*stands)) == words


@pytest.mark.parametrize(
    ("lost", "of", "words"),
    [
        (4, 50, "On 50 moderated audits, 8 percentage points fewer were good or better after moderation than as "
         "audited."),
        (-1, 100, "On 100 moderated audits, 1 percentage point more were good or better after moderation than as "
         "audited."),
        (0, 50, "On 50 moderated audits, moderation left the share of good or better as it was."),
        (2, 7, "Of 7 moderated audits, 2 fewer were good or better after moderation: too few to say more."),
        (-1, 7, "Of 7 moderated audits, 1 more was good or better after moderation: too few to say more."),
    ],
)  # fmt: skip
def test_what_moderation_changed_is_said_in_points_or_counts(lost: int, of: int, words: str) -> None:
    assert gap_sentence(Figure("inflation_gap", lost, of, lost / of, tentative=of < 10)) == words


def test_a_gap_without_moderations_is_said() -> None:
    assert gap_sentence(Figure("inflation_gap", 0, 0, None)).startswith("No audit has been moderated yet")


def test_coverage_is_said() -> None:
    assert coverage_sentence(share(7, 50)) == "7 of 50 audits (14%) have been moderated."
    assert coverage_sentence(share(1, 1)) == "1 of 1 audit (100%) has been moderated."
    assert coverage_sentence(share(0, 0)) == "No audit has been handed in yet."


def test_steps_and_points_carry_their_sign_and_how_sure_they_are() -> None:
    bias = Figure("bias_senior", 10, 30, 0.3333, 0.146, 0.521)
    assert said(bias) == "+0.33 grade steps (auditor higher) over 30 judgements, likely between +0.15 and +0.52"
    assert said(Figure("bias_senior", -1, 12, -1 / 12, why="why not", audits=3)) == (
        "−0.08 grade steps (senior moderator higher) over 12 judgements in 3 audits – why not"
    )
    gap = Figure("inflation_gap", 8, 34, 8 / 34, -0.078, 0.372)
    assert said(gap) == "+23.5 percentage points (auditor higher) on 34 moderated audits, likely between −7.8 and +37.2"
    assert said(Figure("inflation_gap", 0, 0, None, why="no moderations yet")) == "no moderations yet"


def test_numbers_are_signed_unless_they_are_nothing() -> None:
    assert [signed(value, 2) for value in (0.125, -0.125, 0.004, -0.004, 0)] == [
        "+0.13",
        "−0.13",
        "0.00",
        "0.00",
        "0.00",
    ]


def test_how_often_is_said_as_people_say_it() -> None:
    assert [times(count) for count in (0, 1, 2, 7, 1200)] == ["never", "once", "twice", "7 times", "1,200 times"]


def test_who_graded_higher_than_the_validator_is_said_as_it_was() -> None:
    same = count(validated(43, 50), Round(50, 50), {})
    assert "Auditors graded higher than the validator 7 times and lower never." in headlines(same)[2]
    lowered = replace(same, random=(*same.random[:2], pair_figures(validated(44, 50), "auditor", "external")))
    assert "Auditors and moderators graded higher than the validator 7 times" in headlines(lowered)[2]


@pytest.mark.parametrize(
    ("over", "sign", "often"),
    [(45, 5e-8, "less than once in 1,000 times"), (9, 0.0116, "1.2% of the time"), (4, 0.997, "nearly always")],
)
def test_how_uneven_a_split_is_by_chance_is_said_without_false_decimals(over: int, sign: float, often: str) -> None:
    pair = pair_figures(validated(30, 40), "auditor", "external")
    pair = replace(pair, sign=sign, over=replace(pair.over, count=over), under=replace(pair.under, count=3))
    assert uneven_sentence(pair).endswith(f"would come up by chance {often}.")
    even = replace(pair, under=replace(pair.under, count=over))
    assert uneven_sentence(even) == ""


def test_weighted_shares_are_explained_and_reconciled_with_their_counts() -> None:
    uneven = many(10, "good", "good", chance=0.2) + many(10, "good", "inadequate", start=10)
    assert weighing_sentence(pair_figures(uneven, "auditor", "senior")).endswith("the same grade is 50.0%.")
    assert weighing_sentence(pair_figures(many(12, "good", "good"), "auditor", "senior")) == ""


def test_an_auditor_is_not_told_that_never_was_higher_and_never_lower() -> None:
    agreed = own_sentences(count(many(4, "good", "good"), Round(50, 50), {}))
    assert agreed[1] == "The senior moderator gave the same grade on 4 of 4 judgements: too few to say more."
    lowered = own_sentences(count(many(4, "good", "inadequate"), Round(50, 50), {}))
    assert lowered[1].endswith("You graded higher 4 times and lower never.")
