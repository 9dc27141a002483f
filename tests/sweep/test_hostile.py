"""Hostile input on every route and form: nothing breaks, words are kept as typed, no element is not ours (T13)."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from audit_app.db import db
from tests import make
from tests.serving import serve
from tests.sweep import corpus
from tests.sweep.owners import OWNERS, SHARED
from tests.sweep.people import PEOPLE
from tests.sweep.policy import door_of
from tests.sweep.test_routes import arguments_of
from tests.sweep.world import furnished

CANARY = "\"'><x-canary onclick=alert(1) style=color:red>&amp;</textarea></title><script>alert(1)</script>"
# As a browser sends them: percent-encoded, so that bytes that are no text can be sent as well.
FEW = 3
VALUES = corpus.BYTES | {
    "markup": quote(CANARY),
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
KNOWN = {
    "email": "somebody@example.test",
    "told_time": "9:30am",
    "told_on": "1",
    "references": "",
    "because": "",
    "cap": "",
}
FURTHER = {"told_on": ("1", "2026")}  # the month and the year of a day
# A name on case lists is kept in lower case with single spaces, so that every spelling is met; by when, in one line.
FOLDED: dict[str, Callable[[str], str]] = {"label": str.casefold, "due": str}
TAKES_WORDS = ("text", "search", "tel", "email", "url")
LAST = ("end", "ending", "close", "leaving", "withdrawing", "voiding", "check", "send_back", "taking_back", "reopen")
IN_EVERY_LIST = ("after", "before", "next", "q")
LEAVES_THE_SERVICE = {"identity.sign_out"}


class Sent(dict[str, str]):
    """What a form sends as it stands, and which of its fields take words."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.further: list[tuple[str, str]] = []  # a day is asked in three parts of one name


class Page(HTMLParser):
    """What a page asks for and sends, and what of it no page of ours may hold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.offences: list[str] = []
        self.asks: set[str] = set()
        self.sends: list[tuple[str, Sent]] = []
        self._form: Sent | None = None
        self._select = ""
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = {name: value or "" for name, value in attrs}
        self._look(tag, given)
        if tag == "form":
            self._form = Sent()
            if given.get("method", "get").lower() == "post":
                self.sends.append((given.get("action", ""), self._form))
        elif "name" in given and self._form is not None and tag in ("input", "textarea", "select", "button"):
            self.asks.add(given["name"])
            words = tag == "textarea" or (tag == "input" and given.get("type", "text") in TAKES_WORDS)
            self._form.setdefault(
                given["name"], given.get("value", "") or (KNOWN.get(given["name"], WORDS) if words else "")
            )
            if words and given["name"] in self._form.words:
                nth = sum(name == given["name"] for name, _ in self._form.further)
                self._form.further.append((given["name"], FURTHER.get(given["name"], ("", ""))[nth]))
            elif words:
                self._form.words.append(given["name"])
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
    whole: bool = False

    def some(self, values: Mapping[str, str], place: str) -> list[tuple[str, str]]:
        """The values that a place is tried with: all of them in the long form, else markup and a seeded few."""
        if self.whole:
            return list(values.items())
        few = random.Random(place).sample(sorted(values), min(FEW, len(values)))
        return [(kind, value) for kind, value in values.items() if kind == "markup" or kind in few]

    def rules(self) -> Iterator[tuple[Rule, str, str]]:
        """Every rule, with who comes in there and the address of their own thing."""
        adapter = self.app.url_map.bind("localhost")
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint == "static" or rule.endpoint in LEAVES_THE_SERVICE:
                continue
            door = door_of(rule.endpoint, frozenset(rule.arguments))
            if door is None:
                continue  # test_routes says which
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


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgres", marks=pytest.mark.postgres),
        pytest.param("sqlite whole", marks=pytest.mark.soak),
        pytest.param("postgres whole", marks=[pytest.mark.postgres, pytest.mark.soak]),
    ]
)
def hostile(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> Iterator[Hostile]:
    """One furnished authority on each database, of the test's own: what was sent stays in it."""
    folder = tmp_path
    (folder / "audits.sqlite3").write_bytes(migrated_file.read_bytes())
    url, server = f"sqlite:///{folder / 'audits.sqlite3'}", None
    if request.param.startswith("postgres"):
        server = request.getfixturevalue("postgres_server")
        url = server.create(request.getfixturevalue("postgres_template"))
    with serve(folder, url) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        place = furnished()
        made = Hostile(app, arguments_of(place), whole=request.param.endswith("whole"))
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
        for kind, value in hostile.some(VALUES, rule.endpoint):
            query = "&".join(f"{quote(name)}={value}" for name in names)
            for asked in (query, f"{query}&{query}") if kind == "markup" else (query,):
                code, html = hostile.ask(who, "GET", f"{url}?{asked}"[:60_000])
                offences = Page(html).offences if code < 500 else [html]
                if code >= 500 or offences:
                    wrong.append((rule.endpoint, kind, code, offences))
    assert not wrong, shown(wrong)


def test_words_are_kept_as_they_were_typed_or_refused_and_shown_as_words(hostile: Hostile) -> None:
    wrong: list[tuple[object, ...]] = []
    kept: Counter[str] = Counter()
    asked = 0
    turns = random.Random(13)
    for place, who, url in _pages_with_forms(hostile):
        texts = turns.sample(list(corpus.WORDS.items()), 40 if hostile.whole else 8)
        forms = [(action, form) for action, form in Page(hostile.ask(who, "GET", url)[1]).sends if form.words]
        for action, form in forms:
            for turn, (kind, text) in enumerate(texts):
                name, mark = form.words[turn % len(form.words)], f"mark{asked}"
                asked += 1
                with rows_written() as written:
                    code, html = hostile.ask(who, "POST", action or url, _encoded(form, name, f"{text} {mark}"))
                offences = Page(html).offences if code < 500 else [html]
                if code >= 500 or offences:
                    wrong.append((place, name, kind, code, offences))
                elif code < 400:
                    as_typed, mangled = read_back(written, text, mark, FOLDED.get(name))
                    kept[f"{place} {name}"] += as_typed
                    wrong += [(place, name, kind, "kept as", found[:200]) for found in mangled]
                    again = dict(Page(hostile.ask(who, "GET", url)[1]).sends).get(action)
                    if again is None:
                        break  # that step was the last one that this form could take
                    form = again
    assert not wrong, shown(wrong)
    assert asked > (800 if hostile.whole else 160)
    assert sum(count > (9 if hostile.whole else 2) for count in kept.values()) >= 10, kept  # the control: fields kept
    after = wrong_pages(hostile)
    assert not after, shown(after)


def _pages_with_forms(hostile: Hostile) -> list[tuple[str, str, str]]:
    """Every page that may hold a form; those whose step cannot be taken twice come last."""
    pages = [(rule.endpoint, who, url) for rule, who, url in hostile.rules() if "GET" in (rule.methods or ())]
    return sorted(pages, key=lambda page: (any(page[0].endswith(end) for end in LAST), page[0]))


def _encoded(form: Sent, name: str, words: str) -> str:
    """A form as it stands, but for the words in one of its fields."""
    sent = [(field, words if field == name else given) for field, given in form.items() if field != "csrf_token"]
    return "&".join(f"{quote(field)}={quote(given)}" for field, given in [*sent, *form.further])


@contextmanager
def rows_written() -> Iterator[set[tuple[Any, ...]]]:
    """The rows that are written meanwhile: of which kind, and which."""
    found: set[tuple[Any, ...]] = set()

    def note(session: Session, _: object) -> None:
        for one in [*session.new, *session.dirty]:
            found.add((type(one), *inspect(type(one)).primary_key_from_instance(one)))

    event.listen(db.session, "after_flush", note)
    try:
        yield found
    finally:
        event.remove(db.session, "after_flush", note)


def read_back(
    rows: set[tuple[Any, ...]], text: str, mark: str, fold: Callable[[str], str] | None
) -> tuple[bool, list[str]]:
    """Whether those rows hold some words just as they were typed (or folded), and what holds them otherwise."""
    typed = f"{text} {mark}".replace("\r\n", "\n").strip()
    typed = fold(" ".join(typed.split())) if fold is not None else typed
    db.session.rollback()
    db.session.expire_all()
    rows_now = [db.session.get(kind, key if len(key) > 1 else key[0]) for kind, *key in rows]
    held = [words for row in rows_now if row is not None for words in _words_in(vars_of(row))]
    db.session.rollback()
    return any(typed == words for words in held), [w for w in held if mark in w and typed not in w]


def vars_of(row: Any) -> list[Any]:
    """What the columns of a row hold."""
    return [getattr(row, column.key) for column in inspect(type(row)).column_attrs]


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words_in(one)


def test_no_form_breaks_a_page_and_what_it_keeps_is_shown_as_words(hostile: Hostile) -> None:
    forms: dict[str, tuple[str, dict[str, str]]] = {}
    for rule, who, url in hostile.rules():
        if "GET" in (rule.methods or ()):
            for action, found in Page(hostile.ask(who, "GET", url)[1]).sends:
                forms.setdefault(action or url, (who, found))
    for rule, who, url in hostile.rules():
        if "POST" in (rule.methods or ()):
            forms.setdefault(url, (who, {"version": "1"}))
    assert len(forms) > 40
    wrong: list[tuple[object, ...]] = []
    taken = 0
    for action, (who, fields) in sorted(forms.items()):
        if action.endswith("/sign-out"):
            continue
        for kind, value in hostile.some(VALUES, action):
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
    as_it_is: dict[str, str] = {name: quote(given) for name, given in fields.items() if name != "csrf_token"}
    one_at_a_time = kind in ("markup", "nought", "beyond 64 bits")
    for names in [[name] for name in as_it_is] if one_at_a_time else [list(as_it_is)]:
        yield "&".join(f"{quote(name)}={value if name in names else given}" for name, given in as_it_is.items())
