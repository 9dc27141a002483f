"""Signing in and out, sessions that end, and people, in the browser."""

import datetime as dt
import re
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from audit_app import create_app
from audit_app.access.table import Role
from audit_app.auditing.queries import answers_of
from audit_app.clock import now
from audit_app.db import WRITER_WAITS_SECONDS, db, waiting_at_most
from audit_app.history.queries import entries_of
from audit_app.identity import operations
from audit_app.identity.model import Person
from audit_app.organisation import operations as organisation
from tests import make
from tests.serving import settings_of

PASSWORD = "three unrelated words"


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def sign_in(client: FlaskClient, email: str, password: str, **more: str) -> tuple[int, str, str]:
    page = client.get("/sign-in").text
    fields = {"csrf_token": token(page), "email": email, "password": password, "next": "", "kept": ""} | more
    answer = client.post("/sign-in", data=fields)
    return answer.status_code, answer.headers.get("Location", ""), answer.text


def with_password(person: Person) -> Person:
    person.password_hash = operations.hasher().hash(PASSWORD)
    db.session.commit()
    return person


@pytest.fixture
def world(app: Flask) -> make.Authority:
    return make.authority()


def test_somebody_signs_in_with_their_password_and_out_again(app: Flask, world: make.Authority) -> None:
    manager = with_password(world.manager)
    client = app.test_client()
    assert sign_in(client, manager.email.upper(), PASSWORD)[0] == 302
    assert client.get("/").status_code == 200
    client.post("/sign-out", data={"csrf_token": token(client.get("/").text)})
    assert client.get("/").status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app: Flask, world: make.Authority) -> None:
    manager = with_password(world.manager)
    wrong = sign_in(app.test_client(), manager.email, "not the password")
    unknown = sign_in(app.test_client(), "nobody@example.test", "not the password")
    assert wrong[0] == unknown[0] == 422
    assert "is not right" in wrong[2]
    assert "is not right" in unknown[2]


def test_the_eleventh_guess_waits_and_the_person_gets_in_from_elsewhere(app: Flask, world: make.Authority) -> None:
    manager = with_password(world.manager)
    client = app.test_client()
    for _ in range(10):
        assert sign_in(client, manager.email, "wrong")[0] == 422
    assert sign_in(client, manager.email, PASSWORD)[0] == 429
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "127.0.0.9"
    assert sign_in(elsewhere, manager.email, PASSWORD)[0] == 302


@pytest.mark.parametrize("end", ["account", "role", "password", "grant"])
def test_a_session_dies_at_once(app: Flask, world: make.Authority, end: str) -> None:
    client = make.client_of(app, world.manager)
    assert client.get("/audits").status_code == 200
    if end == "account":
        operations.end_account(world.manager, by=world.admin.id)
    elif end == "role":
        operations.end_grant(world.manager.grants[0], by=world.admin.id)
    elif end == "grant":
        operations.grant(world.manager, Role.BOARD_MEMBER, world.root, None, by=world.admin.id)
    else:
        link = operations.make_link(world.manager, "reset", by=world.admin.id)
        fresh = app.test_client()
        page = fresh.get(f"/link/{link}").text
        fresh.post(f"/link/{link}", data={"csrf_token": token(page), "password": PASSWORD})
    assert client.get("/audits").status_code == 302


def test_an_external_auditor_is_out_after_their_last_day(app: Flask, world: make.Authority) -> None:
    client = make.client_of(app, world.external)
    assert client.get("/audits").status_code == 200
    with time_machine.travel(now() + dt.timedelta(days=91), tick=False):
        assert make.client_of(app, world.external).get("/audits").status_code == 403


def test_an_idle_session_ends(app: Flask, world: make.Authority) -> None:
    client = make.client_of(app, world.manager)
    assert client.get("/").status_code == 200
    with time_machine.travel(now() + dt.timedelta(minutes=61), tick=False):
        assert client.get("/").status_code == 302


def test_what_was_typed_survives_the_end_of_a_session(app: Flask, world: make.Authority) -> None:
    manager = with_password(world.manager)
    audit = make.audit(world)
    key = audit.tool.sections[0].key
    client = app.test_client()
    sign_in(client, manager.email, PASSWORD)
    page = client.get(f"/audits/{audit.id}/sections/{key}").text
    fields = {"csrf_token": token(page), "version": "0", "evidence": "Two hours of <careful> words"}
    operations.end_sign_ins(manager)
    ended = client.post(f"/audits/{audit.id}/sections/{key}", data=fields)
    assert ended.status_code == 401
    kept = re.search(r'name="kept" value="([^"]+)"', ended.text)
    assert kept is not None
    again = {"csrf_token": token(ended.text), "email": manager.email, "password": PASSWORD, "kept": kept[1], "next": ""}
    shown = client.post("/sign-in", data=again)
    assert "Two hours of &lt;careful&gt; words" in shown.text
    fields["csrf_token"] = token(shown.text)
    assert client.post(f"/audits/{audit.id}/sections/{key}", data=fields).status_code == 302
    assert answers_of(audit)[key].evidence == "Two hours of <careful> words"


def test_what_was_typed_is_given_to_nobody_else(app: Flask, world: make.Authority) -> None:
    manager, other = with_password(world.manager), with_password(world.other_manager)
    audit = make.audit(world)
    client = app.test_client()
    sign_in(client, manager.email, PASSWORD)
    url = f"/audits/{audit.id}/sections/{audit.tool.sections[0].key}"
    fields = {"csrf_token": token(client.get(url).text), "version": "0", "evidence": "Private words"}
    operations.end_sign_ins(manager)
    ended = client.post(url, data=fields)
    kept = re.search(r'name="kept" value="([^"]+)"', ended.text)
    assert kept is not None
    again = {"csrf_token": token(ended.text), "email": other.email, "password": PASSWORD, "kept": kept[1], "next": ""}
    answer = client.post("/sign-in", data=again)
    assert answer.status_code == 302
    assert "Private words" not in answer.text


OFF_THE_SERVICE = (
    "//evil.test", "/\\evil.test", "\\/evil.test", "https:evil.test", "https://evil.test", "http:///evil.test",
    "\t//evil.test", " //evil.test", "/\t/evil.test", "/\n/evil.test", "///evil.test", "/%09/evil.test",
    "/%2f/evil.test", "/%5cevil.test", "/audits/../../evil.test", "/.evil.test", "/@evil.test", "evil.test",
    "//evil.test/audits", "/audits\r\nLocation: https://evil.test", "/audits\\@evil.test", "javascript:alert(1)",
    "data:text/html,x", "/nowhere", "", "?", "#", "/sign-in", "/sign-in?next=//evil.test", "/sign-out",
    "/audits#//evil.test\x00",
)  # fmt: skip


def test_signing_in_never_leads_off_the_service(app: Flask, world: make.Authority) -> None:
    manager = with_password(world.manager)
    for target in OFF_THE_SERVICE:
        status, location, _ = sign_in(app.test_client(), manager.email, PASSWORD, next=target)
        # What cannot be printed is refused with the form.
        assert (status, location) in ((302, "/"), (422, "")), target


def test_signing_in_leads_on_to_the_page_that_was_asked_for(app: Flask, world: make.Authority) -> None:
    manager = with_password(world.manager)
    assert sign_in(app.test_client(), manager.email, PASSWORD, next="/audits?stage=void")[1] == "/audits?stage=void"


def test_a_one_time_link_works_once(app: Flask, world: make.Authority) -> None:
    link = operations.make_link(world.board, "invitation", by=world.admin.id)
    client = app.test_client()
    page = client.get(f"/link/{link}").text
    fields = {"csrf_token": token(page), "password": PASSWORD}
    assert client.post(f"/link/{link}", data=fields).status_code == 302
    assert client.get("/").status_code == 200
    assert app.test_client().get(f"/link/{link}").status_code == 404


def test_a_newer_link_ends_the_one_before_it(app: Flask, world: make.Authority) -> None:
    first = operations.make_link(world.board, "invitation", by=world.admin.id)
    second = operations.make_link(world.board, "invitation", by=world.admin.id)
    assert app.test_client().get(f"/link/{first}").status_code == 404
    assert app.test_client().get(f"/link/{second}").status_code == 200


def test_an_administrator_invites_gives_a_role_and_ends_an_account(app: Flask, world: make.Authority) -> None:
    client = make.client_of(app, world.admin)
    csrf = token(client.get("/people/new").text)
    invited = {"name": "Manager Birch", "email": "Birch@Example.test", "job_title": "", "unit": "0"}
    fields = {"csrf_token": csrf} | invited
    made = client.post("/people/new", data=fields)
    assert "/link/" in made.text
    person = db.session.execute(db.select(Person).filter_by(email="birch@example.test")).scalar_one()
    role = {"csrf_token": csrf, "role": "team_manager", "unit": str(world.teams[0].id), "until": ["", "", ""]}
    assert client.post(f"/people/{person.id}/give-role", data=role).status_code == 302
    admin_too = role | {"role": "administrator"}
    assert client.post(f"/people/{person.id}/give-role", data=admin_too).status_code == 422
    assert client.post(f"/people/{person.id}/end", data={"csrf_token": csrf}).status_code == 302
    db.session.expire_all()
    assert not person.active
    kinds = [entry.kind for entry in entries_of(f"person:{person.id}")]
    assert kinds == ["person.ended", "person.role_given", "person.link_made", "person.invited"]


def test_an_administrator_cannot_end_their_own_account(app: Flask, world: make.Authority) -> None:
    client = make.client_of(app, world.admin)
    csrf = token(client.get("/people").text) if "csrf_token" in client.get("/people").text else ""
    csrf = csrf or token(client.get("/people/new").text)
    assert client.post(f"/people/{world.admin.id}/end", data={"csrf_token": csrf}).status_code == 422


def test_a_stale_change_of_a_person_is_refused(app: Flask, world: make.Authority) -> None:
    client = make.client_of(app, world.admin)
    page = client.get(f"/people/{world.board.id}/change").text
    (version,) = re.findall(r'name="version" value="(\d+)"', page)
    said = {"name": "Board Two", "job_title": "", "unit": "0", "email": "board.two@council.example"}
    fields = {"csrf_token": token(page), "version": version, **said}
    assert client.post(f"/people/{world.board.id}/change", data=fields).status_code == 302
    assert client.post(f"/people/{world.board.id}/change", data=fields).status_code == 409


def test_a_form_with_a_field_that_was_not_asked_for_is_400(app: Flask, world: make.Authority) -> None:
    client = make.client_of(app, world.admin)
    fields = {"csrf_token": token(client.get("/people/new").text), "name": "A", "email": "a@b.test", "role": "admin"}
    assert client.post("/people/new", data=fields).status_code == 400


def cookie_of(client: FlaskClient) -> str:
    """What the browser keeps of its session."""
    cookie = client.get_cookie("audit")
    assert cookie is not None
    return cookie.value


def test_a_session_that_somebody_else_prepared_is_not_the_one_that_is_signed_in(
    app: Flask, world: make.Authority
) -> None:
    manager, victim, thief = with_password(world.manager), app.test_client(), app.test_client()
    thief.get("/sign-in")
    prepared = cookie_of(thief)
    victim.set_cookie("audit", prepared)
    before = token(victim.get("/sign-in").text)
    fields = {"csrf_token": before, "email": manager.email, "password": PASSWORD, "next": "", "kept": ""}
    assert victim.post("/sign-in", data=fields).status_code == 302
    assert victim.get("/").status_code == 200
    assert thief.get("/").status_code == 302
    assert cookie_of(victim) != prepared
    answer = victim.post("/sign-out", data={"csrf_token": before})  # made for the session before
    assert answer.status_code == 400


def test_a_cookie_that_was_stolen_is_worth_nothing_once_its_owner_signed_out(app: Flask, world: make.Authority) -> None:
    client, thief = app.test_client(), app.test_client()
    sign_in(client, with_password(world.manager).email, PASSWORD)
    thief.set_cookie("audit", cookie_of(client))
    assert thief.get("/").status_code == 200
    client.post("/sign-out", data={"csrf_token": token(client.get("/").text)})
    assert thief.get("/").status_code == 302


def test_signing_in_again_ends_the_session_before(app: Flask, world: make.Authority) -> None:
    client, old = app.test_client(), app.test_client()
    sign_in(client, with_password(world.manager).email, PASSWORD)
    old.set_cookie("audit", cookie_of(client))
    csrf = token(client.get("/").text)
    fields = {"csrf_token": csrf, "email": with_password(world.senior).email, "password": PASSWORD}
    assert client.post("/sign-in", data=fields | {"next": "", "kept": ""}).status_code == 302
    assert world.senior.name in client.get("/").text
    assert old.get("/").status_code == 302


def test_a_session_that_is_used_all_the_time_ends_all_the_same(app: Flask, world: make.Authority) -> None:
    client, start = make.client_of(app, world.manager), now()
    for minutes in range(0, 12 * 60, 50):
        with time_machine.travel(start + dt.timedelta(minutes=minutes), tick=False):
            assert client.get("/").status_code == 200, minutes
    with time_machine.travel(start + dt.timedelta(hours=12, seconds=1), tick=False):
        assert client.get("/").status_code == 302


@pytest.mark.parametrize("value", ["", "x", "eyJhIjoxfQ.x.y", "." * 4000, "\x7f", "é", "null", "{}"])
def test_a_cookie_that_is_none_of_ours_is_nobody(app: Flask, value: str) -> None:
    client = app.test_client()
    for name in ("audit", "remember_token"):
        answer = client.get("/", headers={"Cookie": f"{name}={value}"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/")


def test_hashing_a_password_holds_up_no_writer(
    app: Flask, world: make.Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote: list[bool] = []

    class Slow(PasswordHasher):
        """The hasher itself, which looks meanwhile whether somebody else can write."""

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
            """Whether a password is right."""

            def write() -> None:
                with app.app_context(), waiting_at_most(2):
                    operations.note_failure("somebody@example.test", "10.0.0.9")
                    wrote.append(True)

            thread = threading.Thread(target=write)
            thread.start()
            thread.join(20)
            return super().verify(hash, password)

    manager = with_password(world.manager)
    monkeypatch.setattr(operations, "_hasher", lambda memory, rounds: Slow(rounds, memory, 1))
    assert sign_in(app.test_client(), manager.email, PASSWORD)[0] == 302
    assert wrote == [True]


def test_a_busy_database_does_not_keep_anybody_from_reading(app: Flask, world: make.Authority) -> None:
    client = make.client_of(app, world.manager)
    writes, done = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context():
            db.session.execute(db.select(Person.id)).all()
            writes.set()
            done.wait(30)
            db.session.rollback()

    db.session.remove()
    holder = threading.Thread(target=hold)
    with time_machine.travel(now() + dt.timedelta(minutes=2), tick=True):  # long enough to be noted as seen
        holder.start()
        writes.wait(20)
        started = time.monotonic()
        with app.app_context():
            answer = FlaskClient(app, use_cookies=True)
            answer.set_cookie("audit", cookie_of(client))
            assert answer.get("/").status_code == 200
        took = time.monotonic() - started
    done.set()
    holder.join(20)
    assert took < WRITER_WAITS_SECONDS  # being seen is noted at the next chance instead


def test_outside_a_demonstration_nobody_is_listed_to_sign_in_as(
    app: Flask, tmp_path: Path, migrated_file: Path
) -> None:
    for environment, listed in (("production", False), ("test", False), ("demonstration", True)):
        (tmp_path / environment).mkdir()
        file = tmp_path / environment / "audits.sqlite3"
        file.write_bytes(migrated_file.read_bytes())
        settings = replace(settings_of(file.parent, f"sqlite:///{file}"), environment=environment)
        one = create_app(settings)
        with one.app_context():
            root = organisation.add("Northmere", "authority", None, by=None)
            person, _ = operations.invite("a.fictional@northmere.example", "Ash Fictional", "", None, by=None)
            operations.grant(person, Role.AUDIT_OFFICER, root, None, by=None)
            db.session.commit()
        page = one.test_client().get("/sign-in").text
        assert ("Ash Fictional" in page, "northmere-audits" in page) == (listed, listed), environment
        assert ("Demonstration" in page) == listed
        with one.app_context():
            db.engine.dispose()


def test_signing_out_without_being_signed_in_asks_who_it_is_and_keeps_nothing(app: Flask) -> None:
    client = app.test_client()
    answer = client.post("/sign-out", data={"csrf_token": token(client.get("/sign-in").text)})
    assert answer.status_code == 401
    assert 'name="kept" value=""' in re.sub(r"\s+", " ", answer.text)


@pytest.mark.parametrize("link", ["x", "é", "%00", "a" * 5000, "..", "%2e%2e", "\ufffd"])
def test_a_link_that_was_never_made_is_not_there(either_app: Flask, link: str) -> None:
    assert either_app.test_client().get(f"/link/{link}").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_an_account_is_managed_by_administrators_and_nobody_else(app: Flask, role: Role) -> None:
    world = make.authority()
    somebody = make.person("Somebody", role, world.root)
    assert (make.client_of(app, somebody).get("/people").status_code == 200) is (role is Role.ADMINISTRATOR)


def test_what_people_are_called_is_shown_as_it_is_and_does_nothing(app: Flask, world: make.Authority) -> None:
    name = "<script>alert(1)</script>\"'&~ Łucja"
    operations.change(world.board, name, "", None, by=world.admin.id)
    client = make.client_of(app, world.admin)
    for path in ("/people", f"/people/{world.board.id}", f"/people/{world.board.id}/change"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "Łucja" in page
