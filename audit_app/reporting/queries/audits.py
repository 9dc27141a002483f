"""What the paper of one audit is made from."""

from collections.abc import Mapping

from audit_app.access.actor import Actor
from audit_app.access.table import Permission, Role, may
from audit_app.actions.queries import actions_of
from audit_app.actions.workflow import State
from audit_app.auditing.comparison import comparison, judged_sections
from audit_app.auditing.drafts import RIGHTED, Draft, concerns_of
from audit_app.auditing.family import told
from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.queries import alerts_of, contributions_of, drafts_of, judgements_of, replies_of, retracted_of
from audit_app.auditing.workflow import BEFORE_HAND_IN
from audit_app.clock import day_of
from audit_app.frameworks.content import Section, Tool
from audit_app.history.queries import entries_of
from audit_app.identity.queries import names_of
from audit_app.moderation.model import Challenge, Moderation, Phase
from audit_app.moderation.queries import challenges_of, moderations_of
from audit_app.reporting.contents.audit import Alert, AuditMaterial, Contributed, Quality, Said, Written
from audit_app.reporting.contents.challenged import Challenged
from audit_app.reporting.contents.for_record import ForRecord
from audit_app.reporting.contents.happened import Happening
from audit_app.reporting.contents.judged import TIERS, Judged, SectionJudged
from audit_app.reporting.contents.to_do import ToDo


def material_of(audit: Audit, actor: Actor) -> AuditMaterial:
    """Everything that an audit's paper is made from; the caller has made sure that its reader may see all of it."""
    drafts = drafts_of(audit)
    return AuditMaterial(
        reference=audit.case.reference,
        tool=audit.tool,
        category=audit.category,
        month=audit.period,
        team=audit.unit.name,
        auditor=audit.auditor.name,
        stage=audit.at,
        due_on=audit.due_on,
        first_handed_in_at=audit.first_handed_in_at,
        sent_back_because=audit.sent_back_because or "",
        sections=_not_handed_in(audit, drafts) if audit.at in BEFORE_HAND_IN else _sections(audit),
        written=[
            _written(section, drafts[section.key])
            for section in audit.tool.sections_for(audit.category)
            if section.key in drafts
        ],
        alerts=[Alert(a.raised_at, a.concern, a.told, a.told_at, a.outcome) for a in alerts_of(audit)],
        quality=[_quality(audit.tool, m) for m in moderations_of(audit) if m.at is Phase.DONE],
        actions=_to_do(audit, actor),
        challenges=[_challenged(one) for one in challenges_of(audit)],
        replies=[Said(reply.author.name, reply.at, reply.words) for reply in replies_of(audit)],
        happenings=happenings_of(audit),
        contributed=_contributed(audit),
        handed_in_without=audit.handed_in_without or "",
    )


def for_record(audit: Audit, actor: Actor) -> ForRecord:
    """What the copy for a child's record says of those who judged, never their names, and of what is to be done."""
    held = {Role(grant.role) for grant in audit.auditor.grants if may(Role(grant.role), Permission.AUDIT)}
    words = " and ".join(role.words.lower() for role in Role if role in held)
    done = [(m.tier, day_of(m.done_at)) for m in moderations_of(audit) if m.at is Phase.DONE and m.done_at]
    return ForRecord(words.capitalize() or "Auditor", tuple(done), _to_do(audit, actor))


def _to_do(audit: Audit, actor: Actor) -> tuple[ToDo, ...]:
    """The actions that were given and that the reader sees, as they stand now."""
    given = [one for one in actions_of(audit, actor) if one.given_at is not None and one.at is not State.WITHDRAWN]
    return tuple(ToDo(one.what, one.due_on, one.shows, one.at.words) for one in given)


def _challenged(one: Challenge) -> Challenged:
    return Challenged(
        tier=TIERS[one.tier],
        raised_at=one.raised_at,
        stage=one.at.words,
        ended_at=one.ended_at,
        because=one.ended_because,
        resolver=one.resolver.name if one.resolver else "",
        reasons=tuple((one.audit.tool.section(point.section).name, point.words) for point in one.points),
    )


def _contributed(audit: Audit) -> list[Contributed]:
    running = [one for one in contributions_of(audit) if one.withdrawn_at is None]
    return [
        Contributed(
            section=section.name,
            agency=one.agency_name,
            by=one.person.name,
            finished=one.done_at is not None,
            words=draft.evidence,
            strengths=draft.strengths,
            improvements=draft.improvements,
            answers=tuple((q.text, str(draft.questions.get(q.key, ""))) for q in section.questions),
        )
        for section in audit.tool.sections_for(audit.category)
        for one in running
        if one.agency == section.agency and (draft := one.drafts.get(section.key)) is not None
    ]


def _sections(audit: Audit) -> list[SectionJudged]:
    tool, found = audit.tool, []
    rows: dict[int, Judgement] = {line.id: line for line in judgements_of(audit)}
    gone = retracted_of(audit)
    for row in comparison(judged_sections(tool, audit.category, rows.values(), gone), rows.values(), gone):
        blind = {line.tier: line for line in row.blind}
        lines = [rows[line.id] for line in (row.auditor, *row.settled) if line is not None]
        found.append(SectionJudged(row.section, tuple(_judged(tool, line, blind.get(line.tier)) for line in lines)))
    return found


def _judged(tool: Tool, line: Judgement, blind: object) -> Judged:
    first = ""
    is_resolution = line.phase == "resolved"
    if blind is not None and not is_resolution and (grade := getattr(blind, "grade", None)) != line.grade:
        first = tool.scale.level(grade).name if grade else "Not applicable"
    return Judged(
        tier=line.tier,
        grade=line.grade,
        evidence=line.evidence,
        strengths=line.strengths,
        improvements=line.improvements,
        decision=line.decision,
        reason=tool.reason(line.reason_code).name if line.reason_code else "",
        words=line.reason,
        supports=line.evidence_supports,
        first=first,
        is_resolution=is_resolution,
    )


def _not_handed_in(audit: Audit, drafts: Mapping[str, Draft]) -> list[SectionJudged]:
    found = []
    for section in audit.tool.sections_for(audit.category):
        if not section.graded:
            continue
        draft = drafts.get(section.key, Draft())
        judged: tuple[Judged, ...] = ()
        if draft.not_applicable:
            judged = (Judged("auditor", None, draft.not_applicable_because),)
        elif draft.grade is not None:
            judged = (Judged("auditor", draft.grade, draft.evidence, draft.strengths, draft.improvements),)
        found.append(SectionJudged(section, judged, draft=True))
    return found


def _written(section: Section, draft: Draft) -> Written:
    return Written(
        section=section,
        words=draft.evidence,
        not_applicable_because=draft.not_applicable_because if draft.not_applicable else None,
        particulars=_particulars(section, draft),
        answers=tuple((question.text, str(draft.questions.get(question.key, ""))) for question in section.questions),
        concerns=tuple(
            (one.words, RIGHTED.get(one.righted, "Not said yet"), one.shown) for one in concerns_of(draft.particulars)
        ),
    )


def _particulars(section: Section, draft: Draft) -> tuple[tuple[str, str], ...]:
    """What a section says beside its words: of feedback with the words of what was chosen."""
    if section.kind == "feedback":
        obtained = draft.particulars.get("obtained", "")
        return (*((("obtained", obtained),) if obtained else ()), *told(draft.particulars))
    return tuple((k, str(v)) for k, v in draft.particulars.items() if k in ("involved", "how"))


def _quality(tool: Tool, moderation: Moderation) -> Quality:
    scale = tool.quality.scale
    rated = [(c.name, moderation.quality.get(c.key)) for c in tool.quality.criteria]
    ratings = tuple((name, scale.level(level).name) for name, level in rated if level in scale.keys)
    return Quality(
        TIERS[moderation.tier],
        ratings,
        moderation.quality_words,
        bool(moderation.with_auditor),
        moderation.together_on,
        moderation.present,
        tuple((one.heading, one.words) for one in moderation.added if one.section is None),
    )


def happenings_of(audit: Audit) -> list[Happening]:
    """Everything that happened to an audit, oldest first, with the reason where one was given."""
    entries = entries_of(audit.subject)
    names = names_of({entry.actor_id for entry in entries if entry.actor_id})
    return [
        Happening(
            entry.kind,
            entry.at,
            names.get(entry.actor_id or 0, "The service"),
            str((entry.body or {}).get("reason") or ""),
        )
        for entry in reversed(entries)
    ]
