"""What is asked of released outcomes, replies and themes."""

from audit_app.feedback.queries.outcomes import (
    actions_in,
    find_running,
    practitioners_for,
    ready_in,
    release_or_404,
    released_page,
    releases_in,
    replies_to,
    standing_of,
    told_lately,
    worker_of,
)
from audit_app.feedback.queries.themes import audits_heard, coding_of, heard_in, themes_heard

__all__ = [
    "actions_in",
    "audits_heard",
    "coding_of",
    "find_running",
    "heard_in",
    "practitioners_for",
    "ready_in",
    "release_or_404",
    "released_page",
    "releases_in",
    "replies_to",
    "standing_of",
    "themes_heard",
    "told_lately",
    "worker_of",
]
