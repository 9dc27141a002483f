"""Letters as this installation writes them: with its words, its name and its address."""

import datetime as dt
from collections.abc import Iterable
from typing import cast

from flask import current_app

from audit_app.identity.model import Person
from audit_app.notices.kinds import Kind
from audit_app.notices.letters import Letter, News, letter
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
