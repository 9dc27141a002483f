"""What handing an audit in costs, alone and with others at once (G7, G8, G9, G16, G17)."""

import os
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from statistics import mean, median, quantiles

from flask import Flask
from sqlalchemy import text

from audit_app.db import SQLITE_PRAGMAS, db
from benchmarks.authority import JUDGEMENT
from benchmarks.drafts import Ready, drafted
from benchmarks.pairs import Finding, ratio
from benchmarks.places import Places
from tools.setup.machine import ROOT

WARM, TURN, TURNS = 4, 6, 8
GRADED = 14
NOTED = (
    "select name, tbl_name, sql from sqlite_master where type = 'trigger' and name like '%\\_counts\\_%' escape '\\'"
)


def measured(places: Places, audits: int) -> Iterator[Finding]:
    """Each goal about handing in."""
    yield _beside_the_floor(places, audits)
    for several in (8, 32):
        yield from _at_once(places, audits, several)
    yield _tallies_cost(places, audits, postgres=False)
    yield _while_rebuilding(places, audits)
    if places.has_postgres:
        yield _tallies_cost(places, audits, postgres=True)
        yield _eight_connections(places, audits)
    else:
        yield Finding("G17", "handing in on PostgreSQL", "not measured: no PostgreSQL server")


def _alone(app: Flask, number: int) -> Iterator[Ready]:
    ready = iter(drafted(app, 1, number + WARM)[0])
    for _ in range(WARM):
        next(ready).hand_in()
    return ready


def _turn(ready: Iterator[Ready], number: int = TURN) -> float:
    began = time.perf_counter()
    for _ in range(number):
        next(ready).hand_in()
    return time.perf_counter() - began


def _beside_the_floor(places: Places, audits: int) -> Finding:
    app = places.fresh(audits, "hand-in")
    ready = _alone(app, TURN * TURNS)
    floor = _floor(str(_file(app)))
    found = []
    for _ in range(TURNS):
        cost = _turn(ready)
        began = time.perf_counter()
        for _ in range(TURN):
            floor()
        found.append((time.perf_counter() - began) / cost)
    return Finding("G7", "speed of a hand-in by the form / the same rows by sqlite3", ratio(found, 0.20, at_least=True))


def _file(app: Flask) -> str:
    return str(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))


def _floor(file: str) -> Callable[[], None]:
    """The rows of one hand-in, written to a copy of the same tables by nothing but sqlite3."""
    copy = f"{file}.floor"
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    connection = sqlite3.connect(copy, isolation_level=None)
    for name, value in SQLITE_PRAGMAS.items():
        connection.execute(f"pragma {name}={value}")
    audit, by = connection.execute(
        "select id, auditor_id from audit where stage = 'in_progress' order by id desc limit 1"
    ).fetchone()
    judgement = f"insert into judgement ({', '.join(JUDGEMENT[1:])}) values ({', '.join('?' * (len(JUDGEMENT) - 1))})"
    words, moment = "The record shows it, and it made a difference.", "2026-01-01 09:00:00.000000"
    sections = [f"section-{number}" for number in range(GRADED)]

    def run() -> None:
        connection.execute("begin immediate")
        connection.executemany(
            judgement,
            [
                (
                    audit,
                    key,
                    False,
                    "auditor",
                    "submitted",
                    "good",
                    False,
                    words,
                    "",
                    "",
                    None,
                    None,
                    "",
                    None,
                    by,
                    moment,
                )
                for key in sections
            ],
        )
        connection.execute(
            "update audit set handed_in_at = ?, version_id = version_id + 1 where id = ?", (moment, audit)
        )
        size, last = connection.execute("select size, hash from history_head").fetchone()
        own = secrets.token_hex(32)
        entry = (size, "audit.submitted", f"audit:{audit}", by, moment, own, last, own)
        connection.execute("insert into entry values (?, ?, ?, ?, ?, ?, ?, ?)", entry)
        connection.execute("insert into payload values (?, ?, ?)", (size, own, '{"grades":{}}'))
        connection.execute("update history_head set size = ?, hash = ?", (size + 1, own))
        connection.execute("commit")

    return run


def _at_once(places: Places, audits: int, several: int) -> Iterator[Finding]:
    app = places.fresh(audits, "at-once")
    each = max(6, 160 // several)
    ready = drafted(app, several, each)
    with ThreadPoolExecutor(several) as pool:
        spent = list(pool.map(_times, ready))
    speeds = [len(times) / sum(times) for times in spent]
    every = [one for times in spent for one in times]
    middle, late = median(every), quantiles(every, n=100)[98]
    who = f"{several} people handing in at once"
    yield Finding(
        "G8", f"{who}: speed of the slowest / the mean", ratio([min(speeds) / mean(speeds)], 0.7, at_least=True)
    )
    yield Finding("G8", f"{who}: 99th of 100 / the middle one", ratio([late / middle], 8))


def _times(ready: Sequence[Ready]) -> list[float]:
    found = []
    for one in ready:
        began = time.perf_counter()
        one.hand_in()
        found.append(time.perf_counter() - began)
    return found


def _tallies_cost(places: Places, audits: int, *, postgres: bool) -> Finding:
    app = places.fresh(audits, "tallies", postgres=postgres)
    ready = _alone(app, 2 * TURN * TURNS)
    noted = _postgres_notes(app) if postgres else _sqlite_notes(app)
    found = []
    for _ in range(TURNS):
        with_notes = _turn(ready)
        noted(False)
        found.append(_turn(ready) / with_notes)
        noted(True)
    what = f"speed of hand-ins with the tallies' notes / without{', PostgreSQL' if postgres else ''}"
    return Finding("G9", what, ratio(found, 0.9, at_least=True))


def _sqlite_notes(app: Flask) -> Callable[[bool], None]:
    with sqlite3.connect(_file(app)) as connection:
        triggers = connection.execute(NOTED).fetchall()

    def switch(on: bool) -> None:
        with sqlite3.connect(_file(app)) as connection:
            for name, _, words in triggers:
                connection.execute(words if on else f"drop trigger {name}")
        connection.close()

    return switch


def _postgres_notes(app: Flask) -> Callable[[bool], None]:
    asked = "select tgname, tgrelid::regclass from pg_trigger where tgname like '%\\_counts\\_%'"
    with app.app_context():
        triggers = [tuple(row) for row in db.session.execute(text(asked))]
        db.session.remove()

    def switch(on: bool) -> None:
        with app.app_context():
            for name, table in triggers:
                db.session.execute(text(f"alter table {table} {'enable' if on else 'disable'} trigger {name}"))
            db.session.commit()
            db.session.remove()

    return switch


def _while_rebuilding(places: Places, audits: int) -> Finding:
    app = places.fresh(audits, "rebuilding")
    ready = _alone(app, 2 * TURN * TURNS)
    command = [sys.executable, "-m", "flask", "--app", "audit_app", "measures", "rebuild"]
    place = app.extensions["settings"].instance
    given = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | places.environment(place)
    found = []
    for _ in range(TURNS // 2):
        plain = _turn(ready, 2 * TURN)
        worker = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(3)  # until it has loaded and begun
        busy = _turn(ready, 2 * TURN)
        if worker.poll() is not None:
            return Finding(
                "G16", "speed of hand-ins while tallies are rebuilt / before", "not measured: it was over soon"
            )
        worker.terminate()
        worker.wait()
        found.append(plain / busy)
    return Finding("G16", "speed of hand-ins while tallies are rebuilt / before", ratio(found, 0.5, at_least=True))


def _eight_connections(places: Places, audits: int) -> Finding:
    """As the web server serves them: so many processes as there are processors, each with threads."""
    app = places.fresh(audits, "connections", postgres=True)
    ready = drafted(app, 8, WARM + TURNS * TURN)
    processes = os.cpu_count() or 1
    with app.app_context():
        db.engine.dispose()  # a connection belongs to the process that opened it
    parts = [_Process(ready[number::processes]) for number in range(processes)]
    found = []
    for part in parts:
        part.hand_in(8, WARM)
    for _ in range(TURNS // 2):
        alone = parts[0].hand_in(1, TURN)
        began = time.perf_counter()
        with ThreadPoolExecutor(processes) as pool:
            list(pool.map(lambda part: part.hand_in(8, TURN), parts))
        found.append(alone * 8 / (time.perf_counter() - began))
    for part in parts:
        part.end()
    what = f"hand-ins on 8 connections of {processes} processes / on 1, PostgreSQL"
    return Finding("G17", what, ratio(found, 2.0, at_least=True))


class _Process:
    """A process of the web server with the browsers of some auditors, who hand in when they are told to."""

    def __init__(self, ready: Sequence[Sequence[Ready]]) -> None:
        ours, theirs = Pipe()
        self._said = ours
        self._running = get_context("fork").Process(target=_served, args=(theirs, ready), daemon=True)
        self._running.start()

    def hand_in(self, auditors: int, each: int) -> float:
        """Let so many of its auditors hand in so many audits each; the seconds that it took."""
        self._said.send((auditors, each))
        return float(self._said.recv())

    def end(self) -> None:
        """Let it end."""
        self._said.send(None)
        self._running.join()


def _served(told: Connection, ready: Sequence[Sequence[Ready]]) -> None:
    waiting = [iter(one) for one in ready]
    with ThreadPoolExecutor(len(waiting)) as pool:
        while asked := told.recv():
            auditors, each = asked
            turns = [list(islice(one, each)) for one in waiting[:auditors]]
            began = time.perf_counter()
            list(pool.map(_times, turns))
            told.send(time.perf_counter() - began)
