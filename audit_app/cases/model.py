"""Cases and case lists as they are stored: opaque references, never a child's name."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.organisation.model import Unit


class CaseList(Model):
    """One case list that was loaded: the frame that samples are drawn from."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    filename: Mapped[str]
    file_hash: Mapped[str]
    taken_on: Mapped[dt.date]
    loaded_at: Mapped[dt.datetime]
    loaded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    summary: Mapped[dict[str, Any]] = mapped_column(JSON)  # what was recognised, left out and warned about
    read: Mapped[int]
    held: Mapped[int]
    refused: Mapped[int]
    authority: Mapped[Unit] = relationship()
    __table_args__ = (UniqueConstraint("authority_id", "file_hash"),)


class CaseRecord(Model):
    """One child's case, known by the case system's own reference (text: leading zeros are kept)."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reference: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    worker: Mapped[str] = mapped_column(default="")
    category: Mapped[str]
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # age band, sex, ethnicity, disability …
    started_on: Mapped[dt.date | None]
    closed: Mapped[bool] = mapped_column(default=False)
    last_list_id: Mapped[int | None] = mapped_column(ForeignKey("case_list.id"))
    version_id: Mapped[int] = mapped_column()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    __table_args__ = (
        UniqueConstraint("authority_id", "reference"),
        CheckConstraint("length(reference) > 0", name="referenced"),
    )
    __mapper_args__ = {"version_id_col": version_id}


class CaseListEntry(Model):
    """One case as it stood on one list: what a sample of that list was drawn from."""

    list_id: Mapped[int] = mapped_column(ForeignKey("case_list.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), primary_key=True, index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    worker: Mapped[str]
    category: Mapped[str]
    attributes: Mapped[dict[str, Any]] = mapped_column(JSON)
    team_label: Mapped[str] = mapped_column(default="")  # what the list calls the team, so that it can be set right
    case: Mapped[CaseRecord] = relationship()
    unit: Mapped[Unit] = relationship()


class ProblemRow(Model):
    """A row of a list that was held (something is missing) or refused, with why."""

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("case_list.id"))
    outcome: Mapped[str]
    sheet: Mapped[str]
    row: Mapped[int]
    column: Mapped[str]
    value: Mapped[str]
    expected: Mapped[str]
    team_label: Mapped[str | None]  # where only the team is unknown: mapping it settles the row
    known: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the rest of a held row, ready to be used
    settled_at: Mapped[dt.datetime | None]
    __table_args__ = (
        Index(None, "list_id", "outcome", "id"),
        CheckConstraint("outcome in ('held', 'refused')", name="outcome"),
    )


class TeamName(Model):
    """A remembered mapping: what a case list calls a team, and the unit that it means."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    label: Mapped[str]  # folded: lower case, single spaces
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    __table_args__ = (UniqueConstraint("authority_id", "label"),)


class ColumnMapping(Model):
    """A remembered mapping: what the columns of an authority's own kind of list hold."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]  # what people call this kind of list
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON)
    headings: Mapped[list[str]] = mapped_column(JSON)  # all that there were then, so that new ones can be pointed out
    remembered_at: Mapped[dt.datetime]
    remembered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (UniqueConstraint("authority_id", "name"),)


class StagedList(Model):
    """A case list that was read and waits for a yes: kept for a day, without anything that identifies a child."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    filename: Mapped[str]
    file_hash: Mapped[str]
    taken_on: Mapped[dt.date]
    staged_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime] = mapped_column(index=True)
    grid: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # the stripped sheets, packed
    tables: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # each sheet's columns, with examples
    way: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # None: its columns are not known yet
    preview: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # what would become of it
    details: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # every problem and every difference
    basis: Mapped[str] = mapped_column(default="")  # the state of the authority's cases that the preview was made from
    changed: Mapped[list[str]] = mapped_column(JSON, default=list)  # what others changed since it was first shown
    version_id: Mapped[int] = mapped_column()
    authority: Mapped[Unit] = relationship()
    __mapper_args__ = {"version_id_col": version_id}
