"""A letter: the news of several audits put together in plain words, with nothing of any case (pure)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit_app.notices.kinds import Kind
from audit_app.notices.wording import Words
from audit_app.programmes.working_days import working_days_between
from audit_app.web.formats import day, month, plural
from audit_app.wording.placeholders import filled, in_one_line

# What is most urgent stands first.
ORDER = (
    Kind.IMMEDIATE_RISK,
    Kind.ACTION_NOW,
    Kind.TO_SIGN_OFF,
    Kind.UNNAMED,
    Kind.ACTION_ESCALATED,
    Kind.ESCALATED,
    Kind.CHASED,
    Kind.OVERDUE,
    Kind.SENT_BACK,
    Kind.TO_RESOLVE,
    Kind.CHALLENGED,
    Kind.ACTION_OVERDUE,
    Kind.ACTION_NOT_ACCEPTED,
    Kind.ACTION_DUE,
    Kind.ACTION_GIVEN,
    Kind.ACTION_TO_ANSWER,
    Kind.ACTION_ANSWERED,
    Kind.BOARD_UPDATE_LATE,
    Kind.DUE_SOON,
    Kind.BOARD_UPDATE_DUE,
    Kind.DECIDED,
    Kind.OUTCOME_RELEASED,
    Kind.OUTCOME_REPLIED,
    Kind.ALLOCATED,
    Kind.REALLOCATED,
    Kind.HANDED_BACK,
    Kind.ACCOUNT_ENDED,
    Kind.LEAVES,
    Kind.CONTRIBUTION_LATE,
    Kind.CONTRIBUTION_DUE,
    Kind.CONTRIBUTION_DAY,
    Kind.CONTRIBUTION_ASKED,
    Kind.CONTRIBUTION_DONE,
    Kind.CONTRIBUTION_WITHDRAWN,
    Kind.MOVED,
    Kind.ACTION_MOVED,
    Kind.ACTION_WITHDRAWN,
    Kind.RESOLVED,
    Kind.BRIEFING_PUBLISHED,
    Kind.UNREACHABLE,
)


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell: its kind, its round's month, its day, and of what is late whose it is; never its case.

    Of an update for a board also the day on which the board meets.
    """

    kind: Kind
    month: dt.date | None = None
    due_on: dt.date | None = None
    auditor: str = ""
    meets_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to one person: a subject and plain words."""

    subject: str
    body: str


def letter(
    news: Sequence[News], words: Words, today: dt.date, *, name: str, service: str, link: str, settings: str
) -> Letter:
    """A letter to somebody about some news: one sentence for all of a kind, the most urgent first."""
    around = {"name": name, "service": service, "link": link, "settings": settings}
    groups: dict[tuple[int, dt.date, str], list[News]] = {}
    for one in sorted(news, key=_place):
        groups.setdefault(_place(one), []).append(one)
    said = [_said(words, group, today, around) for group in groups.values()]
    several = filled(words.frame.subject_of_several, {**around, "count": str(len(news))})
    frame = words.frame
    parts = [filled(frame.opening, around), *(sentence for _, sentence in said), filled(frame.closing, around)]
    return Letter(in_one_line(said[0][0] if len(said) == 1 else several), "\n\n".join(parts) + "\n")


def _place(one: News) -> tuple[int, dt.date, str]:
    who = one.auditor if one.kind in (Kind.ESCALATED, Kind.ACTION_ESCALATED) else ""
    return ORDER.index(one.kind), one.month or dt.date.min, who


def _said(words: Words, group: Sequence[News], today: dt.date, around: Mapping[str, str]) -> tuple[str, str]:
    """The subject and the sentence for news of one kind."""
    wording = words.letters[group[0].kind]
    values = {**around, **values_of(group, today)}
    subject, sentence = (wording.subject, wording.one) if len(group) == 1 else (wording.subject_many, wording.many)
    return filled(subject, values), filled(sentence, values)


def values_of(group: Sequence[News], today: dt.date) -> dict[str, str]:
    """What the placeholders stand for: the earliest due day, and by how many working days it is over."""
    first = group[0]
    due = min((one.due_on for one in group if one.due_on is not None), default=None)
    late = max(1, working_days_between(due, today)) if due is not None and due < today else 0
    return {
        "count": f"{len(group):,}",
        "month": month(first.month) if first.month else "",
        "due": day(due),
        "days": plural(late, "working day"),
        "auditor": first.auditor,
        "owner": first.auditor,
        "meets": day(min((one.meets_on for one in group if one.meets_on is not None), default=None)),
    }


def page_words(one: News, words: Words, told_on: dt.date, *, case: str = "", about: str = "") -> str:
    """What a page of the service says of one thing, as it was when it was told; without a case what a letter says."""
    wording = words.letters[one.kind]
    said = wording.one if "{case}" in wording.page and not case else wording.page
    return filled(said, {**values_of([one], told_on), "case": case, "about": about})
