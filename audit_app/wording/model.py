"""Edited words as they are stored: every version is kept, the last of each piece is in use."""

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.identity.model import Person


class Edition(Model):
    """One version of a piece's words; it is never changed."""

    __tablename__ = "wording_edition"
    id: Mapped[int] = mapped_column(primary_key=True)
    piece: Mapped[str]
    number: Mapped[int]
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person: Mapped[Person] = relationship()
    __table_args__ = (UniqueConstraint("piece", "number"), CheckConstraint("number > 0", name="counted_from_one"))
