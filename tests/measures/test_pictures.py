"""The pictures of measures: what they say, what they draw, and that every number drawn stands in their table."""

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_app.measures.pictures.coverage import Aim, coverage_picture, target_of
from audit_app.measures.pictures.grades import grades_picture, grid_picture, joined_name, spread_rows
from audit_app.measures.pictures.months import Period, months_picture, trend_sentence
from audit_app.measures.pictures.optimism import Before, estimate_picture, gap_picture
from audit_app.measures.pictures.picture import NARROW, WIDE, Picture
from audit_app.measures.pictures.reasons import Reason, reasons_picture
from audit_app.measures.pictures.sections import SectionPairs, sections_picture
from audit_app.measures.pictures.teams import Team, funnel_picture
from audit_app.measures.statistics import Stratum, good_or_better_if_all_moderated
from audit_app.web.scene import Line, Mark, Words
from tests.measures.stories import SCALE


def periods(shares: list[tuple[int, int]]) -> list[Period]:
    """Months from January 2025 on."""
    return [Period(dt.date(2025 + at // 12, at % 12 + 1, 1), k, n) for at, (k, n) in enumerate(shares)]


counts = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
STEADY = [(15, 30)] * 13
UNEVEN = [(13, 30), (19, 30)] * 6


def drawn_well(picture: Picture) -> None:
    """A picture in both widths stays within its edges, and holds nothing that a strict policy refuses."""
    for scene, width in ((picture.wide, WIDE), (picture.narrow, NARROW)):
        assert scene.width == width
        for shape in scene.shapes:
            for name in ("x", "x1", "x2"):
                assert -1 <= getattr(shape, name, 0) <= width + 1, shape
            for name in ("y", "y1", "y2"):
                assert -1 <= getattr(shape, name, 0) <= scene.height + 1, shape
        svg = str(scene.svg("one"))
        assert "style" not in svg
        assert "NaN" not in svg
        assert f'<title id="one-title">{picture.title}' in svg.replace("&#39;", "'")
    assert picture.sentence
    assert all(len(row) == len(picture.columns) for row in picture.rows)


@settings(max_examples=150, deadline=None)
@given(st.lists(counts, max_size=24))
def test_a_share_over_time_is_drawn_whatever_was_counted(shares: list[tuple[int, int]]) -> None:
    picture = months_picture("Moderated", "audit", periods(shares))
    counted = [share for share in shares if share[1]]
    assert (picture is None) == (len(counted) < 2)
    if picture is not None:
        drawn_well(picture)
        assert [row[1:3] for row in picture.rows] == counted


def test_a_month_beyond_chance_is_marked_by_shape_and_named_in_words() -> None:
    picture = months_picture("Moderated", "audit", periods([*UNEVEN, (30, 30)]))
    assert picture is not None
    assert "More than chance: January 2026 (outside the limits)." in picture.sentence
    marks = [shape.shape for shape in picture.wide.shapes if isinstance(shape, Mark)]
    assert marks.count("diamond") == 2  # the month, and the key
    assert picture.rows[-1][-1] == "outside the limits"


def test_a_step_change_starts_new_limits_and_says_so_in_the_picture() -> None:
    shares = [(10, 30)] * 8 + [(25, 30)] * 8
    step = periods(shares)[8].first_day
    plain, stepped = (months_picture("Moderated", "audit", periods(shares), steps) for steps in ((), (step,)))
    assert plain is not None
    assert stepped is not None
    assert "More than chance" in plain.sentence
    assert "No month differs" in stepped.sentence
    assert any(isinstance(shape, Words) and shape.text == "New limits" for shape in stepped.wide.shapes)


def test_few_months_have_a_median_and_no_limits() -> None:
    picture = months_picture("Moderated", "audit", periods(STEADY[:5]))
    assert picture is not None
    assert picture.columns == ("Month", "Count", "Out of", "Share")
    assert "fewer than 12 months" in picture.note


def test_the_trend_compares_the_first_third_of_the_months_with_the_last() -> None:
    rising = periods([(5, 20)] * 4 + [(10, 20)] * 4 + [(16, 20)] * 4)
    said = trend_sentence("Agreed", "judgement", rising, complete=False)
    assert said.startswith(
        "Agreed, the first 4 months beside the last 4: 20 of 80 judgements (25%) from January to April 2025, and "
        "64 of 80 (80%) from September to December 2025: 55 percentage points more, likely between"
    )
    assert said.endswith("which chance alone would hardly make.")
    assert "likely" not in trend_sentence("Moderated", "audit", rising, complete=True)
    assert trend_sentence("Agreed", "judgement", rising[:5], complete=False) == ""


@settings(max_examples=100, deadline=None)
@given(st.lists(counts, max_size=16))
def test_teams_are_drawn_whatever_they_count(shares: list[tuple[int, int]]) -> None:
    teams = [Team(f"Team {at} of the north and east", *share) for at, share in enumerate(shares)]
    picture = funnel_picture("Moderated", "audit", teams)
    if picture is not None:
        drawn_well(picture)
        assert [row[0] for row in picture.rows] == [team.name for team in teams if team.total]


def test_a_team_outside_the_funnel_is_named_and_the_order_is_that_of_the_structure() -> None:
    teams = [Team("First", 40, 60), Team("Second", 10, 60), Team("Third", 42, 60), Team("Fourth", 41, 60)]
    picture = funnel_picture("Moderated", "audit", teams)
    assert picture is not None
    assert "Beyond what chance gives in 998 of 1,000: Second." in picture.sentence
    assert [row[0] for row in picture.rows] == ["First", "Second", "Third", "Fourth"]


def test_grades_are_drawn_with_their_numbers_and_none_without_any() -> None:
    picture = grades_picture(SCALE, [("As audited", {"good": 30, "inadequate": 10}), ("As it stands", {"good": 25})])
    assert picture is not None
    drawn_well(picture)
    assert picture.rows[0] == ("As audited", 0, 30, 0, 10, 40)
    assert grades_picture(SCALE, [("As audited", {})]) is None
    many = spread_rows([(f"M{at}", {"good": 1}) for at in range(60)], 12)
    assert len(many) == 12
    assert sum(found["good"] for _, found in many) == 60


def test_the_grid_outlines_the_same_grade_and_says_both_ways() -> None:
    matrix = [[2, 0, 0, 0], [1, 5, 2, 0], [0, 4, 20, 0], [0, 0, 3, 6]]
    picture = grid_picture(SCALE, matrix, "Auditor", "Senior moderator", key="grid", name="Grade grid")
    assert picture is not None
    drawn_well(picture)
    assert "33 (77%) have the same grade" in picture.sentence
    assert "In 8 the senior moderator graded lower, in 2 higher." in picture.sentence
    assert picture.rows[0][0] == "Outstanding"
    assert grid_picture(SCALE, [[0] * 4] * 4, "A", "B", key="grid", name="Grade grid") is None


def test_sections_stand_in_the_order_of_the_tool_and_few_pairs_look_tentative() -> None:
    found = [SectionPairs("plans", "Plans", 40, 10, 2), SectionPairs("voice", "Voice", 4, 4, 0)]
    picture = sections_picture(found, "Auditor", "Senior moderator")
    assert picture is not None
    drawn_well(picture)
    assert "Most often lower: Plans (10 of 40, 25%)." in picture.sentence
    assert [row[0] for row in picture.rows] == ["Plans", "Voice"]
    assert any(isinstance(s, Words) and s.text.startswith("Fewer than 10") for s in picture.wide.shapes)


def test_the_gap_is_as_audited_less_after_moderation_period_by_period_and_for_all() -> None:
    picture = gap_picture([Before("Jan–Mar 2026", 20, 15, 12), Before("Apr–Jun 2026", 4, 4, 4)])
    assert picture is not None
    drawn_well(picture)
    assert [str(row[-1]) for row in picture.rows] == ["+15.0", "0.0", "+12.5"]
    assert gap_picture([]) is None


def test_the_estimate_is_drawn_with_its_range_and_the_certain_bounds() -> None:
    strata = [Stratum(dt.date(2026, 1, 1), 2, 40, 10, 7), Stratum(dt.date(2026, 1, 1), 1, 10, 4, 0)]
    found = good_or_better_if_all_moderated(strata)
    picture = estimate_picture((40, 50), Before("All", 14, 10, 7), found)
    assert picture is not None
    drawn_well(picture)
    assert "auditors themselves said 80%" in picture.sentence
    bare = good_or_better_if_all_moderated([Stratum(dt.date(2026, 1, 1), 2, 40, 1, 1)])
    assert estimate_picture((40, 40), Before("All", 1, 1, 1), bare) is None


@pytest.mark.parametrize(
    ("targets", "words"),
    [([30], "The target is 30%."), ([20, 30], "aim at 20% and 30%"), ([0, 0], "No target is set.")],
)
def test_coverage_stands_against_its_target_where_there_is_one(targets: list[int], words: str) -> None:
    months = periods([(7, 50), (20, 50)])
    picture = coverage_picture(months, [aim(months, target, len(targets)) for target in targets])
    assert picture is not None
    drawn_well(picture)
    assert words in picture.sentence
    assert any(isinstance(s, Line) and s.dash for s in picture.wide.shapes) == any(targets)


def aim(months: list[Period], percent: int, parts: int = 1, name: str = "Monthly") -> Aim:
    """A programme that has an equal part of each month's audits, none of them moderated."""
    return Aim(name, percent, {one.first_day: (one.total // parts, 0) for one in months})


def test_where_programmes_aim_at_different_shares_a_months_target_is_what_they_make_together() -> None:
    months = periods([(13, 50), (12, 50), (0, 30)])
    first, second = (
        Aim("Monthly", 20, {months[0].first_day: (25, 6), months[1].first_day: (25, 6)}),
        Aim("Deep dive", 30, {months[0].first_day: (25, 7), months[1].first_day: (25, 6)}),
    )
    picture = coverage_picture(months, [first, second])
    assert picture is not None
    assert [str(row[-1]) for row in picture.rows] == ["25.0%", "25.0%", "none set"]
    assert picture.title == "The target for moderation was met in 1 of 2 months"
    assert (
        "By programme: Monthly, 12 of 50 (24.0%, target 20%); Deep dive, 13 of 50 (26.0%, target 30%)." in picture.note
    )


def test_a_month_with_audits_of_a_programme_without_a_target_has_none() -> None:
    months = periods([(13, 50)])
    aims = [aim(months, 20, 2), aim(months, 0, 2, "Themed")]
    assert target_of(months[0].first_day, aims) is None
    picture = coverage_picture(months, aims)
    assert picture is not None
    assert "Themed sets no target. The others aim at 20%." in picture.sentence
    assert picture.title == "26% of 50 audits moderated"


def test_reasons_stand_by_how_often_they_were_given() -> None:
    picture = reasons_picture([Reason("a", "Rarely", 1), Reason("b", "Often", 3), Reason("c", "Never", 0)])
    assert picture is not None
    drawn_well(picture)
    assert [row[0] for row in picture.rows] == ["Often", "Rarely"]
    assert re.search(r"4 grades were changed. Most often: Often \(3 of 4, 75%\)", picture.sentence)
    assert reasons_picture([]) is None


def test_every_title_says_what_its_picture_shows() -> None:
    months = periods([*UNEVEN, (30, 30)])
    teams = [Team("First", 40, 60), Team("Second", 10, 60), Team("Third", 42, 60), Team("Fourth", 41, 60)]
    few, enough = SectionPairs("voice", "Voice", 4, 4, 0), SectionPairs("plans", "Plans", 40, 10, 2)
    drawn = {
        "Moderated: more than chance in January 2026": months_picture("Moderated", "audit", months),
        "Moderated: no month differs by more than chance": months_picture("Moderated", "audit", periods(STEADY)),
        "Moderated: nothing is more than chance so far": months_picture("Moderated", "audit", periods(STEADY[:5])),
        "Moderated: Second and Third differ by more than chance": funnel_picture("Moderated", "audit", teams),
        "Moderated: no team differs by more than chance": funnel_picture("Moderated", "audit", teams[::2]),
        "Good or better: 75% as audited, 3 of 9 as it stands": grades_picture(
            SCALE,
            [("As audited", {"good": 30, "inadequate": 10}), ("As it stands", {"good": 3, "inadequate": 6})],
        ),
        "Over-graded most often: Plans": sections_picture([few, enough], "Auditor", "Senior moderator"),
        "Too few pairs to compare sections": sections_picture([few], "Auditor", "Senior moderator"),
        "No section was over-graded": sections_picture(
            [SectionPairs("plans", "Plans", 40, 0, 2)], "Auditor", "Senior moderator"
        ),
        "The same grade in 9 of 12 pairs: auditor and senior moderator": grid_picture(
            SCALE, [[0] * 4, [0, 4, 0, 0], [0, 3, 5, 0], [0] * 4], "Auditor", "Senior moderator", key="g", name="Grid"
        ),
        "Of 20 audits, 3 fewer were good or better after moderation": gap_picture([Before("2026", 20, 15, 12)]),
        "Of 20 audits, 1 more was good or better after moderation": gap_picture([Before("2026", 20, 15, 16)]),
        "As many of 20 audits were good or better after moderation as before": gap_picture([Before("2026", 20, 9, 9)]),
        "Grades were changed most often for this reason: often": reasons_picture([Reason("b", "Often", 3)]),
    }
    assert {title: one.title if one else None for title, one in drawn.items()} == {title: title for title in drawn}
    assert all(one is not None and one.name != one.title for one in drawn.values())


def test_teams_carry_numbers_that_the_key_explains_where_they_are_few() -> None:
    teams = [Team(f"Team {letter}", 30 + at, 60) for at, letter in enumerate("ABCDEF")]
    picture = funnel_picture("Moderated", "audit", teams)
    assert picture is not None
    for scene in (picture.wide, picture.narrow):
        words = [shape.text for shape in scene.shapes if isinstance(shape, Words)]
        assert [words.count(str(number)) for number in range(1, 7)] == [2] * 6  # at its mark and in the key
        assert [word for word in words if word.startswith("Team ")] == [team.name for team in teams]


def test_grades_are_told_apart_by_letters_and_numbers_and_not_by_colour_alone() -> None:
    picture = grades_picture(SCALE, [("As audited", {"good": 300, "inadequate": 2, "requires_improvement": 40})])
    assert picture is not None
    words = {shape.text for shape in picture.wide.shapes if isinstance(shape, Words)}
    good = next(level for level in SCALE.levels if level.key == "good")
    assert f"{good.short} 300" in words
    assert "2" in words  # too narrow for its bar, so it stands beside it


def test_months_that_are_joined_say_their_year_once() -> None:
    assert joined_name("Jun 25", "Jul 25") == "Jun–Jul 25"
    assert joined_name("Dec 25", "Jan 26") == "Dec 25–Jan 26"
