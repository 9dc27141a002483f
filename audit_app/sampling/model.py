"""Samples as they are stored: enough to draw the same one again, anywhere, and to explain every case of its list."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.cases.model import CaseList, CaseRecord
from audit_app.db import Model
from audit_app.identity.model import Person
from audit_app.programmes.model import Round


class Sample(Model):
    """A seeded draw from a case list, for a round.

    The list is kept as it was drawn from: later a team may be set right, a unit renamed or a case closed. The list, the
    policy, the seed and what was left out give the sample and its reserves again; replacements are kept in order.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    case_list_id: Mapped[int] = mapped_column(ForeignKey("case_list.id"))
    algorithm: Mapped[str]
    policy: Mapped[dict[str, Any]] = mapped_column(JSON)
    seed: Mapped[str]
    frame: Mapped[bytes] = mapped_column(deferred=True)  # the list, written canonically and compressed
    frame_hash: Mapped[str]
    frame_size: Mapped[int]
    terms: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")  # how it came to this policy
    strata: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    excluded: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    fingerprint: Mapped[str]  # of everything above and what was drawn: what history vouches for
    drawn_at: Mapped[dt.datetime]
    drawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    round: Mapped[Round] = relationship()
    case_list: Mapped[CaseList] = relationship()
    drawer: Mapped[Person | None] = relationship()
    cases: Mapped[list["SampledCase"]] = relationship(back_populates="sample", order_by="SampledCase.position")
    replacements: Mapped[list["CaseReplacement"]] = relationship(
        back_populates="sample", order_by="CaseReplacement.number"
    )
    # The round comes first, so that this also finds a round's samples; and one confirmation makes one sample.
    __table_args__ = (UniqueConstraint("round_id", "fingerprint"),)


class SampledCase(Model):
    """A case that is or was in a sample, with its place in the seeded order and the chance it had."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    position: Mapped[int]
    stratum: Mapped[str]  # in words
    inclusion_probability: Mapped[float]
    removed: Mapped[bool] = mapped_column(default=False)  # taken out again, with a reason
    sample: Mapped[Sample] = relationship(back_populates="cases")
    case: Mapped[CaseRecord] = relationship()
    __table_args__ = (
        UniqueConstraint("sample_id", "case_id"),
        UniqueConstraint("sample_id", "position"),
        CheckConstraint("inclusion_probability > 0 and inclusion_probability <= 1", name="chance"),
    )


class CaseReplacement(Model):
    """That a drawn case was taken out, and the reserve that came in for it, where there was one; in order."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"))
    number: Mapped[int]
    removed_id: Mapped[int] = mapped_column(ForeignKey("sampled_case.id"), unique=True)
    added_id: Mapped[int | None] = mapped_column(ForeignKey("sampled_case.id"), unique=True)
    reason: Mapped[str]
    at: Mapped[dt.datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sample: Mapped[Sample] = relationship(back_populates="replacements")
    removed: Mapped[SampledCase] = relationship(foreign_keys=[removed_id])
    added: Mapped[SampledCase | None] = relationship(foreign_keys=[added_id])
    person: Mapped[Person] = relationship()
    __table_args__ = (
        UniqueConstraint("sample_id", "number"),
        CheckConstraint("length(reason) > 0", name="says_why"),
    )


class WorkerName(Model):
    """A remembered link: what an authority's case lists call a worker, and the person with an account it means."""

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    label: Mapped[str]  # folded: lower case, single spaces
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person] = relationship()
    __table_args__ = (
        UniqueConstraint("authority_id", "label", "person_id"),
        CheckConstraint("length(label) > 0", name="says_who"),
    )


class Connection(Model):
    """That somebody knows a case's family or worked on the case, so that they never audit it; nothing more is kept."""

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_record.id"), index=True)
    told_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    told_at: Mapped[dt.datetime]
    taken_back_at: Mapped[dt.datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    case: Mapped[CaseRecord] = relationship()
    __table_args__ = (UniqueConstraint("person_id", "case_id"),)
