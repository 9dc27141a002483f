"""The actor: who asks, with the grants that run today, as a detached value that rules can be given."""

import datetime as dt
from dataclasses import dataclass, replace

from audit_app.access.table import Permission, Role, may


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in a unit and everything below it, perhaps until a date (its last day)."""

    role: Role
    path: str
    until: dt.date | None = None

    def runs(self, today: dt.date) -> bool:
        """Whether it still holds today."""
        return self.until is None or today <= self.until


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person as the rules see them: only grants that run are in here."""

    id: int
    name: str
    unit_path: str | None
    grants: tuple[Grant, ...]

    def may(self, permission: Permission) -> bool:
        """Whether any of their roles carries the permission, somewhere."""
        return any(may(grant.role, permission) for grant in self.grants)

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """The roots of the subtrees in which they hold the permission, without those inside another."""
        mine = sorted({g.path for g in self.grants if may(g.role, permission)})
        return tuple(p for p in mine if not any(p != q and p.startswith(q) for q in mine))

    def reaches(self, permission: Permission, path: str) -> bool:
        """Whether they hold the permission over the unit with this path."""
        return any(path.startswith(root) for root in self.paths(permission))

    def limited_to(self, permission: Permission) -> "Actor":
        """Them with only those of their roles that carry a permission, so that no other role widens what they get."""
        return replace(self, grants=tuple(grant for grant in self.grants if may(grant.role, permission)))

    def has(self, role: Role) -> bool:
        """Whether they hold this role anywhere."""
        return any(grant.role is role for grant in self.grants)

    @property
    def role_names(self) -> tuple[str, ...]:
        """Their roles in words, each once."""
        return tuple(dict.fromkeys(g.role.words for g in self.grants))
