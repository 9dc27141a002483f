"""What is asked of moderation for learning: what was changed, for whom it may be counted, which briefings there are."""

from audit_app.learning.queries.auditors import auditor_or_404, auditors_of, has_lessons, lessons_of
from audit_app.learning.queries.briefings import (
    briefing_beside,
    briefing_or_404,
    briefings_open_to,
    briefings_run_by,
    is_closed_to,
    known_in,
    latest_briefing,
    material_of,
    published_or_404,
)
from audit_app.learning.queries.opinions import moderated, opinions_of, reader_of

__all__ = [
    "auditor_or_404",
    "auditors_of",
    "briefing_beside",
    "briefing_or_404",
    "briefings_open_to",
    "briefings_run_by",
    "has_lessons",
    "is_closed_to",
    "known_in",
    "latest_briefing",
    "lessons_of",
    "material_of",
    "moderated",
    "opinions_of",
    "published_or_404",
    "reader_of",
]
