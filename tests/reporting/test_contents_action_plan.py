"""The action plan as a paper: its layout, what is stated by a person, drafts, and the published plan line by line."""

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from audit_app.clock import today
from audit_app.demonstration.operations.improving import PUBLISHED
from audit_app.improvement import operations
from audit_app.improvement.operations import boards
from audit_app.improvement.queries.boards import contents_of
from audit_app.improvement.snapshot import frozen, thawed
from audit_app.reporting.contents.action_plan import NO_READING, NO_TARGET
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.document import Callout, Document, Facts, Heading, Table, Text
from audit_app.reporting.docx import docx
from audit_app.reporting.pdf import pdf
from audit_app.reporting.sheet import ods_bytes, xlsx_bytes
from tests import make
from tests.reporting import plans
from tests.reporting.plans import action, indicator, paper, recommendation, shown


def tables(document: Document) -> list[Table]:
    return [part for part in document.parts if isinstance(part, Table)]


def test_a_recommendation_stands_with_findings_targets_position_progress_and_actions_in_that_order() -> None:
    made = paper(shown(recommendation(indicator(), actions=(action(),))))
    kinds = [type(part) for part in made.parts]
    assert kinds == [Facts, Text, Heading, Facts, Table, Table, Table, Heading, Text]
    assert ("What inspectors found", "Some plans were not timely.") in made.parts[3].rows  # type: ignore[union-attr]
    targets, positions, actions = tables(made)
    assert [one.name for one in targets.columns] == [
        "Measure",
        "Baseline",
        "Target for September 2021",
        "Target for March 2022",
    ]
    assert targets.rows == (("1.1 Plans in time", "74% (Q4 2020/21)\nAs printed.", "At least 80%", "Over 90%"),)
    assert positions.columns[1].name == "Position in August 2021 in relation to targets"
    assert positions.rows[0][2] == "Achieved above target for September"
    assert actions.rows[0] == (
        "1a",
        "Read every plan",
        "Łukasz Nguyễn, Head of Service",
        "March 2022",
        "Half are read. (31 August 2021)",
        "Under way",
    )


def test_a_position_that_a_person_states_stands_with_what_comes_out_and_why() -> None:
    stated = indicator(progress="On track to achieve target", computed="Below target", reason="Late data.")
    cell = tables(paper(shown(recommendation(stated))))[1].rows[0][2]
    assert cell == "On track to achieve target\nStated by a person. Worked out: Below target. Reason: Late data."


def test_rows_an_interval_and_words_stand_in_the_position() -> None:
    read = indicator(
        figure="", rows=[["Crewe", "85%"], ["North", "c"]], words="Others follow.", interval=[0.61, 0.9], why=""
    )
    made = paper(shown(recommendation(read)))
    said = str(tables(made)[1].rows[0][1])
    assert said.splitlines()[:4] == ["Crewe: 85%", "North: c", "Others follow.", "Likely between 61.0% and 90.0%"]
    assert any("is not published" in part.text for part in made.parts if isinstance(part, Text))
    assert not any(
        "is not published" in p.text for p in paper(shown(recommendation(indicator()))).parts if isinstance(p, Text)
    )


def test_what_is_missing_is_said_in_words() -> None:
    bare = indicator(targets=[], milestones=[], read_on="", figure="", progress="Performance not yet available")
    targets, positions = tables(paper(shown(recommendation(indicator("1.2"), bare))))
    assert targets.rows[1][2:] == (NO_TARGET, NO_TARGET)
    assert positions.rows[1][1:] == (NO_READING, "Performance not yet available")
    empty = paper(shown(recommendation()))
    assert [part.text for part in empty.parts if isinstance(part, Text)][1:3] == [
        "No measure shows yet whether this got better.",
        "No action answers this yet.",
    ]


def test_more_days_than_columns_stand_in_one_column_and_so_do_contents_of_before() -> None:
    many = indicator(milestones=[[f"2021-0{n}-28", f"day {n}", "At least 1%"] for n in range(1, 6)])
    old = indicator()
    del old["milestones"]
    for one in (many, old):
        table = tables(paper(shown(recommendation(one))))[0]
        assert [column.name for column in table.columns] == ["Measure", "Baseline", "Targets"]
        assert table.rows[0][2] == "At least 80% by September 2021\nOver 90% by March 2022"


def test_an_action_says_that_its_time_is_over_apart_from_any_progress_of_measures() -> None:
    made = paper(shown(recommendation(actions=(action(late=True, evidence="Notes"),))))
    row = tables(made)[0].rows[0]
    assert row[4] == "Half are read. (31 August 2021)\nEvidence: Notes"
    assert row[5] == "Under way\nOverdue"


def test_before_it_is_frozen_it_is_a_draft_and_marked_for_whom_it_is() -> None:
    draft = paper(shown(recommendation(indicator())), Audience.PUBLIC, frozen="")
    assert (draft.status, draft.marking, draft.receipt) == ("DRAFT", "OPEN", None)
    assert isinstance(draft.parts[0], Callout)
    final = paper(shown(recommendation(indicator())), Audience.COLLEAGUES)
    assert (final.status, final.marking, final.receipt) == ("FINAL", "OFFICIAL", f"contents {plans.HASH}")


def test_several_plans_stand_one_after_the_other() -> None:
    contents = shown(recommendation(indicator()))
    contents["plans"].append({**contents["plans"][0], "name": "Another plan"})
    made = paper(contents)
    assert made.title == "Action plans"
    assert [part.text for part in made.headings()][:3] == [
        "Our plan",
        "Recommendation 1: Improve plans",
        "Another plan",
    ]


# Every measure whose status is legible in the published plan: its targets, its position and its progress there.
SEPTEMBER = "September"
LEGIBLE = {
    "1.1": ("At least 80%", "At least 90%", "half of the audited cases required improvement", "Below target"),
    "2.1": ("At least 80%", "At least 90%", "70.2%", "On track to achieve target for September"),
    "2.2": ("At least 80%", "At least 90%", "91%", "Achieved above target for March 2022"),
    "2.3": (
        "Over 80%",
        "Over 90%",
        "Crewe, child in need plans: 62%",
        "Some teams are achieving above target and some are below target",
    ),
    "2.4": ("At least 80%", "At least 90%", NO_READING, "Performance not yet available"),
    "2.5": ("At least 80%", "At least 90%", "86%", "Achieved above target for September"),
    "3.1": ("At least 80%", "At least 90%", "improving over time", "On track to achieve target for September"),
    "4.1": ("young people feel safe", "young people feel safe", "100% of young people felt safe", "Achieved target"),
    "4.2": ("At least 80%", "At least 90%", "60%", "On track to achieve target"),
    "5.1": ("5 more", "5 more", "6", "Achieved above target for September"),
    "5.2": ("Over 50%", "Over 80%", "longer than 16 weeks", "Below target"),
    "5.3": ("At least 90%", "At least 99%", "97%", "Achieved above target for September"),
    "5.4": ("better relationships", "better relationships", "better relationships", "Achieved target for September"),
}
STATED_BY_A_PERSON = {"2.1", "4.2"}
DEADLINES = {"1b": "1 October 2021", "3b": "Throughout the year", "3c": "Progress is monitored on a quarterly basis."}


@pytest.fixture
def published(app: Flask) -> Iterator[Document]:
    """The published plan, taken through the product's own import file and frozen for a meeting."""
    made = make.authority()
    with PUBLISHED.open("rb") as file:
        sent = operations.send_in(made.root, file, PUBLISHED.name, by=made.officer.id)
    plan = operations.take_file(sent, by=made.officer.id)
    plan.board = boards.make_board(made.root, "Improvement board", 1, by=made.officer.id)
    held = boards.call_meeting(plan.board, today(), today(), by=made.officer.id)
    yield paper(thawed(frozen(contents_of(held, dt.date(2021, 8, 31)))))


def test_the_published_plan_prints_every_target_position_and_status_that_is_legible_there(published: Document) -> None:
    found: dict[str, list[str]] = {}
    for table in tables(published):
        for row in table.rows:
            found.setdefault(str(row[0]).split()[0], []).extend(str(cell) for cell in row[1:])
    for ref, (first, second, position, status) in LEGIBLE.items():
        _, september, march, stood, progress = found[ref]
        assert first in september, ref
        assert second in march, ref
        assert position in stood, ref
        assert progress.splitlines()[0] == status, ref
        assert ("Stated by a person. Worked out: Below target" in progress) == (ref in STATED_BY_A_PERSON), ref
    heads = {column.name for table in tables(published) for column in table.columns}
    assert {"Target for September 2021", "Target for March 2022"} <= heads
    assert "Position in August 2021 in relation to targets" in heads
    assert "10/11" in found["4.2"][0]
    for ref, words in DEADLINES.items():
        assert found[ref][2] == words
    assert len([ref for ref in found if ref[-1].isalpha()]) == 31


def test_the_same_contents_are_the_same_bytes_in_every_form(published: Document) -> None:
    def forms() -> list[bytes]:
        sheets, about = published.tables(), published.about()
        book = xlsx_bytes(sheets, about=about, produced_at=published.produced_at)
        return [pdf(published), docx(published), book, ods_bytes(sheets, about=about)]

    assert forms() == forms()
