"""What a calendar reads, read back by somebody else's library."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from audit_app.notices.due_days import WIDTH, WORDS, DueDay, Duty, as_calendar

SINCE = dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)  # in the hour that the clocks go forward
LINK = "https://audits.council.example/"
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=120)
DUE = st.builds(
    DueDay,
    st.sampled_from(Duty),
    st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31)),
    st.integers(0, 3000).map(lambda hours: SINCE + dt.timedelta(hours=hours)),
)


def read(due: list[DueDay], service: str = "Case audits", key: str = "k") -> Calendar:
    """A calendar as the library reads it."""
    written = as_calendar(due, key=key, service=service, link=LINK)
    assert written.endswith(b"END:VCALENDAR\r\n") and b"\n" not in written.replace(b"\r\n", b"")
    assert all(len(line) <= WIDTH for line in written.split(b"\r\n"))
    found = Calendar.from_ical(written)
    assert isinstance(found, Calendar)
    return found


def test_an_audit_that_is_due_is_a_whole_day_that_keeps_nobody_from_a_meeting() -> None:
    (entry,) = read([DueDay(Duty.AUDIT, dt.date(2026, 10, 25), SINCE)]).events
    assert (str(entry["SUMMARY"]), str(entry["URL"]), str(entry["TRANSP"])) == ("Audit due", LINK, "TRANSPARENT")
    assert entry.decoded("DTSTART") == dt.date(2026, 10, 25) and entry.decoded("DTEND") == dt.date(2026, 10, 26)
    assert entry.decoded("DTSTAMP") == SINCE


def test_work_of_one_kind_on_one_day_is_one_entry() -> None:
    day = dt.date(2026, 6, 22)
    due = [DueDay(Duty.MODERATION, day, SINCE)] * 3 + [DueDay(Duty.AUDIT, day, SINCE)]
    assert [str(one["SUMMARY"]) for one in read(due).events] == ["Audit due", "3 moderations due"]


def test_two_people_have_no_entry_in_common() -> None:
    due = [DueDay(Duty.AUDIT, dt.date(2026, 6, 22), SINCE)]
    assert read(due, key="one").events[0]["UID"] != read(due, key="two").events[0]["UID"]


def test_every_duty_has_its_words() -> None:
    assert set(WORDS) == set(Duty)


@given(st.lists(DUE, max_size=12), TEXT)
def test_whatever_is_due_is_read_back_whole(due: list[DueDay], service: str) -> None:
    found = read(due, service)
    assert {entry.decoded("DTSTART") for entry in found.events} == {one.day for one in due}
    assert len({entry["UID"] for entry in found.events}) == len({(one.duty, one.day) for one in due})
    assert str(found["X-WR-CALNAME"]) == " ".join(service.split())


@given(st.lists(DUE, max_size=12))
def test_the_same_work_is_the_same_bytes_in_any_order(due: list[DueDay]) -> None:
    assert as_calendar(due, key="k", service="s", link=LINK) == as_calendar(due[::-1], key="k", service="s", link=LINK)
