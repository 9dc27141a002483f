"""What tests of notices are made of: certain days, a post office, and what people were told."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import time_machine
from flask import Flask
from sqlalchemy import select

from audit_app.clock import LONDON
from audit_app.db import db
from audit_app.identity.model import Person
from audit_app.notices.model import Mail, Notice
from config import Post

FIRST = dt.date(2026, 6, 1)  # a Monday; a round that is opened on it is due three weeks later
DUE = dt.date(2026, 6, 22)
URL = "https://audits.council.example/"


@contextmanager
def on(day: dt.date, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Within it, it is that day."""
    moment = dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
    with time_machine.travel(moment, tick=False):
        yield


def with_post(
    app: Flask,
    port: int = 2525,
    *,
    host: str = "127.0.0.1",
    tls: str = "none",
    user: str = "",
    password: str = "",
    authorities: Path | None = None,
    patience: float = 10.0,
) -> None:
    """Let the application send letters to a server of this machine."""
    post = Post("audits@council.example", host, port, tls, user, password, authorities, patience)
    app.extensions["settings"] = replace(app.extensions["settings"], post=post, service_url=URL)


def told(person: Person) -> list[str]:
    """The kinds of everything that somebody was told, in order."""
    rows = select(Notice.kind).where(Notice.person_id == person.id).order_by(Notice.id)
    return list(db.session.execute(rows).scalars())


def holding(person: Person) -> list[str]:
    """The kinds of what still holds of it."""
    rows = select(Notice.kind).where(Notice.person_id == person.id, Notice.ended_at.is_(None)).order_by(Notice.id)
    return list(db.session.execute(rows).scalars())


def letters() -> list[Mail]:
    """All letters, in order."""
    rows = select(Mail).order_by(Mail.id).execution_options(populate_existing=True)
    return list(db.session.execute(rows).scalars())
