"""Whether pages of figures and lists cost the same on a large authority as on a small one (G1, G2, G3, G6, G17)."""

import re
import time
from collections.abc import Callable, Iterator

from flask import Flask
from sqlalchemy import event, func, select

from audit_app.auditing.model import Audit, Judgement
from audit_app.auditing.workflow import COUNTED
from audit_app.clock import today
from audit_app.db import db, reading
from audit_app.identity.model import Person
from audit_app.measures.queries.facts import tools
from audit_app.measures.queries.filters import Filters
from audit_app.measures.queries.tallied import SECTIONS, sums
from audit_app.organisation.model import Unit
from benchmarks.browser import Browser
from benchmarks.pairs import Finding, compare, faster
from benchmarks.places import Places
from benchmarks.standing import address

DASHBOARD = (
    "/measures?counting=section",
    "/measures/months?counting=section",
    "/measures/teams?counting=section",
    "/measures/sections",
)
OLDER = re.compile(r'href="(/audits\?[^"]*after=[^"]+)"')
FRAMES = ("BEGIN", "PRAGMA", "SET ", "SHOW ")


def measured(places: Places, small: int, large: int, pairs: int) -> Iterator[Finding]:
    """Each goal that holds a large authority against a small one."""
    yield from _dashboards(places, small, large, pairs, postgres=False)
    yield _beside_the_ledger(places, large)
    yield from _lists(places, large, pairs)
    if places.has_postgres:
        yield from _dashboards(places, small, large, pairs, postgres=True)
    else:
        yield Finding("G17", "dashboards on PostgreSQL", "not measured: no PostgreSQL server")


def _dashboards(places: Places, small: int, large: int, pairs: int, *, postgres: bool) -> Iterator[Finding]:
    few, many = places.app(small, postgres=postgres), places.app(large, postgres=postgres)
    sizes = f"{large:,} / {small:,} audits" + (", PostgreSQL" if postgres else "")

    def held(name: str, *paths: str, goal: float, number: str, what: str) -> Finding:
        found = compare(_opens(many, name, paths), _opens(few, name, paths), goal, pairs=pairs)
        return Finding(number, f"{what}, {sizes}", found)

    if postgres:
        yield held("Head", *DASHBOARD, goal=1.25, number="G17", what="authority dashboard")
        return
    yield held("Head", *DASHBOARD, goal=1.10, number="G1", what="authority dashboard")
    with few.app_context():
        team = db.session.execute(select(Unit.id).where(Unit.name == "Team 7")).scalar_one()
        db.session.remove()
    one_team = [f"{path}{'&' if '?' in path else '?'}unit={team}" for path in DASHBOARD]
    yield held("Head", *one_team, goal=1.5, number="G2", what="one team's dashboard")
    yield held("Manager 7", "/measures/mine", goal=3, number="G2", what="an auditor's own figures")


def _beside_the_ledger(places: Places, large: int) -> Finding:
    """One of the many counts that tallies hold, asked of them and of the ledger; the same in every cell."""
    app = places.app(large)
    with app.app_context(), reading():
        head = db.session.execute(select(Person).where(Person.email == address("Head"))).scalar_one().actor(today())
        scale = next(iter(tools().values())).scale

        def kept() -> dict[tuple[str, str | None], float]:
            found = sums(Filters(), head, by=SECTIONS).sections
            levels = [(number, level.key) for number, level in enumerate(scale.levels)]
            counts = {(key, name): of[scale].get(f"audited:{n}", 0) for key, of in found.items() for n, name in levels}
            return {cell: count for cell, count in counts.items() if count}

        def recounted() -> dict[tuple[str, str | None], float]:
            first = (Judgement.tier == "auditor", Judgement.phase == "submitted", Judgement.grade.is_not(None))
            rows = select(Judgement.section, Judgement.grade, func.count()).join(Audit, Audit.id == Judgement.audit_id)
            rows = rows.where(*first, Audit.stage.in_([stage.value for stage in COUNTED]))
            found = db.session.execute(rows.group_by(Judgement.section, Judgement.grade))
            return {(section, grade): count for section, grade, count in found}

        what = f"grades by section from {large:,} audits’ ledger / from their tallies"
        if kept() != recounted():
            return Finding("G3", what, "the tallies say something else")
        found = faster(recounted, kept, 1500, times=3, pairs=3, clock=time.perf_counter)
        db.session.remove()
    return Finding("G3", what, found)


def _opens(app: Flask, name: str, paths: tuple[str, ...]) -> Callable[[], None]:
    browser = Browser(app, name)

    def run() -> None:
        for path in paths:
            browser.open(path)

    return run


def _lists(places: Places, large: int, pairs: int) -> Iterator[Finding]:
    app = places.app(large)
    browser = Browser(app, "Head")
    found = OLDER.search(browser.open("/audits").decode())
    deep = f"/audits?after={large // 100}" if found else "/audits"
    yield Finding(
        "G6",
        f"a page deep in the list / its first, {large:,} audits",
        compare(lambda: browser.open(deep), lambda: browser.open("/audits"), 1.1, pairs=pairs),
    )
    for what, path, most in (("list", "/audits", 8), *((path, path, 12) for path in DASHBOARD)):
        count = len(statements(app, browser, path))
        yield Finding("G6", f"statements of {what}", f"{count} (goal ≤ {most}) {'PASS' if count <= most else 'FAIL'}")


def statements(app: Flask, browser: Browser, path: str) -> list[str]:
    """What is asked of the database while a page is opened."""
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(FRAMES):
            said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        browser.open(path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return said
