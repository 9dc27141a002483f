"""Past audits as they are stored: rows of their own, marked as imported, with no history that is not there."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.frameworks.content import Scale, scale_from_data
from audit_app.organisation.model import Unit
from audit_app.past.preview import months_in


class PastImport(Model):
    """One spreadsheet of past audits that was imported: which file, by whom, when, and whether it was taken back."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    filename: Mapped[str]
    file_hash: Mapped[str]
    scale_content: Mapped[dict[str, Any]] = mapped_column(JSON)  # as it was then, so that a grade keeps its meaning
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)  # what was said of it before it was imported
    rows: Mapped[int]
    imported_at: Mapped[dt.datetime]
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[dt.datetime | None]
    taken_back_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version_id: Mapped[int] = mapped_column()
    authority: Mapped[Unit] = relationship()
    __table_args__ = (
        CheckConstraint("taken_back_by is null or taken_back_at is not null", name="taken_back_when"),
        CheckConstraint("length(file_hash) > 0", name="of_a_file"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def scale(self) -> Scale:
        """The scale that its grades are levels of."""
        return scale_from_data(self.scale_content)

    @property
    def months(self) -> list[dict[str, Any]]:
        """How many audits of each month it brought, and how many of them were good or better."""
        return months_in(self.summary)


# The same file stands once; after it was taken back it may come again.
Index(
    "ix_past_import_standing",
    PastImport.authority_id,
    PastImport.file_hash,
    unique=True,
    sqlite_where=PastImport.taken_back_at.is_(None),
    postgresql_where=PastImport.taken_back_at.is_(None),
)


class PastAudit(Model):
    """One audit from before this service, as a row of a spreadsheet gives it; nobody of this service stands for it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("past_import.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]  # where the unit stood when it was imported: figures stay there
    month: Mapped[dt.date] = mapped_column(index=True)
    day: Mapped[dt.date | None]
    grade: Mapped[str]
    moderated: Mapped[str | None]
    external: Mapped[str | None]
    team: Mapped[str] = mapped_column(default="")  # these as the spreadsheet words them
    tool: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="", index=True)
    auditor: Mapped[str] = mapped_column(default="")
    sheet: Mapped[str]
    row: Mapped[int]
    of: Mapped[PastImport] = relationship()
    unit: Mapped[Unit] = relationship()
    __table_args__ = (CheckConstraint("length(grade) > 0", name="graded"),)

    @property
    def stands(self) -> str:
        """The grade that stands: external before moderated before as audited."""
        return self.external or self.moderated or self.grade


class PastColumns(Model):
    """A remembered mapping: what the columns of an authority's own spreadsheet of audits hold."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    headings: Mapped[list[str]] = mapped_column(JSON)
    remembered_at: Mapped[dt.datetime]
    remembered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (UniqueConstraint("authority_id", "name"),)


class GradeWord(Model):
    """A remembered word for a grade: the level of a scale that it means, or none where it is no grade."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    scale_key: Mapped[str]
    word: Mapped[str]  # folded: lower case, single spaces
    level: Mapped[str | None]
    __table_args__ = (UniqueConstraint("authority_id", "scale_key", "word"),)


class StagedPast(Model):
    """A spreadsheet of past audits that was read and waits for a yes: for a day, without what identifies a child."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # nobody: a command reads it
    filename: Mapped[str]
    file_hash: Mapped[str]
    scale_content: Mapped[dict[str, Any]] = mapped_column(JSON)
    staged_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    grid: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    tables: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    way: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # None: its columns are not known yet
    preview: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    details: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # every row that would be refused
    version_id: Mapped[int] = mapped_column()
    authority: Mapped[Unit] = relationship()
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def scale(self) -> Scale:
        """The scale that its grades are read by."""
        return scale_from_data(self.scale_content)

    @property
    def months(self) -> list[dict[str, Any]]:
        """How many audits of each month it would bring, and how many of them would be good or better."""
        return months_in(self.preview or {"months": []})
