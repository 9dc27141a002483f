"""Hostile input on every route, on both databases: never a server error, never an element that was not ours (T13)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from audit_app.db import db
from tests import make
from tests.serving import serve
from tests.sweep.policy import OWNERS, PEOPLE, SHARED, door_of
from tests.sweep.test_routes import arguments_of
from tests.sweep.world import furnished

CANARY = "\"'><x-canary onclick=alert(1) style=color:red>&amp;</textarea></title><script>alert(1)</script>"
# As a browser sends them: percent-encoded, so that bytes that are no text can be sent as well.
VALUES = {
    "markup": quote(CANARY),
    "nought": "a%00b",
    "control": "a%0B%1F%7Fb",
    "half a character": quote_from_bytes(b"\xed\xa0\x80"),
    "no character": quote_from_bytes(b"\xff\xfe\xc0\x80"),
    "beyond 64 bits": "9" * 25,
    "beyond everything": "9" * 5000,
    "less than nothing": "-1",
    "no number": "NaN",
    "words": quote("Łucja \u202e محمد \U0001f600 \u00a0"),
    "quotes": quote("' or 1=1 -- \" %s {} {{7*7}} ${7*7}"),
    "marks": "%25~%25~_%5C",
    "path": quote("../../../etc/passwd"),
    "a lot": "x" * 20_000,
    "nothing": "",
}
WORDS = "words that somebody typed"
IN_EVERY_LIST = ("after", "before", "next", "q")
LEAVES_THE_SERVICE = {"identity.sign_out"}


class Page(HTMLParser):
    """What a page asks for and sends, and what of it no page of ours may hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.offences: list[str] = []
        self.asks: set[str] = set()
        self.sends: list[tuple[str, dict[str, str]]] = []
        self._form: dict[str, str] | None = None
        self._select = ""
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = {name: value or "" for name, value in attrs}
        self._look(tag, given)
        if tag == "form":
            self._form = {}
            if given.get("method", "get").lower() == "post":
                self.sends.append((given.get("action", ""), self._form))
        elif "name" in given and self._form is not None and tag in ("input", "textarea", "select", "button"):
            self.asks.add(given["name"])
            words = tag == "textarea" or given.get("type", "text") == "text"
            self._form.setdefault(given["name"], given.get("value", "") or (WORDS if words and tag != "select" else ""))
            self._select = given["name"] if tag == "select" else ""
        elif tag == "option" and self._form is not None and (not self._form.get(self._select) or "selected" in given):
            self._form[self._select] = given.get("value", "")
        self._script = tag == "script"

    def _look(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("style", "x-canary", "iframe", "object", "embed", "base") or (
            tag == "script" and "src" not in given
        ):
            self.offences.append(f"<{tag}>")
        self.offences += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        for name in ("src", "href", "action", "formaction"):
            where = given.get(name, "")
            if re.match(r"\s*(?:[a-z]+:|//)", where, re.IGNORECASE) and not _is_meant(tag, where):
                self.offences.append(f"{tag} {name}={where}")

    def handle_data(self, data: str) -> None:
        """Look at words: inside a script there are none."""
        if self._script and data.strip():
            self.offences.append("words in a script")
        self._script = False


def _is_meant(tag: str, where: str) -> bool:
    """Whether an address outside the service is one that people may follow."""
    return tag == "a" and urlsplit(where).scheme in ("https", "mailto", "tel", "http")


@dataclass
class Hostile:
    """The application with a furnished authority, and a browser for everybody in it."""

    app: Flask
    things: dict[str, dict[str, Any]]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def rules(self) -> Iterator[tuple[Rule, str, str]]:
        """Every rule, with who comes in there and the address of their own thing."""
        adapter = self.app.url_map.bind("localhost")
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint == "static" or rule.endpoint in LEAVES_THE_SERVICE:
                continue
            door = door_of(rule.endpoint, frozenset(rule.arguments))
            assert door is not None, rule.endpoint
            may = PEOPLE if door.who is None else [who for who in PEOPLE if who in door.who]
            owners = OWNERS.get(door.thing, frozenset(PEOPLE)) if door.thing not in SHARED else frozenset(PEOPLE)
            who = next((one for one in may if one in owners), may[0])
            method = "POST" if "GET" not in (rule.methods or ()) else "GET"
            yield rule, who, adapter.build(rule.endpoint, self.things.get(door.thing, {}), method=method)

    def ask(self, who: str, method: str, url: str, body: str = "") -> tuple[int, str]:
        """What somebody is answered; what breaks counts as 500."""
        form: dict[str, Any] = {"content_type": "application/x-www-form-urlencoded", "data": body}
        try:
            answer = self.browsers[who].open(url, method=method, **(form if method == "POST" else {}))
            html = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what this test looks for)
            db.session.rollback()
            return 500, f"{type(error).__name__}: {error}"[:300]
        return answer.status_code, html


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def hostile(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated_file: Path
) -> Iterator[Hostile]:
    """One furnished authority on each database; what was sent stays in it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "audits.sqlite3").write_bytes(migrated_file.read_bytes())
    url, server = f"sqlite:///{folder / 'audits.sqlite3'}", None
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")
        url = server.create(request.getfixturevalue("postgres_template"))
    with serve(folder, url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        place = furnished()
        made = Hostile(app, arguments_of(place))
        for who in PEOPLE:
            made.browsers[who] = make.client_of(app, place.made.people[who])
        yield made
    if server is not None:
        server.drop(url)


def wrong_pages(hostile: Hostile) -> list[tuple[object, ...]]:
    """The pages that break, or hold what no page of ours may hold."""
    wrong: list[tuple[object, ...]] = []
    for rule, who, url in hostile.rules():
        if "GET" in (rule.methods or ()):
            code, html = hostile.ask(who, "GET", url)
            offences = Page(html).offences if code < 500 else [html]
            if code >= 500 or offences:
                wrong.append((rule.endpoint, who, code, offences))
    return wrong


def shown(wrong: list[tuple[object, ...]]) -> str:
    return "\n".join(map(str, wrong[:30]))


def test_every_page_is_free_of_inline_script_style_and_strangers(hostile: Hostile) -> None:
    assert Page("<p style='x'><script>1</script><a href='javascript:x'><img src=//x onerror=x>").offences == [
        "p style",
        "<script>",
        "words in a script",
        "a href=javascript:x",
        "img onerror",
        "img src=//x",
    ]
    wrong = wrong_pages(hostile)
    assert not wrong, shown(wrong)


def test_no_address_breaks_a_page(hostile: Hostile) -> None:
    wrong: list[tuple[object, ...]] = []
    for rule, who, url in hostile.rules():
        if "GET" not in (rule.methods or ()):
            continue
        _, html = hostile.ask(who, "GET", url)
        names = sorted({*IN_EVERY_LIST, *Page(html).asks} - {"csrf_token"})
        for kind, value in VALUES.items():
            query = "&".join(f"{quote(name)}={value}" for name in names)
            for asked in (query, f"{query}&{query}") if kind == "markup" else (query,):
                code, html = hostile.ask(who, "GET", f"{url}?{asked}"[:60_000])
                offences = Page(html).offences if code < 500 else [html]
                if code >= 500 or offences:
                    wrong.append((rule.endpoint, kind, code, offences))
    assert not wrong, shown(wrong)


def test_no_form_breaks_a_page_and_what_it_keeps_is_shown_as_words(hostile: Hostile) -> None:
    forms: dict[str, tuple[str, dict[str, str]]] = {}
    for rule, who, url in hostile.rules():
        if "GET" in (rule.methods or ()):
            for action, fields in Page(hostile.ask(who, "GET", url)[1]).sends:
                forms.setdefault(action or url, (who, fields))
    for rule, who, url in hostile.rules():
        if "POST" in (rule.methods or ()):
            forms.setdefault(url, (who, {"version": "1"}))
    assert len(forms) > 40
    wrong: list[tuple[object, ...]] = []
    taken = 0
    for action, (who, fields) in sorted(forms.items()):
        if action.endswith("/sign-out"):
            continue
        for kind, value in VALUES.items():
            for broken in _one_by_one(fields, kind, value):
                code, html = hostile.ask(who, "POST", action, broken)
                taken += code in (200, 302, 303)
                offences = Page(html).offences if code < 500 else [html]
                if code >= 500 or offences:
                    wrong.append((action, kind, broken[:80], code, offences))
    assert not wrong, shown(wrong)
    assert taken > 20  # the control: some of it was taken, and stands on the pages that are looked at next
    after = wrong_pages(hostile)
    assert not after, shown(after)


def _one_by_one(fields: dict[str, str], kind: str, value: str) -> Iterator[str]:
    """A form with one value broken at a time, or, for what only differs in kind, all at once."""
    as_it_is = {name: quote(given) for name, given in fields.items() if name != "csrf_token"}
    one_at_a_time = kind in ("markup", "nought", "beyond 64 bits")
    for names in [[name] for name in as_it_is] if one_at_a_time else [list(as_it_is)]:
        yield "&".join(f"{quote(name)}={value if name in names else given}" for name, given in as_it_is.items())
