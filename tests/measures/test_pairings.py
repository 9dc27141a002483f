"""Figures of two tiers' judgements: each test names the line of measures.md that it proves."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.figure import Figure
from audit_app.measures.pairings import ENDINGS, PAIRINGS, pair_figures
from audit_app.measures.population import Counted, Opinion
from audit_app.measures.statistics import mean_bias, sign_test
from tests.measures import recount
from tests.measures.stories import Event, Story, opinion, populations


def moderated(
    number: int,
    first: str | None,
    second: str | None,
    *,
    chance: float = 0.5,
    route: str = "random",
    tier: str = "senior",
    blind: str | None = None,
) -> Counted:
    """An audit on whose overall grade a later tier gave an opinion."""
    events = [Event("hand in", "auditor", {"overall": first})]
    if blind is not None:
        events.append(Event("commit", tier, {"overall": blind}))
    events.append(Event("settle", tier, {"overall": second}))
    return Story(number, tuple(events), (opinion(tier, done=True, route=route, chance=chance),)).counted


def many(number: int, first: str, second: str, *, start: int = 0, chance: float = 0.5) -> list[Counted]:
    """Many such audits."""
    return [moderated(start + n, first, second, chance=chance) for n in range(1, number + 1)]


def near(figure: Figure, answer: recount.Answer) -> bool:
    count, total, value, hits, counted = answer
    return (
        (figure.count, figure.total, frozenset(figure.hits), frozenset(figure.counted)) == (count, total, hits, counted)
        and (figure.value is None) == (value is None)
        and (value is None or figure.value == pytest.approx(value, abs=1e-12))
    )


@settings(max_examples=300, deadline=None)
@given(populations(), st.sampled_from(PAIRINGS), st.booleans(), st.booleans())
def test_figures_of_pairs_are_those_of_a_recount_by_hand(
    stories: list[Story], pairing: tuple[str, str], every_section: bool, random: bool
) -> None:
    found = pair_figures((s.counted for s in stories), *pairing, every_section=every_section, random=random)
    pairs, without = recount.judged(stories, *pairing, every_section=every_section, random=random)
    weigh = pairing[1] == "senior" and random
    for figure, rule in zip(found.figures, ("exact", "within_one", "over", "under"), strict=False):
        answer = recount.pair_share(pairs, rule, weigh=weigh)
        assert near(figure, answer), rule
        few = len(pairs) < 10 or (every_section and len(answer[4]) < 10)
        assert figure.tentative == (few and bool(pairs))
        assert figure.audits == (len(answer[4]) if every_section and pairs else 0)
        if few:
            assert (figure.low, figure.high) == (None, None)
        elif (
            not every_section and not figure.weighted and len({recount.chance_of(s) for s, _, _ in pairs if weigh}) < 2
        ):
            limits = recount.wilson(figure.count, figure.total)
            assert (figure.low, figure.high) == pytest.approx(limits, abs=1e-12)
    assert found.bias.value == (pytest.approx(recount.bias(pairs)) if pairs else None)
    assert found.not_applicable == without
    assert found.matrix in (recount.matrix(pairs), None)
    if pairs:
        assert found.matrix is not None
        assert sum((figure.value or 0) for figure in (found.exact, found.over, found.under)) == pytest.approx(1)
    if every_section:
        assert found.sign is None
    else:
        assert found.sign == sign_test(found.over.count, found.under.count)


@settings(max_examples=100, deadline=None)
@given(populations(largest=12))
def test_every_audit_of_a_pairing_is_in_the_rates_or_beside_them_and_never_in_both(stories: list[Story]) -> None:
    audits = [story.counted for story in stories]
    for earlier, later in PAIRINGS:
        drawn = set(pair_figures(audits, earlier, later).exact.counted)
        other = set(pair_figures(audits, earlier, later, random=False).exact.counted)
        assert not drawn & other


def test_only_random_draws_make_the_headline_rates() -> None:
    drawn = [moderated(1, "good", "good"), moderated(2, "good", "inadequate")]
    chosen = [moderated(n, "good", "inadequate", route=r) for n, r in enumerate(("grade", "flagged", "by_hand"), 3)]
    assert pair_figures([*drawn, *chosen], "auditor", "senior").exact.counted == (1, 2)
    other = pair_figures([*drawn, *chosen], "auditor", "senior", random=False)
    assert (other.exact.count, other.exact.counted) == (0, (3, 4, 5))
    assert other.exact.key == "other_exact_senior"


def test_agreement_is_weighted_by_one_over_the_chance_where_rounds_drew_unequal_shares() -> None:
    # 10 of one round at a chance of a fifth, all agreed; 10 of another at one half, none agreed.
    audits = many(10, "good", "good", chance=0.2) + many(10, "good", "inadequate", start=10, chance=0.5)
    exact = pair_figures(audits, "auditor", "senior").exact
    assert (exact.count, exact.total) == (10, 20)  # the counts beside it are plain
    assert exact.value == pytest.approx(10 * 5 / (10 * 5 + 10 * 2))
    effective = (10 * 5 + 10 * 2) ** 2 / (10 * 25 + 10 * 4)
    assert (exact.low, exact.high) == pytest.approx(recount.wilson(0, effective, exact.value))
    assert exact.weighted


def test_equal_chances_weigh_nothing_and_neither_do_none_or_all() -> None:
    equal = pair_figures(many(6, "good", "good") + many(6, "good", "inadequate", start=6), "auditor", "senior").exact
    assert (equal.value, equal.weighted) == (0.5, False)
    all_agreed = many(6, "good", "good", chance=0.2) + many(6, "good", "good", start=6)
    assert pair_figures(all_agreed, "auditor", "senior").exact.value == 1
    assert not pair_figures(all_agreed, "auditor", "senior").exact.weighted


def test_validation_counts_every_judgement_once_so_43_of_50_is_86_per_cent_whatever_the_chances() -> None:
    audits = [
        moderated(n, "good", "good" if n <= 43 else "requires_improvement", tier="external", chance=0.1 + n / 100)
        for n in range(1, 51)
    ]
    found = pair_figures(audits, "internal", "external")
    assert (found.exact.count, found.exact.total, found.exact.value) == (43, 50, 0.86)
    assert (round(found.exact.low or 0, 4), round(found.exact.high or 0, 4)) == (0.7381, 0.9305)
    assert (found.over.count, found.under.count, round(found.bias.value or 0, 12)) == (7, 0, 0.14)
    assert found.sign == pytest.approx(2 / 2**7)


def test_sections_are_weighted_too_and_their_interval_is_clustered_by_audit() -> None:
    def audit(number: int, chance: float, *later: str) -> Counted:
        first = {f"s{n}": "good" for n in range(len(later))}
        events = (
            Event("hand in", "auditor", first),
            Event("settle", "senior", dict(zip(first, later, strict=True))),
        )
        return Story(number, events, (opinion("senior", done=True, chance=chance),)).counted

    audits = [audit(n, 0.5, "good", "good", "inadequate") for n in range(6)]
    audits += [audit(6 + n, 0.25, "good", "inadequate") for n in range(6)]
    exact = pair_figures(audits, "auditor", "senior", every_section=True).exact
    assert (exact.count, exact.total, exact.audits) == (18, 30, 12)
    assert exact.value == pytest.approx((6 * 2 * 2 + 6 * 4) / (6 * 2 * 3 + 6 * 4 * 2))
    assert exact.low is not None
    few = pair_figures(audits[:9], "auditor", "senior", every_section=True).exact
    assert few.total >= 10
    assert (few.low, few.tentative, few.why) == (None, True, "too few to compare")


def test_over_graded_is_where_the_later_tier_is_lower_and_bias_is_positive_then() -> None:
    found = pair_figures([moderated(1, "outstanding", "requires_improvement")], "auditor", "senior")
    assert (found.over.count, found.under.count, found.within_one.count, found.bias.value) == (1, 0, 0, 2)
    found = pair_figures([moderated(1, "inadequate", "requires_improvement")], "auditor", "senior")
    assert (found.over.count, found.under.count, found.within_one.count, found.bias.value) == (0, 1, 1, -1)


def test_net_bias_has_a_t_interval_from_ten_pairs_on_and_none_by_section() -> None:
    audits = many(8, "good", "good") + many(4, "good", "requires_improvement", start=8)
    bias = pair_figures(audits, "auditor", "senior").bias
    own = mean_bias([[0, 0, 0], [0, 0, 0], [0, 4, 8]])
    assert (bias.value, bias.low, bias.high) == (own.value, own.low, own.high)
    assert bias.count == 4
    assert pair_figures(audits[:9], "auditor", "senior").bias.tentative
    every = pair_figures(audits, "auditor", "senior", every_section=True).bias
    assert (every.value, every.low) == (own.value, None)
    assert "go together" in every.why


def test_a_section_that_either_tier_marked_not_applicable_makes_no_pair_and_is_counted_as_such() -> None:
    audits = [moderated(1, None, "good"), moderated(2, "good", None), moderated(3, "good", "good")]
    found = pair_figures(audits, "auditor", "senior")
    assert (found.exact.total, found.not_applicable) == (1, 2)


def test_a_blind_pair_takes_the_blind_grade_and_stays_when_its_moderation_is_reopened() -> None:
    audit = moderated(1, "good", "good", blind="inadequate")
    assert pair_figures([audit], "auditor", "senior").over.count == 1
    events = (
        Event("hand in", "auditor", {"overall": "good"}),
        Event("commit", "senior", {"overall": "inadequate"}),
        Event("settle", "senior", {"overall": "good"}),
        Event("reopen", "senior"),
    )
    for story in (events, events[:2]):
        kept = Story(1, story, (opinion("senior", done=False),)).counted
        assert pair_figures([kept], "auditor", "senior").over.count == 1


def test_an_open_pair_leaves_the_figures_while_its_moderation_is_reopened() -> None:
    events = (
        Event("hand in", "auditor", {"overall": "good"}),
        Event("settle", "senior", {"overall": "good"}),
        Event("reopen", "senior"),
    )
    reopened = Story(1, events, (opinion("senior", done=False),)).counted
    assert pair_figures([reopened], "auditor", "senior").exact.value is None


def test_nothing_to_compare_says_why() -> None:
    begun = Story(1, (Event("hand in", "auditor", {"overall": "good"}),), (opinion("senior", done=False),)).counted
    assert pair_figures([begun], "auditor", "senior").exact.why == "nothing drawn at random has been moderated yet"
    assert pair_figures([], "internal", "external").exact.why == "nothing drawn at random has been validated yet"
    assert pair_figures([], "auditor", "senior", random=False).exact.why == "nothing else has been moderated"
    without = moderated(1, None, "good")
    assert pair_figures([without], "auditor", "senior").exact.why == "no grades of both to compare"
    for figure in pair_figures([], "auditor", "senior").figures:
        assert (figure.value, figure.total) == (None, 0)


def test_every_figure_of_every_pairing_has_a_key_of_its_own() -> None:
    every = [
        figure.key
        for earlier, later in PAIRINGS
        for random in (True, False)
        for figure in pair_figures([], earlier, later, random=random).figures
    ]
    assert len(set(every)) == len(every) == 30
    assert set(ENDINGS) == set(PAIRINGS)


def test_audits_on_several_scales_share_no_grid() -> None:
    one, other = moderated(1, "good", "good"), moderated(2, "good", "good")
    shorter = replace(other.scale, key="three", levels=other.scale.levels[1:])
    assert pair_figures([one, replace(other, scale=shorter)], "auditor", "senior").matrix is None
    assert pair_figures([one], "auditor", "senior").matrix is not None


def test_an_opinion_without_a_chance_counts_once() -> None:
    kept = moderated(1, "good", "good")
    without = Counted(
        **{**{f: getattr(kept, f) for f in kept.__slots__}, "opinions": (Opinion("senior", "random", None, True),)}
    )
    assert pair_figures([without], "auditor", "senior").exact.value == 1
