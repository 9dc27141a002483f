"""What evidence is called in one short line, and what stands below it."""

import pytest

from audit_app.evaluation.captions import LONGEST, Caption, caption
from audit_app.evaluation.said import Kind

GOOD = "Good or better, as it stands"


@pytest.mark.parametrize(
    ("kind", "label", "figure", "what", "of"),
    [
        (Kind.FIGURE, f"{GOOD}, Northmere, section “Voice”", GOOD, GOOD, "Northmere, section “Voice”"),
        (Kind.FIGURE, "Called otherwise once, Northmere", GOOD, "Called otherwise once, Northmere", ""),
        (Kind.ROUND, f"Core: cases, June 2026: {GOOD}", "", GOOD, "Core: cases, June 2026"),
        (Kind.THEME, "“Drift” in audits with themes, Care, North", "", "“Drift”", "Audits with themes, Care, North"),
        (Kind.READING, "Children are heard (Plan, 1.3)", "", "Children are heard", "Plan, 1.3"),
        (Kind.ACTION, "Read (all) plans (Plan (2026), 1a)", "", "Read (all) plans", "Plan (2026), 1a"),
        (Kind.ACTION, "No plan is named", "", "No plan is named", ""),
    ],
)
def test_a_name_is_told_in_two_lines(kind: Kind, label: str, figure: str, what: str, of: str) -> None:
    assert caption(kind, label, figure) == Caption(what, of)


def test_long_words_are_cut_between_two_of_them_and_stand_whole_below() -> None:
    words = "Go through every plan that is older than three months in supervision and hold clinics"
    found = caption(Kind.ACTION, f"{words} (Plan, 1a)")
    assert len(found.what) <= LONGEST + 2
    assert words.startswith(found.what.removesuffix(" …"))
    assert words[len(found.what) - 2] == " "
    assert found.of == f"{words} (Plan, 1a)"
