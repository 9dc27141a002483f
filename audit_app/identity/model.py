"""People and sign-ins as they are stored."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import FROM_OUTSIDE, Role
from audit_app.db import Model
from audit_app.identity.absences import MOST_AUDITS, Away
from audit_app.organisation.model import Unit

OUTSIDE = ", ".join(f"'{role.value}'" for role in Role if role in FROM_OUTSIDE)


class Person(Model):
    """Somebody with an account; people are never deleted, their account ends."""

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  # kept in lower case
    name: Mapped[str]
    job_title: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)  # the team they work in, if any
    password_hash: Mapped[str | None]
    ended_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit | None] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", foreign_keys="RoleGrant.person_id", order_by="RoleGrant.id"
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def active(self) -> bool:
        """Whether their account still runs."""
        return self.ended_at is None

    def actor(self, today: dt.date) -> Actor:
        """Them as the rules see them, with the grants that run today."""
        running = tuple(g.value for g in self.grants if g.ended_at is None and g.value.runs(today))
        return Actor(self.id, self.name, self.unit.path if self.unit else None, running if self.active else ())


class RoleGrant(Model):
    """A role given to a person in a unit and everything below it, perhaps until a date."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str]
    until: Mapped[dt.date | None]
    given_at: Mapped[dt.datetime]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[dt.datetime | None]
    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])
    unit: Mapped[Unit] = relationship(lazy="joined")
    __table_args__ = (
        CheckConstraint("role in (" + ", ".join(f"'{r.value}'" for r in Role) + ")", name="role"),
        CheckConstraint(f"role not in ({OUTSIDE}) or until is not null", name="externals_end"),
    )

    @property
    def value(self) -> Grant:
        """The grant as a rule sees it; access follows where the unit stands today."""
        return Grant(Role(self.role), self.unit.path, self.until)


class OneTimeLink(Model):
    """A link that sets a password once: an invitation, or after a forgotten password."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    __table_args__ = (CheckConstraint("purpose in ('invitation', 'reset')", name="purpose"),)


class SignIn(Model):
    """One signed-in browser; ending the row ends the session at the next request."""

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    person: Mapped[Person] = relationship()


class Attempt(Model):
    """One failed try to sign in, kept to slow guessing down."""

    __tablename__ = "sign_in_attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str]
    address: Mapped[str]
    at: Mapped[dt.datetime]
    __table_args__ = (Index(None, "address", "at"),)


class Absence(Model):
    """That somebody is away from one day to another; no reason is asked or kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    told_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    told_at: Mapped[dt.datetime]
    taken_back_at: Mapped[dt.datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    __table_args__ = (
        Index(None, "person_id", "last_day"),
        CheckConstraint("last_day >= first_day", name="in_order"),
    )

    @property
    def away(self) -> Away:
        """The days as a rule sees them."""
        return Away(self.first_day, self.last_day)


class Capacity(Model):
    """The most audits that somebody is asked to write: at once, and of one month's rounds."""

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at_once: Mapped[int | None]
    a_month: Mapped[int | None]
    version_id: Mapped[int] = mapped_column()
    person: Mapped[Person] = relationship()
    __table_args__ = (
        CheckConstraint(f"at_once is null or at_once between 1 and {MOST_AUDITS}", name="at_once"),
        CheckConstraint(f"a_month is null or a_month between 1 and {MOST_AUDITS}", name="a_month"),
    )
    __mapper_args__ = {"version_id_col": version_id}
