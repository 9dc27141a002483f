"""Warnings about free text that identifies somebody, and silence about text that does not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.cases.sensitive import MOST, WORDS, is_nhs_number, warnings_in

# Ordinary prose of audits, in our own words: none of it identifies anybody.
ORDINARY = [
    "The assessment was completed within 45 working days and is analytical. It weighs history, risk and strengths.",
    "Mum and Dad were both spoken to. Maternal Grandmother offers daily support and attends the Core Group.",
    "Strategy Discussion held on 12/03/2024 with Police, Health and Education. Section 47 threshold was met.",
    "The Team Manager recorded a clear rationale for the decision to step down to Child in Need on 4 March 2024.",
    "Children's Social Care received a referral from School on Monday. The Health Visitor was contacted the same day.",
    "An Initial Child Protection Conference took place in June 2023. The IRO escalated drift to the Head of Service.",
    "Direct work was completed using the Three Houses and the child's own words are recorded throughout.",
    "Signs of Safety is evident. The plan is SMART, although contingency is not clear. Overall: Requires Improvement.",
    "The child is Polish and speaks English at school; an interpreter was used with parents in February.",
    "Graded Good because visits are within timescales, the child is seen alone and supervision is reflective.",
    "Public Law Outline meeting was held on 01.02.2024. Legal Gateway agreed pre-proceedings.",
    "Dad is now living in Leeds. The social worker completed a visit with Cheshire Police.",
    "CAMHS closed the case after 6 sessions. The Virtual School reviewed the PEP on 3rd May 2024.",
    "Return Home Interviews were offered after each missing episode; two of three were completed.",
    "The Pathway Plan is dated 2022 and needs updating. The Personal Adviser is in touch every 8 weeks.",
    "- Evidence of Impact\n- Voice of the Child\n- Management Oversight\n- Next Steps",
    "What Is Working Well:\nGood engagement. What Are We Worried About: Domestic abuse and neglect.",
    "Clare's Law disclosure was considered. Graded Care Profile was completed in the Autumn term.",
    "Please see case 0104512, episode 2, and chronology entry 17. Version 3.10 of the form was used.",
    "The Family Court made an Interim Care Order; the Local Authority shares parental responsibility.",
    "He was registered with a GP. She attends Nursery. Their Health Plan was reviewed in Spring.",
    "No evidence of Fraser guidelines or Gillick competence having been considered.",
    "Working Together 2023 is referenced. The Children Act 1989 duty was explained to parents.",
    "RAG rated Amber in November, Green by January; 12 of 14 actions complete (85.7%).",
    "The allocated worker changed 3 times between 2021 and 2023 and handover was weak.",
    "Private Fostering arrangement was assessed. Regulation 24 checks were completed within 16 weeks.",
    "Allegations were discussed with the LADO. Supervision took place on 14 occasions in 12 months.",
    "Early Help offer was declined. However, Family Group Conference was accepted in the end.",
    "Attended A&E on 09/09/2023 after a fall. Discharged the same day with no concerns.",
    "EHCP in place. SENCO describes progress. Attendance is 94%, up from 71% last Easter.",
]

# Each has one place that identifies somebody. The names are of nobody: common words put together.
TELLING = [
    ("Jayden said that he likes school.", "name", "Jayden"),
    ("It was clear that Jayden felt listened to.", "name", "Jayden"),
    ("The worker asked Priya about contact.", "name", "Priya"),
    ("Mum, Tamsin Examplename, was present.", "name", "Tamsin Examplename"),
    ("It was Kofi Examplename who called.", "name", "Kofi Examplename"),
    ("Kofi Examplename called the duty team.", "name", "Kofi Examplename"),
    ("The neighbour, Mr Examplename, raised concerns.", "name", "Mr Examplename"),
    ("Seen by Dr. A Examplename at the clinic.", "name", "Dr. A Examplename"),
    ("Mrs O’Examplename gave her view.", "name", "Mrs O’Examplename"),
    ("Spoke to Zoë on the phone.", "name", None),
    ("This was Mohammed’s third placement.", "name", "Mohammed’s"),
    ("Moved to live with Aunt Examplename.", "name", "Aunt Examplename"),
    ("DOB: 03/04/2012.", "date_of_birth", "03/04/2012"),
    ("d.o.b 3.4.12 recorded", "date_of_birth", "3.4.12"),
    ("She was born on 3rd April 2012 at term.", "date_of_birth", "3rd April 2012"),
    ("Date of birth 2012-04-03", "date_of_birth", "2012-04-03"),
    ("The number is 999 123 4560 on the form.", None, None),
    ("NHS number 943 476 5919 was used.", "nhs_number", "943 476 5919"),
    ("NHS 9434765919", "nhs_number", "9434765919"),
    ("Ring 07700 900123 after 4pm.", "phone", "07700 900123"),
    ("Office: 0113 496 0000.", "phone", "0113 496 0000"),
    ("Call +44 7700 900 123.", "phone", "+44 7700 900 123"),
    ("Write to someone.else@example.org today.", "email", "someone.else@example.org"),
    ("The address has postcode ZZ99 3WZ now.", "postcode", "ZZ99 3WZ"),
    ("They moved to 14 Example Gardens last week.", "address", "14 Example Gardens"),
    ("NI number AB 12 34 56 C given.", "national_insurance", "AB 12 34 56 C"),
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_prose_gives_no_alarm(text: str) -> None:
    assert [(found.kind, text[found.start : found.end]) for found in warnings_in(text)] == []


@pytest.mark.parametrize(("text", "kind", "where"), [one for one in TELLING if one[2]])
def test_what_identifies_somebody_is_found_where_it_stands(text: str, kind: str, where: str) -> None:
    assert [(found.kind, text[found.start : found.end]) for found in warnings_in(text)] == [(kind, where)]


def test_each_finding_says_what_it_looks_like() -> None:
    (found,) = warnings_in("Ring 07700 900123.")
    assert found.words == "This looks like a phone number."
    assert set(WORDS) == {kind for _, kind, where in TELLING if where}


@pytest.mark.parametrize(
    "number", ["9434765918", "1234567890", "0000000000", "1111111111", "943476591", "94347659190", ""]
)
def test_what_is_not_an_nhs_number(number: str) -> None:
    assert not is_nhs_number(number)


def nhs_number(nine: int) -> str | None:
    digits = f"{nine:09}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else digits + str(check % 11)


@given(st.integers(400_000_000, 999_999_999), st.integers(1, 9))
def test_an_nhs_number_is_known_by_its_check_digit(nine: int, off: int) -> None:
    number = nhs_number(nine)
    if number is None or len(set(number)) == 1:
        return
    assert is_nhs_number(number)
    wrong = number[:9] + str((int(number[9]) + off) % 10)
    assert not is_nhs_number(wrong)
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    for text in (f"It is {number}.", f"It is {spaced}."):
        assert [found.kind for found in warnings_in(text)] == ["nhs_number"]
    assert "nhs_number" not in [found.kind for found in warnings_in(f"It is {wrong}.")]


@given(st.text())
def test_findings_are_in_order_apart_and_within_the_text(text: str) -> None:
    end = 0
    for found in warnings_in(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@given(st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=6), st.sampled_from([one for one in TELLING if one[2]]))
def test_one_telling_sentence_is_found_among_ordinary_ones(prose: list[str], telling: tuple[str, str, str]) -> None:
    text = "\n".join([*prose, telling[0], *prose])
    assert [(found.kind, text[found.start : found.end]) for found in warnings_in(text)] == [(telling[1], telling[2])]


def test_a_very_long_text_is_read_in_no_time_and_findings_are_limited() -> None:
    chance = random.Random(4)
    words = [
        "Jayden",
        "the",
        "Xyz",
        "Abc",
        "07700900123",
        "a@b.co",
        "12/12/2012",
        "1" * 40,
        "(",
        "born",
        "A" * 30,
        "Mr",
    ]
    text = " ".join(chance.choices(words, k=30_000))
    assert len(warnings_in(text)) == MOST
    assert warnings_in("Aa " * 60_000) == ()
    assert warnings_in("0 " * 60_000) == ()
