"""Letters as this installation writes them: with its words, its name and its address."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from flask import current_app

from audit_app.clock import day_of
from audit_app.identity.model import Person
from audit_app.notices.kinds import Kind
from audit_app.notices.letters import Letter, News, letter, page_words
from audit_app.notices.model import Notice
from audit_app.notices.wording import Words
from config import Post, Settings

PREFERENCES = "notices/settings"  # the page on which one says how to be told


def settings() -> Settings:
    """How this installation is set up."""
    return cast(Settings, current_app.extensions["settings"])


def words() -> Words:
    """The words of letters in use."""
    return cast(Words, current_app.extensions["letters"])


def mail_is_on() -> bool:
    """Whether letters are sent at all."""
    return settings().post is not None


def post_of() -> Post | None:
    """The mail server."""
    return settings().post


def news_of(notice: Notice) -> News:
    """What a notice says, in a letter or on a page."""
    audit = notice.audit
    if audit is None:
        return News(notice.of)
    return News(notice.of, audit.period, audit.due_on, audit.auditor.name if notice.of is Kind.ESCALATED else "")


def letter_to(person: Person, news: Iterable[News], today: dt.date) -> Letter:
    """A letter to somebody."""
    here = settings()
    link = here.service_url
    return letter(
        list(news), words(), today, name=person.name, service=here.service_name, link=link, settings=link + PREFERENCES
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as a page shows it: its words, whether it leads to an audit, and whether it is new."""

    notice: Notice
    words: str
    audit_id: int | None
    new: bool


def shown(notice: Notice) -> Shown:
    """A notice as a page shows it, in the words of the day on which it was told; a case only to its auditor."""
    audit = notice.audit
    mine = audit is not None and audit.auditor_id == notice.person_id and audit.handed_back_at is None
    case = audit.case.reference if audit is not None and mine else ""
    about = notice.about.name if notice.about is not None else ""
    said = page_words(news_of(notice), words(), day_of(notice.made_at), case=case, about=about)
    leads_to = notice.audit_id if mine and notice.of is not Kind.ESCALATED else None
    return Shown(notice, said, leads_to, notice.read_at is None and notice.ended_at is None)
