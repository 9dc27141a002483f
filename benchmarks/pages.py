"""What pages cost, as multiples of the barest answer that Flask can give in the same process (G4, G5)."""

import re
import sys
from collections.abc import Callable, Iterator

from flask import Flask
from flask.testing import FlaskClient

from audit_app import create_app
from audit_app.identity.queries import FICTIONAL_PASSWORD
from benchmarks.browser import token_of
from benchmarks.pairs import Finding, compare
from config import settings
from tools.demonstration import loaded

BARE_ANSWERS_A_TURN = 50
PERSON = re.compile(r"<dt[^>]*>Team manager</dt>.*?govuk-hint[^>]*>([^<]+)<", re.DOTALL)
AUDIT = re.compile(r'href="(/audits/\d+)"')
SECTION = re.compile(r'href="(/audits/\d+/sections/[^"#?]+)"')
HAND_IN = re.compile(r'href="(/audits/\d+/hand-in)"')


def bare() -> Callable[[], object]:
    """The barest answer: one route, two letters."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: "ok")
    client = app.test_client()
    return lambda: client.get("/").data


def signed_in(app: Flask) -> FlaskClient:
    """A team manager's browser."""
    client = app.test_client()
    page = client.get("/sign-in").text
    person = PERSON.search(page)
    if person is None:
        sys.exit("The demonstration shows no team manager.")
    typed = {"csrf_token": token_of(page), "email": person.group(1), "password": FICTIONAL_PASSWORD}
    client.post("/sign-in", data=typed | {"next": "", "kept": ""})
    return client


def _first_with(client: FlaskClient, pattern: re.Pattern[str]) -> str | None:
    """The first thing of a kind on the pages of one's own audits that are being written."""
    for stage in ("in_progress", "allocated", "sent_back"):
        for own in AUDIT.findall(client.get(f"/audits?whose=mine&stage={stage}").text):
            found = pattern.search(client.get(f"{own}/edit").text)
            if found is not None:
                return found.group(1)
    return None


def measured(pairs: int) -> Iterator[Finding]:
    """What each kind of page costs on the demonstration, with the most that it may."""
    with loaded() as environment:
        client, plain = signed_in(create_app(settings(environment))), bare()
        pages = (
            ("G4", "list of audits / a bare answer", "/audits", 30.0),
            ("G5", "section of an audit / a bare answer", _first_with(client, SECTION), 40.0),
            ("G5", "whole audit on one page / a bare answer", _first_with(client, HAND_IN), 120.0),
        )
        for number, what, path, goal in pages:
            if path is None or client.get(path).status_code != 200:
                yield Finding(number, what, "not measured: the demonstration has no such page")
                continue
            open_ = _opens(client, path)
            yield Finding(number, what, compare(open_, plain, goal, times=BARE_ANSWERS_A_TURN, pairs=pairs))


def _opens(client: FlaskClient, path: str) -> Callable[[], object]:
    return lambda: client.get(path).data
