"""Counts that are kept, so that a page of figures costs what it shows: rows of sums, and what is not yet in them."""

import datetime as dt

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from audit_app.db import Model


class Tally(Model):
    """Sums over audits: of one month and all below a unit, of a team or an auditor; by section, tool and category."""

    kind: Mapped[str] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)  # "" for the audits as a whole
    of: Mapped[str] = mapped_column(primary_key=True)  # the unit's id, the team's path as pinned, or the auditor's id
    month: Mapped[str] = mapped_column(primary_key=True)  # "" for all months together
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    tool_version_id: Mapped[int] = mapped_column(ForeignKey("tool_version.id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True, server_default="")  # "" for all categories together
    cells: Mapped[str] = mapped_column(Text)


class Tallied(Model):
    """What of one audit is in the tallies: where it is counted, and its facts as they were then."""

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), primary_key=True, autoincrement=False)
    month: Mapped[dt.date] = mapped_column(index=True)
    unit_path: Mapped[str]
    auditor_id: Mapped[int]
    category: Mapped[str] = mapped_column(server_default="")
    programme_id: Mapped[int]
    tool_version_id: Mapped[int]
    facts: Mapped[str] = mapped_column(Text)
    changes_on: Mapped[dt.date | None] = mapped_column(index=True)  # the day from which its facts differ by themselves


class Delta(Model):
    """An audit of which something changed that figures count, and that is not yet in the tallies.

    The database writes it, in the transaction of the change, whoever changes what in which way.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int]
