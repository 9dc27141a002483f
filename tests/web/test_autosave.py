"""Work is kept while people write: saved, or kept on the page, or kept in the tab, and it always says which."""

import re
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect
from werkzeug.serving import make_server

from tests.web.kitchen import Kitchen

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
SAVED = "Saved at 2:01pm"


class Served(Kitchen):
    """The service at an address of this machine."""

    address = ""


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    kitchen = Served()
    server = make_server("127.0.0.1", 0, kitchen.app, threaded=True)
    kitchen.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield kitchen
    server.shutdown()
    server.server_close()


@pytest.fixture
def kitchen(running: Served) -> Iterator[Served]:
    person = running.person
    running.version, running.evidence, running.saves, running.answer = 1, "", [], 200
    yield running
    running.person = person


@pytest.fixture
def writing(kitchen: Served, page: Page) -> Page:
    """The page of a form that saves itself, its clock in our hands."""
    page.clock.install()
    page.goto(f"{kitchen.address}/writing")
    return page


def write(page: Page, words: str) -> None:
    page.get_by_label("Evidence").press_sequentially(words)
    page.clock.run_for(2100)


def status(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-autosave-status]")).to_have_text(words)


def test_what_is_written_is_saved_and_the_focus_stays(kitchen: Served, writing: Page) -> None:
    write(writing, "She was seen")
    status(writing, SAVED)
    expect(writing.get_by_label("Evidence")).to_be_focused()
    expect(writing.locator("[name=version]")).to_have_value("2")
    write(writing, " alone.")
    expect(writing.locator("[name=version]")).to_have_value("3")
    assert kitchen.saves == ["She was seen", "She was seen alone."]


def test_a_choice_is_saved_too_and_nothing_is_sent_when_nothing_changed(kitchen: Served, writing: Page) -> None:
    writing.get_by_label("Strong").check()
    writing.clock.run_for(2100)
    status(writing, SAVED)
    writing.get_by_label("Evidence").press_sequentially("a")
    writing.get_by_label("Evidence").press("Backspace")
    writing.clock.run_for(30000)
    assert kitchen.version == 2


def test_somebody_who_writes_without_a_pause_is_saved_after_a_while(kitchen: Served, writing: Page) -> None:
    for _ in range(14):
        writing.get_by_label("Evidence").press_sequentially("word ")
        writing.clock.run_for(1500)
    status(writing, SAVED)
    assert len(kitchen.saves) == 1


def test_a_conflict_keeps_the_words_and_leads_to_the_latest_version(kitchen: Served, writing: Page) -> None:
    kitchen.answer = 409
    write(writing, "Mine")
    status(writing, re.compile("Somebody changed the section. Nothing that you typed is lost"))
    link = writing.locator("[data-autosave-status] a")
    expect(link).to_have_attribute("target", "_blank")
    expect(writing.get_by_label("Evidence")).to_have_value("Mine")
    kitchen.answer = 200
    write(writing, " and more")
    writing.clock.run_for(60000)
    assert kitchen.saves == []


def test_a_session_that_ends_keeps_the_words_in_the_tab_and_puts_them_back(kitchen: Served, writing: Page) -> None:
    kitchen.answer = 401
    writing.get_by_label("Strong").check()
    write(writing, "Written late")
    status(writing, re.compile("Your session has ended. What you typed is kept in this tab"))
    writing.get_by_label("Evidence").press_sequentially(" at night")
    kitchen.answer = 200
    writing.get_by_role("link", name="Sign in again").click()
    expect(writing.get_by_label("Evidence")).to_have_value("Written late at night")
    expect(writing.get_by_label("Strong")).to_be_checked()
    status(writing, re.compile("We put back what you typed"))
    writing.clock.run_for(2100)
    status(writing, SAVED)
    assert kitchen.evidence == "Written late at night"
    assert writing.evaluate("sessionStorage.length") == 0


def test_words_of_an_ended_session_never_cover_what_was_stored_since(kitchen: Served, writing: Page) -> None:
    kitchen.answer = 401
    write(writing, "Mine")
    status(writing, re.compile("Your session has ended"))
    kitchen.answer, kitchen.version, kitchen.evidence = 200, 5, "Theirs"
    writing.reload()
    expect(writing.get_by_label("Evidence")).to_have_value("Theirs")
    expect(writing.locator(".draft")).to_contain_text("Mine")
    writing.clock.run_for(5000)
    assert kitchen.evidence == "Theirs"


def test_words_of_an_ended_session_are_not_shown_to_somebody_else(kitchen: Served, writing: Page) -> None:
    kitchen.answer = 401
    write(writing, "Private to Sam")
    status(writing, re.compile("Your session has ended"))
    kitchen.answer = 200
    kitchen.person = type("Person", (), {"id": 8, "name": "Hana Lewis", "role_names": ()})()
    writing.reload()
    expect(writing.get_by_label("Evidence")).to_have_value("")
    assert "Private to Sam" not in writing.content()
    assert writing.evaluate("sessionStorage.length") == 0


def test_signing_out_leaves_nothing_in_the_tab(kitchen: Served, writing: Page) -> None:
    kitchen.answer = 401
    write(writing, "Mine")
    status(writing, re.compile("Your session has ended"))
    writing.locator(".account__summary").click()
    writing.get_by_role("button", name="Sign out").click()
    writing.wait_for_url("**/sign-out")
    assert writing.evaluate("sessionStorage.length") == 0


def test_a_lost_connection_is_told_and_made_good(kitchen: Served, writing: Page) -> None:
    writing.context.set_offline(True)
    write(writing, "On the train")
    status(writing, re.compile("You are not connected"))
    writing.context.set_offline(False)
    status(writing, SAVED)
    assert kitchen.saves == ["On the train"]


def test_a_server_in_trouble_is_tried_again(kitchen: Served, writing: Page) -> None:
    kitchen.answer = 503
    write(writing, "Patience")
    status(writing, re.compile("Not saved yet. We are trying again"))
    kitchen.answer = 200
    writing.clock.run_for(5100)
    status(writing, SAVED)
    assert kitchen.saves == ["Patience"]


def test_leaving_with_unsaved_words_is_asked_about_and_leaving_with_saved_ones_is_not(
    kitchen: Served, writing: Page
) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    writing.on("dialog", leave)
    writing.get_by_label("Evidence").press_sequentially("Unsaved")
    writing.goto(f"{kitchen.address}/done")
    assert asked == ["beforeunload"]
    writing.goto(f"{kitchen.address}/writing")
    write(writing, "Saved")
    status(writing, SAVED)
    writing.goto(f"{kitchen.address}/done")
    assert asked == ["beforeunload"]


def test_saving_by_hand_after_autosave_is_no_conflict(kitchen: Served, writing: Page) -> None:
    write(writing, "First")
    status(writing, SAVED)
    writing.get_by_label("Evidence").press_sequentially(" and second")
    writing.get_by_role("button", name="Save").click()
    writing.wait_for_url("**/done")
    assert kitchen.saves == ["First", "First and second"]


def test_without_scripts_the_form_is_sent_as_any_other(kitchen: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{kitchen.address}/writing")
    page.get_by_label("Evidence").fill("Plain")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/done")
    context.close()
    assert kitchen.saves == ["Plain"]


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("sent", [False, True], ids=["as opened", "with errors"])
def test_every_component_is_accessible_and_keeps_to_the_policy(
    kitchen: Served, page: Page, width: int, sent: bool
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if "422" not in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{kitchen.address}/everything")
    if sent:
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_hidden_opens_by_keyboard_and_folds_on_a_phone(kitchen: Served, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{kitchen.address}/everything")
    expect(page.get_by_label("Reason")).to_be_hidden()
    page.get_by_label("Override").press("Space")
    expect(page.get_by_label("Reason")).to_be_visible()
    expect(page.get_by_role("link", name="Plan")).to_be_hidden()
    page.get_by_role("button", name="Show sections").press("Enter")
    expect(page.get_by_role("link", name="Plan")).to_be_visible()
    page.locator(".account__summary").press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
