"""A moderation as its moderator sees it: what the moderator's pages have in common."""

import datetime as dt

from flask import abort, url_for

from audit_app.access.table import Permission
from audit_app.auditing.comparison import Row, comparison, judged_sections
from audit_app.auditing.model import RiskAlert
from audit_app.auditing.queries import alerts_of, judgements_of, retracted_of
from audit_app.cases.sensitive import warnings_in
from audit_app.clock import now
from audit_app.frameworks.content import Section
from audit_app.history.operations import record
from audit_app.moderation import queries
from audit_app.moderation.model import Moderation, Phase
from audit_app.moderation.progress import Progress, Seen, blind_progress, deciding_progress
from audit_app.moderation.rules import refusal_to_go_on, refusal_to_stay
from audit_app.refusal import Refusal
from audit_app.web.guard import actor, requires

judges = requires(Permission.MODERATE, Permission.VALIDATE)
SITTING = dt.timedelta(hours=1)  # going from page to page of one audit is one opening


def moderation_of(moderation_id: int, *, to_write: bool = False) -> Moderation:
    """One's own moderation; anybody else's does not exist."""
    return queries.moderation_or_404(moderation_id, actor(), to_write=to_write)


def section_of(moderation: Moderation, key: str) -> Section:
    """A section that is moderated in this audit."""
    found = next((one for one in queries.sections_of(moderation.audit) if one.key == key), None)
    if found is None:
        abort(404)
    return found


def standing_of(moderation: Moderation) -> dict[str, str | None]:
    """The grades that the moderator agrees with or overrides, by section; not for whoever judges blind."""
    return {key: line.grade for key, line in queries.standing_before(moderation.audit, moderation.tier).items()}


def seen_of(moderation: Moderation) -> Seen:
    """What the moderator brings to the decisions."""
    opened = frozenset(opinion.section for opinion in moderation.opinions if opinion.opened_at is not None)
    if moderation.at is not Phase.SETTLING:
        return Seen(opened)
    return Seen(opened, {key: grade.chosen for key, grade in queries.blind_grades_of(moderation).items()})


def progress_of(moderation: Moderation) -> Progress:
    """How far the moderation is; while it is blind, nothing is read but the moderator's own grades."""
    sections = queries.sections_of(moderation.audit)
    if moderation.at is Phase.JUDGING_BLIND:
        return blind_progress(sections, queries.blind_grades_of(moderation))
    decisions = queries.decisions_of(moderation)
    return deciding_progress(moderation.audit.tool, sections, standing_of(moderation), decisions, seen_of(moderation))


def menu(moderation: Moderation, progress: Progress, current: str = "") -> list[dict[str, object]]:
    """The sections with the state of each."""
    return [
        {
            "text": one.section.name,
            "href": url_for("moderation.section", moderation_id=moderation.id, section=one.section.key),
            "state": one.words,
            "tone": one.tone,
            "current": one.section.key == current,
        }
        for one in progress.sections
    ]


def rows_of(moderation: Moderation) -> tuple[Row, ...]:
    """Every section with what each tier judged; not for whoever judges blind."""
    audit = moderation.audit
    ledger, gone = judgements_of(audit), retracted_of(audit)
    return comparison(judged_sections(audit.tool, audit.category, ledger, gone), ledger, gone)


def identifying(text: str) -> list[tuple[str, str]]:
    """What in somebody's words looks like a name, a date of birth or a number that tells who somebody is."""
    return [(text[found.start : found.end], found.words) for found in warnings_in(text)]


def own_alerts(moderation: Moderation) -> list[RiskAlert]:
    """What the moderator said about a child at risk in this audit; what others said may be more than they may see."""
    return [alert for alert in alerts_of(moderation.audit) if alert.raised_by == actor().id]


def note_opening(moderation: Moderation) -> None:
    """Record that the moderator has the audit's content before them, once a sitting."""
    if not queries.has_opened(moderation.audit, actor().id, since=now() - SITTING):
        body = {"moderation": moderation.id}
        record("audit.opened", subject=moderation.audit.subject, body=body, by=actor().id)


def stopped(moderation: Moderation) -> Refusal | None:
    """Why its moderator can no longer judge this audit, though it was given to them."""
    audit = moderation.audit
    return refusal_to_stay(audit.facts, actor(), connected=queries.connected_now(audit, actor()))


def is_with_moderator(moderation: Moderation) -> bool:
    """Whether something can be done in the moderation now: it is not finished, its audit is with its moderator, and
    nothing that was told since stops them."""
    if moderation.at is Phase.DONE or refusal_to_go_on(moderation.audit.at, moderation.tier) is not None:
        return False
    return stopped(moderation) is None
