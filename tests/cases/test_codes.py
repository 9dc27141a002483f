"""Codes in the many ways in which authorities write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.cases import codes
from audit_app.cases.codes import CATEGORY, DISABILITY, ETHNICITY, GENDER, CodeList
from audit_app.cases.grids import CODES

EVERY = [value for value in vars(codes).values() if isinstance(value, CodeList)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a) Looked after child", "looked_after"),
        ("Looked after child", "looked_after"),
        ("A)LOOKED AFTER CHILD", "looked_after"),
        ("a)", "looked_after"),
        ("a", "looked_after"),
        ("CLA", "looked_after"),
        ("b) Child Protection plan", "child_protection"),
        ("CP", "child_protection"),
        ("Child Protection Plan (CPP)", "child_protection"),
        ("c) Child in need plan", "child_in_need"),
        ("CIN", "child_in_need"),
        ("d) Open assessment", "open_assessment"),
        ("e) Closed episode", "closed"),
        ("Closed", "closed"),
        ("Closed CIN episode", "closed"),
        ("Care leaver", "care_leaver"),
        ("b) Child in need plan", "child_in_need"),  # the words count, not the letter before them
        ("z) Pending", None),
        ("f)", None),
        ("Unknown", None),
    ],
)
def test_case_statuses_are_read_however_they_are_written(text: str, key: str | None) -> None:
    assert CATEGORY.read(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a) WBRI", "WBRI"), ("WBRI", "WBRI"), ("wbri", "WBRI"), ("White British", "WBRI"), ("a)", "WBRI"),
        ("r)", "OOTH"),
        ("s) REFU", "REFU"), ("s) NOBT", "NOBT"), ("t) NOBT", "NOBT"), ("u) UNKNOWN", "NOBT"), ("Gypsy/Roma", "WROM"),
        ("Any other Black background", "BOTH"), ("s)", None), ("Martian", None),
    ],
)  # fmt: skip
def test_ethnicities_are_read_though_the_template_prints_a_prefix_twice(text: str, key: str | None) -> None:
    assert ETHNICITY.read(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a) Male", "male"), ("F", "female"), ("Female", "female"),
        ("c) Not stated/recorded (or unborn)", "not_stated"),
        ("d) Neither", "neither"), ("U", "not_stated"), ("2", "female"),
    ],
)  # fmt: skip
def test_genders_are_read_however_they_are_written(text: str, key: str) -> None:
    assert GENDER.read(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("a) Yes", "yes"), ("Y", "yes"), ("NONE", "no"), ("AUT", "yes"), ("c) Unknown", "unknown"), ("maybe", None)],
)
def test_disabilities_are_read_however_they_are_written(text: str, key: str | None) -> None:
    assert DISABILITY.read(text) == key


@pytest.mark.parametrize(
    ("codelist", "text", "key"),
    [
        (codes.NEED, "N1 - Abuse or neglect", "N1"),
        (codes.NEED, "n4", "N4"),
        (codes.NEED, "Abuse", None),
        (codes.CLOSURE, "RC9 - Case closed after assessment, referred to early help", "RC9"),
        (codes.PLACEMENT, "a) U1: Foster placement - relatives - long term", "U1"),
        (codes.PLACEMENT, "U9: a code of a later version", "U9"),
        (codes.LEGAL_STATUS, "C1: ICO", "C1"),
        (codes.LEGAL_STATUS, "Care order", None),
        (codes.ACCOMMODATION, "B: Parents/relatives", "B"),
        (codes.ACCOMMODATION, "In custody", None),
        (codes.ACTIVITY, "F4: Young person engaged full time in an apprenticeship", "F4"),
        (codes.ELIGIBILITY, "d) Eligible child", "eligible"),
        (codes.ELIGIBILITY, "Former Relevant", "former_relevant"),
        (codes.ABUSE_CATEGORY, "e) Multiple/not recommended", "multiple"),
        (codes.ABUSE_CATEGORY, "NEG", "neglect"),
        (codes.LOCATION, "b) Out", "out"),
    ],
)
def test_other_codes_are_read_however_they_are_written(codelist: CodeList, text: str, key: str | None) -> None:
    assert codelist.read(text) == key


def test_every_official_code_is_read_with_and_without_its_letter() -> None:
    lists = {
        "gender": GENDER,
        "ethnicity": ETHNICITY,
        "answer": DISABILITY,
        "category": CATEGORY,
        "abuse": codes.ABUSE_CATEGORY,
        "eligibility": codes.ELIGIBILITY,
        "placement_location": codes.LOCATION,
    }
    for name, written in CODES.items():
        for key, text in written.items():
            assert lists[name].read(text) == key, text
            assert lists[name].read(text[3:]) == key, text


def test_every_key_is_read_back_from_itself_and_its_label() -> None:
    for codelist in EVERY:
        for key, label in codelist.labels.items():
            assert codelist.read(key) == key
            assert codelist.read(label) == key


def test_every_ethnicity_is_in_one_group() -> None:
    grouped = [code for group in codes.ETHNIC_GROUPS.values() for code in group]
    assert sorted(grouped) == sorted(codes.ETHNICITIES)


@given(st.text())
def test_no_text_breaks_a_code_list(text: str) -> None:
    for codelist in EVERY:
        key = codelist.read(text)
        assert key is None or key in codelist.labels or codelist.coded
