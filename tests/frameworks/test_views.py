"""The pages of frameworks and tools: what good looks like, for those who judge; new versions, for those who run it."""

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from audit_app.access.table import Role
from audit_app.db import db
from audit_app.frameworks import queries
from audit_app.frameworks.model import FrameworkVersion, ToolVersion
from audit_app.frameworks.reading import SHIPPED
from audit_app.organisation import operations as organisation
from tests import make
from tests.browsing import hidden_of, send
from tests.frameworks.samples import SCALE_FILE
from tests.frameworks.test_operations import WHOLE_FRAMEWORK
from tests.web.markup import one, read, text, with_class

CASE_FILE = (SHIPPED / "tools" / "case-file-1.yaml").read_text("utf-8")
SECOND = CASE_FILE.replace('version: "1"', 'version: "2"', 1)


@pytest.fixture
def made(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    return make.client_of(app, made.officer)


def words(answer: TestResponse) -> str:
    return text(one(read(answer.text), ".//main"))


def upload(client: FlaskClient, content: str | bytes, name: str = "tool.yaml") -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    return send(client, "/tools/new", file=FileStorage(io.BytesIO(data), name))


def count(table: Any) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_tools_and_frameworks_are_listed_with_their_versions(officer: FlaskClient) -> None:
    page = words(officer.get("/tools"))
    for said in ("Case file audit", "Pre-proceedings audit", "Private fostering audit", "Version 1", "2026-04"):
        assert said in page


def test_on_the_first_day_the_shipped_tools_are_a_press_away(app: Flask) -> None:
    unit = organisation.add("Northmere", "authority", None, by=None)
    client = make.client_of(app, make.person("Officer New", Role.AUDIT_OFFICER, unit))
    assert "No audit tool yet." in words(client.get("/tools"))
    assert send(client, "/tools/load-shipped", page="/tools").status_code == 302
    assert count(ToolVersion) == 8
    assert "Case file audit" in words(client.get("/tools"))


@pytest.mark.parametrize("person", ["manager", "senior", "head", "external", "officer"])
def test_whoever_judges_may_read_a_tool_whole(app: Flask, made: make.Authority, person: str) -> None:
    page = make.client_of(app, made.people[person]).get(f"/tools/{made.tool.id}")
    assert page.status_code == 200
    tree = read(page.text)
    tool = made.tool.tool
    for section in tool.sections:
        shown = text(one(tree, f".//section[@id='section-{section.key}']"))
        assert section.name in shown
        assert all(" ".join(text_.split()) in shown for text_ in section.descriptors.values())
        assert all(question.text in shown for question in section.questions)
    assert all(rule.prompt.strip() in words(page) for rule in tool.limiting)
    assert all(reason.name in words(page) for reason in tool.reasons)
    assert all(criterion.name in words(page) for criterion in tool.quality.criteria)
    assert ("Retire this version" in page.text) is (person == "officer")


def test_a_framework_is_shown_with_its_judgements(app: Flask, made: make.Authority) -> None:
    newer, older = queries.frameworks()
    client = make.client_of(app, made.manager)
    assert "None: each area is judged on its own" in words(client.get(f"/frameworks/{newer.id}"))
    page = words(client.get(f"/frameworks/{older.id}"))
    assert "Overall effectiveness" in page
    assert "31 March 2026" in page


def test_nobody_else_manages_tools(app: Flask, made: make.Authority) -> None:
    for person in ("manager", "senior", "head", "external", "board", "admin"):
        client = make.client_of(app, made.people[person])
        assert {client.get(address).status_code for address in ("/tools", "/tools/new")} == {403}, person
        assert send(client, f"/tools/{made.tool.id}/retire", page="/").status_code == 403
    for person in ("board", "admin"):
        assert make.client_of(app, made.people[person]).get(f"/tools/{made.tool.id}").status_code == 403
    assert make.client_of(app, made.officer).get("/tools/999").status_code == 404
    assert make.client_of(app, made.officer).get("/frameworks/999").status_code == 404


def test_a_new_version_is_looked_at_before_it_is_kept(officer: FlaskClient, made: make.Authority) -> None:
    answer = upload(officer, SECOND.replace("\n", "\r\n"))
    assert answer.status_code == 200
    assert "Nothing is kept until you say so." in words(answer)
    assert "What each grade looks like" in words(answer)
    assert count(ToolVersion) == 8
    content = hidden_of(answer.text)["content"]
    done = send(officer, "/tools/keep", page="/tools/new", content=content)
    assert done.status_code == 302
    second = queries.find_tool("case-file", "2")
    assert second is not None
    assert (second.added_by, done.location) == (made.officer.id, f"/tools/{second.id}")
    assert "by Officer One" in words(officer.get(done.location))
    again = send(officer, "/tools/keep", page="/tools/new", content=content)
    assert again.location == done.location
    assert count(ToolVersion) == 9


def test_a_framework_is_kept_from_a_file(officer: FlaskClient) -> None:
    answer = upload(officer, WHOLE_FRAMEWORK)
    assert "Help and protection" in words(answer)
    done = send(officer, "/tools/keep", page="/tools/new", content=hidden_of(answer.text)["content"])
    assert "Local standards, version 2026-04, is kept" in words(officer.get(done.location))
    assert count(FrameworkVersion) == 3


def test_every_problem_of_a_file_is_shown_with_its_line(officer: FlaskClient) -> None:
    broken = SECOND.replace("scale: ofsted-four-level", "scale: no-such-scale").replace(
        "needs_words: yes", "needs_word: yes"
    )
    answer = upload(officer, broken)
    assert answer.status_code == 422
    tree = read(answer.text)
    rows = [text(row) for row in one(tree, ".//tbody").findall("tr")]
    line = str(broken.split("\n").index("scale: no-such-scale") + 1)
    assert any(row.startswith(f"Line {line}") and "no-such-scale" in row for row in rows)
    assert any("needs_word" in row for row in rows)
    assert "The file has problems." in text(with_class(tree, "govuk-error-summary")[0])
    assert count(ToolVersion) == 8


def test_only_the_first_hundred_problems_are_shown(officer: FlaskClient) -> None:
    many = SECOND.replace("    purpose:", "    purpos:").replace("    name:", "    nam:").replace("    key:", "    ke:")
    answer = upload(officer, many)
    assert answer.status_code == 422
    tree = read(answer.text)
    assert len(one(tree, ".//tbody").findall("tr")) == 100
    assert "not shown" in words(answer)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CASE_FILE.replace("A whole look at", "A look at"), "Give the file a new version"),
        (SCALE_FILE, "a scale alone"),
        ("", "must be a list of names and values"),
        ("file: tool\n  key: [", "We cannot read the file from here on"),
        ("&a [*a, *a]", "problems"),
        ("[" * 50_000, "problems"),
        ("a: " + "x" * 500_000, "too large"),
        (b"\xff\xfe\x00tool", "not plain text in UTF-8"),
        (b"x" * 1_200_000, "too large"),
        ("!!python/object/apply:os.system ['true']", "problems"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_why(officer: FlaskClient, content: str | bytes, said: str) -> None:
    answer = upload(officer, content)
    assert answer.status_code == 422
    assert said in words(answer)
    assert (count(ToolVersion), count(FrameworkVersion)) == (8, 2)


def test_a_file_must_be_chosen(officer: FlaskClient) -> None:
    answer = send(officer, "/tools/new")
    assert answer.status_code == 422
    assert "Choose a file" in words(answer)


def test_what_is_kept_is_read_again_and_not_believed(officer: FlaskClient) -> None:
    assert send(officer, "/tools/keep", page="/tools/new", content="not base 64").status_code == 400
    assert send(officer, "/tools/keep", page="/tools/new", content="").status_code == 400
    assert send(officer, "/tools/keep", page="/tools/new", content="ZmlsZTogdG9vbA==").status_code == 422
    assert count(ToolVersion) == 8


def test_a_version_is_retired_and_offered_again_in_the_browser(officer: FlaskClient, made: make.Authority) -> None:
    address = f"/tools/{made.tool.id}"
    assert send(officer, f"{address}/retire", page=address).location == address
    page = words(officer.get(address))
    assert "Version 1 is retired." in page
    assert "New rounds cannot use it." in page
    assert "Retired" in words(officer.get("/tools"))
    assert send(officer, f"{address}/retire", page=address).status_code == 422
    assert send(officer, f"{address}/offer-again", page=address).status_code == 302
    assert "Retired" not in words(officer.get("/tools"))
