"""How far a moderation is, in words."""

from audit_app.moderation.progress import Coverage, Progress, Seen, blind_progress, deciding_progress
from audit_app.moderation.rules import BlindGrade, Decision
from tests.moderation.samples import GRADED, TOOL

STANDING = {"safety": "good", "voice": None, "overall": "fair"}
OVERRIDE = Decision("override", "poor", False, "evidence", "The record says otherwise.", True)


def states(progress: Progress) -> list[str]:
    """The state of each section."""
    return [one.words for one in progress.sections]


def test_blind_sections_say_what_they_still_need() -> None:
    grades = {"safety": BlindGrade("good"), "voice": BlindGrade(reason="Seen."), "overall": BlindGrade("good")}
    assert states(blind_progress(GRADED, {})) == ["Not graded"] * 3
    assert states(blind_progress(GRADED, grades)) == ["Reason needed", "Grade needed", "Reason needed"]
    grades["voice"] = BlindGrade(not_applicable=True, reason="No brother or sister.")
    found = blind_progress(GRADED, grades)
    assert (states(found)[1], found.done, found.total) == ("Graded", 1, 3)


def test_sections_say_whether_they_were_opened_and_what_was_decided() -> None:
    decisions = {"voice": Decision("override"), "overall": OVERRIDE}
    found = deciding_progress(TOOL, GRADED, STANDING, decisions, Seen(frozenset({"safety"})))
    assert states(found) == ["Opened", "Not complete", "Overridden"]
    assert states(deciding_progress(TOOL, GRADED, STANDING, {"safety": Decision("agree")}, Seen()))[0] == "Agreed"
    assert states(deciding_progress(TOOL, GRADED, STANDING, {}, Seen()))[0] == "Not opened"


def test_settling_tells_what_differs_from_what_is_the_same() -> None:
    seen = Seen(blind={"safety": "good", "voice": "good", "overall": "poor"})
    found = deciding_progress(TOOL, GRADED, STANDING, {"safety": Decision("agree")}, seen)
    assert states(found) == ["Agreed: same grade", "Differs: to settle", "Differs: to settle"]


def test_the_next_section_is_the_next_that_needs_something_and_then_the_first() -> None:
    found = deciding_progress(TOOL, GRADED, STANDING, {"voice": Decision("agree")}, Seen())
    after = [one.key if (one := found.after(key)) else None for key in ("safety", "voice", "overall")]
    assert after == ["overall", "overall", "safety"]
    decided = dict.fromkeys(STANDING, Decision("agree"))
    assert deciding_progress(TOOL, GRADED, STANDING, decided, Seen()).after("safety") is None


def test_coverage_counts_what_is_finished_and_says_what_is_missing() -> None:
    found = Coverage(moderated=7, under_way=1, counted=50, aimed_percent=20)
    assert (found.share, found.aimed, found.missing) == (0.14, 10, 2)
    assert Coverage(0, 0, 0, 20).share is None
    assert Coverage(12, 0, 50, 20).missing == 0
    assert Coverage(0, 0, 3, 20).aimed == 1
