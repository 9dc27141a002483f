"""One past audit as figures count it (pure)."""

import datetime as dt
from dataclasses import dataclass

from audit_app.frameworks.content import Scale


@dataclass(frozen=True, slots=True)
class Counted:
    """One past audit as figures count it: its month and its grades, with the scale that they are levels of."""

    month: dt.date
    grade: str
    moderated: str | None
    external: str | None
    scale: Scale

    @property
    def stands(self) -> str:
        """The grade that stands: external before moderated before as audited."""
        return self.external or self.moderated or self.grade
