"""What is done with accounts: signing in and out, inviting, granting, ending."""

import datetime as dt
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from blinker import Signal
from flask import current_app
from sqlalchemy import delete, func, select, update

from audit_app.access.table import Role
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.identity import queries
from audit_app.identity.absences import Away, refusal_to_be_away
from audit_app.identity.model import Absence, Attempt, Capacity, OneTimeLink, Person, RoleGrant, SignIn
from audit_app.identity.rules import (
    GUESSES_WITHIN,
    OpenWork,
    refusal_to_end,
    refusal_to_grant,
    refusal_to_use_password,
    too_many_guesses,
)
from audit_app.identity.tokens import digest
from audit_app.organisation.model import Unit
from audit_app.refusal import Refusal, Refused, Stale, refuse_if
from config import Settings


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@cache
def _hasher(memory: int, rounds: int) -> PasswordHasher:
    return PasswordHasher(time_cost=rounds, memory_cost=memory, parallelism=1)


def hasher() -> PasswordHasher:
    """The password hasher, as costly as the settings say."""
    return _hasher(_settings().argon2_memory_kib, _settings().argon2_rounds)


@cache
def _nobody(memory: int, rounds: int) -> str:
    return _hasher(memory, rounds).hash(secrets.token_urlsafe())


def _matches(password_hash: str | None, password: str) -> bool:
    # An unknown account costs the same time as a known one.
    against = password_hash or _nobody(_settings().argon2_memory_kib, _settings().argon2_rounds)
    try:
        hasher().verify(against, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def refuse_guessing(guessed: str, address: str) -> None:
    """Refuse when there were too many failed tries from an address, at one thing or at anything."""
    recent = (Attempt.address == address, Attempt.at > now() - GUESSES_WITHIN)
    mine = func.count().filter(Attempt.email_hash == digest(guessed))
    for_one, from_address = db.session.execute(select(mine, func.count()).where(*recent)).one()
    if too_many_guesses(for_one, from_address):
        raise Refused(Refusal("There were too many tries. Wait five minutes, then try again."))


def person_of_credentials(email: str, password: str, address: str) -> Person | None:
    """The person who signs in with these, or None; a refusal when there were too many guesses."""
    email = email.strip().lower()
    refuse_guessing(email, address)
    person = db.session.execute(select(Person).filter_by(email=email)).scalar_one_or_none()
    fine = _matches(person.password_hash if person is not None and person.active else None, password)
    return person if fine else None


def keep_up(person: Person, password: str) -> None:
    """Hash a password anew when hashing has become more costly since it was chosen."""
    if person.password_hash is not None and hasher().check_needs_rehash(person.password_hash):
        person.password_hash = hasher().hash(password)


def note_failure(email: str, address: str) -> None:
    """Keep a failed try, in a transaction of its own, and forget the old ones."""
    db.session.add(Attempt(email_hash=digest(email.strip().lower()), address=address, at=now()))
    db.session.execute(delete(Attempt).where(Attempt.at < now() - 10 * GUESSES_WITHIN))
    db.session.commit()


def sign_in(person: Person) -> str:
    """Begin a signed-in session; the token goes into the browser's cookie and nowhere else."""
    token = secrets.token_urlsafe(32)
    hours = dt.timedelta(hours=_settings().session_hours)
    db.session.add(
        SignIn(token_hash=digest(token), person_id=person.id, started_at=now(), seen_at=now(), ends_at=now() + hours)
    )
    record("person.signed_in", subject=f"person:{person.id}", by=person.id)
    return token


def note_seen(token_hash: str) -> None:
    """Keep that a session was used just now."""
    db.session.execute(update(SignIn).where(SignIn.token_hash == token_hash).values(seen_at=now()))
    db.session.commit()


def sign_out(token: str, *, by: int) -> None:
    """End one signed-in session."""
    ended = update(SignIn).where(SignIn.token_hash == digest(token), SignIn.ended_at.is_(None))
    db.session.execute(ended.values(ended_at=now()))
    record("person.signed_out", subject=f"person:{by}", by=by)


def end_sign_ins(person: Person) -> None:
    """End every session of a person: at their next request they are signed out."""
    mine = update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    db.session.execute(mine.values(ended_at=now()))


def invite(email: str, name: str, job_title: str, unit: Unit | None, *, by: int | None) -> tuple[Person, str]:
    """A new person and the one-time link token with which they choose a password."""
    email = email.strip().lower()
    if db.session.execute(select(Person.id).filter_by(email=email)).scalar_one_or_none() is not None:
        raise Refused(Refusal("Somebody with this e-mail address has an account already."))
    person = Person(email=email, name=name, job_title=job_title, unit=unit, created_at=now())
    db.session.add(person)
    db.session.flush()
    record("person.invited", subject=f"person:{person.id}", body={"email": email, "name": name}, by=by)
    return person, make_link(person, "invitation", by=by)


def change(person: Person, name: str, job_title: str, unit: Unit | None, *, by: int, email: str | None = None) -> None:
    """Change somebody's name, job title or team, or correct their e-mail address."""
    before = _said_of(person)
    address = person.email if email is None else email.strip().lower()
    taken = select(Person.id).where(Person.email == address, Person.id != person.id)
    if db.session.execute(taken).first() is not None:
        raise Refused(Refusal("Somebody else has an account with this e-mail address."))
    person.name, person.job_title, person.unit, person.email = name, job_title, unit, address
    db.session.flush()
    after = _said_of(person)
    record("person.changed", subject=f"person:{person.id}", body={"from": before, "to": after}, by=by)


def _said_of(person: Person) -> dict[str, str | int | None]:
    return {"name": person.name, "job_title": person.job_title, "unit": person.unit_id, "email": person.email}


def make_link(person: Person, purpose: str, *, by: int | None) -> str:
    """A new one-time link's token; links made before for the same person no longer work."""
    if not person.active:
        raise Refused(Refusal("This account has ended."))
    unused = update(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None))
    db.session.execute(unused.values(used_at=now()))
    token, hours = secrets.token_urlsafe(32), dt.timedelta(hours=_settings().link_hours)
    db.session.add(
        OneTimeLink(
            person=person,
            token_hash=digest(token),
            purpose=purpose,
            made_by=by,
            made_at=now(),
            expires_at=now() + hours,
        )
    )
    record("person.link_made", subject=f"person:{person.id}", body={"purpose": purpose}, by=by)
    return token


def set_password(link: OneTimeLink, password: str) -> Person:
    """Use a one-time link up to choose a password; every session of the person ends."""
    person = link.person
    refuse_if(refusal_to_use_password(password, person.name, person.email))
    used = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None)).values(used_at=now())
    if db.session.execute(used).rowcount != 1:  # type: ignore[attr-defined]
        raise Refused(Refusal("This link has been used already."))
    person.password_hash = hasher().hash(password)
    end_sign_ins(person)
    record("person.password_set", subject=f"person:{person.id}", by=person.id)
    return person


def grant(person: Person, role: Role, unit: Unit, until: dt.date | None, *, by: int | None) -> RoleGrant:
    """Give a person a role in a unit; their sessions end, so that it holds at once and everywhere."""
    if not person.active:
        raise Refused(Refusal("This account has ended."))
    running = [g for g in person.grants if g.ended_at is None]
    refuse_if(refusal_to_grant(role, until, today(), frozenset(Role(g.role) for g in running)))
    if any((g.role, g.unit, g.until) == (role.value, unit, until) for g in running):
        raise Refused(Refusal(f"{person.name} has this role in {unit.name} already."))
    given = RoleGrant(person=person, role=role.value, unit=unit, until=until, given_at=now(), given_by=by)
    db.session.add(given)
    end_sign_ins(person)
    body = {"role": role.value, "unit": unit.id, "until": until.isoformat() if until else None}
    record("person.role_given", subject=f"person:{person.id}", body=body, by=by)
    return given


def end_grant(given: RoleGrant, *, by: int) -> None:
    """Take a role away again."""
    if given.person_id == by and given.role == Role.ADMINISTRATOR.value:
        raise Refused(Refusal("You cannot take your own administrator role away. Ask another administrator."))
    given.ended_at = now()
    end_sign_ins(given.person)
    record("person.role_ended", subject=f"person:{given.person_id}", body={"role": given.role}, by=by)


leaving = Signal("Somebody's account may end: whoever knows of work that they have not done says how much.")


def open_work_of(person: Person) -> list[OpenWork]:
    """The work that somebody has not done, of every kind that is known."""
    return [one for _, found in leaving.send(person) for one in found]


def end_account(person: Person, *, by: int | None, because: str = "") -> None:
    """End the account of somebody who leaves: roles, sessions and unused links end with it.

    Work that they have not done is given to others first; where somebody must be locked out at once, it is said why.
    """
    if by == person.id:
        raise Refused(Refusal("You cannot end your own account. Ask another administrator."))
    held = open_work_of(person)
    refuse_if(refusal_to_end(person.name, held, because))
    person.ended_at = now()
    for given in person.grants:
        given.ended_at = given.ended_at or now()
    unused = update(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None))
    db.session.execute(unused.values(used_at=now()))
    end_sign_ins(person)
    left = {"because": because.strip(), "held": {one.kind: one.count for one in held}} if held else {}
    record("person.ended", subject=f"person:{person.id}", body=left, by=by)


def restore_account(person: Person, *, by: int) -> str:
    """Let somebody who came back in again; they choose a new password, and roles are given anew."""
    person.ended_at, person.password_hash = None, None
    record("person.restored", subject=f"person:{person.id}", by=by)
    return make_link(person, "invitation", by=by)


def record_away(person: Person, away: Away, *, by: int | None) -> Absence:
    """Record that somebody is away; they say so themselves, or whoever runs the rounds does."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    others = [one.away for one in queries.absences_of(person.id, today())]
    refuse_if(refusal_to_be_away(away, today(), others))
    told = Absence(person_id=person.id, first_day=away.first, last_day=away.last, told_by=by, told_at=now())
    db.session.add(told)
    db.session.flush()
    body = {"absence": told.id, "from": away.first.isoformat(), "until": away.last.isoformat()}
    record("person.away_recorded", subject=f"person:{person.id}", body=body, by=by)
    return told


def take_back_away(told: Absence, *, by: int) -> None:
    """Take days away back: they were recorded by mistake, or somebody is there after all."""
    told.taken_back_at = now()
    record("person.away_taken_back", subject=f"person:{told.person_id}", body={"absence": told.id}, by=by)


def limit_audits(person: Person, at_once: int | None, a_month: int | None, version: int, *, by: int) -> None:
    """Set the most audits that somebody is asked to write; version is the one being edited (0: none yet)."""
    kept = db.session.get(Capacity, person.id)
    if (kept.version_id if kept else 0) != version:
        raise Stale("how much this person can take on")
    kept = kept or Capacity(person_id=person.id)
    before = {"at_once": kept.at_once, "a_month": kept.a_month}
    kept.at_once, kept.a_month = at_once, a_month
    db.session.add(kept)
    db.session.flush()
    body = {"from": before, "to": {"at_once": at_once, "a_month": a_month}}
    record("person.capacity_set", subject=f"person:{person.id}", body=body, by=by)
