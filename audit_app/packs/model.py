"""Packs as they are stored: whole, for whoever asked, until their time is over."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.identity.model import Person


class Pack(Model):
    """Many papers as one ZIP file, kept for a few days for whoever asked for it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str]
    filename: Mapped[str]
    about: Mapped[str]  # what history says that it is of
    audit_ids: Mapped[list[int]] = mapped_column(JSON)  # whoever opens it must be allowed to open each of these
    counted: Mapped[list[int] | None] = mapped_column(JSON)  # by figures in it: closed while its owner judges one blind
    names: Mapped[list[str]] = mapped_column(JSON)  # of the files within, in order
    left_out: Mapped[list[str]] = mapped_column(JSON)  # what is not in it and why, in sentences
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str]
    made_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    owner: Mapped[Person] = relationship()
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="whole_hash"),
        CheckConstraint("expires_at > made_at", name="kept_for_a_time"),
    )

    @property
    def subject(self) -> str:
        """How history refers to it."""
        return f"pack:{self.id}"
