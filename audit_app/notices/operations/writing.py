"""Letters as this installation writes them: with its words, its name and its address."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from flask import current_app, has_request_context, request

from audit_app.actions.model import ChildAction
from audit_app.clock import day_of
from audit_app.identity.model import Person
from audit_app.notices.kinds import Kind
from audit_app.notices.letters import Letter, News, letter, page_words
from audit_app.notices.model import Notice
from audit_app.notices.wording import Words, with_edited
from audit_app.wording.queries import edited
from config import Console, Notify, Post, Settings

OF_LEAVERS = frozenset({Kind.LEAVES, Kind.ACCOUNT_ENDED})
WORDS = "audit_app.letters"
PREFERENCES = "notices/settings"  # the page on which one says how to be told


def settings() -> Settings:
    """How this installation is set up."""
    return cast(Settings, current_app.extensions["settings"])


def words() -> Words:
    """The words of letters in use: those of the installation, and what an audit officer edited in place of them."""
    if not has_request_context():
        return _words()
    if WORDS not in request.environ:  # asked once for a page that tells many things
        request.environ[WORDS] = _words()
    return cast(Words, request.environ[WORDS])


def _words() -> Words:
    return with_edited(cast(Words, current_app.extensions["letters"]), edited())


def mail_is_on() -> bool:
    """Whether letters are sent at all."""
    return settings().post is not None


def address() -> str:
    """Where people reach the service: as it is set, and where it need not be, as the browser that asks says."""
    return settings().service_url or (request.url_root if has_request_context() else "")


def post_of() -> Post | Notify | Console | None:
    """The way by which letters go out."""
    return settings().post


def news_of(notice: Notice) -> News:
    """What a notice says, in a letter or on a page."""
    audit = notice.audit
    if notice.meeting is not None:
        return News(notice.of, due_on=notice.meeting.updates_by, meets_on=notice.meeting.held_on)
    if notice.briefing is not None:
        return News(notice.of, notice.briefing.briefing.last)
    if audit is None:
        return News(notice.of)
    if notice.action is not None:
        whose = notice.action.owner.name if notice.of is Kind.ACTION_ESCALATED else ""
        return News(notice.of, audit.period, notice.action.due_on, whose)
    due_on = notice.contribution.until if notice.contribution is not None else audit.due_on
    return News(notice.of, audit.period, due_on, audit.auditor.name if notice.of is Kind.ESCALATED else "")


def letter_to(person: Person, news: Iterable[News], today: dt.date) -> Letter:
    """A letter to somebody."""
    here, link = settings(), address()
    return letter(
        list(news), words(), today, name=person.name, service=here.service_name, link=link, settings=link + PREFERENCES
    )


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """The page that a notice leads to, and which audit, round, person or other thing it is of."""

    page: Literal["audit", "contribution", "action", "handed_back", "risks", "leaver", "outcome", "plan", "briefing"]
    id: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as a page shows it: its words, where it leads, and whether it is new."""

    notice: Notice
    words: str
    leads_to: LeadsTo | None
    new: bool


def shown(notice: Notice) -> Shown:
    """A notice as a page shows it, in the words of the day on which it was told; a case only to who works on it."""
    audit, asked = notice.audit, notice.contribution
    mine = audit is not None and audit.auditor_id == notice.person_id and audit.handed_back_at is None
    theirs = asked is not None and asked.person_id == notice.person_id and asked.withdrawn_at is None
    if notice.action is not None:
        return _shown_action(notice, notice.action)
    if notice.meeting is not None or notice.briefing is not None or notice.release is not None:
        return _shown_elsewhere(notice)
    case = audit.case.reference if audit is not None and (mine or theirs) else ""
    about = notice.about.name if notice.about is not None else ""
    said = page_words(news_of(notice), words(), day_of(notice.made_at), case=case, about=about)
    leads_to: LeadsTo | None = None
    if audit is not None and mine and notice.of is not Kind.ESCALATED:
        leads_to = LeadsTo("audit", audit.id)
    elif asked is not None and theirs:
        leads_to = LeadsTo("contribution", asked.id)
    elif audit is not None and notice.of is Kind.HANDED_BACK and notice.ended_at is None:
        leads_to = LeadsTo("handed_back", audit.round_id)
    elif audit is not None and notice.of is Kind.IMMEDIATE_RISK and notice.ended_at is None:
        leads_to = LeadsTo("risks", audit.id)
    elif notice.about_id is not None and notice.of in OF_LEAVERS:
        leads_to = LeadsTo("leaver", notice.about_id)
    return Shown(notice, said, leads_to, notice.read_at is None and notice.ended_at is None)


def _shown_action(notice: Notice, action: ChildAction) -> Shown:
    """A notice of an action; its case only to whoever it is asked of, and no way there once it is not theirs."""
    owns, over = action.owner_id == notice.person_id, notice.of in (Kind.ACTION_MOVED, Kind.ACTION_WITHDRAWN)
    case = action.audit.case.reference if owns and not over else ""
    said = page_words(news_of(notice), words(), day_of(notice.made_at), case=case)
    leads_to = LeadsTo("action", action.id) if notice.ended_at is None and not over else None
    return Shown(notice, said, leads_to, notice.read_at is None and notice.ended_at is None)


def _shown_elsewhere(notice: Notice) -> Shown:
    """A notice of an outcome, a board or a briefing; it leads there while it holds."""
    about, leads_to = "", None
    if notice.release is not None:
        leads_to = LeadsTo("outcome", notice.release.id)
    elif notice.briefing is not None:
        leads_to = LeadsTo("briefing", notice.briefing.id)
    elif notice.meeting is not None:
        about, leads_to = notice.meeting.board.name, LeadsTo("plan", notice.meeting.board_id)
    said = page_words(news_of(notice), words(), day_of(notice.made_at), about=about)
    open_ = notice.ended_at is None
    return Shown(notice, said, leads_to if open_ else None, notice.read_at is None and open_)
