"""Units as they are stored: a tree with a materialised path, so that a subtree is a prefix; how their papers look."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model
from audit_app.organisation.looks import Logo, Look


class Kind(StrEnum):
    """What a unit is, from the widest to the narrowest."""

    REGION = "region"
    AUTHORITY = "authority"
    SERVICE = "service"
    TEAM = "team"


class Unit(Model):
    """A region, authority, service or team; path is "/1/4/9/", its own id last."""

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    name: Mapped[str]
    path: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    version_id: Mapped[int] = mapped_column()
    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")
    __table_args__ = (
        Index(None, "path", unique=True),
        CheckConstraint("kind in ('region', 'authority', 'service', 'team')", name="kind"),
        CheckConstraint("length(name) > 0", name="named"),
    )
    __mapper_args__ = {"version_id_col": version_id}

    @property
    def depth(self) -> int:
        """How far below the root it stands; the root is 0."""
        return self.path.count("/") - 2


class PaperLook(Model):
    """One version of how the papers of a unit and all below it look; once in use it is never changed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    colour: Mapped[str] = mapped_column(default="")
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    logo_width: Mapped[int] = mapped_column(default=0)
    logo_height: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]  # papers made from this moment on look like it
    unit: Mapped[Unit] = relationship()
    __table_args__ = (
        UniqueConstraint("unit_id", "number"),
        CheckConstraint("number > 0", name="counted_from_one"),
        CheckConstraint("length(colour) in (0, 7)", name="a_colour"),
        CheckConstraint("(logo is null) = (logo_width = 0) and (logo is null) = (logo_height = 0)", name="whole_logo"),
    )

    @property
    def drawn(self) -> Logo | None:
        """Its logo, where it has one."""
        return Logo(self.logo, self.logo_width, self.logo_height) if self.logo else None

    @property
    def look(self) -> Look:
        """As papers take it."""
        return Look(self.id, self.colour, self.drawn)
