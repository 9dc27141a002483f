"""Rounds of the demonstration: cases drawn by the product's own draw, and given to people independent of them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from audit_app.auditing.workflow import Stage
from audit_app.cases.model import CaseListEntry
from audit_app.db import Model, db
from audit_app.demonstration.dates import due, moment, opening, working_days_before
from audit_app.demonstration.drift import Month
from audit_app.demonstration.operations.authority import Northmere
from audit_app.demonstration.seeds import chance_of
from audit_app.demonstration.story import Story
from audit_app.frameworks.model import ToolVersion
from audit_app.history.operations import record
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round
from audit_app.programmes.working_days import working_days_after
from audit_app.sampling.allocation import Auditor, CaseToAllocate, allocate
from audit_app.sampling.keeping import kept, kept_case
from audit_app.sampling.model import Sample
from audit_app.sampling.policy import Method
from audit_app.sampling.queries import frames
from audit_app.sampling.rules import folded
from audit_app.sampling.selection import draw
from audit_app.sampling.terms import DrawTerms, Known, exclusions_of

AUDITS, SAMPLED = (Model.metadata.tables[name] for name in ("audit", "sampled_case"))
CLOSES_AFTER = 20  # working days after the due day
RESTS = dt.timedelta(days=183)  # a case that was audited is left alone for half a year
THEMATIC_CATEGORIES = frozenset({"child_protection", "looked_after", "child_in_need"})


@dataclass(frozen=True, slots=True)
class Case:
    """A case to give out, as its list has it, and the chance that it had of being drawn."""

    case_id: int
    reference: str
    unit_id: int
    unit_path: str
    category: str
    worker: str
    chance: float | None


@dataclass(slots=True)
class Opened:
    """A round with its audits as they went."""

    round: Round
    place: int
    month: Month
    stories: list[Story] = field(default_factory=list)
    sample: Sample | None = None


@dataclass(slots=True)
class Rounds:
    """What is remembered from round to round: the seed, the present month, and when each case was last audited."""

    northmere: Northmere
    seed: str
    today: dt.date
    audited: dict[str, dt.date] = field(default_factory=dict)

    @property
    def last_day(self) -> dt.date:
        """The last working day before the present month: nothing of the story lies after it."""
        return working_days_before(self.today.replace(day=1), 1)

    def open(
        self, programme: Programme, tool: ToolVersion, month: dt.date, course: tuple[int, Month], case_list: int
    ) -> Opened:
        """Open a round; those of earlier months have been closed since."""
        chance = chance_of(self.seed, programme.name, month, "opening")
        due_on = due(month, self.today)
        closes_on = working_days_after(due_on, CLOSES_AFTER)
        kept = Round(
            programme=programme,
            tool_version=tool,
            case_list_id=case_list,
            month=month,
            due_on=due_on,
            opened_at=moment(opening(month), chance, (9, 10)),
            closed_at=moment(closes_on, chance) if closes_on <= self.last_day else None,
        )
        db.session.add(kept)
        db.session.flush()
        return Opened(kept, *course)

    def draw(self, opened: Opened, size: int) -> list[Case]:
        """Draw a month's cases, each team in proportion, and keep the sample so that anybody can draw it again."""
        cases = frames.listed(opened.round)
        known = Known(closed=cases.closed, last_audited={k: v for k, v in self.audited.items() if k in cases.ids})
        terms = DrawTerms(
            Method.PROPORTIONAL.value, size, f"{self.seed} {opened.round.month:%Y-%m}", ("team",), months=6
        )
        excluded = exclusions_of(terms, known, opening(opened.round.month))
        drawn = draw(cases.frame, terms.policy, terms.seed, excluded)
        opened.sample = Sample(
            round_id=opened.round.id,
            case_list_id=opened.round.case_list_id,
            drawn_at=opened.round.opened_at + dt.timedelta(minutes=20),
            drawn_by=self.northmere.officer_id,
            **kept(drawn),
        )
        db.session.add(opened.sample)
        db.session.flush()
        rows = [kept_case(one, cases.ids[one.reference]) | {"sample_id": opened.sample.id} for one in drawn.cases]
        db.session.execute(insert(SAMPLED), rows)
        return _cases(opened.round, {row["case_id"]: row["inclusion_probability"] for row in rows})

    def choose(self, opened: Opened, size: int) -> list[Case]:
        """Choose cases for a thematic round, as an officer does from a legal tracker: by hand, without a chance."""
        chance = chance_of(self.seed, opened.round.programme.name, opened.round.month, "cases")
        cases = frames.listed(opened.round)
        since = opening(opened.round.month) - RESTS
        rested = {
            case_id: None
            for reference, case_id in sorted(cases.ids.items())
            if reference not in cases.closed and self.audited.get(reference, since) <= since
        }
        suited = [case for case in _cases(opened.round, rested) if case.category in THEMATIC_CATEGORIES]
        return chance.sample(suited, size)

    def give_out(self, opened: Opened, cases: Sequence[Case]) -> None:
        """Give the cases to auditors, evenly and never within their own team."""
        auditors = [
            Auditor(str(who.id), frozenset({str(who.unit_id)}), frozenset({folded(who.name)}), name=who.name)
            for who in self.northmere.auditors
        ]
        files = [CaseToAllocate(case.reference, str(case.unit_id), folded(case.worker)) for case in cases]
        seed = f"{self.seed} {opened.round.programme.name} {opened.round.month:%Y-%m}"
        placed = {pair.reference: int(pair.auditor) for pair in allocate(files, auditors, seed).pairs}
        at = opened.round.opened_at + dt.timedelta(hours=1)
        rows = [
            {
                "round_id": opened.round.id,
                "case_id": case.case_id,
                "tool_version_id": opened.round.tool_version_id,
                "auditor_id": placed[case.reference],
                "unit_id": case.unit_id,
                "unit_path": case.unit_path,
                "category": case.category,
                "period": opened.round.month,
                "stage": Stage.ALLOCATED.value,
                "due_on": opened.round.due_on,
                "inclusion_probability": case.chance,
                "allocated_at": at,
                "version_id": 1,
            }
            for case in cases
        ]
        made = insert(AUDITS).returning(AUDITS.c.id, sort_by_parameter_order=True)
        ids = db.session.execute(made, rows).scalars().all()
        self.audited |= {case.reference: opened.round.due_on for case in cases}
        tool = opened.round.tool_version.tool
        opened.stories = [
            Story(key, tool, case.category, case.unit_id, placed[case.reference], opened.month, opened.round.due_on, at)
            for key, case in zip(ids, cases, strict=True)
        ]

    def note(self, opened: Opened) -> None:
        """Say in the history what was loaded, and when that was: now, whatever the dates of the story are."""
        sample = opened.sample
        body: dict[str, object] = {
            "programme": opened.round.programme_id,
            "month": opened.round.month.isoformat(),
            "case_list": opened.round.case_list_id,
            "sample": {"seed": sample.seed, "fingerprint": sample.fingerprint} if sample else None,
            "audits": [story.audit_id for story in opened.stories],
        }
        record("round.loaded", subject=f"round:{opened.round.id}", body=body)


def _cases(round_: Round, chances: Mapping[int, float | None]) -> list[Case]:
    """Some cases of a round's list, in the order of the list."""
    rows = (
        select(CaseListEntry, Unit.path)
        .join(Unit, Unit.id == CaseListEntry.unit_id)
        .where(CaseListEntry.list_id == round_.case_list_id, CaseListEntry.case_id.in_(chances))
        .order_by(CaseListEntry.case_id)
    )
    found = db.session.execute(rows.options(joinedload(CaseListEntry.case))).all()
    return [
        Case(e.case_id, e.case.reference, e.unit_id, path, e.category, e.worker, chances[e.case_id])
        for e, path in found
    ]
