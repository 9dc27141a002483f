"""The shape of every page, the error pages and the standing pages."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests.web.kitchen import ROOT, Kitchen
from tests.web.markup import one, read, text, with_class

ERRORS = sorted(int(file.stem) for file in (ROOT / "templates" / "errors").glob("[0-9]*.html"))


@pytest.fixture(scope="module")
def built() -> Kitchen:
    return Kitchen()


@pytest.fixture
def kitchen(built: Kitchen) -> Iterator[Kitchen]:
    person = built.person
    yield built
    built.person, built.notices = person, []
    built.app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def client(kitchen: Kitchen) -> FlaskClient:
    return kitchen.app.test_client()


def test_a_page_says_where_one_is_and_what_it_is(client: FlaskClient) -> None:
    tree = read(client.get("/everything").text)
    assert text(one(tree, ".//title")) == "Everything – Case audit <and> moderation"
    assert one(tree, "./html").get("lang") == "en-GB"
    assert len(tree.findall(".//h1")) == 1
    assert with_class(tree, "govuk-skip-link")[0].get("href") == "#main-content"
    assert one(tree, ".//main").get("id") == "main-content"
    assert text(with_class(tree, "marking__words")[0]) == "Protective marking: OFFICIAL-SENSITIVE"
    assert text(with_class(tree, "marking__environment")[0]) == "Demonstration"
    assert text(one(tree, ".//nav[@aria-label='Menu']//strong")) == "Audits"
    assert text(one(tree, ".//aside")) == "Beside"


def test_the_title_says_that_there_is_an_error(kitchen: Kitchen, client: FlaskClient) -> None:
    kitchen.app.config["WTF_CSRF_ENABLED"] = False
    tree = read(client.post("/everything").text)
    assert text(one(tree, ".//title")).startswith("Error: Everything")


def test_one_signs_out_by_a_form_with_a_token(client: FlaskClient) -> None:
    tree = read(client.get("/everything").text)
    form = one(tree, ".//form[@action='/sign-out']")
    assert form.get("method") == "post"
    assert one(form, "./input").get("name") == "csrf_token"
    assert "Sam Okafor" in text(with_class(tree, "account")[0])


def test_nobody_signed_in_sees_no_menu_and_no_marking(kitchen: Kitchen, client: FlaskClient) -> None:
    kitchen.person = None
    tree = read(client.get("/everything").text)
    assert with_class(tree, "account") == with_class(tree, "govuk-service-navigation") == []
    assert "OFFICIAL-SENSITIVE" not in text(tree)


@pytest.mark.parametrize("notice", ["It is saved.", SimpleNamespace(title="It is saved.", text="You can go on.")])
def test_what_was_done_is_announced(notice: object, kitchen: Kitchen, client: FlaskClient) -> None:
    kitchen.notices = [notice]
    tree = read(client.get("/everything").text)
    banner = with_class(tree, "govuk-notification-banner--success")[0]
    assert banner.get("role") == "alert"
    assert text(with_class(banner, "govuk-notification-banner__heading")[0]) == "It is saved."


def test_every_file_that_a_page_asks_for_is_there(client: FlaskClient) -> None:
    tree = read(client.get("/everything").text)
    asked = [e.get("href") or "" for e in tree.findall(".//link")] + [
        e.get("src") or "" for e in tree.findall(".//script")
    ]
    assert len(asked) >= 9
    for address in asked:
        with client.get(address) as answer:
            assert answer.status_code == 200, address


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_says_what_happened_and_what_to_do(code: int, client: FlaskClient) -> None:
    tree = read(client.get(f"/shown/errors/{code}").text)
    main = one(tree, ".//main")
    assert len(main.findall(".//h1")) == 1
    assert text(one(main, ".//h1")) in text(one(tree, ".//title"))
    assert len(text(main).split()) > 10
    assert "lease" not in text(main)


def test_there_is_a_page_for_every_error_that_the_service_answers_with() -> None:
    assert set(ERRORS) >= {400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503}


@pytest.mark.parametrize("code", [400, 401, 409, 422, 429, 500, 503])
def test_words_that_could_not_be_kept_are_given_back(code: int, kitchen: Kitchen, client: FlaskClient) -> None:
    kitchen.app.config["WTF_CSRF_ENABLED"] = False
    sent = {"evidence": "She was <b>seen</b> alone.", "csrf_token": "a b", "password": "not for showing"}
    tree = read(client.post(f"/shown/errors/{code}", data=sent).text)
    assert [text(e) for e in with_class(tree, "draft")] == ["She was <b>seen</b> alone."]
    assert "not for showing" not in text(tree)


def test_when_the_service_is_broken_the_page_asks_for_no_person(client: FlaskClient) -> None:
    for code in (500, 503):
        tree = read(client.get(f"/shown/errors/{code}").text)
        assert with_class(tree, "account") == with_class(tree, "govuk-service-navigation") == []


@pytest.mark.parametrize("name", ["accessibility", "cookies", "privacy"])
def test_the_standing_pages_are_written(name: str, client: FlaskClient) -> None:
    tree = read(client.get(f"/shown/pages/{name}").text)
    assert len(tree.findall(".//main//h1")) == 1
    assert len(text(one(tree, ".//main")).split()) > 90


def test_no_brand_of_gov_uk_is_left_in_the_vendored_files() -> None:
    for file in (ROOT / "audit_app" / "static" / "vendor").rglob("*.css"):
        css = file.read_text()
        assert "GDS" not in css
        assert "@font-face" not in css
        assert "crest.svg" not in css
