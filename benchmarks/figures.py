"""Whether pages of figures and lists cost the same on a large authority as on a small one (G1, G2, G3, G6, G17)."""

import re
from collections.abc import Callable, Iterator

from flask import Flask
from sqlalchemy import event, select

from audit_app.db import db
from audit_app.organisation.model import Unit
from benchmarks import recount
from benchmarks.browser import Browser
from benchmarks.pairs import Finding, compare
from benchmarks.places import Places

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
    yield from recount.measured(places, large)
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
