"""`make bench`: what pages cost, as multiples of the barest answer that Flask can give in the same process."""

import re
import sys
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from audit_app import create_app
from audit_app.identity.queries import FICTIONAL_PASSWORD
from benchmarks import case_list_import
from benchmarks.pairs import Ratio, compare
from config import settings
from tools.demonstration import loaded

BARE_ANSWERS_A_TURN = 50
PERSON = re.compile(r"<dt[^>]*>Team manager</dt>.*?govuk-hint[^>]*>([^<]+)<", re.DOTALL)
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
AUDIT = re.compile(r'href="(/audits/\d+)"')
SECTION = re.compile(r'href="(/audits/\d+/sections/[^"#?]+)"')


def bare() -> Callable[[], object]:
    """The barest answer: one route, two letters."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: "ok")
    client = app.test_client()
    return lambda: client.get("/").data


def first(pattern: re.Pattern[str], page: str, what: str) -> str:
    """The first thing of a kind on a page."""
    found = pattern.search(page)
    if found is None:
        sys.exit(f"The demonstration shows no {what} to measure.")
    return found.group(1)


def signed_in(app: Flask) -> FlaskClient:
    """A team manager's browser."""
    client = app.test_client()
    page = client.get("/sign-in").text
    typed = {"csrf_token": first(TOKEN, page, "form"), "email": first(PERSON, page, "team manager")}
    client.post("/sign-in", data=typed | {"password": FICTIONAL_PASSWORD, "next": "", "kept": ""})
    return client


def measured(client: FlaskClient) -> list[tuple[str, Ratio]]:
    """What each kind of page costs, with the most that it may."""
    listed = client.get("/audits").text
    overview = client.get(first(AUDIT, listed, "audit of one's own") + "/edit").text
    section = first(SECTION, overview, "section that can be written in")
    plain = bare()

    def cost(path: str, goal: float) -> Ratio:
        if client.get(path).status_code != 200:
            sys.exit(f"{path} cannot be opened, so it cannot be measured.")
        return compare(lambda: client.get(path).data, plain, goal, times=BARE_ANSWERS_A_TURN)

    return [("G4 list of audits", cost("/audits", 30)), ("G5 section of an audit", cost(section, 40))]


def main() -> None:
    """Measure, and print one line a page."""
    with loaded() as environment:
        app = create_app(settings(environment))
        for name, ratio in measured(signed_in(app)):
            quartiles = f"{ratio.median:6.1f} × bare ({ratio.lower:.1f} to {ratio.upper:.1f})"
            print(f"{name:<26}{quartiles:<34}goal ≤ {ratio.goal:.0f}   {ratio.verdict}")
    case_list_import.run(rows=10_000, pairs=3)


if __name__ == "__main__":
    main()
