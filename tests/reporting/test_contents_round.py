"""The moderation report of a round, as contents."""

import re

import pytest
from hypothesis import given, settings

from audit_app.measures import sentences
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.contents.round import Outstanding, RoundMaterial
from audit_app.reporting.document import Bullets, Callout, Chart, Document, Facts, Grid, Heading, Table
from audit_app.reporting.pdf import pdf
from tests.measures.stories import Story, populations
from tests.reporting.rounds import FACTS, TEAMS, audit, material, override, report, words_of

PUBLISHED = (Audience.BOARD, Audience.PUBLIC)


def lively() -> RoundMaterial:
    """A round of forty audits in four teams, fourteen of them moderated at random and two by hand."""
    audits = [audit(n, "good" if n % 4 else "requires_improvement", team=1 + n % 4) for n in range(24)]
    audits += [audit(n, "good", "good", team=1 + n % 4) for n in range(24, 34)]
    audits += [audit(n, "good", "requires_improvement", team=1) for n in range(34, 37)]
    audits += [audit(37, "inadequate", "good", team=2)]
    audits += [audit(n, "outstanding", "good", team=2, route="by_hand") for n in (38, 39)]
    changes = [override(n, overall=n == 1) for n in range(1, 8)]
    changes += [override(n, reason="A safeguarding concern was missed") for n in (8, 9)]
    return material(audits, overrides=changes)


def table(document: Document, caption: str) -> Table:
    """The table with a caption that begins so."""
    return next(one for one in document.tables() if one.caption.startswith(caption))


def headings(document: Document) -> list[str]:
    return [part.text for part in document.parts if isinstance(part, Heading) and part.level == 1]


def test_the_paper_says_what_it_is_and_for_whom() -> None:
    found = {audience: report(lively(), audience) for audience in Audience}
    assert {audience: one.marking for audience, one in found.items()} == {
        Audience.COLLEAGUES: "OFFICIAL-SENSITIVE",
        Audience.BOARD: "OFFICIAL",
        Audience.PUBLIC: "OPEN",
    }
    assert found[Audience.BOARD].title == "Moderation report, June 2026"
    assert found[Audience.BOARD].subtitle == "Monthly case-file audit: Northmere"


def test_the_sentences_come_first_and_are_those_of_the_measures_page() -> None:
    made = lively()
    document = report(made)
    first = next(part for part in document.parts if isinstance(part, Bullets)).items
    shares, senior = made.counts.shares, made.counts.random[0]
    assert first[:3] == (
        sentences.good_sentence(shares[0], shares[1]),
        sentences.agreement_sentence(senior),
        sentences.gap_sentence(shares[2]),
    )
    assert first[3].startswith(sentences.coverage_sentence(shares[3]))


def test_coverage_is_held_against_the_target_of_the_programme() -> None:
    assert "The target of 20% is met." in words_of(report(lively()))
    few = material([audit(n, "good", "good" if n < 4 else None) for n in range(50)])
    assert "4 of 50 audits (8%) have been moderated. The target is 20%: 6 more would meet it." in words_of(report(few))


def test_every_figure_stands_with_its_count_and_how_sure_it_is() -> None:
    rows = {row[0]: row for row in table(report(lively()), "Auditor and senior moderator").rows}
    assert rows["Same grade"][1:4] == (10, 14, "71.4%")
    assert rows["Over-graded"][1:4] == (3, 14, "21.4%")
    assert rows["Under-graded"][1:4] == (1, 14, "7.1%")
    assert rows["Within one grade"][1:4] == (13, 14, "92.9%")
    assert rows["Net bias"][1:4] == (None, 14, "+0.07 steps")
    assert str(rows["Same grade"][4]).startswith("likely ")


def test_the_grade_grid_runs_from_the_best_grade_and_adds_up() -> None:
    grid = next(part for part in report(lively()).parts if isinstance(part, Grid))
    assert grid.labels == ("Outstanding", "Good", "Requires_Improvement", "Inadequate")
    assert grid.cells[1] == ("0", "10", "3", "0")
    assert grid.cells[3] == ("0", "1", "0", "0")
    assert grid.total == "14"


def test_audits_that_came_by_another_route_stand_beside_the_rates() -> None:
    said = words_of(report(lively()))
    assert "Beside these, 2 audits came by another route" in said
    assert "on 0 of 2 (0.0%) the grade was the same" in said


def test_the_grades_are_drawn_and_told_in_words() -> None:
    chart = next(part for part in report(lively()).parts if isinstance(part, Chart))
    assert chart.alt == (
        "As audited: 2 outstanding, 31 good, 6 requires_improvement, 1 inadequate. "
        "As it stands: 0 outstanding, 31 good, 9 requires_improvement, 0 inadequate."
    )
    assert chart.table.rows[-1] == ("All", 40, 40)


def test_what_is_still_open_makes_the_paper_a_draft_and_says_so() -> None:
    made = material(lively().audits, outstanding=Outstanding(2, 1, 1))
    document = report(made)
    assert document.status == "DRAFT"
    told = next(part for part in document.parts if isinstance(part, Callout)).text
    assert "2 audits are not handed in." in told
    assert "1 audit is with a moderator or an external auditor." in told
    assert "1 audit that you judge blind just now is left out of every number here." in told
    assert report(lively()).status == "FINAL"


def test_a_round_in_which_nothing_is_handed_in_has_no_figures_yet() -> None:
    document = report(material([]))
    assert "Figures appear here with the first audit that is handed in." in words_of(document)
    assert document.tables() == ()


def test_colleagues_read_every_changed_grade_with_its_reason() -> None:
    document = report(lively())
    annex = table(document, "Senior moderator: every changed grade")
    assert len(annex.rows) == 9
    assert annex.rows[0][0] == "0000001"
    assert annex.rows[0][4] == "The descriptor was misread.\nWords of the moderator, number 1."
    assert headings(document)[-1] == "Annex: every changed grade"
    assert table(document, "Senior moderator: reasons").rows == (
        ("The descriptor was misread", 7, 1),
        ("A safeguarding concern was missed", 2, 0),
    )


def test_changed_grades_in_cases_that_one_may_not_open_are_only_counted() -> None:
    made = material(lively().audits, overrides=[override(1), override(2, reference=""), override(3, reference="")])
    annex = table(report(made), "Senior moderator: every changed grade")
    assert [row[0] for row in annex.rows] == ["0000001"]
    assert annex.note == "And 2 more in cases that you may not open."


@pytest.mark.parametrize("audience", PUBLISHED)
def test_a_published_paper_names_no_case_and_holds_nobodys_words(audience: Audience) -> None:
    said = words_of(report(lively(), audience))
    assert "00000" not in said
    assert "Words of the moderator" not in said
    assert "Annex" not in said


@pytest.mark.parametrize("audience", PUBLISHED)
def test_a_published_paper_breaks_nothing_down_into_small_numbers(audience: Audience) -> None:
    document = report(lively(), audience)
    assert not any(isinstance(part, Grid) for part in document.parts)
    broken_down = [one for one in document.tables() if one.columns[0].name in ("Overall grade", "Team", "Reason")]
    assert len(broken_down) >= 1
    for one in broken_down:
        for row in one.rows:
            counts = [int(n) for cell in row[1:] for n in re.findall(r"(?<![.\d])(\d+)(?![.\d%])", str(cell))]
            assert not [n for n in counts if 1 <= n <= 5], row


def test_a_published_paper_of_a_few_audits_has_no_figures() -> None:
    document = report(material([audit(n, "good", "good") for n in range(4)]), Audience.PUBLIC)
    assert "The round has 5 audits or fewer, so its figures are not published." in words_of(document)
    assert document.tables() == ()


def test_a_figure_out_of_few_is_not_published() -> None:
    made = material([audit(n, "good", "good" if n < 3 else None) for n in range(20)])
    rows = {row[0]: row for row in table(report(made, Audience.BOARD), "Auditor and senior moderator").rows}
    assert rows["Same grade"] == ("Same grade", None, None, "c", "not published: 5 or fewer could be worked out")
    assert "3 judgements" not in words_of(report(made, Audience.BOARD))


OF = re.compile(r"(?<![\d.])(\d[\d,]*) (?:out )?of (\d[\d,]*)(?![\d%.])")


def shares_in(document: Document) -> list[tuple[int, int]]:
    """Every "so many of so many" that a paper tells, in words or in the columns of a table."""
    found = [(int(k.replace(",", "")), int(n.replace(",", ""))) for k, n in OF.findall(words_of(document))]
    for one in document.tables():
        if [column.name for column in one.columns[1:3]] == ["Count", "Out of"]:
            found += [(row[1], row[2]) for row in one.rows if isinstance(row[1], int) and isinstance(row[2], int)]
    return found


@settings(max_examples=40, deadline=None)
@given(populations(30))
def test_no_published_paper_tells_a_small_number_a_small_rest_or_a_small_whole(stories: list[Story]) -> None:
    made = material([story.counted for story in stories])
    document = report(made, Audience.PUBLIC)
    for count, whole in shares_in(document):
        assert not any(1 <= number <= 5 for number in (count, whole - count, whole)), (count, whole)
    assert not re.search(r"(?:higher than [^.]*? |lower )(?:once|twice|[3-5] times)\b", words_of(document))


def test_a_published_draft_counts_nothing_small_that_is_still_open() -> None:
    document = report(material(lively().audits, outstanding=Outstanding(2, 9, 0)), Audience.BOARD)
    told = next(part for part in document.parts if isinstance(part, Callout)).text
    assert "Some audits are not handed in." in told
    assert "9 audits are with a moderator or an external auditor." in told


def test_how_many_grades_were_changed_is_told_only_where_it_gives_nothing_away() -> None:
    said = words_of(report(lively(), Audience.BOARD))
    assert "Grades were changed; how many is not published." in said
    assert "9 grades changed, 1 of them overall." in words_of(report(lively()))


def test_grades_are_not_broken_down_where_the_share_of_good_or_better_is_kept_back() -> None:
    made = material(
        [audit(n, "good" if n < 3 else "inadequate" if n < 20 else "requires_improvement") for n in range(40)]
    )
    rows = table(report(made, Audience.PUBLIC), "How many audits have which").rows
    assert [row[1:] for row in rows] == [("c", "c")] * 4 + [(40, 40)]


def test_teams_stand_in_the_order_of_the_tree_whatever_their_rates() -> None:
    assert [row[0] for row in table(report(lively()), "Figures by team").rows] == list(TEAMS)


def test_teams_with_few_audits_are_hidden_and_not_given_away_by_the_total() -> None:
    audits = [audit(n, "good", team=1) for n in range(20)] + [audit(n, "good", team=3) for n in range(20, 23)]
    audits += [audit(n, "good" if n % 2 else "inadequate", team=2) for n in range(23, 37)]
    rows = table(report(material(audits), Audience.PUBLIC), "Figures by team").rows
    assert rows[0] == (TEAMS[0], 20, "100.0%\n20 of 20", "100.0%\n20 of 20", "0.0%\n0 of 20", "none yet")
    assert rows[1] == (TEAMS[1], *["c"] * 5)
    assert rows[2] == (TEAMS[2], *["c"] * 5)


def test_what_each_figure_means_is_in_the_paper() -> None:
    meanings = [part for part in report(lively()).parts if isinstance(part, Facts)][-1]
    assert "Inflation gap" in [term for term, _ in meanings.rows]
    assert "How sure are we?" in headings(report(lively()))


def test_the_scope_of_a_reader_is_said() -> None:
    assert ("Covers", "Northmere") in [
        row for part in report(lively()).parts if isinstance(part, Facts) for row in part.rows
    ]
    assert FACTS.scope == "Northmere"


@settings(max_examples=25, deadline=None)
@given(populations(30))
def test_whatever_happened_in_a_round_there_is_a_paper_for_everybody(stories: list[Story]) -> None:
    made = material([story.counted for story in stories])
    for audience in Audience:
        assert pdf(report(made, audience)).startswith(b"%PDF")
