"""What the timeline of an audit says of each kind of event; kinds that are not here are not shown to readers (pure)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

TOLD = {
    "audit.loaded": "Loaded with the demonstration",
    "audit.allocated": "Allocated",
    "audit.reallocated": "Given to another auditor",
    "audit.handed_back": "Handed back by the auditor",
    "audit.left_with_auditor": "Left with the auditor",
    "audit.start": "Started",
    "audit.submit": "Handed in",
    "audit.give_to_senior": "Given to a senior moderator",
    "audit.give_to_external": "Given to an external auditor",
    "audit.send_back": "Sent back",
    "audit.moderate": "Moderated",
    "audit.validate": "Validated",
    "audit.take_from_senior": "Taken back from the moderator",
    "audit.take_from_external": "Taken back from the external auditor",
    "audit.take_moderated_from_external": "Taken back from the external auditor",
    "audit.reopen_moderation": "Moderation reopened",
    "audit.reopen_validation": "Validation reopened",
    "audit.withdraw": "Withdrawn",
    "audit.void": "Made void",
    "audit.risk_raised": "Said that a child may be at risk",
    "audit.risk_told": "Recorded who was told of the risk",
    "audit.risk_closed": "Recorded what was done about the risk",
    "audit.replied": "Replied",
    "challenge.raised": "Challenged the outcome",
    "challenge.late_allowed": "Allowed a late challenge",
    "challenge.resolver_named": "Named who resolves the challenge",
    "challenge.declined": "Declined to resolve the challenge",
    "challenge.withdrawn": "Withdrew the challenge",
    "challenge.overtaken": "Ended the challenge without a resolution",
    "challenge.resolved": "Resolved the challenge",
    "escalation.named": "Changed who signs it off",
    "escalation.answered": "Said what is done, the child not being safe yet",
    "escalation.signed_off": "Signed off",
    "escalation.closed": "Closed the sign-off as a mistake",
    "re_audit.loaded": "Put down to be audited again, loaded with the demonstration",
    "re_audit.moved": "Put the re-audit in another month",
    "audit.goes_back": "Goes back to an earlier audit of the case",
    "audit.contribution_asked": "Asked an agency to contribute",
    "audit.contribution_begun": "Began to write for an agency",
    "audit.contribution_done": "Finished what an agency contributes",
    "audit.contribution_reopened": "Opened a finished contribution again",
    "audit.contributions_shared": "Shared the agencies’ contributions with a contributor",
    "audit.contributions_unshared": "Stopped sharing the agencies’ contributions",
    "audit.contribution_withdrawn": "Withdrew what an agency was asked for",
    "outcome.released": "Released the outcome",
    "outcome.retracted": "Took the released outcome back",
    "outcome.replied": "Replied to the released outcome",
    "audit.themes_chosen": "Chose the themes it brings up",
    "action.loaded": "An action for the child was loaded with the demonstration",
    "action.given": "Gave an action for the child",
    "action.said_done": "Said that an action is done",
    "action.time_asked": "Asked for more time for an action",
    "action.time_granted": "Gave more time for an action",
    "action.time_refused": "Gave no more time for an action",
    "action.not_accepted": "Did not accept an action as done",
    "action.verified": "Verified that an action is done",
    "action.moved": "Gave an action to somebody else",
    "action.withdrawn": "Withdrew an action",
    "audit.opened": "Opened",
    "audit.downloaded": "Downloaded",
    "audit.blank_taken": "Took the blank tool to work beside the record",
    "moderation.committed": "Committed blind grades",
}


@dataclass(frozen=True, slots=True)
class SignOff:
    """That an audit was sent to a head of service: which escalation, whether signed, and when its case comes again."""

    escalation: int
    signed: bool
    again: dt.date | None


def again_in(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> dt.date | None:
    """The month in which the case is to be audited again, as an audit's history tells it, in order."""
    found: dt.date | None = None
    for kind, body in entries:
        if kind in ("audit.weighed", "re_audit.loaded", "re_audit.moved") and "re_audit" in body:
            found = dt.date.fromisoformat(body["re_audit"]) if body["re_audit"] else None
        elif kind == "escalation.closed":
            found = None
    return found


def sign_off_in(entries: Iterable[tuple[str, Mapping[str, Any]]]) -> SignOff | None:
    """The sign-off that an audit's history tells of, in order; none where it was closed as a mistake."""
    found = None
    for kind, body in entries:
        if kind == "audit.weighed" and body.get("opened"):
            again = dt.date.fromisoformat(body["re_audit"]) if body["re_audit"] else None
            found = SignOff(body["escalation"], False, again)
        elif kind == "escalation.signed_off" and found is not None:
            found = SignOff(found.escalation, True, found.again)
        elif kind == "escalation.closed":
            found = None
    return found
