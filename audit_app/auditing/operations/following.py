"""An audit goes back to an earlier one of the same case."""

from audit_app.auditing.model import Audit
from audit_app.auditing.workflow import BEING_WRITTEN
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.refusal import Refusal, Refused


def go_back_to(audit: Audit, earlier: Audit, *, by: int | None) -> None:
    """Let an audit that is not handed in ask what became of each concern of an earlier one.

    Not while somebody judges the earlier one blind: that an audit goes back to it would tell them how it was graded.
    """
    if audit.at not in BEING_WRITTEN or audit.first_handed_in_at is not None:
        raise Refused(Refusal("Only an audit that is not handed in can go back to an earlier one."))
    if earlier.case_id != audit.case_id or earlier.id >= audit.id:
        raise Refused(Refusal("An audit goes back to an earlier one of the same case."))
    if any(one.hidden and one.ended_at is None for one in earlier.assignments):
        raise Refused(Refusal("The earlier audit is being judged blind."))
    audit.follows = earlier
    db.session.flush()
    record("audit.goes_back", subject=audit.subject, body={"earlier": earlier.id}, by=by)
