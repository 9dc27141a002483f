"""CSV files in the encodings and dialects that people send."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.cases.container import Unreadable
from audit_app.cases.textfile import rows_of, separator_of, text_of

TEXT = "ID;Team\n0123;Café – Nord\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_told_apart(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("data", [bytes(range(256)) * 10, b"\x7fELF\0\0\0\0\0\0\0\0", b"\xff\xfe\x00"])
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="not text"):
        text_of(data)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_found(sign: str) -> None:
    lines = [
        "Case list for July, revised",
        sign.join(["ID", "Team", "Worker"]),
        sign.join(["1", '"North, East; West"', "x"]),
    ]
    assert separator_of("\n".join([*lines, lines[-1], lines[-1]])) == sign


def test_a_line_that_tells_the_separator_is_believed_and_counted() -> None:
    assert list(rows_of(b"sep=;\nID;Team, North\n1;A\n")) == [(2, ["ID", "Team, North"]), (3, ["1", "A"])]


def test_the_guard_against_formulas_is_taken_off_again() -> None:
    assert list(rows_of(b"'=1+1,'-5,'@x,'plain,O'Neill\n")) == [(1, ["=1+1", "-5", "@x", "'plain", "O'Neill"])]


def test_leading_zeros_survive() -> None:
    assert list(rows_of(b"ID,Team\n00123,A\n")) == [(1, ["ID", "Team"]), (2, ["00123", "A"])]


def test_cells_over_several_lines_are_one_row() -> None:
    assert list(rows_of(b'ID,Note\n1,"a\nb"\n2,c\n')) == [(1, ["ID", "Note"]), (2, ["1", "a\nb"]), (3, ["2", "c"])]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0'", exclude_categories=("Cs", "Cc")), max_size=8)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=6))
def test_what_python_writes_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["ID", "Team", "Worker"], *rows])
    assert [cells for _, cells in rows_of(out.getvalue().encode())][1:] == rows
