"""What is done with papers: that somebody took one away is history; writing and finishing one's findings."""

import hashlib
import json
from collections.abc import Collection, Mapping

from audit_app.auditing.model import Audit
from audit_app.clock import now
from audit_app.db import db
from audit_app.evaluation.model import PublishedEvaluation
from audit_app.history.operations import record
from audit_app.improvement.model import Meeting
from audit_app.learning.model import PublishedBriefing
from audit_app.programmes.model import Round
from audit_app.refusal import Refusal, Stale, refuse_if
from audit_app.reporting.committee import kept, refusal_to_finalise, sections
from audit_app.reporting.contents.committee_report import Written
from audit_app.reporting.contents.findings import Observations
from audit_app.reporting.model import CommitteeReport, CommitteeReportFormer, Findings, FindingsCopy
from audit_app.reporting.queries.committee import find_report
from audit_app.reporting.queries.findings import Work, find_findings
from audit_app.sampling.model import Sample


def note_audit_taken(audit: Audit, form: str, *, by: int) -> None:
    """That somebody took an audit away as a paper, or opened it to print."""
    record("audit.downloaded", subject=audit.subject, body={"form": form}, by=by)


def note_blank_taken(audit: Audit, form: str, *, by: int) -> None:
    """That an auditor took the blank tool of their audit away, to work with it beside the record."""
    record("audit.blank_taken", subject=audit.subject, body={"form": form}, by=by)


def note_report_taken(round_: Round, audience: str, *, by: int) -> None:
    """That somebody took a round's report away."""
    record("report.downloaded", subject=f"round:{round_.id}", body={"audience": audience}, by=by)


def note_sample_taken(sample: Sample, audience: str, *, by: int) -> None:
    """That somebody took a sample away as a paper."""
    body = {"sample": sample.id, "audience": audience}
    record("sample.downloaded", subject=f"round:{sample.round_id}", body=body, by=by)


def note_briefing_taken(published: PublishedBriefing, form: str, *, by: int) -> None:
    """That somebody took a learning briefing away."""
    record(
        "briefing.downloaded",
        subject=published.briefing.subject,
        body={"number": published.number, "form": form},
        by=by,
    )


def note_pairs_taken(form: str, count: int, chosen: Mapping[str, str], *, by: int) -> None:
    """That somebody took pairs of judgements away: how many, and by which filters."""
    record("pairs.downloaded", body={"form": form, "pairs": count, "filters": dict(chosen)}, by=by)


def note_figures_taken(form: str, what: str, chosen: Mapping[str, str], *, by: int) -> None:
    """That somebody took figures or a picture of them away: which, and by which filters."""
    record("figures.downloaded", body={"form": form, "what": what, "filters": dict(chosen)}, by=by)


def note_findings_taken(work: Work, form: str, *, by: int) -> None:
    """That somebody took an external auditor's findings away."""
    body = {"form": form, "person": work.person.id}
    record("findings.downloaded", subject=f"exercise:{work.exercise.id}", body=body, by=by)


def note_supervision_taken(person_id: int, audit_ids: Collection[int], form: str, *, by: int) -> None:
    """That somebody took a person's open actions away; of every audit behind them they know something now."""
    record("supervision.downloaded", subject=f"person:{person_id}", body={"form": form}, by=by)
    for audit_id in sorted(audit_ids):
        record("audit.opened", subject=f"audit:{audit_id}", body={"supervision": person_id}, by=by)


def write_observations(work: Work, written: Observations, version: int) -> Findings:
    """Keep the draft of one's own overall observations (0: there was none yet); writes no history."""
    findings = find_findings(work, to_write=True)
    if (findings.version_id if findings else 0) != version:
        raise Stale("your observations")
    if findings is None:
        findings = Findings(exercise_id=work.exercise.id, person_id=work.person.id)
        db.session.add(findings)
    findings.strong, findings.improve, findings.recommend = written.strong, written.improve, written.recommend
    findings.saved_at = now()
    db.session.flush()
    return findings


def next_number(findings: Findings) -> int:
    """The number that the next finished copy has."""
    return 1 + max((one.number for one in findings.copies), default=0)


def finish_findings(findings: Findings, audit_ids: list[int], pdf: bytes, *, by: int) -> FindingsCopy:
    """Keep a finished copy for good, byte for byte; its hash stands in the history."""
    written = findings.observations
    copy = FindingsCopy(
        findings=findings,
        number=next_number(findings),
        strong=written.strong,
        improve=written.improve,
        recommend=written.recommend,
        audit_ids=audit_ids,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        finished_at=now(),
    )
    db.session.add(copy)
    db.session.flush()
    body = {"person": findings.person_id, "number": copy.number, "audits": len(audit_ids), "sha256": copy.sha256}
    record("findings.finished", subject=f"exercise:{findings.exercise_id}", body=body, by=by)
    return copy


def note_plan_taken(meeting: Meeting, form: str, *, by: int) -> None:
    """That somebody took away what a board's meeting is shown."""
    body = {"meeting": meeting.id, "form": form}
    record("board.paper_downloaded", subject=meeting.board.subject, body=body, by=by)


def note_evaluation_taken(published: PublishedEvaluation, form: str, *, by: int) -> None:
    """That somebody took a published self-evaluation away."""
    body = {"number": published.number, "form": form}
    record("evaluation.downloaded", subject=published.edition.subject, body=body, by=by)


def note_exercise_taken(exercise_id: int, audience: str, *, by: int) -> None:
    """That somebody took the report of a validation exercise away."""
    record("report.downloaded", subject=f"exercise:{exercise_id}", body={"audience": audience}, by=by)


FINAL = Refusal("This report is final. It stays as it is.")


def save_report(meeting: Meeting, written: Written, marking: str, version: int, *, by: int) -> CommitteeReport:
    """Keep what is written of a report to a committee (version 0: there was none yet); former words stay."""
    report = find_report(meeting, to_write=True)
    if (report.version_id if report else 0) != version:
        raise Stale("this report")
    if report is None:
        report = CommitteeReport(meeting=meeting)
        db.session.add(report)
    else:
        refuse_if(FINAL if report.finalised_at else None)
        former = CommitteeReportFormer(report=report, number=report.version_id, said=_said(report))
        former.until, former.changed_by = now(), by
        db.session.add(former)
    report.title, report.reference, report.wards = written.title, written.reference, written.wards
    report.report_of, report.words, report.marking = written.report_of, dict(written.words), marking
    report.saved_at, report.saved_by = now(), by
    db.session.flush()
    body = {"meeting": meeting.id, "version": report.version_id}
    record("committee_report.saved", subject=meeting.board.subject, body=body, by=by)
    return report


def finalise_report(report: CommitteeReport, version: int, council: str, *, by: int) -> None:
    """Make a report final: from then on it prints the same for ever."""
    if report.version_id != version:
        raise Stale("this report")
    refuse_if(FINAL if report.finalised_at else None)
    refuse_if(refusal_to_finalise(report.words, frozen=report.meeting.frozen_at is not None))
    report.finalised_at, report.finalised_by, report.council = now(), by, council
    report.sections = kept(sections())
    db.session.flush()
    said = json.dumps(_said(report), sort_keys=True, ensure_ascii=False).encode()
    body = {"meeting": report.meeting_id, "version": report.version_id, "sha256": hashlib.sha256(said).hexdigest()}
    record("committee_report.finalised", subject=report.meeting.board.subject, body=body, by=by)


def note_committee_taken(report: CommitteeReport, form: str, *, by: int) -> None:
    """That somebody took a report to a committee away."""
    body = {"meeting": report.meeting_id, "version": report.version_id, "form": form}
    record("committee_report.downloaded", subject=report.meeting.board.subject, body=body, by=by)


def _said(report: CommitteeReport) -> dict[str, object]:
    return {
        "title": report.title,
        "reference": report.reference,
        "report_of": report.report_of,
        "wards": report.wards,
        "marking": report.marking,
        "words": dict(report.words),
        "sections": list(report.sections),
    }
