"""What later tiers settled on moderated audits, and for whom it may be counted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, literal, select

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.ledger import Line, stood_below
from audit_app.auditing.model import Audit, Judgement, Retraction
from audit_app.auditing.queries import ledger_of
from audit_app.auditing.workflow import COUNTED
from audit_app.db import db
from audit_app.frameworks.content import Tool
from audit_app.frameworks.model import ToolVersion
from audit_app.learning.lessons import NO_REASON, ON_CHALLENGE, Judged, Opinion, Way, way_of
from audit_app.measures.queries import Filters, chosen
from audit_app.moderation.model import Moderation, Phase, Route

TIERS = ("senior", "external")
SEES = Permission.SEE_LEARNING


def reader_of(actor: Actor) -> Actor:
    """Somebody as a reader of what moderation teaches: no other role of theirs widens what is counted."""
    return actor.limited_to(SEES)


def moderated(filters: Filters, reader: Actor) -> Select[int]:
    """The counted audits that filters choose for a reader; what they judge blind just now is left out."""
    return chosen(filters, reader).where(Audit.stage.in_([stage.value for stage in COUNTED]))


def opinions_of(ids: Select[int], tiers: Iterable[str] = TIERS, *, words: bool = False) -> list[Opinion]:
    """The finished opinions of some audits, in the order in which they were finished; words only where wanted."""
    tiers = tuple(tiers)
    columns = (
        Moderation.audit_id,
        Moderation.tier,
        Moderation.route,
        Moderation.inclusion_probability,
        Moderation.quality,
        Moderation.quality_words if words else literal("").label("quality_words"),
        Audit.tool_version_id,
    )
    rows = select(*columns).join(Audit, Audit.id == Moderation.audit_id).where(Audit.id.in_(ids))
    rows = rows.where(Moderation.phase == Phase.DONE.value, Moderation.tier.in_(tiers))
    given = db.session.execute(rows.order_by(Moderation.done_at, Moderation.id)).all()
    if not given:
        return []
    versions = select(ToolVersion).where(ToolVersion.id.in_({row.tool_version_id for row in given}))
    tools = {version.id: version.tool for version in db.session.execute(versions).scalars()}
    ledgers, later = ledger_of(ids), _later(ids, tiers, words=words)
    return [
        Opinion(
            row.audit_id,
            row.tier,
            row.route == Route.RANDOM.value,
            row.inclusion_probability or 1.0,
            tuple(_judged(tools[row.tool_version_id], ledgers.get(row.audit_id, []), later[row.audit_id, row.tier])),
            tools[row.tool_version_id].quality,
            tuple((str(key), str(level)) for key, level in row.quality.items()),
            row.quality_words,
        )
        for row in given
    ]


@dataclass(frozen=True, slots=True)
class _Said:
    """One line of a later tier with what was said about it."""

    id: int
    section: str
    phase: str
    grade: str | None
    reason_code: str | None
    supports: bool | None
    words: str


def _later(ids: Select[int], tiers: tuple[str, ...], *, words: bool) -> dict[tuple[int, str], list[_Said]]:
    columns = (
        Judgement.audit_id,
        Judgement.tier,
        Judgement.id,
        Judgement.section,
        Judgement.phase,
        Judgement.grade,
        Judgement.reason_code,
        Judgement.evidence_supports,
        Judgement.reason if words else literal("").label("reason"),
    )
    rows = select(*columns).where(
        Judgement.audit_id.in_(ids),
        Judgement.tier.in_(tiers),
        Judgement.phase.in_(("settled", "resolved")),
        Judgement.id.not_in(select(Retraction.judgement_id)),
    )
    found: dict[tuple[int, str], list[_Said]] = defaultdict(list)
    for row in db.session.execute(rows.order_by(Judgement.id)):
        found[row.audit_id, row.tier].append(_Said(*row[2:]))
    return found


def _judged(tool: Tool, ledger: list[Line], said: list[_Said]) -> Iterable[Judged]:
    """One opinion, section by section in the tool's order, beside what stood below it when it was given."""
    settled = {one.section: one for one in said if one.phase == "settled"}
    resolved = {one.section: one for one in said if one.phase == "resolved"}
    if not settled:
        return
    begun = min(one.id for one in settled.values())
    before = stood_below(ledger, next(line for line in ledger if line.id == begun))
    reasons = {reason.key: reason.name for reason in tool.reasons}
    for section in tool.graded_sections:
        first = settled.get(section.key)
        if first is None or section.key not in before:
            continue
        last, earlier = resolved.get(section.key, first), before[section.key].grade
        way, at_first = way_of(tool.scale, earlier, last.grade), way_of(tool.scale, earlier, first.grade)
        coded = reasons.get(first.reason_code or "", NO_REASON)
        yield Judged(
            section.key,
            section.name,
            section.overall,
            tool.scale.level(earlier) if earlier else None,
            tool.scale.level(last.grade) if last.grade else None,
            way,
            "" if way is Way.AGREED else coded if at_first is not Way.AGREED else ON_CHALLENGE,
            last.words or first.words,
            first.supports,
            put_back=at_first is not Way.AGREED and way is Way.AGREED,
        )
