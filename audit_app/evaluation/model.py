"""Self-evaluations as they are stored: editions, statements with their former words, citations, published copies."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.evaluation.said import Kind, Said
from audit_app.identity.model import Person
from audit_app.improvement.cycles import month_after
from audit_app.learning.briefing import period_words
from audit_app.organisation.model import Unit


class Edition(Model):
    """A unit's self-evaluation of some months: written until the next edition begins."""

    __tablename__ = "evaluation_edition"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    first: Mapped[dt.date]  # the first day of its first month
    months: Mapped[int]
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("evaluation_edition.id"))
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship()
    every_statement: Mapped[list["Statement"]] = relationship(back_populates="edition", order_by="Statement.id")
    copies: Mapped[list["PublishedEvaluation"]] = relationship(
        back_populates="edition", order_by="PublishedEvaluation.number"
    )
    __table_args__ = (
        UniqueConstraint("unit_id", "first"),
        CheckConstraint("months between 1 and 12", name="months"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def last(self) -> dt.date:
        """The first day of its last month."""
        return month_after(self.first, self.months - 1)

    @property
    def period(self) -> str:
        """Its months in words."""
        return period_words(self.first, self.last)

    @property
    def subject(self) -> str:
        """How history refers to it."""
        return f"evaluation:{self.id}"

    @property
    def statements(self) -> list["Statement"]:
        """Its statements without those that were taken out."""
        return [one for one in self.every_statement if one.taken_out_at is None]

    @property
    def last_copy(self) -> "PublishedEvaluation | None":
        """The last that was published, taken back or not."""
        return self.copies[-1] if self.copies else None

    @property
    def current(self) -> "PublishedEvaluation | None":
        """What boards read: the last that was published, unless it was taken back."""
        last = self.last_copy
        return last if last is not None and last.taken_back is None else None


class Statement(Model):
    """What an edition says of an area in answer to a question; its former words are kept."""

    __tablename__ = "evaluation_statement"
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("evaluation_edition.id"), index=True)
    area: Mapped[str]
    question: Mapped[str]
    words: Mapped[str]
    written_at: Mapped[dt.datetime]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_out_at: Mapped[dt.datetime | None]
    taken_out_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("evaluation_statement.id"))
    version_id: Mapped[int] = mapped_column()
    edition: Mapped[Edition] = relationship(back_populates="every_statement")
    author: Mapped[Person | None] = relationship(foreign_keys=[written_by])
    formers: Mapped[list["FormerWords"]] = relationship(back_populates="statement", order_by="FormerWords.id.desc()")
    every_citation: Mapped[list["Citation"]] = relationship(back_populates="statement", order_by="Citation.id")
    __table_args__ = (CheckConstraint("length(words) > 0", name="says_something"),)
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def citations(self) -> list["Citation"]:
        """What it cites now."""
        return [one for one in self.every_citation if one.ended_at is None]

    @property
    def audits(self) -> set[int]:
        """Every audit that evidence counts which it cites or ever cited: its words may have grown from it."""
        return {audit for one in self.every_citation for audit in one.audits}


class FormerWords(Model):
    """The words of a statement as they were before a change."""

    __tablename__ = "evaluation_former"
    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("evaluation_statement.id"), index=True)
    words: Mapped[str]
    until: Mapped[dt.datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    statement: Mapped[Statement] = relationship(back_populates="formers")
    person: Mapped[Person | None] = relationship()


class Citation(Model):
    """A piece of evidence with what it said on the day it was cited; never changed, only ended and cited again."""

    __tablename__ = "evaluation_citation"
    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("evaluation_statement.id"), index=True)
    kind: Mapped[str]
    what: Mapped[dict[str, Any]] = mapped_column(JSON)  # which figure with its filter, which indicator …
    label: Mapped[str]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Whoever judges one of these blind does not see it. They may be very many, and most pages do not ask.
    audits: Mapped[list[int]] = mapped_column(JSON, deferred=True)
    cited_on: Mapped[dt.date]
    cited_at: Mapped[dt.datetime]
    cited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    copied: Mapped[bool] = mapped_column(default=False)  # from the edition before, and not confirmed yet
    ended_at: Mapped[dt.datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    statement: Mapped[Statement] = relationship(back_populates="every_citation")
    author: Mapped[Person | None] = relationship(foreign_keys=[cited_by])
    __table_args__ = (CheckConstraint("kind in ('figure', 'reading', 'round', 'theme', 'action')", name="kind"),)

    @property
    def of(self) -> Kind:
        """What it cites."""
        return Kind(self.kind)

    @property
    def cited(self) -> Said:
        """What it said when it was cited."""
        return Said.kept(self.said)


class PublishedEvaluation(Model):
    """An edition as it was published: one text with its hash, never changed; it can only be taken back."""

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("evaluation_edition.id"))
    number: Mapped[int]
    contents: Mapped[str] = mapped_column(deferred=True)
    contents_hash: Mapped[str]
    audit_ids: Mapped[list[int]] = mapped_column(JSON, deferred=True)
    published_at: Mapped[dt.datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    edition: Mapped[Edition] = relationship(back_populates="copies")
    taken_back: Mapped["TakenBack | None"] = relationship(back_populates="published")
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("number > 0", name="counted_from_one"),
        CheckConstraint("length(contents_hash) = 64", name="whole_hash"),
    )


class TakenBack(Model):
    """That a published copy was taken back, by whom and why; the copy itself stays as it was."""

    __tablename__ = "evaluation_taken_back"
    id: Mapped[int] = mapped_column(primary_key=True)
    published_id: Mapped[int] = mapped_column(ForeignKey("published_evaluation.id"), unique=True)
    because: Mapped[str]
    taken_back_at: Mapped[dt.datetime]
    taken_back_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published: Mapped[PublishedEvaluation] = relationship(back_populates="taken_back")
    person: Mapped[Person] = relationship()
    __table_args__ = (CheckConstraint("length(because) > 0", name="says_why"),)
