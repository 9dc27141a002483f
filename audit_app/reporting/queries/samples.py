"""What the paper of a sample is made from."""

from audit_app.access.actor import Actor
from audit_app.reporting.contents.sample import SampleFacts, SampleMaterial, Swap
from audit_app.sampling.coverage import coverage
from audit_app.sampling.departing import Departure
from audit_app.sampling.describing import COMPARED, ORDERS
from audit_app.sampling.exclusions import REASON_WORDS, counted
from audit_app.sampling.groups import groups_of
from audit_app.sampling.model import Sample
from audit_app.sampling.queries import samples
from audit_app.web.formats import london_day


def material_of(sample: Sample, actor: Actor) -> SampleMaterial:
    """A sample with everything that led to it, as somebody may see it."""
    drawn = samples.redrawn(sample)
    audited = samples.audited_in(sample, actor)
    reasons = [
        (words, {one.reference for one in drawn.exclusions if one.reason is reason})
        for reason, words in REASON_WORDS.items()
    ]
    terms = sample.terms
    each = terms.get("per_auditor") if terms.get("sized_by") == "per_auditor" else None
    return SampleMaterial(
        facts=SampleFacts(
            number=sample.id,
            programme=sample.round.programme.name,
            month=sample.round.month,
            scope=sample.round.programme.unit.name,
            list_taken_on=sample.case_list.taken_on,
            drawn_at=sample.drawn_at,
            drawn_by=sample.drawer.name if sample.drawer else "",
            size=f"{counted(each, 'case')} for each of {counted(terms['auditors'], 'auditor')}" if each else "",
            fingerprint=sample.fingerprint,
            without_start=terms.get("without_start", 0),
            policy_known="departures" in terms,
        ),
        drawn=drawn,
        same=drawn.references == samples.references_of(sample),
        departures=[Departure(**one) for one in terms.get("departures", ())],
        groups=groups_of(drawn, audited.references),
        tables=coverage(drawn.frame, drawn.references, tuple(COMPARED), ORDERS),
        titles=COMPARED,
        reasons=[(words, references) for words, references in reasons if references],
        swaps=[
            Swap(
                one.removed.case.reference,
                one.added.case.reference if one.added else None,
                one.reason,
                london_day(one.at),
                one.person.name,
            )
            for one in samples.replacements_of(sample)
        ],
        audited=audited.references,
        blind=audited.blind,
    )
