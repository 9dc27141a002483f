"""A board's action plan as a paper: what its meeting is shown, with the council's name and look of that moment."""

from collections.abc import Mapping
from typing import Any

from audit_app.clock import now
from audit_app.improvement.model import Meeting
from audit_app.reporting.contents.action_plan import action_plan
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.document import Document
from audit_app.reporting.queries.imprint import council
from audit_app.reporting.queries.looks import in_own_colours


def plan_paper(meeting: Meeting, contents: Mapping[str, Any], audience: Audience) -> Document:
    """The action plan of a meeting, frozen or as it would be today; contents are what the meeting is shown."""
    moment, whose = meeting.frozen_at or now(), contents.get("council") or council()
    paper = action_plan(contents, audience, council=whose, produced_at=moment, frozen=meeting.contents_hash)
    return in_own_colours(paper, meeting.board.unit_id)
