"""Files that plans came in by, kept until somebody has looked at what would become of them."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.improvement.model.plans import Plan
from audit_app.organisation.model import Unit


class PlanFile(Model):
    """A file with a plan, as it was sent in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))  # the plan that it became
    filename: Mapped[str]
    file_hash: Mapped[str]
    rows: Mapped[dict[str, Any]] = mapped_column(JSON)  # sheet -> numbered rows of cells as text
    sent_at: Mapped[dt.datetime]
    sent_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    taken_at: Mapped[dt.datetime | None]
    unit: Mapped[Unit] = relationship()
    plan: Mapped[Plan | None] = relationship()
