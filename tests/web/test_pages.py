"""The standing pages, and the version that every page names."""

import fcntl
import shutil
from pathlib import Path

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.db import db, waiting_at_most
from audit_app.web.pages import version_of
from tests import make
from tests.serving import serve
from tests.web.markup import one, read, text, with_class

STANDING = ("/help", "/accessibility", "/privacy", "/cookies")


@pytest.mark.parametrize("path", STANDING)
def test_everybody_may_read_the_standing_pages(path: str, app: Flask) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    tree = read(answer.text)
    assert len(tree.findall(".//main//h1")) == 1
    assert len(text(one(tree, ".//main")).split()) > 90
    assert not with_class(tree, "account")


def test_every_page_leads_to_the_standing_pages(app: Flask) -> None:
    tree = read(app.test_client().get("/sign-in").text)
    led_to = [link.get("href") for link in with_class(tree, "service-footer")[0].findall(".//a")]
    assert led_to == list(STANDING)


def test_somebody_signed_in_keeps_their_menu_on_them(app: Flask) -> None:
    made = make.authority()
    tree = read(make.client_of(app, made.head).get("/help").text)
    assert with_class(tree, "account")
    assert "/measures/definitions" in [link.get("href") for link in tree.findall(".//main//a")]
    guest = read(app.test_client().get("/help").text)
    assert "/measures/definitions" not in [link.get("href") for link in guest.findall(".//main//a")]


def test_help_tells_every_role_what_it_does(app: Flask) -> None:
    titles = [text(one) for one in read(app.test_client().get("/help").text).findall(".//main//h3")]
    assert sorted(titles) == sorted(role.words for role in Role)


def test_what_a_contents_list_leads_to_is_there(app: Flask) -> None:
    tree = read(app.test_client().get("/help").text)
    ids = {element.get("id") for element in tree.iter()}
    wanted = [link.get("href", "") for link in with_class(tree, "contents__list")[0].findall(".//a")]
    assert len(wanted) >= 5
    assert {address.removeprefix("#") for address in wanted} <= ids


def test_the_version_is_on_the_page_and_in_what_the_page_asks_for(app: Flask) -> None:
    version = version_of(Path(str(app.static_folder)))
    tree = read(app.test_client().get("/help").text)
    assert text(with_class(tree, "service-footer__version")[0]) == f"Version {version}"
    sheets = [link.get("href", "") for link in tree.findall(".//link") if link.get("rel") == "stylesheet"]
    assert f"/static/app.css?v={version}" in sheets


def test_the_version_changes_with_any_file_and_only_then(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "app.css").write_text("a {}")
    (tmp_path / "deep" / "b.js").write_text("1")
    before = version_of(tmp_path)
    shutil.copytree(tmp_path, tmp_path.with_name("copy"))
    assert version_of(tmp_path.with_name("copy")) == before
    (tmp_path / "deep" / "b.js").write_text("2")
    changed = version_of(tmp_path)
    (tmp_path / "deep" / "b.js").rename(tmp_path / "b.js")
    assert len({before, changed, version_of(tmp_path)}) == 3


def test_they_can_be_read_while_the_database_is_gone(tmp_path: Path) -> None:
    with serve(tmp_path, f"sqlite:///{tmp_path / 'missing' / 'audits.sqlite3'}") as app:
        for path in STANDING:
            assert app.test_client().get(path).status_code == 200


def test_who_waits_too_long_to_write_is_told_that_the_service_is_not_available(app: Flask) -> None:
    made = make.authority()
    address = f"/audits/{make.handed_in(made).id}.pdf"
    browser, other = make.client_of(app, made.head), make.client_of(app, made.officer)
    file = Path(str(db.engine.url.database))
    with waiting_at_most(0.2), file.with_name(f"{file.name}.turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # another process writes
        answer = browser.get(address)
        assert answer.status_code == 503
        assert "not available" in answer.text
        assert not with_class(read(answer.text), "account")
        assert other.get("/measures").status_code == 200
        fcntl.flock(turn, fcntl.LOCK_UN)
        assert browser.get(address).status_code == 200
