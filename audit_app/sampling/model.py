"""Samples as they are stored: enough to draw the same one again and to explain every case in it."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.cases.model import CaseRecord
from audit_app.db import Model
from audit_app.programmes.model import Round


class Sample(Model):
    """A seeded draw of cases from a case list, for a round."""

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    algorithm: Mapped[str]
    policy: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[str]
    frame_hash: Mapped[str]
    frame_size: Mapped[int]
    strata: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    excluded: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    drawn_at: Mapped[dt.datetime]
    drawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    round: Mapped[Round] = relationship()
    cases: Mapped[list["SampledCase"]] = relationship(back_populates="sample", order_by="SampledCase.position")


class SampledCase(Model):
    """One case of a sample, with its place in the seeded order and the chance it had."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    position: Mapped[int]
    stratum: Mapped[str]
    inclusion_probability: Mapped[float]
    reserve: Mapped[bool] = mapped_column(default=False)  # next in line, should a drawn case be replaced
    replaced_because: Mapped[str | None]
    sample: Mapped[Sample] = relationship(back_populates="cases")
    case: Mapped[CaseRecord] = relationship()
    __table_args__ = (UniqueConstraint("sample_id", "case_id"), UniqueConstraint("sample_id", "position"))
