"""Telling people: a notice each in the service, and a letter where they wish for one, with the event it belongs to."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from audit_app.clock import now
from audit_app.db import db
from audit_app.notices.kinds import How, Kind
from audit_app.notices.model import Mail, Notice, State
from audit_app.notices.operations.writing import post_of
from audit_app.notices.queries import choices_of, said_before


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom to tell of what; the key names the occasion, so that nobody is told twice."""

    person_id: int
    kind: Kind
    key: str
    audit_id: int | None = None
    about_id: int | None = None
    contribution_id: int | None = None
    action_id: int | None = None
    release_id: int | None = None
    meeting_id: int | None = None
    briefing_id: int | None = None


def tell(news: Iterable[Telling]) -> list[Notice]:
    """Tell people what they were not told before."""
    wanted = {(one.person_id, one.key): one for one in news}
    if not wanted:
        return []
    said = said_before(wanted.keys())
    made = [
        Notice(
            person_id=one.person_id,
            kind=one.kind.value,
            key=one.key,
            audit_id=one.audit_id,
            about_id=one.about_id,
            contribution_id=one.contribution_id,
            action_id=one.action_id,
            release_id=one.release_id,
            meeting_id=one.meeting_id,
            briefing_id=one.briefing_id,
            made_at=now(),
        )
        for pair, one in wanted.items()
        if pair not in said
    ]
    db.session.add_all(made)
    if made and post_of() is not None:
        choices = choices_of(one.person_id for one in made)
        write(one for one in made if choices[one.person_id].of(one.of) is How.AT_ONCE)
    db.session.flush()
    return made


def write(notices: Iterable[Notice]) -> int:
    """Put notices into letters, one for each person; one that waits and was not tried yet takes them in."""
    by_person: dict[int, list[Notice]] = {}
    for one in notices:
        by_person.setdefault(one.person_id, []).append(one)
    open_letters = _open_letters(sorted(by_person))
    for person_id, theirs in sorted(by_person.items()):
        mail = open_letters.get(person_id) or _new_letter(person_id)
        for one in theirs:
            one.mail = mail
    return len(by_person)


def _open_letters(people: Sequence[int]) -> dict[int, Mail]:
    """Letters that nobody has begun to send. One that somebody holds is left alone: it may be on its way."""
    rows = select(Mail).where(Mail.person_id.in_(people), Mail.state == State.WAITING.value, Mail.tries == 0)
    rows = rows.order_by(Mail.id).with_for_update(skip_locked=True)
    return {mail.person_id: mail for mail in db.session.execute(rows).scalars()}


def _new_letter(person_id: int) -> Mail:
    post = post_of()
    place = post.place if post else "localhost"
    mail = Mail(person_id=person_id, message_id=f"<{secrets.token_hex(16)}@{place}>", next_try_at=now(), made_at=now())
    db.session.add(mail)
    return mail
