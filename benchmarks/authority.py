"""A generated authority: 150 teams, 60 months, 11 graded sections, and as many audits as are asked for.

The same number of audits gives the same authority. Rows are poured straight into the tables; what the history says of
them is left out, and words of evidence are few. Only the tallies are counted otherwise than in service: the facts of each
pattern come from the ledger by the product's own code, and the sums of a team and month are then multiplied out. A sample
of audits is counted anew at the end and compared.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from random import Random

from flask import Flask
from sqlalchemy import select

from audit_app.access.table import FROM_OUTSIDE, Role
from audit_app.auditing.model import Audit
from audit_app.clock import today
from audit_app.db import db
from audit_app.frameworks.content import Scale
from audit_app.frameworks.operations import load_shipped
from audit_app.identity import operations as identity
from audit_app.identity.model import Person
from audit_app.measures.cells import Cells, add
from audit_app.measures.facts import Facts
from audit_app.measures.keys import ALL_MONTHS, Kind, Place, rows_of
from audit_app.measures.operations.taking_in import Key, adds, values
from audit_app.measures.queries.tallied import facts_now, kept_facts
from audit_app.organisation import operations as organisation
from audit_app.organisation.model import Unit
from audit_app.programmes.model import Programme, Round
from audit_app.work.bar import bar
from audit_app.work.progress import Progress
from benchmarks.patterns import SEED, Given, Line, Pattern, patterns
from benchmarks.pouring import Row, Sink, sink

TEAMS, SERVICES, MONTHS, SECTIONS, SENIORS = 150, 10, 60, 11, 12
PASSWORD = "a password for measuring only"
CATEGORY = "child_in_need"
SAMPLE = 300
PLACES = TEAMS * MONTHS
TABLES = ("case_record", "audit", "judgement", "moderation", "assignment", "tallied", "tally")
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


@dataclass(frozen=True, slots=True)
class Standing:
    """The authority without its audits, by ids: teams with their paths, rounds with their months, people."""

    root: int
    teams: tuple[tuple[int, str], ...]
    rounds: tuple[tuple[int, dt.date], ...]
    programme: int
    tool: int
    scale: Scale
    managers: tuple[int, ...]
    seniors: tuple[int, ...]
    external: int
    patterns: tuple[Pattern, ...]

    def auditor(self, month: int, team: int) -> int:
        """Who audits a team's cases in a month: the manager of another team, by turns."""
        return self.managers[(team + 1 + month % (TEAMS - 1)) % TEAMS]

    def place(self, month: int, team: int) -> Place:
        """Where the audits of a team and month are counted."""
        path = self.teams[team][1]
        return Place(self.rounds[month][1], path, self.auditor(month, team), self.programme, self.tool)


def generate(app: Flask, audits: int) -> None:
    """Fill an empty, migrated database, and show how far it is."""
    with app.app_context(), bar(f"Generating {audits:,} audits") as progress:
        standing = _standing()
        db.session.commit()
        url = app.config["SQLALCHEMY_DATABASE_URI"]
        db.session.remove()
        db.engine.dispose()
        with sink(url, TABLES) as place:
            kinds = _pour(place, standing, audits, progress)
        facts = facts_now(range(1, len(standing.patterns) + 1))
        db.session.remove()
        db.engine.dispose()
        with sink(url, TABLES) as place:
            _pour_tallies(place, standing, kinds, {key - 1: one[1] for key, one in facts.items()}, progress)
        _verify(audits)
        db.session.remove()


def _standing() -> Standing:
    root = organisation.add("Generated", "authority", None, by=None)
    services = [organisation.add(f"Service {n}", "service", root, by=None) for n in range(SERVICES)]
    teams = [organisation.add(f"Team {n}", "team", services[n % SERVICES], by=None) for n in range(TEAMS)]
    managers = [_person(f"Manager {n}", Role.TEAM_MANAGER, team, team) for n, team in enumerate(teams)]
    seniors = [_person(f"Senior {n}", Role.SENIOR_MANAGER, root) for n in range(SENIORS)]
    external = _person("External", Role.EXTERNAL_AUDITOR, root)
    for name, role in (("Officer", Role.AUDIT_OFFICER), ("Head", Role.HEAD_OF_SERVICE)):
        _person(name, role, root)
    tool = next(tool for tool in load_shipped() if tool.key == "case-file")
    programme = Programme(unit=root, name="Generated programme", tool_key=tool.key)
    first = today().replace(day=1)
    months = [_month_before(first, MONTHS - 1 - n) for n in range(MONTHS)]
    rounds = [
        Round(
            programme=programme, tool_version=tool, month=month, due_on=month.replace(day=20), opened_at=_at(month, 1)
        )
        for month in months
    ]
    db.session.add_all(rounds)
    db.session.flush()
    graded = [(s.key, s.overall) for s in tool.tool.sections_for(CATEGORY) if s.graded]
    sections = [one for one in graded if not one[1]][: SECTIONS - 1] + [one for one in graded if one[1]]
    found = patterns(sections, [level.key for level in tool.tool.scale.levels], tool.tool.reasons[0].key)
    return Standing(
        root.id,
        tuple((team.id, team.path) for team in teams),
        tuple((one.id, one.month) for one in rounds),
        programme.id,
        tool.id,
        tool.tool.scale,
        tuple(one.id for one in managers),
        tuple(one.id for one in seniors),
        external.id,
        tuple(found),
    )


def _person(name: str, role: Role, unit: Unit, team: Unit | None = None) -> Person:
    made, _ = identity.invite(address(name), name, "", team, by=None)
    identity.grant(made, role, unit, today() + dt.timedelta(days=90) if role in FROM_OUTSIDE else None, by=None)
    made.password_hash = _hash()
    return made


def _hash() -> str:
    if not _hashed:
        _hashed.append(identity.hasher().hash(PASSWORD))
    return _hashed[0]


_hashed: list[str] = []


def address(name: str) -> str:
    """The e-mail address of one of the authority's people."""
    return f"{name.lower().replace(' ', '.')}@example.test"


def _month_before(month: dt.date, months: int) -> dt.date:
    years, number = divmod(month.year * 12 + month.month - 1 - months, 12)
    return dt.date(years, number + 1, 1)


def _at(month: dt.date, day: int) -> dt.datetime:
    return dt.datetime(month.year, month.month, day, 9, tzinfo=dt.UTC)


def _text(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"


def _count(audits: int, month: int, team: int) -> int:
    """How many audits a team has in a month: what is left over after sharing out evenly goes to the first places."""
    at = month * TEAMS + team
    return audits * (at + 1) // PLACES - audits * at // PLACES


def _each(audits: int) -> Iterator[tuple[int, int, int, int]]:
    """Every audit: its id, month, team and number within them."""
    key = 0
    for month in range(MONTHS):
        for team in range(TEAMS):
            for nth in range(_count(audits, month, team)):
                key += 1
                yield key, month, team, nth


def _pour(place: Sink, standing: Standing, audits: int, progress: Progress) -> bytes:
    most = -(-audits // PLACES)
    place.pour("case_record", CASE, _cases(standing, most))
    chance, several = Random(SEED), len(standing.patterns)
    kinds = bytes(key if key < several else chance.randrange(several) for key in range(audits))
    place.pour("audit", AUDIT, _audits(standing, audits, kinds, most))
    place.pour("moderation", MODERATION, _moderations(standing, audits, kinds))
    place.pour("assignment", ASSIGNMENT, _assignments(standing, audits, kinds))
    place.pour("judgement", JUDGEMENT, _judgements(standing, audits, kinds, progress))
    return kinds


def _cases(standing: Standing, most: int) -> Iterator[Row]:
    for team in range(TEAMS):
        for nth in range(most):
            key = team * most + nth + 1
            yield key, standing.root, f"{key:07}", standing.teams[team][0], "", CATEGORY, "{}", False, 1


def _audits(standing: Standing, audits: int, kinds: bytes, most: int) -> Iterator[Row]:
    for key, month, team, nth in _each(audits):
        round_id, day = standing.rounds[month]
        pattern, (unit, path) = standing.patterns[kinds[key - 1]], standing.teams[team]
        done = _text(_at(day, 15 if pattern.on_time else 25)) if pattern.handed_in else None
        yield (
            key, round_id, team * most + nth + 1, standing.tool, standing.auditor(month, team), unit, path, CATEGORY,
            day.isoformat(), pattern.stage, day.replace(day=20).isoformat(), _text(_at(day, 2)), done, done,
            pattern.practitioner if done else None, pattern.feedback if done else None, 1,
        )  # fmt: skip


def _given(standing: Standing, audits: int, kinds: bytes) -> Iterator[tuple[int, int, int, int, Given, int]]:
    """Every opinion that was asked for: its id, the audit's, its auditor, the moderator, what was given, the month."""
    key = 0
    for audit, month, team, _ in _each(audits):
        for one in standing.patterns[kinds[audit - 1]].given:
            key += 1
            yield key, audit, standing.auditor(month, team), _judge(standing, one.tier, audit), one, month


def _judge(standing: Standing, tier: str, audit: int) -> int:
    return standing.external if tier == "external" else standing.seniors[audit % SENIORS]


def _moderations(standing: Standing, audits: int, kinds: bytes) -> Iterator[Row]:
    for key, audit, auditor, moderator, one, month in _given(standing, audits, kinds):
        day = standing.rounds[month][1]
        yield (
            key, audit, auditor, one.tier, moderator, one.route, one.chance, one.blind,
            "done" if one.done else "deciding", _text(_at(day, 25)), day.replace(day=28).isoformat(),
            _text(_at(day, 26)) if one.blind else None, _text(_at(day, 27)) if one.done else None, "{}", "", 1,
        )  # fmt: skip


def _assignments(standing: Standing, audits: int, kinds: bytes) -> Iterator[Row]:
    for key, audit, _, moderator, one, month in _given(standing, audits, kinds):
        yield key, audit, moderator, one.tier, False, _text(_at(standing.rounds[month][1], 25))


def _judgements(standing: Standing, audits: int, kinds: bytes, progress: Progress) -> Iterator[Row]:
    tails = [[_tail(line) for line in pattern.lines] for pattern in standing.patterns]
    days = [(_text(_at(day, 15)), _text(_at(day, 27))) for _, day in standing.rounds]
    key = 0
    for audit, month, team, _ in _each(audits):
        auditor, (early, late) = standing.auditor(month, team), days[month]
        for tier, tail in tails[kinds[audit - 1]]:
            key += 1
            if tier == "auditor":
                yield key, audit, *tail, auditor, early
            else:
                yield key, audit, *tail, _judge(standing, tier, audit), late
        if not audit % 1000:
            progress.step(audit, audits, "audits")


def _tail(line: Line) -> tuple[str, Row]:
    because = "The evidence says otherwise." if line.decision == "override" else ""
    return line.tier, (
        line.section, line.overall, line.tier, line.phase, line.grade, False, "The record shows it.", "", "",
        line.decision, line.reason_code, because, line.supports,
    )  # fmt: skip


def _pour_tallies(place: Sink, standing: Standing, kinds: bytes, facts: dict[int, Facts], progress: Progress) -> None:
    texts = {kind: one.as_text() for kind, one in facts.items()}
    names = tuple(asdict(standing.place(0, 0)))
    columns = ("audit_id", *names, "facts")
    place.pour("tallied", columns, _tallied(standing, kinds, texts, names))
    rows = (values(key, cells) for key, cells in _tallies(standing, kinds, facts, progress))
    one = values(("", "", "", "", 0, 0), {})
    place.pour("tally", tuple(one), (tuple(row.values()) for row in rows))


def _tallied(standing: Standing, kinds: bytes, texts: dict[int, str], names: Iterable[str]) -> Iterator[Row]:
    places: dict[tuple[int, int], Row] = {}
    for key, month, team, _ in _each(len(kinds)):
        if (month, team) not in places:
            found = asdict(standing.place(month, team)) | {"month": standing.rounds[month][1].isoformat()}
            places[month, team] = tuple(found[name] for name in names)
        yield key, *places[month, team], texts[kinds[key - 1]]


def _tallies(
    standing: Standing, kinds: bytes, facts: dict[int, Facts], progress: Progress
) -> Iterator[tuple[Key, Cells]]:
    """The rows of the tallies, a month at a time: of each team and month the patterns, as often as they occur there."""
    scale, any_place = standing.scale, standing.place(0, 0)
    of_pattern = {
        kind: {key[1]: cells for key, cells in adds(any_place, one, scale) if key[0] == Kind.TEAM.value}
        for kind, one in facts.items()
    }
    ever: dict[Key, Cells] = {}
    for month, of_month in groupby(_each(len(kinds)), key=lambda one: one[1]):
        often: dict[int, Counter[int]] = {}
        for key, _, team, _ in of_month:
            often.setdefault(team, Counter())[kinds[key - 1]] += 1
        found: dict[Key, Cells] = {}
        for team, counts in often.items():
            here: dict[str, Cells] = {}
            for kind, times in counts.items():
                for section, cells in of_pattern[kind].items():
                    add(here.setdefault(section, {}), cells, times)
            spot = standing.place(month, team)
            for row_kind, of, row_month in rows_of(spot):
                into = ever if row_month == ALL_MONTHS else found
                for section, cells in here.items():
                    row = (row_kind.value, section, of, row_month, spot.programme_id, spot.tool_version_id)
                    add(into.setdefault(row, {}), cells)
        yield from found.items()
        progress.step(month, MONTHS, "months counted")
    yield from ever.items()


def _verify(audits: int) -> None:
    """Stop when the ledger says otherwise than the facts that were kept, of a sample of audits."""
    chosen = sorted(Random(SEED).sample(range(1, audits + 1), min(SAMPLE, audits)))
    if facts_now(chosen) != kept_facts(chosen):
        raise SystemExit("The generated tallies are not what the ledger says.")
    if db.session.execute(select(Audit.id).where(Audit.id == audits)).scalar_one_or_none() is None:
        raise SystemExit("There are fewer audits than were asked for.")
