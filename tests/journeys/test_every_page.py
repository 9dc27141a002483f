"""Every page can be reached by links, by somebody who may see it, and is looked at."""

from dataclasses import replace

import pytest
from flask import Flask

from config import Post
from tests.journeys.everything import prepare
from tests.journeys.person import Cast, Person, Way
from tests.journeys.serving import Served
from tools.pictures import DOWNLOADS, links

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
NOBODY = "nobody who is signed in"
ROLES = (
    "officer",
    "manager",
    "other_manager",
    "senior",
    "other_senior",
    "external",
    "head",
    "board",
    "admin",
    "contributor",
    "practitioner",
)
# Of each kind of page so many are opened: the first of a list and others, which may stand at another stage.
OF_EACH = 3
OF_SOME = {"/audits/<int(max=2147483647):audit_id>": 20, "/rounds/<int(max=2147483647):round_id>": 6}
NOT_BY_LINKS = {
    "static": "files",
    "health.healthcheck": "asked by machines",
    "identity.link": "opened from a one-time link",
    "notices.feed": "read by a calendar",
    "moderation.preview": "asked by a form",
    "work.position": "asked by a script",
    "organisation.logo": "a picture on the page of a paper",
    "organisation.colours": "the colours of the page of a paper",
    "reporting.sample_file": "a file to take away",
}


def pages_of(app: Flask) -> set[str]:
    """The rules of all pages that somebody can open."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    return {rule.rule for rule in rules if rule.endpoint not in NOT_BY_LINKS and not rule.rule.endswith(DOWNLOADS)}


def walk(person: Person) -> set[str]:
    """Open what links lead to, from page to page; the rules of all that was opened."""
    waiting, opened = [f"{person.address}/"], dict[str, set[str]]()
    while waiting:
        address = waiting.pop(0)
        rule = person.watch.kind(address)
        seen = opened.setdefault(rule, set())
        if address in seen or len(seen) >= OF_SOME.get(rule, OF_EACH):
            continue
        seen.add(address)
        person.comes(address.removeprefix(person.address))
        opened.setdefault(person.watch.kind(person.page.url), set()).add(address)
        waiting += links(person.page)
    return set(opened)


@pytest.fixture(scope="module")
def reached() -> dict[str, set[str]]:
    """The rules of the pages that each of them came to."""
    return {}


@pytest.mark.parametrize("way", [Way.MOUSE], ids=str)
@pytest.mark.parametrize("who", (NOBODY, *ROLES))
def test_every_page_is_reached_by_links_and_looked_at(
    cast: Cast, served: Served, who: str, reached: dict[str, set[str]]
) -> None:
    # Only where mail is sent there is something to choose about it; no worker runs here, so none is.
    settings = served.app.extensions["settings"]
    served.app.extensions["settings"] = replace(settings, post=Post("audits@council.example", "127.0.0.1"))
    with served.within():
        prepare(served.world)
    reached[who] = walk(cast.stranger() if who == NOBODY else cast.somebody(who))
    if reached.keys() == {NOBODY, *ROLES}:  # in whatever order they went, the last of them tells
        unreached = sorted(pages_of(served.app) - set[str]().union(*reached.values()))
        assert unreached == [], "\n".join(["No link leads to:", *unreached])
