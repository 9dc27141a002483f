"""Which rounds have a report for whom, and what a report is made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import abort
from sqlalchemy import Select, case, extract, func, select
from sqlalchemy.orm import joinedload

from audit_app.access.actor import Actor
from audit_app.access.table import Permission
from audit_app.auditing.ledger import RANK, SENIOR, stood_below
from audit_app.auditing.model import Audit, Judgement, Retraction
from audit_app.auditing.queries import hidden_from, open_to
from audit_app.auditing.workflow import BEING_WRITTEN, COUNTED, ENDED, Stage
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.frameworks.content import Scale
from audit_app.measures import album
from audit_app.measures import queries as measures
from audit_app.measures.album import Material
from audit_app.measures.counts import by_unit, count
from audit_app.measures.pictures.picture import Picture
from audit_app.measures.population import Counted
from audit_app.measures.queries import Filters, chosen
from audit_app.measures.sums import sums_of
from audit_app.moderation.model import Moderation, Phase
from audit_app.organisation.model import Unit
from audit_app.organisation.queries import tree
from audit_app.programmes.model import Programme, Round
from audit_app.reporting.contents.overrides import Override
from audit_app.reporting.contents.round import Outstanding, RoundFacts, RoundMaterial
from audit_app.web.paging import Page, page


def reader_of(actor: Actor) -> Actor:
    """Somebody as a reader of reports: no other role of theirs widens what a report counts."""
    return actor.limited_to(Permission.READ_REPORTS)


def rounds_with_reports(actor: Actor, *, after: str, before: str) -> Page[Round]:
    """A page of the rounds in which something was handed in that this person's reports count, newest first."""
    counted = chosen(Filters(), reader_of(actor)).where(Audit.first_handed_in_at.is_not(None))
    rows = select(Round).where(Round.id.in_(counted.with_only_columns(Audit.round_id)))
    total = db.session.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
    rows = rows.options(joinedload(Round.programme).joinedload(Programme.unit))
    months = extract("year", Round.month) * 12 + extract("month", Round.month)
    return page(
        rows,
        (months * -1, Round.id * -1),
        lambda one: (-(one.month.year * 12 + one.month.month), -one.id),
        total=total,
        after=after,
        before=before,
        parse=(int, int),
    )


@dataclass(frozen=True, slots=True)
class RoundLine:
    """What the list of reports says of a round."""

    allocated: int = 0
    handed_in: int = 0
    moderated: int = 0


def lines_of(rounds: Iterable[Round], actor: Actor) -> dict[int, RoundLine]:
    """How far each of some rounds is, as this person's reports count."""
    reader, ids = reader_of(actor), [one.id for one in rounds]
    mine = chosen(Filters(), reader).where(Audit.round_id.in_(ids), Audit.stage.not_in([s.value for s in ENDED]))
    seen = [stage.value for stage in COUNTED]
    done = select(Moderation.audit_id).where(Moderation.tier == SENIOR, Moderation.phase == Phase.DONE.value)
    columns = (
        Audit.round_id,
        func.count(),
        func.count(Audit.first_handed_in_at),
        func.sum(case((Audit.id.in_(done) & Audit.stage.in_(seen), 1), else_=0)),
    )
    rows = db.session.execute(mine.with_only_columns(*columns).group_by(Audit.round_id))
    return {row[0]: RoundLine(row[1], row[2], int(row[3] or 0)) for row in rows}


def round_or_404(round_id: int, actor: Actor) -> Round:
    """A round of a programme in whose units this person reads reports; any other does not exist."""
    rows = select(Round).where(Round.id == round_id)
    rows = rows.options(joinedload(Round.programme).joinedload(Programme.unit), joinedload(Round.tool_version))
    found = db.session.execute(rows).scalar_one_or_none()
    paths = actor.paths(Permission.READ_REPORTS)
    if found is None or not any(_one_tree(found.programme.unit.path, path) for path in paths):
        abort(404)
    return found


def _one_tree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def material_of(round_: Round, actor: Actor, *, published: bool = False) -> RoundMaterial:
    """Everything that this person's report of a round is made from; published, with what it keeps back for others."""
    reader = reader_of(actor)
    filters = Filters(round=round_.id, every_section=True)
    audits = measures.population(filters, reader)
    became = measures.became(filters, reader)
    evidence, deeds = measures.evidence_views(filters, reader), measures.deeds(filters, reader)
    units = tree(reader.paths(Permission.SEE_FIGURES))
    names = {audit.unit_id: audit.unit_name for audit in audits}
    return RoundMaterial(
        facts=_facts(round_, reader),
        audits=audits,
        counts=count(audits, became, evidence, deeds=deeds),
        sections=count(audits, became, evidence, every_section=True, deeds=deeds),
        teams=by_unit(audits, names, [unit.id for unit in units]),
        overrides=_overrides(round_, filters, audits, reader, actor),
        outstanding=Outstanding(
            _at(filters, reader, BEING_WRITTEN),
            _at(filters, reader, {Stage.WITH_SENIOR, Stage.WITH_EXTERNAL}),
            _left_out(round_, actor),
        ),
        pictures=_pictures(round_, filters, audits, [unit.id for unit in units], reader),
        kept_back=_kept_back(round_, reader) if published else frozenset(),
    )


def _kept_back(round_: Round, reader: Actor) -> frozenset[str]:
    beside = measures.rounds_beside(measures.sums(Filters(), reader)).get((round_.month, round_.programme_id))
    return frozenset() if beside is None else beside.kept_back


def _pictures(
    round_: Round, filters: Filters, audits: Sequence[Counted], order: Sequence[int], reader: Actor
) -> list[Picture]:
    """The pictures of the measures pages for a round: over-grading by section, why grades were changed, teams."""
    names = {section.key: section.name for section in round_.tool_version.tool.graded_sections}
    teams = {audit.unit_id: audit.unit_name for audit in audits}
    by_team = Material(sums_of(audits), charted="good_as_stands", order=tuple(order), teams=teams, sections=names)
    by_section = measures.material(album.SECTIONS, filters, reader, by_team)
    return [*album.pictures(album.SECTIONS, by_section), *album.pictures(album.TEAMS, by_team)]


def _facts(round_: Round, reader: Actor) -> RoundFacts:
    programme = round_.programme
    return RoundFacts(
        programme=programme.name,
        month=round_.month,
        tool=f"{round_.tool_version.name}, version {round_.tool_version.version}",
        due_on=round_.due_on,
        closed=round_.closed_at is not None,
        scope=_scope(programme.unit, reader),
        target_percent=programme.moderation_percent,
    )


def _scope(unit: Unit, reader: Actor) -> str:
    """Whose cases a report covers: all of the programme's unit, or the parts of it that its reader has."""
    paths = reader.paths(Permission.SEE_FIGURES)
    if any(unit.path.startswith(path) for path in paths):
        return unit.name
    rows = select(Unit.name).where(Unit.path.in_([path for path in paths if path.startswith(unit.path)]))
    return " and ".join(db.session.execute(rows.order_by(Unit.path)).scalars())


def _at(filters: Filters, reader: Actor, stages: Iterable[Stage]) -> int:
    rows = chosen(filters, reader).where(Audit.stage.in_([stage.value for stage in stages]))
    return db.session.execute(rows.with_only_columns(func.count())).scalar_one()


def _left_out(round_: Round, actor: Actor) -> int:
    """How many of a round's audits this person judges blind just now, and so finds in no number."""
    rows = select(func.count()).select_from(Audit).where(Audit.round_id == round_.id, Audit.id.in_(hidden_from(actor)))
    return db.session.execute(rows).scalar_one()


def references_open_to(audits: Select[int], actor: Actor) -> dict[int, str]:
    """The case references of those of some audits that this person may open."""
    rows = select(Audit.id, CaseRecord.reference).join(Audit.unit).join(Audit.case)
    rows = rows.where(Audit.id.in_(audits), open_to(actor))
    return {row.id: row.reference for row in db.session.execute(rows)}


def _overrides(
    round_: Round, filters: Filters, audits: Iterable[Counted], reader: Actor, actor: Actor
) -> tuple[Override, ...]:
    counted = chosen(filters, reader).where(Audit.stage.in_([stage.value for stage in COUNTED]))
    references = references_open_to(counted, actor)
    tool = round_.tool_version.tool
    ledgers = {audit.id: audit.lines for audit in audits}
    places = {section.key: (place, section.name) for place, section in enumerate(tool.sections)}
    rows = select(Judgement).where(
        Judgement.audit_id.in_(counted),
        Judgement.phase == "settled",
        Judgement.decision == "override",
        Judgement.id.not_in(select(Retraction.judgement_id)),
    )
    found = list(db.session.execute(rows).scalars())
    found.sort(key=lambda one: (one.audit_id, RANK[one.tier], places[one.section]))
    reasons = {reason.key: reason.name for reason in tool.reasons}
    overrides = []
    for one in found:
        lines = ledgers[one.audit_id]
        before = stood_below(lines, next(line for line in lines if line.id == one.id))
        overrides.append(
            Override(
                reference=references.get(one.audit_id, ""),
                tier=one.tier,
                section=places[one.section][1],
                overall=one.overall,
                earlier=_grade(tool.scale, before[one.section].grade if one.section in before else None),
                later=_grade(tool.scale, one.grade),
                reason=reasons.get(one.reason_code or "", "No reason given"),
                words=one.reason,
            )
        )
    return tuple(overrides)


def _grade(scale: Scale, grade: str | None) -> str:
    return scale.level(grade).name if grade else "Not applicable"
