"""What the evidence of an audit and of a round is made from, as far as somebody may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.model import Audit, Judgement, Retraction
from audit_app.auditing.queries import hidden_from
from audit_app.auditing.workflow import BEFORE_HAND_IN, ENDED
from audit_app.clock import now
from audit_app.db import db
from audit_app.frameworks.content import Tool
from audit_app.history.queries import entries_of
from audit_app.identity.queries import names_of
from audit_app.moderation.model import Moderation
from audit_app.moderation.queries.rounds import draws_of
from audit_app.packs.chosen import Chosen
from audit_app.packs.evidence import ROUND_TOLD, Audited, AuditEvidence, RoundEvidence
from audit_app.packs.grades import NOT_APPLICABLE, Given, stands
from audit_app.packs.opinions import DrawMade, SecondOpinion
from audit_app.packs.queries import Holding
from audit_app.programmes.model import Round
from audit_app.reporting.contents.audience import Audience
from audit_app.reporting.contents.happened import Happening
from audit_app.reporting.contents.sample import sample_paper
from audit_app.reporting.document import Document
from audit_app.reporting.queries.audits import happenings_of
from audit_app.reporting.queries.samples import material_of
from audit_app.sampling.exclusions import REASON_WORDS
from audit_app.sampling.explanation import chance_words, explain, policy_words
from audit_app.sampling.model import Sample, SampledCase
from audit_app.sampling.queries.samples import redrawn, samples_of
from audit_app.sampling.selection import Drawn, chance_of

THE_SERVICE = "The service"
NONE_YET = "None yet"


def evidence_of(audit: Audit, actor: Actor) -> AuditEvidence:
    """What the evidence of one audit is made from; the caller has made sure that its reader may see all of it."""
    (audited,) = _audited([audit])
    return AuditEvidence(
        tool=f"{audit.tool.name}, version {audit.tool.version}",
        month=audit.period,
        programme=audit.round.programme.name,
        audited=audited,
        chosen=_chosen(audit, reads_all_of(audit.round, actor)),
        opinions=_opinions([audit]),
        happenings=happenings_of(audit),
    )


def reads_all_of(round_: Round, actor: Actor) -> bool:
    """Whether somebody may take the audits of all units that a round's programme covers."""
    return actor.reaches(Permission.TAKE_PACKS, round_.programme.unit.path)


def evidence_of_round(holding: Holding, actor: Actor) -> RoundEvidence:
    """What the evidence of a round is made from: of its audits only those that its reader may read in full."""
    round_, whole = holding.round, reads_all_of(holding.round, actor)
    return RoundEvidence(
        programme=round_.programme.name,
        scope=round_.programme.unit.name,
        month=round_.month,
        tool=f"{round_.tool_version.name}, version {round_.tool_version.version}",
        opened_at=round_.opened_at,
        due_on=round_.due_on,
        closed_at=round_.closed_at,
        sampled=_sampled(round_, actor) if whole else (),
        whole=whole,
        audits=_audited(holding.audits),
        not_handed_in=_count(round_, actor, [s.value for s in BEFORE_HAND_IN - ENDED]),
        withdrawn=_count(round_, actor, [s.value for s in BEFORE_HAND_IN & ENDED]),
        blind=holding.blind,
        opinions=_opinions(holding.audits),
        draws=_draws(round_),
        happenings=_happenings(f"round:{round_.id}"),
    )


def _count(round_: Round, actor: Actor, stages: Iterable[str]) -> int:
    rows = select(func.count()).select_from(Audit).where(Audit.round_id == round_.id, Audit.stage.in_(list(stages)))
    rows = rows.where(Audit.id.not_in(hidden_from(actor)), Audit.first_handed_in_at.is_(None))
    return db.session.execute(rows).scalar_one()


def _audited(audits: Sequence[Audit]) -> list[Audited]:
    given = _given(audits)
    return [_one(audit, given[audit.id]) for audit in audits]


def _one(audit: Audit, given: list[tuple[Judgement, Given]]) -> Audited:
    overall = [one for judgement, one in given if judgement.overall]
    first = next((one.grade for one in overall if one.phase == "submitted"), NONE_YET)
    return Audited(
        reference=audit.case.reference,
        team=audit.unit.name,
        auditor=audit.auditor.name,
        stage=audit.at,
        allocated_at=audit.allocated_at,
        due_on=audit.due_on,
        handed_in_at=audit.first_handed_in_at,
        given=tuple(one for _, one in given),
        overall_audited=first,
        overall_stands=stands(overall) or NONE_YET,
    )


def _given(audits: Sequence[Audit]) -> dict[int, list[tuple[Judgement, Given]]]:
    tools = {audit.id: audit.tool for audit in audits}
    rows = select(Judgement, Retraction).outerjoin(Retraction, Retraction.judgement_id == Judgement.id)
    rows = rows.where(Judgement.audit_id.in_(tools)).order_by(Judgement.id)
    pairs = [(judgement, retraction) for judgement, retraction in db.session.execute(rows)]
    names = names_of({judgement.by_id for judgement, _ in pairs})
    found: dict[int, list[tuple[Judgement, Given]]] = defaultdict(list)
    for judgement, retraction in pairs:
        who = names.get(judgement.by_id, THE_SERVICE)
        found[judgement.audit_id].append((judgement, _grade(tools[judgement.audit_id], judgement, retraction, who)))
    return found


def _grade(tool: Tool, one: Judgement, taken_back: Retraction | None, who: str) -> Given:
    return Given(
        id=one.id,
        section=tool.section(one.section).name,
        tier=one.tier,
        phase=one.phase,
        grade=tool.scale.level(one.grade).name if one.grade else NOT_APPLICABLE,
        who=who,
        at=one.at,
        decision=one.decision or "",
        reason=tool.reason(one.reason_code).name if one.reason_code else "",
        words=one.reason,
        taken_back_at=taken_back.at if taken_back else None,
        taken_back_because=taken_back.because if taken_back else "",
    )


def _opinions(audits: Sequence[Audit]) -> list[SecondOpinion]:
    references = {audit.id: audit.case.reference for audit in audits}
    rows = select(Moderation).where(Moderation.audit_id.in_(references))
    rows = rows.options(joinedload(Moderation.moderator), joinedload(Moderation.exercise))
    found = sorted(db.session.scalars(rows), key=lambda one: (references[one.audit_id], one.audit_id, one.given_at))
    return [
        SecondOpinion(
            reference=references[one.audit_id],
            tier=one.tier,
            who=one.moderator.name,
            route=one.drawn.words,
            chance=one.inclusion_probability,
            blind=one.blind,
            given_at=one.given_at,
            committed_at=one.committed_at,
            done_at=one.done_at,
            exercise=one.exercise.name if one.exercise else "",
        )
        for one in found
    ]


def _draws(round_: Round) -> list[DrawMade]:
    found = [
        DrawMade(
            draw.tier,
            draw.drawn_at,
            person.name if person else THE_SERVICE,
            len(draw.frame),
            draw.size,
            draw.seed,
            draw.algorithm,
        )
        for draw, person in draws_of(round_)
    ]
    return found[::-1]


def _chosen(audit: Audit, whole: bool) -> Chosen | None:
    rows = select(Sample).join(SampledCase, SampledCase.sample_id == Sample.id)
    rows = rows.where(Sample.round_id == audit.round_id, SampledCase.case_id == audit.case_id)
    rows = rows.options(joinedload(Sample.drawer), joinedload(Sample.case_list))
    sample = db.session.scalars(rows.order_by(Sample.id).limit(1)).one_or_none()
    if sample is None:
        return None
    drawn, reference = redrawn(sample), audit.case.reference
    known = any(case.reference == reference for case in drawn.frame.cases)
    return Chosen(
        sentences=explain(drawn, reference) if whole else (),
        list_taken_on=sample.case_list.taken_on,
        listed=len(drawn.frame.cases),
        list_fingerprint=drawn.frame_hash,
        policy=policy_words(drawn.policy),
        seed=drawn.seed,
        method=drawn.algorithm,
        chance=chance_words(chance_of(drawn, reference)) if known else "Not on the list as it was drawn",
        drawn_at=sample.drawn_at,
        drawn_by=sample.drawer.name if sample.drawer else "",
        fingerprint=sample.fingerprint,
        left_out=_left_out(drawn) if whole else (),
        whole=whole,
    )


def _left_out(drawn: Drawn) -> tuple[tuple[str, int], ...]:
    counts = [
        (words, len({one.reference for one in drawn.exclusions if one.reason is reason}))
        for reason, words in REASON_WORDS.items()
    ]
    return tuple((words, count) for words, count in counts if count)


def _sampled(round_: Round, actor: Actor) -> list[Document]:
    """The papers of a round's draws: what stands in them stands in the evidence."""
    return [
        sample_paper(material_of(one, actor), Audience.COLLEAGUES, council="", produced_at=now(), receipt=None)
        for one in samples_of(round_)
    ]


def _happenings(subject: str) -> list[Happening]:
    """The steps of a round, oldest first; never what an entry says."""
    entries = entries_of(subject, kinds=list(ROUND_TOLD), bodies=False)
    names = names_of({entry.actor_id for entry in entries if entry.actor_id})
    return [Happening(one.kind, one.at, names.get(one.actor_id or 0, THE_SERVICE), "") for one in reversed(entries)]
