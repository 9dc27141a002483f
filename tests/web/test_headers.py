"""What every answer says to the browser, whatever kind of answer it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from audit_app.web.headers import HEADERS, POLICY
from tests import make
from tests.web.laboratory import laboratory

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
# What differs from one kind of answer to another, and is told in its own test.
OTHERS = {
    "Accept-Ranges", "Allow", "Cache-Control", "Content-Disposition", "Content-Length", "Content-Type", "Date", "ETag",
    "Last-Modified", "Location", "Retry-After", "Set-Cookie", "Strict-Transport-Security", "Vary",
}  # fmt: skip


def check(answer: TestResponse, kind: str) -> None:
    """That an answer has exactly the headers that it should."""
    assert {name: answer.headers.get_all(name) for name in EXPECTED} == {n: [v] for n, v in EXPECTED.items()}, kind
    assert set(answer.headers.keys()) <= EXPECTED.keys() | OTHERS, kind
    answer.close()


@pytest.fixture
def world(app: Flask) -> make.Authority:
    return make.authority()


@pytest.fixture
def service(tmp_path: Path, migrated_file: Path) -> Iterator[Flask]:
    """The application as it stands in production: cookies for encrypted connections only."""
    (tmp_path / "audits.sqlite3").write_bytes(migrated_file.read_bytes())
    with laboratory(tmp_path, f"sqlite:///{tmp_path / 'audits.sqlite3'}", secure_cookies=True) as app:
        yield app


def test_every_kind_of_answer_has_the_same_headers(app: Flask, world: make.Authority) -> None:
    audit = make.handed_in(world)
    head, nobody = make.client_of(app, world.head), app.test_client()
    kinds: dict[str, tuple[FlaskClient, str, int, str]] = {
        "page": (head, "/", 200, "text/html"),
        "page for anybody": (nobody, "/sign-in", 200, "text/html"),
        "redirect": (nobody, "/", 302, "text/html"),
        "not found": (head, "/nowhere", 404, "text/html"),
        "not allowed": (head, "/people", 403, "text/html"),
        "wrong method": (head, "/sign-out", 405, "text/html"),
        "PDF": (head, f"/audits/{audit.id}.pdf", 200, "application/pdf"),
        "JSON": (nobody, "/healthcheck", 200, "application/json"),
        "CSV": (head, "/reports/pairs.csv", 200, "text/csv"),
        "static": (nobody, "/static/app.css", 200, "text/css"),
        "static that is not there": (nobody, "/static/nothing.css", 404, "text/html"),
    }
    for kind, (client, path, code, mimetype) in kinds.items():
        answer = client.get(path)
        assert (kind, answer.status_code, answer.mimetype) == (kind, code, mimetype)
        if kind != "static":
            assert answer.headers["Cache-Control"] == "no-store", kind
        check(answer, kind)
    assert nobody.post("/sign-in", data={}).status_code == 400
    check(nobody.post("/sign-in", data={}), "without a form's token")
    check(nobody.options("/sign-in"), "options")
    check(nobody.head("/sign-in"), "head")


def test_the_policy_allows_no_inline_script_or_style_and_no_other_place() -> None:
    assert EXPECTED["Content-Security-Policy"] == POLICY
    assert HEADERS == EXPECTED
    assert not re.search(r"unsafe|\*|https?:|nonce", POLICY)


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/static/app.css", "public, max-age=86400"),
        ("/static/app.css?v=1", "public, max-age=31536000, immutable"),
        ("/static/vendor/govuk-frontend-6.3.0/govuk-frontend.min.css", "public, max-age=31536000, immutable"),
        ("/static/nothing.css?v=1", "no-store"),
        ("/static/../config.py", "no-store"),
        ("/static/%2e%2e/app.py", "no-store"),
    ],
)
def test_only_what_never_changes_is_kept_for_long(app: Flask, path: str, caching: str) -> None:
    answer = app.test_client().get(path)
    assert answer.headers["Cache-Control"] == caching
    assert (answer.status_code == 200) == (caching != "no-store")
    assert "Set-Cookie" not in answer.headers or caching == "no-store"
    answer.close()


def test_a_page_asks_for_its_sheets_and_scripts_by_their_version(app: Flask) -> None:
    page = app.test_client().get("/sign-in").text
    own = [
        at for at in re.findall(r'(?:src|href)="(/static/[^"]+)"', page) if at.split("?")[0].endswith((".css", ".js"))
    ]
    assert len(own) >= 5
    assert [at for at in own if "?v=" not in at and "/vendor/" not in at] == []


def test_whoever_should_come_back_later_is_told_when(sqlite_lab: Flask) -> None:
    client = sqlite_lab.test_client()
    assert client.get("/lab/raise-at-once/operational").headers["Retry-After"] == "30"
    assert client.post("/lab/abort/429").headers["Retry-After"] == "300"
    assert "Retry-After" not in client.post("/lab/abort/422").headers


def test_the_cookie_of_production_goes_only_to_this_service_and_to_no_script(service: Flask) -> None:
    answer = service.test_client().post("/sign-in", base_url="https://audit.test", data={"email": "a@b.test"})
    cookies = answer.headers.get_all("Set-Cookie")
    answer = service.test_client().get("/lab/cookie", base_url="https://audit.test")
    cookies += answer.headers.get_all("Set-Cookie")
    assert cookies
    for cookie in cookies:
        name, *flags = [part.strip() for part in cookie.split(";")]
        assert name.startswith("__Host-audit=")
        assert set(flags) == {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"}


def test_an_encrypted_connection_is_to_stay_encrypted(service: Flask) -> None:
    encrypted = service.test_client().get("/sign-in", base_url="https://audit.test")
    assert encrypted.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in service.test_client().get("/sign-in").headers


def test_who_asks_is_what_the_connection_says_and_not_what_a_header_says(service: Flask) -> None:
    forged = {"X-Forwarded-For": "10.9.8.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.test"}
    answer = service.test_client().get("/lab/who", headers=forged)
    assert answer.get_json() == {"address": "127.0.0.1", "secure": False, "host": "localhost"}


def test_behind_one_proxy_the_last_header_counts_and_no_other(tmp_path: Path, migrated_file: Path) -> None:
    (tmp_path / "audits.sqlite3").write_bytes(migrated_file.read_bytes())
    with laboratory(tmp_path, f"sqlite:///{tmp_path / 'audits.sqlite3'}", proxies=1) as app:
        said = {"X-Forwarded-For": "6.6.6.6, 10.9.8.7", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "audit.test"}
        answer = app.test_client().get("/lab/who", headers=said)
    assert answer.get_json() == {"address": "10.9.8.7", "secure": True, "host": "audit.test"}
