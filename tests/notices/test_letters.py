"""Letters: plain words about one's own work, and nothing of any case."""

import datetime as dt
import unicodedata
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from audit_app.notices.kinds import Kind
from audit_app.notices.letters import ORDER, Letter, News, letter, page_words
from audit_app.notices.wording import words_of

WORDS = words_of(Path("nowhere"))
TODAY = dt.date(2026, 6, 25)
JUNE, DUE = dt.date(2026, 6, 1), dt.date(2026, 6, 19)


def to_ann(*news: News, name: str = "Ann Auditor") -> Letter:
    """A letter to an auditor."""
    link = "https://audits.council.example/"
    return letter(news, WORDS, TODAY, name=name, service="Case audit", link=link, settings=f"{link}notices/settings")


def test_a_late_audit_is_asked_for_in_a_sentence() -> None:
    written = to_ann(News(Kind.OVERDUE, JUNE, DUE))
    assert written.subject == "An audit of yours is 4 working days overdue"
    assert (
        "An audit of yours in the June 2026 round is 4 working days overdue. It was due on 19 June 2026."
        in written.body
    )
    assert written.body.startswith("Hello Ann Auditor,\n")
    assert "sign in: https://audits.council.example/\n" in written.body


def test_several_of_a_kind_are_one_sentence() -> None:
    written = to_ann(News(Kind.OVERDUE, JUNE, DUE), News(Kind.OVERDUE, JUNE, dt.date(2026, 6, 24)))
    assert written.subject == "2 audits of yours are overdue"
    assert "2 audits of yours in the June 2026 round are overdue, the longest by 4 working days." in written.body


def test_of_several_kinds_the_most_urgent_stands_first() -> None:
    written = to_ann(News(Kind.ALLOCATED, JUNE, DUE), News(Kind.OVERDUE, JUNE, DUE))
    assert written.subject == "2 messages about audits"
    assert written.body.index("overdue") < written.body.index("yours to audit")


def test_each_late_auditor_has_a_sentence_in_their_leaders_letter() -> None:
    late = [News(Kind.ESCALATED, JUNE, DUE, who) for who in ("Bo", "Cy", "Bo")]
    body = to_ann(*late).body
    assert "2 audits that Bo is to write" in body
    assert "An audit that Cy is to write" in body


def test_a_page_speaks_of_the_day_on_which_it_was_told() -> None:
    said = page_words(News(Kind.OVERDUE, JUNE, DUE), WORDS, TODAY, case="0012345")
    assert said == "The audit of case 0012345 is overdue. It was due on 19 June 2026."


def test_whoever_no_longer_has_a_case_reads_no_reference() -> None:
    said = page_words(News(Kind.OVERDUE, JUNE, DUE), WORDS, TODAY)
    assert said.startswith("An audit of yours in the June 2026 round is 4 working days overdue.")


# Signs of writings that this Python does not know yet are somebody's name, and stay.
BREAKS_OR_TURNS = {"Cc", "Cf", "Cs", "Zl", "Zp"}
news = st.builds(News, st.sampled_from(list(Kind)), st.just(JUNE), st.dates(JUNE, dt.date(2026, 12, 31)), st.text())


@given(st.lists(news, min_size=1, max_size=6), st.text())
@example([News(Kind.ACTION_ESCALATED, JUNE, JUNE, "\ud7a4")], "")  # a sign that no writing has yet
def test_a_subject_is_one_line_and_no_placeholder_is_left(many: list[News], name: str) -> None:
    written = to_ann(*many, name=name)
    assert written.subject.strip() and not {unicodedata.category(sign) for sign in written.subject} & BREAKS_OR_TURNS
    assert not any(f"{{{known}}}" in written.subject for known in ("count", "month", "due", "days"))


def test_every_kind_has_its_place_in_a_letter() -> None:
    assert set(ORDER) == set(Kind)
