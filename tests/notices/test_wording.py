"""The words of letters are data, and are checked before they are used."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from audit_app.notices.kinds import Kind
from audit_app.notices.wording import OWN, SHIPPED, Unusable, read_words, words_of, words_problems
from audit_app.wording.placeholders import filled


@pytest.fixture
def data() -> Any:
    """The shipped words, to be changed."""
    return yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))


def test_the_shipped_words_can_be_used(tmp_path: Path) -> None:
    words = words_of(tmp_path)
    assert set(words.letters) == set(Kind)
    assert words.chasing.before == (3,)


def test_an_authority_may_have_words_of_its_own(tmp_path: Path, data: Any) -> None:
    data["letters"]["overdue"]["subject"] = "Late: {days}"
    (tmp_path / OWN).write_text(yaml.safe_dump(data), encoding="utf-8")
    assert words_of(tmp_path).letters[Kind.OVERDUE].subject == "Late: {days}"


@pytest.mark.parametrize("place", ["subject", "subject_many", "one", "many"])
def test_no_letter_can_name_a_case(place: str, data: Any) -> None:
    data["letters"]["overdue"][place] = "Case {case}"
    assert words_problems(data) == [f"letters, overdue, {place}: {{case}} is not known here."]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("{grade}", "not known"),
        ("{}", "not known"),
        ("{0.__class__}", "brace"),
        ("{days", "brace"),
        ("", "some words"),
        (7, "some words"),
        ("Late\nBcc: somebody@else.example", "one line"),
        ("Late\x00", "one line"),
        ("x" * 121, "too long"),
    ],
)
def test_a_subject_that_could_do_harm_is_refused(words: object, why: str, data: Any) -> None:
    data["letters"]["overdue"]["subject"] = words
    assert why in words_problems(data)[0]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "frame: {}", "a: [", "frame: {}\nletters: {}\nchasing: {}", "!!python/object/apply:os.system [ls]"],
)
def test_a_file_that_is_something_else_is_refused_with_reasons(text: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_words(text)
    assert refused.value.problems


def test_when_audits_are_asked_for_is_checked_as_well(data: Any) -> None:
    data["chasing"]["every"] = -1
    assert words_problems(data)[0].startswith("chasing: every")


def test_what_is_filled_in_is_only_text() -> None:
    said = filled("To {name}: {due}", {"name": "Ann\r\nBcc: x@y.example\u202e {due}", "due": "now"})
    assert said == "To Ann Bcc: x@y.example {due}: now"
