"""Samples are drawn and kept, and drawn cases replaced."""

from dataclasses import dataclass
from dataclasses import replace as changed

from sqlalchemy import select

from audit_app.cases.model import CaseRecord
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.operations import record
from audit_app.programmes.model import Round
from audit_app.programmes.rules import refusal_to_add_cases
from audit_app.refusal import Refusal, Refused, Stale, refuse_if
from audit_app.sampling.departing import Departure, departures_data, departures_of
from audit_app.sampling.keeping import kept, kept_case
from audit_app.sampling.model import CaseReplacement, Sample, SampledCase
from audit_app.sampling.operations.holding import hold
from audit_app.sampling.queries import frames, samples
from audit_app.sampling.queries.taking_part import taking_part
from audit_app.sampling.rules import refusal_to_take_out
from audit_app.sampling.selection import Drawn, DrawnCase, replace
from audit_app.sampling.selection import draw as drawn_from
from audit_app.sampling.selection import refusal_to_draw as refusal_by_list
from audit_app.sampling.terms import DrawTerms, exclusions_of, refusal_of_size, refusal_to_follow

NO_LIST = "This round has no case list, so there is nothing to draw from."


@dataclass(frozen=True, slots=True)
class Look:
    """What a draw would give now, what in it departs from the programme's policy, and what the list did not tell."""

    drawn: Drawn
    terms: DrawTerms
    departures: tuple[Departure, ...]
    without_start: int = 0  # cases that could be drawn because their opening day is not recorded


def usual_terms(round_: Round, seed: str) -> DrawTerms:
    """The terms that the programme's policy gives for a round; where it says no size, that of its last sample."""
    policies = round_.programme.policy
    terms = DrawTerms.from_policies(policies, seed, len(taking_part(round_)))
    if terms.sized_by == "number" and terms.size is None:
        terms = changed(terms, size=samples.last_size(round_))
    return terms


def look(round_: Round, terms: DrawTerms) -> Look:
    """What a draw would give now; nothing is kept."""
    refuse_if(refusal_to_add_cases(round_.closed_at is not None))
    if round_.case_list_id is None:
        raise Refused(Refusal(NO_LIST))
    if terms.sized_by == "per_auditor":
        terms = changed(terms, auditors=len(taking_part(round_)))
    refuse_if(refusal_to_follow(terms))
    cases = frames.listed(round_, terms.grouped)
    refuse_if(refusal_of_size(terms.policy.asked(len(cases.ids))))
    exclusions = exclusions_of(terms, frames.known_of(round_, cases), today())
    refuse_if(refusal_by_list(cases.frame, terms.policy, terms.seed, exclusions))
    drawn = drawn_from(cases.frame, terms.policy, terms.seed, exclusions)
    unknown = [one for one, day in cases.known.opened.items() if day is None] if terms.weeks else []
    return Look(drawn, terms, departures_of(terms, round_.programme.policy), len(set(unknown) - drawn.left_out))


def plan_draw(round_: Round, terms: DrawTerms) -> Drawn:
    """The cases that a draw would give now; nothing is kept."""
    return look(round_, terms).drawn


def draw(round_: Round, terms: DrawTerms, fingerprint: str | None = None, *, by: int | None) -> Sample:
    """Draw a sample and keep it; a fingerprint is that of the draw which was looked at before."""
    hold(round_)
    seen = look(round_, terms)
    drawn, columns = seen.drawn, kept(seen.drawn)
    if fingerprint is not None and fingerprint != columns["fingerprint"]:
        raise Stale("the case list or this round")
    departures = departures_data(seen.departures)
    said = seen.terms.to_data() | {"departures": departures, "without_start": seen.without_start}
    sample = Sample(
        round_id=round_.id, case_list_id=round_.case_list_id, drawn_at=now(), drawn_by=by, terms=said, **columns
    )
    db.session.add(sample)
    db.session.flush()
    ids = frames.ids_of(round_, drawn.references)
    db.session.add_all(SampledCase(sample_id=sample.id, **kept_case(one, ids[one.reference])) for one in drawn.cases)
    db.session.flush()
    body = {
        "sample": sample.id,
        "list": round_.case_list_id,
        "algorithm": drawn.algorithm,
        "seed": drawn.seed,
        "policy": drawn.policy.to_data(),
        "listed": len(drawn.frame.cases),
        "left_out": len(drawn.left_out),
        "drawn": len(drawn.cases),
        "departures": departures,
        "fingerprint": sample.fingerprint,
    }
    record("sample.drawn", subject=f"round:{round_.id}", body=body, by=by)
    return sample


def replace_case(sample: Sample, case_id: int, reason: str, *, by: int) -> SampledCase | None:
    """Take a drawn case out and put the next reserve in; gives that reserve, or None where none is left.

    A reserve that has closed or come into the round since the draw comes in and goes out again at once, with that as
    its reason, so that the whole can be followed.
    """
    hold(sample.round)
    refuse_if(refusal_to_add_cases(sample.round.closed_at is not None))
    out = samples.find_sampled(sample, case_id)
    audit = samples.find_audit(sample.round_id, case_id)
    refuse_if(refusal_to_take_out(out is not None and not out.removed, audit.at if audit else None, reason))
    drawn, since = samples.redrawn(sample), _changes(sample)
    number = len(drawn.replacements)
    while out is not None:
        drawn, number = replace(drawn, out.case.reference, reason), number + 1
        out.removed = True
        added = next((one for one in drawn.cases if one.reference == drawn.replacements[-1].added), None)
        come = _come_in(sample, added) if added is not None else None
        db.session.add(
            CaseReplacement(
                sample_id=sample.id,
                number=number,
                removed_id=out.id,
                added_id=come.id if come else None,
                reason=reason,
                at=now(),
                by_id=by,
            )
        )
        db.session.flush()
        body = {"sample": sample.id, "out": out.case_id, "in": come.case_id if come else None, "reason": reason}
        record("sample.case_replaced", subject=f"round:{sample.round_id}", body=body, by=by)
        if come is None or added is None or added.reference not in since:
            return come
        out, reason = come, since[added.reference]
    return None


def _changes(sample: Sample) -> dict[str, str]:
    """The cases that can no longer come into a sample, each with why."""
    rows = select(CaseRecord.reference).where(CaseRecord.authority_id == sample.case_list.authority_id)
    shut = db.session.execute(rows.where(CaseRecord.closed)).scalars()
    here = db.session.execute(rows.where(CaseRecord.id.in_(frames.in_round(sample.round_id)))).scalars()
    return {
        **dict.fromkeys(shut, "It has closed since the draw."),
        **dict.fromkeys(here, "It is, or was, in this round already."),
    }


def _come_in(sample: Sample, one: DrawnCase) -> SampledCase:
    case_id = samples.find_case(sample, one.reference)
    if case_id is None:
        raise Refused(Refusal(f"Case {one.reference} was next, but it is not known any more."))
    come = SampledCase(sample_id=sample.id, **kept_case(one, case_id))
    db.session.add(come)
    db.session.flush()
    return come
