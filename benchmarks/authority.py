"""A generated authority: 150 teams, 60 months, 11 graded sections, and as many audits as are asked for.

The same number of audits gives the same authority. Rows are poured straight into the tables; what the history says of
them is left out, and words of evidence are few. Only the tallies are counted otherwise than in service: the facts of
each pattern come from the ledger by the product's own code, and the sums of a team and month are multiplied out. A
sample of audits is counted anew at the end and compared.
"""

import datetime as dt
from collections.abc import Iterator
from random import Random

from flask import Flask
from sqlalchemy import select

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.measures.queries.facts import facts_now, kept_facts
from audit_app.work.bar import bar
from audit_app.work.progress import Progress
from benchmarks.patterns import SEED, Given, Line
from benchmarks.pouring import Row, Sink, sink
from benchmarks.standing import CATEGORY, MONTHS, OPEN_ROUNDS, PLACES, SENIORS, TEAMS, Standing, at, each, standing
from benchmarks.tallying import pour_tallies

SAMPLE = 300
LEDGER, TALLIES = ("case_record", "audit", "judgement", "moderation", "assignment"), ("tallied", "tally")
CASE = ("id", "authority_id", "reference", "unit_id", "worker", "category", "attributes", "closed", "version_id")
AUDIT = (
    "id", "round_id", "case_id", "tool_version_id", "auditor_id", "unit_id", "unit_path", "category", "period", "stage",
    "due_on", "allocated_at", "first_handed_in_at", "handed_in_at", "practitioner_involved", "feedback_obtained",
    "version_id",
)  # fmt: skip
JUDGEMENT = (
    "id", "audit_id", "section", "overall", "tier", "phase", "grade", "not_applicable", "evidence", "strengths",
    "improvements", "decision", "reason_code", "reason", "evidence_supports", "by_id", "at",
)  # fmt: skip
MODERATION = (
    "id", "audit_id", "auditor_id", "tier", "moderator_id", "route", "inclusion_probability", "blind", "phase",
    "given_at", "due_on", "committed_at", "done_at", "quality", "quality_words", "version_id",
)  # fmt: skip
ASSIGNMENT = ("id", "audit_id", "person_id", "tier", "hidden", "given_at")


def generate(app: Flask, audits: int) -> None:
    """Fill an empty, migrated database, and show how far it is."""
    with app.app_context(), bar(f"Generating {audits:,} audits") as progress:
        found = standing()
        db.session.commit()
        url = app.config["SQLALCHEMY_DATABASE_URI"]
        db.session.remove()
        db.engine.dispose()
        with sink(url, LEDGER) as place:
            kinds = _pour(place, found, audits, progress)
        facts = facts_now(range(1, len(found.patterns) + 1))
        db.session.remove()
        db.engine.dispose()
        with sink(url, TALLIES) as place:
            pour_tallies(place, found, kinds, {key - 1: one[1] for key, one in facts.items()}, progress)
        _verify(audits)
        db.session.remove()


def _text(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def _pour(place: Sink, found: Standing, audits: int, progress: Progress) -> bytes:
    most = -(-audits // PLACES)
    place.pour("case_record", CASE, _cases(found, most))
    kinds = _kinds(found, audits)
    place.pour("audit", AUDIT, _audits(found, audits, kinds, most))
    place.pour("moderation", MODERATION, _moderations(found, audits, kinds))
    place.pour("assignment", ASSIGNMENT, _assignments(found, audits, kinds))
    place.pour("judgement", JUDGEMENT, _judgements(found, audits, kinds, progress))
    return kinds


def _kinds(found: Standing, audits: int) -> bytes:
    """The pattern of each audit: of the first each one once; what is not finished, only in rounds that are open."""
    chance, several = Random(SEED), range(len(found.patterns))
    finished = [number for number in several if found.patterns[number].finished]
    months = ((key - 1, month) for key, month, _, _ in each(audits))
    return bytes(
        key if key in several else chance.choice(several if month >= MONTHS - OPEN_ROUNDS else finished)
        for key, month in months
    )


def _cases(found: Standing, most: int) -> Iterator[Row]:
    for team in range(TEAMS):
        for nth in range(most):
            key = team * most + nth + 1
            yield key, found.root, f"{key:07}", found.teams[team][0], "", CATEGORY, "{}", False, 1


def _audits(found: Standing, audits: int, kinds: bytes, most: int) -> Iterator[Row]:
    for key, month, team, nth in each(audits):
        round_id, day = found.rounds[month]
        pattern, (unit, path) = found.patterns[kinds[key - 1]], found.teams[team]
        done = _text(at(day, 15 if pattern.on_time else 25)) if pattern.handed_in else None
        yield (
            key, round_id, team * most + nth + 1, found.tool, found.auditor(month, team), unit, path, CATEGORY,
            day.isoformat(), pattern.stage, day.replace(day=20).isoformat(), _text(at(day, 2)), done, done,
            pattern.practitioner if done else None, pattern.feedback if done else None, 1,
        )  # fmt: skip


def _given(found: Standing, audits: int, kinds: bytes) -> Iterator[tuple[int, int, int, int, Given, int]]:
    """Every opinion that was asked for: its id, the audit's, its auditor, the moderator, what was given, the month."""
    key = 0
    for audit, month, team, _ in each(audits):
        for one in found.patterns[kinds[audit - 1]].given:
            key += 1
            yield key, audit, found.auditor(month, team), _judge(found, one.tier, audit), one, month


def _judge(found: Standing, tier: str, audit: int) -> int:
    return found.external if tier == "external" else found.seniors[audit % SENIORS]


def _moderations(found: Standing, audits: int, kinds: bytes) -> Iterator[Row]:
    for key, audit, auditor, moderator, one, month in _given(found, audits, kinds):
        day = found.rounds[month][1]
        yield (
            key, audit, auditor, one.tier, moderator, one.route, one.chance, one.blind,
            "done" if one.done else "deciding", _text(at(day, 25)), day.replace(day=28).isoformat(),
            _text(at(day, 26)) if one.blind else None, _text(at(day, 27)) if one.done else None, "{}", "", 1,
        )  # fmt: skip


def _assignments(found: Standing, audits: int, kinds: bytes) -> Iterator[Row]:
    for key, audit, _, moderator, one, month in _given(found, audits, kinds):
        yield key, audit, moderator, one.tier, False, _text(at(found.rounds[month][1], 25))


def _judgements(found: Standing, audits: int, kinds: bytes, progress: Progress) -> Iterator[Row]:
    tails = [[_tail(line) for line in pattern.lines] for pattern in found.patterns]
    days = [(_text(at(day, 15)), _text(at(day, 27))) for _, day in found.rounds]
    key = 0
    for audit, month, team, _ in each(audits):
        auditor, (early, late) = found.auditor(month, team), days[month]
        for tier, tail in tails[kinds[audit - 1]]:
            key += 1
            if tier == "auditor":
                yield key, audit, *tail, auditor, early
            else:
                yield key, audit, *tail, _judge(found, tier, audit), late
        if not audit % 1000:
            progress.step(audit, audits, "audits")


def _tail(line: Line) -> tuple[str, Row]:
    because = "The evidence says otherwise." if line.decision == "override" else ""
    return line.tier, (
        line.section, line.overall, line.tier, line.phase, line.grade, False, "The record shows it.", "", "",
        line.decision, line.reason_code, because, line.supports,
    )  # fmt: skip


def _verify(audits: int) -> None:
    """Stop when the ledger says otherwise than the facts that were kept, of a sample of audits."""
    chosen = sorted(Random(SEED).sample(range(1, audits + 1), min(SAMPLE, audits)))
    if facts_now(chosen) != kept_facts(chosen):
        raise SystemExit("The generated tallies are not what the ledger says.")
    if db.session.execute(select(Audit.id).where(Audit.id == audits)).scalar_one_or_none() is None:
        raise SystemExit("There are fewer audits than were asked for.")
