"""What is done with programmes: made, changed, ended, started again."""

from dataclasses import asdict, dataclass

from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.programmes import queries
from audit_app.programmes.model import Programme
from audit_app.programmes.rules import refusal_to_end, refusal_to_name, refusal_to_start_again
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


@dataclass(frozen=True, slots=True)
class Terms:
    """How a programme is run, as far as it can be changed later."""

    name: str
    due_working_days: int = 15
    blind: bool = False
    moderation_percent: int = 20


def make_programme(unit: Unit, tool_key: str, terms: Terms, *, by: int | None) -> Programme:
    """A new programme for a unit, with its tool; both stay with it."""
    refuse_if(refusal_to_name(terms.name, queries.names_beside(unit.id)))
    if not queries.versions_of(tool_key):
        raise Refused(Refusal("No version of this tool is on offer."))
    made = Programme(unit=unit, tool_key=tool_key, **asdict(terms))
    db.session.add(made)
    db.session.flush()
    body = {"unit": unit.id, "tool": tool_key, **asdict(terms)}
    record("programme.made", subject=f"programme:{made.id}", body=body, by=by)
    return made


def change_programme(programme: Programme, terms: Terms, version: int, *, by: int) -> None:
    """Change how a programme is run; rounds that are open keep what they have. Version is the one being edited."""
    if programme.version_id != version:
        raise Stale("this programme")
    refuse_if(refusal_to_name(terms.name, queries.names_beside(programme.unit_id, without=programme.id)))
    changed: dict[str, object] = {}
    for name, value in asdict(terms).items():
        if (before := getattr(programme, name)) != value:
            changed[name] = {"from": before, "to": value}
            setattr(programme, name, value)
    if changed:
        db.session.flush()
        record("programme.changed", subject=f"programme:{programme.id}", body=changed, by=by)


def end_programme(programme: Programme, *, by: int) -> None:
    """End a programme: no more rounds are opened; what was audited stays."""
    refuse_if(refusal_to_end(programme.ended_at is not None, queries.open_rounds_of(programme)))
    programme.ended_at = now()
    db.session.flush()
    record("programme.ended", subject=f"programme:{programme.id}", by=by)


def start_programme_again(programme: Programme, *, by: int) -> None:
    """Start a programme that had ended again."""
    refuse_if(refusal_to_start_again(programme.ended_at is not None))
    programme.ended_at = None
    db.session.flush()
    record("programme.started_again", subject=f"programme:{programme.id}", by=by)
