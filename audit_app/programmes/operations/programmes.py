"""What is done with programmes: made, changed, ended, started again."""

import datetime as dt
from dataclasses import asdict, dataclass, replace

from audit_app.clock import now
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.programmes import queries
from audit_app.programmes.frequency import Frequency
from audit_app.programmes.model import Programme
from audit_app.programmes.planning import refusal_to_plan
from audit_app.programmes.policies import Policies, policies_problems
from audit_app.programmes.rules import refusal_to_end, refusal_to_name, refusal_to_start_again
from audit_app.refusal import Refusal, Refused, Stale, refuse_if


@dataclass(frozen=True, slots=True)
class Terms:
    """How a programme is run, as far as it can be changed later; how it samples and moderates are its policies."""

    name: str
    due_working_days: int = 15
    frequency: str = Frequency.AS_NEEDED.value
    first_month: dt.date | None = None
    opens_itself: bool = False


def make_programme(
    unit: Unit,
    tool_key: str,
    terms: Terms,
    policies: Policies | None = None,
    *,
    kind: str | None = None,
    by: int | None,
) -> Programme:
    """A new programme for a unit, with its tool; both stay with it."""
    refuse_if(refusal_to_name(terms.name, queries.names_beside(unit.id)))
    _check(terms)
    if not queries.versions_of(tool_key):
        raise Refused(Refusal("No version of this tool is on offer."))
    made = Programme(unit=unit, tool_key=tool_key, kind=kind, **asdict(terms))
    made.policy = suited(policies or Policies(), queries.grades_of(tool_key))
    db.session.add(made)
    db.session.flush()
    body = {"unit": unit.id, "tool": tool_key, "kind": kind, **_said(terms), "policies": made.policy.to_data()}
    record("programme.made", subject=f"programme:{made.id}", body=body, by=by)
    return made


def terms_of(programme: Programme) -> Terms:
    """How a programme is run now."""
    return Terms(*(getattr(programme, name) for name in Terms.__slots__))


def _check(terms: Terms) -> None:
    refuse_if(refusal_to_plan(Frequency(terms.frequency), terms.first_month, terms.opens_itself))


def _said(terms: Terms) -> dict[str, object]:
    """Terms as the record keeps them."""
    first = terms.first_month.isoformat() if terms.first_month else None
    return {**asdict(terms), "first_month": first}


def suited(policies: Policies, grades: dict[str, str]) -> Policies:
    """Policies without the grades that a tool's scale does not have."""
    always = {tier: tuple(key for key in keys if key in grades) for tier, keys in policies.always.items()}
    return replace(policies, always={tier: keys for tier, keys in always.items() if keys})


def change_programme(programme: Programme, terms: Terms, version: int, *, by: int) -> None:
    """Change how a programme is run; rounds that are open keep what they have. Version is the one being edited."""
    if programme.version_id != version:
        raise Stale("this programme")
    refuse_if(refusal_to_name(terms.name, queries.names_beside(programme.unit_id, without=programme.id)))
    _check(terms)
    before = _said(terms_of(programme))
    after = _said(terms)
    changed = {name: {"from": before[name], "to": after[name]} for name in after if before[name] != after[name]}
    if changed:
        for name in changed:
            setattr(programme, name, getattr(terms, name))
        db.session.flush()
        record("programme.changed", subject=f"programme:{programme.id}", body=changed, by=by)


def change_policies(programme: Programme, policies: Policies, version: int, *, by: int) -> None:
    """Change how a programme samples, allocates and moderates: it holds for what is done from now on."""
    if programme.version_id != version:
        raise Stale("this programme")
    before, after = programme.policy.to_data(), policies.to_data()
    grades = queries.grades_of(programme.tool_key)
    unknown = [key for keys in policies.always.values() for key in keys if key not in grades]
    problems = policies_problems(after) or (("Choose grades of the programme’s audit tool.",) if unknown else ())
    if problems:
        raise Refused(Refusal(" ".join(problems)))
    changed = {name: {"from": before[name], "to": after[name]} for name in after if before[name] != after[name]}
    if changed:
        programme.policy = policies
        db.session.flush()
        record("programme.policies_changed", subject=f"programme:{programme.id}", body=changed, by=by)


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
