"""What people were told, how they wish to be told, and the letters that wait to be sent."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.actions.model import ChildAction
from audit_app.auditing.model import Audit, Contribution
from audit_app.db import Model
from audit_app.feedback.model import Release
from audit_app.identity.model import Person
from audit_app.improvement.model import Meeting
from audit_app.learning.model import PublishedBriefing
from audit_app.notices.kinds import How, Kind, Matter


class State(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # the mail server says that it will never take it
    GIVEN_UP = "given_up"  # tried for days
    NOT_NEEDED = "not_needed"  # what it asks for was done before it could be sent


def _in(kinds: type[StrEnum]) -> str:
    return ", ".join(f"'{one.value}'" for one in kinds)


class Mail(Model):
    """A letter to one person about one or more notices: kept with what happened, sent afterwards."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    message_id: Mapped[str] = mapped_column(unique=True)  # the same at every try, so that a second copy is known as one
    state: Mapped[str] = mapped_column(default=State.WAITING.value)
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[dt.datetime]
    last_problem: Mapped[str] = mapped_column(default="")  # a kind of problem, never what a server said
    made_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    person: Mapped[Person] = relationship()
    notices: Mapped[list["Notice"]] = relationship(back_populates="mail", order_by="Notice.id")
    __table_args__ = (
        Index(None, "state", "next_try_at"),
        CheckConstraint(f"state in ({_in(State)})", name="state"),
        CheckConstraint("(state = 'waiting') = (ended_at is null)", name="ended"),
    )


ABOUT_ONE_THING = " + ".join(
    f"(case when {name}_id is null then 0 else 1 end)" for name in ("audit", "about", "meeting", "briefing")
)
ABOUT_ONE_THING += " = 1"


class Notice(Model):
    """That somebody was told of something, once: about an audit, a person, a board's meeting, or a briefing."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    key: Mapped[str]  # the occasion: nobody is told twice of the same
    audit_id: Mapped[int | None] = mapped_column(ForeignKey("audit.id"))
    contribution_id: Mapped[int | None] = mapped_column(ForeignKey("contribution.id"))  # to that audit, if it is one
    action_id: Mapped[int | None] = mapped_column(ForeignKey("child_action.id"), index=True)  # of it, if it is of one
    release_id: Mapped[int | None] = mapped_column(ForeignKey("outcome_release.id"))  # of its outcome, if it is of one
    about_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    briefing_id: Mapped[int | None] = mapped_column(ForeignKey("published_briefing.id"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id"), index=True)
    made_at: Mapped[dt.datetime]
    read_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]  # what it asks for was done, or is no longer theirs to do
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    about: Mapped[Person | None] = relationship(foreign_keys=[about_id])
    audit: Mapped[Audit | None] = relationship()
    contribution: Mapped[Contribution | None] = relationship()
    action: Mapped[ChildAction | None] = relationship()
    release: Mapped[Release | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    briefing: Mapped[PublishedBriefing | None] = relationship()
    mail: Mapped[Mail | None] = relationship(back_populates="notices")
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index(None, "audit_id", "kind"),
        Index(None, "person_id", "id"),
        CheckConstraint(f"kind in ({_in(Kind)})", name="kind"),
        CheckConstraint(ABOUT_ONE_THING, name="about_one_thing"),
        CheckConstraint("contribution_id is null or audit_id is not null", name="contributes_to_an_audit"),
    )

    @property
    def of(self) -> Kind:
        """What kind of news it is."""
        return Kind(self.kind)


class Preference(Model):
    """How somebody wishes to be told; without one by e-mail, at once."""

    __tablename__ = "notice_preference"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    how: Mapped[str]
    __table_args__ = (CheckConstraint(f"how in ({_in(How)})", name="how"),)


class MatterPreference(Model):
    """How somebody wishes to be told of one matter, where it is otherwise than in general."""

    __tablename__ = "notice_matter_preference"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    matter: Mapped[str] = mapped_column(primary_key=True)
    how: Mapped[str]
    __table_args__ = (
        CheckConstraint(f"matter in ({_in(Matter)})", name="matter"),
        CheckConstraint(f"how in ({_in(How)})", name="how"),
    )


class Feed(Model):
    """A private link by which a calendar reads somebody's due days; only a digest of its token is kept."""

    __tablename__ = "calendar_feed"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    person: Mapped[Person] = relationship()
