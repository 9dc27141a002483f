"""A self-evaluation as a paper: what was published, with what it rests on."""

import datetime as dt

from audit_app.measures.suppression import NOTE
from audit_app.reporting.contents.self_evaluation import NO_EVIDENCE, self_evaluation
from audit_app.reporting.document import Document, Table, Text

MOMENT = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
EVIDENCE = {
    "kind": "Figure",
    "label": "Good or better",
    "months": "June 2026",
    "said": "30 of 40 (75.0%)",
    "hidden": False,
    "read_on": "",
    "cited_on": "2026-06-01",
    "signs": [],
}


def paper(*evidence: dict[str, object]) -> Document:
    statement = {"words": "It is better.", "evidence": list(evidence)}
    question = {"key": "delivered", "name": "What have we delivered?", "statements": [statement]}
    contents = {
        "unit": "Northmere",
        "period": "June 2026",
        "stated_on": "2026-06-30",
        "areas": [{"key": "leaders", "name": "Leaders", "questions": [question]}],
    }
    return self_evaluation(contents, council="Northmere", published_at=MOMENT, number=2, contents_hash="0" * 64)


def texts(of: Document) -> list[str]:
    return [part.text for part in of.parts if isinstance(part, Text)]


def test_each_statement_stands_over_a_table_of_what_it_rests_on() -> None:
    made = paper(EVIDENCE, EVIDENCE | {"signs": ["It moved."], "read_on": "2026-05-31"})
    (table,) = [part for part in made.parts if isinstance(part, Table)]
    assert table.rows[0] == (
        "Figure: Good or better",
        "30 of 40 (75.0%)\nJune 2026",
        "1 June 2026",
        "Nothing has changed",
    )
    assert table.rows[1][1] == "30 of 40 (75.0%)\nJune 2026\nRead on 31 May 2026"
    assert table.rows[1][3] == "It moved."
    assert "It is better." in texts(made)


def test_evidence_has_a_short_name_with_the_rest_below_and_tables_are_numbered_through() -> None:
    made = paper(EVIDENCE | {"what": "Good", "of": "Northmere"}, EVIDENCE)
    (table,) = [part for part in made.parts if isinstance(part, Table)]
    assert table.caption == "Evidence for statement 1, Leaders"
    assert [row[0] for row in table.rows] == ["Figure: Good\nNorthmere", "Figure: Good or better"]


def test_a_statement_without_evidence_says_so() -> None:
    assert NO_EVIDENCE in texts(paper())


def test_what_is_left_out_is_explained_only_where_something_is() -> None:
    assert NOTE not in texts(paper(EVIDENCE))
    assert NOTE in texts(paper(EVIDENCE | {"hidden": True}))
