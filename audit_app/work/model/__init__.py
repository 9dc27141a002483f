"""Long work as it is stored: the jobs, which alone are the truth, and the times of periodic work."""

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.db import Model


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"  # for a worker
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"  # "no, because …"
    FAILED = "failed"  # by a fault of the service
    CANCELLED = "cancelled"
    STOPPED = "stopped"  # its worker ended in the middle

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self not in (State.WAITING, State.RUNNING)


class Job(Model):
    """One piece of long work that somebody asked for: what, for whom, and what became of it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    given: Mapped[dict[str, Any]] = mapped_column(JSON)
    back: Mapped[str]  # the path of the page it was asked on
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(default=State.WAITING)
    asked_at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None]
    run: Mapped[str | None]  # this try's own mark: only who holds it may end the job
    said: Mapped[str] = mapped_column(default="")  # the sentence it ended with
    reference: Mapped[str] = mapped_column(default="")  # finds a failure in the log
    go_to: Mapped[str] = mapped_column(default="")
    go_with: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    __table_args__ = (
        CheckConstraint("state in (" + ", ".join(f"'{s.value}'" for s in State) + ")", name="state"),
        CheckConstraint("state <> 'running' or (worker is not null and run is not null)", name="running"),
        Index(None, "state", "id"),
    )


class Timetable(Model):
    """When a periodic work was last done, and what was tried in vain since."""

    name: Mapped[str] = mapped_column(primary_key=True)
    done: Mapped[dt.datetime]  # the last of its times that is done
    ended_at: Mapped[dt.datetime | None]  # when that was really so
    tried: Mapped[dt.datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[dt.datetime | None]
    reference: Mapped[str] = mapped_column(default="")


JOBS, TIMETABLE = (Model.metadata.tables[name] for name in ("job", "timetable"))
