"""What is done with papers: that somebody took one away is history."""

from collections.abc import Mapping

from audit_app.auditing.model import Audit
from audit_app.history.operations import record
from audit_app.programmes.model import Round
from audit_app.sampling.model import Sample


def note_audit_taken(audit: Audit, form: str, *, by: int) -> None:
    """That somebody took an audit away as a paper, or opened it to print."""
    record("audit.downloaded", subject=audit.subject, body={"form": form}, by=by)


def note_report_taken(round_: Round, audience: str, *, by: int) -> None:
    """That somebody took a round's report away."""
    record("report.downloaded", subject=f"round:{round_.id}", body={"audience": audience}, by=by)


def note_sample_taken(sample: Sample, audience: str, *, by: int) -> None:
    """That somebody took a sample away as a paper."""
    body = {"sample": sample.id, "audience": audience}
    record("sample.downloaded", subject=f"round:{sample.round_id}", body=body, by=by)


def note_pairs_taken(form: str, count: int, chosen: Mapping[str, str], *, by: int) -> None:
    """That somebody took pairs of judgements away: how many, and by which filters."""
    record("pairs.downloaded", body={"form": form, "pairs": count, "filters": dict(chosen)}, by=by)
