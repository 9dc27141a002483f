"""What the page of a round says of each thing that was done with it (pure)."""

from collections.abc import Mapping
from typing import Any

from audit_app.sampling.exclusions import counted

TITLES = {
    "round.loaded": "Loaded with the demonstration",
    "round.opened": "Round opened",
    "round.changed": "Round changed",
    "round.closed": "Round closed",
    "round.reopened": "Round opened again",
    "sample.drawn": "Sample drawn",
    "sample.case_replaced": "Drawn case replaced",
    "round.allocated": "Cases given to auditors",
    "round.chased": "Late audits chased",
}


def told_of(kind: str, body: Mapping[str, Any]) -> tuple[str, str] | None:
    """The title of an event and what to say of it; None for events that the page does not tell."""
    if kind not in TITLES:
        return None
    return TITLES[kind], _words(kind, body)


def _words(kind: str, body: Mapping[str, Any]) -> str:
    if kind == "sample.drawn" and "drawn" in body:
        of = counted(body["listed"], "case")
        return f"{body['drawn']:,} of {of}, with the seed “{body['seed']}”. {body['left_out']:,} were left out."
    if kind == "round.allocated" and "audits" in body:
        seed = f", with the seed “{body['seed']}”" if body.get("seed") else ""
        reason = f" {body['reason']}" if body.get("reason") else ""
        return f"{counted(len(body['audits']), 'audit')}, {body['how']}{seed}.{reason}"
    if kind == "round.chased":
        audits = sum(map(len, body["auditors"].values()))
        return f"{counted(audits, 'audit')} of {counted(len(body['auditors']), 'auditor')}."
    if kind == "sample.case_replaced":
        return str(body.get("reason", ""))
    return ""
