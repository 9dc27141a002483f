"""What is said of somebody's audits and of a population, in plain words."""

from audit_app.learning.lessons import share_changed
from audit_app.learning.sentences import (
    changed_sentence,
    last_sentence,
    pattern_sentence,
    quality_sentence,
    ways_sentence,
)
from tests.learning.lessons import judged, many, opinion


def test_ones_own_audits_are_summed_up_with_the_direction() -> None:
    those = [
        opinion(1, judged("plan", later="weak"), judged("voice", later="best"), judged("risk", later=None)),
        opinion(2, judged("plan"), judged("voice")),
    ]
    assert last_sentence(those, "your") == (
        "On your last 2 moderated audits, moderators agreed 2 of 5 judgements and changed 3: 1 to a lower grade, "
        "1 to a higher one, 1 because the section did or did not apply."
    )


def test_agreement_throughout_and_nothing_at_all_are_said_plainly() -> None:
    assert last_sentence([opinion(1, judged("plan"))], "their") == (
        "On their one moderated audit, moderators agreed all 1 judgement."
    )
    assert last_sentence([], "your") == ""


def test_a_pattern_needs_three_audits_and_two_times() -> None:
    assert pattern_sentence(many(2, 2)) == "That is 2 audits: too few to see a pattern."
    assert pattern_sentence(many(2, 3)) == (
        "The reason given most often was “Misread” (twice). The section changed most often was Plan (twice)."
    )
    spread = [*many(1, 2, "plan", "Misread"), *many(1, 2, "voice", "Impact", first=3)]
    assert pattern_sentence(spread) == "No one reason and no one section stands out."
    assert pattern_sentence(many(0, 3)) == ""


def test_a_population_is_headed_by_its_random_draw() -> None:
    few = many(2, 5)
    assert changed_sentence(share_changed((one, one.judged) for one in few)) == (
        "Moderators changed 2 of 5 judgements in 5 audits drawn at random: too few to say more."
    )
    assert changed_sentence(share_changed([])).startswith("No audit drawn at random")
    enough = many(5, 20)
    said = changed_sentence(share_changed((one, one.judged) for one in enough))
    assert said.startswith("Moderators changed 25% of 20 judgements in 20 audits drawn at random; the true figure")


def test_the_two_most_frequent_reasons_are_named() -> None:
    those = [*many(3, 3, "plan", "Misread"), *many(1, 1, "plan", "Impact", first=9)]
    assert ways_sentence(those) == (
        "Of 4 changes by any route, 4 lowered the grade and 0 raised it. "
        "The reasons given most often: misread (3 times) and impact (once)."
    )
    assert ways_sentence(many(0, 3)) == ""


def test_the_quality_of_audits_is_a_span_over_the_criteria() -> None:
    assert quality_sentence(many(0, 3)) == (
        "On each criterion of a good audit, 0 to 3 of 3 audits were found “sound” or better."
    )
    assert quality_sentence([]) == ""
