"""Forms: they take the fields that they show, each once, and words as people meant them."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask_wtf.file import FileField
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.routing import IntegerConverter
from wtforms import HiddenField, PasswordField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from audit_app.web.fields import DatePartsField
from audit_app.web.forms import CONTROLS, Form, clean
from tests import make


class Note(Form):
    """A form with a field of every kind that matters here."""

    words = StringField(
        "Words", [InputRequired("Enter something"), Length(max=20)], filters=[lambda v: v and v.upper()]
    )
    story = TextAreaField("Story")
    secret = PasswordField("Secret")
    hidden = HiddenField()
    many = SelectMultipleField("Many", choices=[SelectChoice(value=v, label=v) for v in "abc"])
    day = DatePartsField("Day")
    paper = FileField("Paper")


def sent(app: Flask, *fields: tuple[str, Any]) -> Note:
    """The form as it stands after a browser sent these fields, and was answered."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/", method="POST", data=MultiDict(fields)):
        form = Note()
        form.validate()
        return form


def refused(app: Flask, *fields: tuple[str, Any]) -> bool:
    """Whether these fields are no mistake of a person, but tampering."""
    try:
        sent(app, *fields)
    except BadRequest:
        return True
    return False


def paper(name: str = "paper.csv") -> FileStorage:
    return FileStorage(BytesIO(b"words"), name)


def test_what_a_form_shows_it_takes(app: Flask) -> None:
    form = sent(
        app, ("words", "one"), ("story", "two"), ("secret", "three"), ("hidden", "four"), ("many", "a"), ("many", "b"),
        ("day", "1"), ("day", "6"), ("day", "2026"), ("paper", paper()),
    )  # fmt: skip
    assert form.errors == {}
    assert (form.words.data, form.many.data, form.day.data.isoformat()) == ("ONE", ["a", "b"], "2026-06-01")
    assert form.paper.data.filename == "paper.csv"


def test_what_a_form_does_not_show_is_400(app: Flask) -> None:
    for key in ("grade", "role", "version_id", "auditor_id", "state", "Words", "words ", "words[]", "", "__class__"):
        assert refused(app, ("words", "one"), (key, "1")), key
    assert refused(app, ("words", "one"), ("other", paper()))
    assert refused(app, ("words", "one"), ("story", paper()))


def test_what_is_asked_once_and_sent_twice_is_400(app: Flask) -> None:
    for key in ("words", "story", "secret", "hidden"):
        assert refused(app, (key, "one"), (key, "one")), key
    assert refused(app, ("words", "one"), ("paper", paper()), ("paper", paper()))
    assert not refused(app, ("words", "one"), ("many", "a"), ("many", "a"))


def test_words_are_taken_as_they_were_meant_and_secrets_as_they_are(app: Flask) -> None:
    form = sent(app, ("words", "  one \r\n"), ("story", "\r\n one\r\n\r\n two\t"), ("secret", " one "))
    assert (form.words.data, form.story.data, form.secret.data) == ("ONE", "one\n\n two", " one ")


def test_a_forms_own_filters_hold_the_second_time_as_well(app: Flask) -> None:
    assert [sent(app, ("words", "one")).words.data for _ in range(3)] == ["ONE"] * 3


def test_what_cannot_be_printed_is_refused_in_kind_words(app: Flask) -> None:
    for character in sorted(CONTROLS):
        for key in ("words", "story", "secret", "hidden"):
            form = sent(app, ("words", "one"), *((k, f"o{character}e") for k in [key] if k != "words")) if (
                key != "words"
            ) else sent(app, ("words", f"o{character}e"))  # fmt: skip
            assert form.errors == {key: ["Remove the characters that cannot be printed."]}, repr(character)
    assert sent(app, ("words", "one"), ("story", "a\tb\nc")).errors == {}


def test_a_form_that_is_only_asked_for_is_not_checked_for_what_was_sent(app: Flask) -> None:
    with app.test_request_context("/?anything=1"):
        form = Note(formdata=None)
        assert not form.validate()


@given(st.text())
def test_words_that_are_clean_stay_as_they_are(words: str) -> None:
    once = clean(words)
    assert clean(once) == once
    assert "\r\n" not in once
    assert once == once.strip()


@given(st.text(), st.text())
def test_any_words_are_taken_or_refused_and_nothing_breaks(words: str, story: str) -> None:
    app = bare()
    form = sent(app, ("words", words), ("story", story))
    if not form.errors:
        assert form.story.data == clean(story.encode("utf-8", "replace").decode())


_bare: list[Flask] = []


def bare() -> Flask:
    """An application that only reads forms."""
    if not _bare:
        _bare.append(Flask("forms"))
        _bare[0].config["SECRET_KEY"] = "of tests"
    return _bare[0]


NAMED = {"tier": "senior", "evidence": "figure"}  # parts of addresses that are one of a few words


def posts(app: Flask) -> list[str]:
    """Every address that something can be sent to."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            numbers = {name for name, kind in rule._converters.items() if isinstance(kind, IntegerConverter)}
            values: dict[str, object] = {name: 1 if name in numbers else "one" for name in rule.arguments}
            values |= {name: value for name, value in NAMED.items() if name in values}
            found.append(adapter.build(rule.endpoint, values, method="POST"))
    return found


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_nothing_is_taken_from_a_page_that_is_not_ours(app: Flask) -> None:
    world = make.authority()
    head = make.client_of(app, world.head)
    others = token(make.client_of(app, world.admin).get("/people/new").text)
    addresses = posts(app)
    assert len(addresses) > 30
    for address in addresses:
        for fields in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": others}):
            assert (address, head.post(address, data=fields).status_code) == (address, 400)
    assert head.post("/sign-out", data={"csrf_token": token(head.get("/").text)}).status_code == 302


def test_what_is_too_much_is_told_so(app: Flask) -> None:
    client = app.test_client()
    csrf = token(client.get("/sign-in").text)
    much = client.post("/sign-in", data={"csrf_token": csrf, "email": "x" * 3_000_000})
    assert (much.status_code, "too large" in much.text) == (413, True)
    parts = (
        "".join(f'--x\r\nContent-Disposition: form-data; name="k{n}"\r\n\r\n1\r\n' for n in range(1500)) + "--x--\r\n"
    )
    assert client.post("/sign-in", data=parts, content_type="multipart/form-data; boundary=x").status_code == 413
    keys = "&".join(f"k{n}=1" for n in range(100_000))
    form = "application/x-www-form-urlencoded"
    assert client.post("/sign-in", data=f"csrf_token={csrf}&{keys}", content_type=form).status_code == 400
    assert client.post("/sign-in", data=b"x" * 25_000_000, content_type="text/plain").status_code in (400, 413)


@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary="]
)
def test_what_is_no_form_is_400(app: Flask, kind: str) -> None:
    for body in (b"", b"[" * 100_000, b'{"email": NaN}', b"\xff\xfe", b"--x\r\n\r\n"):
        assert app.test_client().post("/sign-in", data=body, content_type=kind).status_code == 400
