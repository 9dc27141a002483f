"""Files in one file: safe names, the same bytes, nothing hidden."""

import io
import re
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit_app.packs.parcel import LONGEST_NAME, Enclosed, parcel, safe_name


@given(st.text())
@example("../../etc/passwd")
@example("C:\\Windows\\x")
@example("con\x00\r\n")
@example("\u202egpj.exe")
@example("")
def test_a_name_is_safe_on_every_machine_whatever_the_words(words: str) -> None:
    name = safe_name(words)
    assert re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", name)
    assert len(name) <= LONGEST_NAME


def test_a_name_keeps_what_people_know_it_by() -> None:
    assert safe_name("00123/A") == "00123-A"
    assert safe_name("Dip sample, José") == "Dip-sample-Jose"


def test_a_pack_holds_what_was_put_in_in_order() -> None:
    made = parcel([Enclosed("b.txt", b"two"), Enclosed("a.txt", b"one")])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["b.txt", "a.txt"]
        assert archive.read("a.txt") == b"one"


def test_the_same_contents_are_the_same_bytes() -> None:
    enclosed = [Enclosed("a.txt", b"one"), Enclosed("b.txt", b"two" * 500)]
    assert parcel(enclosed) == parcel(enclosed)


def test_no_file_hides_another() -> None:
    with pytest.raises(ValueError, match=r"A\.txt"):
        parcel([Enclosed("a.txt", b"one"), Enclosed("A.txt", b"two")])
