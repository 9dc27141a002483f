"""Units as they are stored: a tree with a materialised path, so that a subtree is a prefix."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audit_app.db import Model


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
