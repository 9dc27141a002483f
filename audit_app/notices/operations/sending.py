"""Sending letters that wait: each at least once, normally once, and none while the database is held."""

import logging
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from audit_app.auditing.queries import hidden_from
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.notices.backoff import is_last, next_try
from audit_app.notices.kinds import COMES_BEFORE_BLINDNESS, Kind
from audit_app.notices.model import Mail, State
from audit_app.notices.operations import post
from audit_app.notices.operations.notifiers import notifier_of
from audit_app.notices.operations.post import Outcome, Outgoing
from audit_app.notices.operations.telling import Telling, tell
from audit_app.notices.operations.writing import letter_to, news_of, post_of, settings
from audit_app.notices.queries import officers_over

log = logging.getLogger("audit_app.notices")
MOST = 500  # letters in one run
SERVER_TROUBLES = 2  # in a row, and the run ends: the server is down, not a letter wrong


@dataclass
class Run:
    """What came of one run: how many letters were sent, put off, refused and no longer needed; and any trouble."""

    counts: Counter[str] = field(default_factory=Counter)
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that is this run's to send: nobody else takes it up before its next try is due."""

    mail_id: int
    tries: int
    letter: Outgoing


def send_waiting(most: int = MOST) -> Run:
    """Send the letters whose time has come. Ends the transaction that it is called in, and uses its own."""
    run, server = Run(), post_of()
    db.session.commit()
    if server is None:
        return run
    way, troubles = notifier_of(server, settings().service_name), 0
    try:
        while sum(run.counts.values()) < most and troubles < SERVER_TROUBLES:
            claimed = _claim(run)
            if claimed is None:
                break
            outcome = way.hand_over(claimed.letter)
            troubles = troubles + 1 if outcome.server else 0
            run.trouble = outcome.problem if outcome.server else run.trouble
            _note(claimed, outcome, run)
    finally:
        way.hang_up()
    return run


def _claim(run: Run) -> Claimed | None:
    """Take up the next letter that can be sent; its next try is set first, so that dying in between only delays it."""
    while True:
        rows = select(Mail).where(Mail.state == State.WAITING.value, Mail.next_try_at <= now())
        rows = rows.order_by(Mail.next_try_at, Mail.id).limit(1).with_for_update(skip_locked=True)
        mail = db.session.execute(rows).scalar_one_or_none()
        if mail is None:
            db.session.commit()
            return None
        mail.tries += 1
        mail.next_try_at = next_try(mail.tries, now())
        claimed = written(mail)
        if claimed is None:
            _end(mail, State.NOT_NEEDED, "")
            run.counts["not needed"] += 1
        elif not post.is_address(claimed.letter.to):
            _end(mail, State.REFUSED, "not an address")
            _tell_officers(mail)
            run.counts["refused"] += 1
            claimed = None
        db.session.commit()
        if claimed is not None:
            return claimed


def written(mail: Mail) -> Claimed | None:
    """A letter as it is true now: without what was done meanwhile, and without any audit that they judge blind."""
    person = mail.person
    if not person.active:
        return None
    hidden = set(db.session.execute(hidden_from(person.actor(today()))).scalars())
    still = [
        one
        for one in mail.notices
        if one.ended_at is None and (one.audit_id not in hidden or one.of in COMES_BEFORE_BLINDNESS)
    ]
    if not still:
        return None
    letter = letter_to(person, map(news_of, still), today())
    return Claimed(
        mail.id,
        mail.tries,
        Outgoing(person.email, person.name, letter, mail.message_id, mail.made_at, mail.tries),
    )


def _note(claimed: Claimed, outcome: Outcome, run: Run) -> None:
    """Keep what came of a try."""
    waiting = select(Mail).where(Mail.id == claimed.mail_id, Mail.state == State.WAITING.value).with_for_update()
    mail = db.session.execute(waiting.execution_options(populate_existing=True)).scalar_one_or_none()
    if mail is not None:
        if not outcome.problem:
            _end(mail, State.SENT, "")
            run.counts["sent"] += 1
        elif outcome.for_good or is_last(mail.tries):
            _end(mail, State.REFUSED if outcome.for_good else State.GIVEN_UP, outcome.problem)
            _tell_officers(mail)
            run.counts["refused"] += 1
        else:
            mail.last_problem = outcome.problem
            run.counts["put off"] += 1
        if outcome.problem:
            log.warning("letter %s: %s (try %s)", mail.id, outcome.problem, mail.tries)
    db.session.commit()


def _end(mail: Mail, state: State, problem: str) -> None:
    mail.state, mail.ended_at, mail.last_problem = state.value, now(), problem


def _tell_officers(mail: Mail) -> None:
    """Say to the audit officers that no letter reaches somebody, at most once a month."""
    person: Person = mail.person
    path = person.unit.path if person.unit else None
    key = f"unreachable:{person.id}:{today():%Y-%m}"
    officers = [one for one in officers_over(path, today()) if one != person.id]
    tell(Telling(one, Kind.UNREACHABLE, key, about_id=person.id) for one in officers)
