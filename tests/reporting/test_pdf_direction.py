"""Names in scripts that run from right to left."""

from io import BytesIO

import pypdf
import pytest
from hypothesis import given, strategies

from audit_app.reporting.document import Facts, Text
from audit_app.reporting.pdf.direction import joined, plain, turned
from tests.reporting.papers import paper
from tests.reporting.reading import printed

SCRIPTS = strategies.text(strategies.sampled_from("محمدعليلاإآؤئى اب, (2026) abc ‑ שלום ًُّ\u200d\u200c.؟"), max_size=25)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("محمد", "\ufee3\ufea4\ufee4\ufeaa"),  # initial, medial, medial, final
        ("دانيال", "\ufea9\ufe8d\ufee7\ufef4\ufe8e\ufedd"),  # two letters that do not join to what follows
        ("علي", "\ufecb\ufee0\ufef2"),
        ("سلام", "\ufeb3\ufefc\ufee1"),  # lam and alef are written as one
        ("لا", "\ufefb"),
        ("مُحَ", "\ufee3\u064f\ufea2\u064e"),  # vowel marks do not part letters
        ("ء", "\ufe80"),
    ],
)
def test_arabic_letters_take_the_form_of_their_place(name: str, forms: str) -> None:
    assert joined(name) == forms


def test_a_joiner_and_its_opposite_are_respected() -> None:
    assert joined("ه\u200d") == "\ufeeb\u200d"
    assert joined("می\u200cخواهم")[1] == "\ufbfd"


@pytest.mark.parametrize("text", ["Łukasz Nguyễn", "שלום", "", "12 (a)"])
def test_text_without_arabic_is_left_alone(text: str) -> None:
    assert joined(text) == text


@pytest.mark.parametrize(
    ("line", "page"),
    [
        ("שלום", "םולש"),
        ("Said שלום עולם twice", "Said םלוע םולש twice"),
        ("אב 12/03/2026 גד", "דג 12/03/2026 בא"),
        ("אב (גד)", "(דג) בא"),
        ("Said (אב) twice", "Said (בא) twice"),
        ("אב (גד) הו", "וה (דג) בא"),
        ("plain (12) words", "plain (12) words"),
        ("שָׁלוֹם", "םוֹלשָׁ"),
        ("אב\nגד", "בא\nדג"),
    ],
)
def test_a_run_is_turned_round_and_figures_keep_their_order(line: str, page: str) -> None:
    assert turned(line) == page


@given(SCRIPTS)
def test_no_letter_is_lost_or_made_by_joining_and_turning(text: str) -> None:
    one_bracket = str.maketrans("(", ")")
    assert sorted(turned(text).translate(one_bracket)) == sorted(text.translate(one_bracket))
    assert "".join(plain(letter) for letter in joined(text)) == text


@pytest.mark.parametrize("name", ["محمد", "דניאל", "محمد حسن"])
def test_a_name_is_read_back_in_the_order_it_was_typed(name: str) -> None:
    document = paper(Text(name), Facts((("Practitioner", name),)))
    text = pypdf.PdfReader(BytesIO(printed(document))).pages[0].extract_text()
    assert text.count(name) == 2
