"""The eyes of the journeys see what they are there to see: a spoilt page is complained of, with scripts and without."""

import pytest

from tests.journeys.person import Cast, Way

pytestmark = [
    pytest.mark.browser,
    # pytest-base-url, which the browser plugin brings, is older than pytest 9.
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods"),
]
FAULTS = {
    "document.body.insertAdjacentHTML('beforeend', '<h1>Another</h1>')": "2 h1",
    "document.title = ' – Case audit'": "title is “– Case audit”",
    "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/favicon.svg\">')": "image-alt",
    "document.querySelector('label').remove()": "axe label",
    "document.querySelector('h1').style.width = '2000px'": "at 390 pixels wider than its window",
    "document.querySelector('h1').before(document.createElement('div')); "
    "Object.assign(document.querySelector('h1').previousSibling, {className: 'govuk-error-summary'})": "mistake",
}
HIDES_FOCUS = """() => document.styleSheets[0].insertRule(
  "a:focus { outline: none !important; box-shadow: none !important; background: none !important }", 0)"""


@pytest.mark.parametrize("way", [Way.MOUSE, Way.PLAIN], ids=str)
def test_what_is_wrong_with_a_page_is_seen(cast: Cast) -> None:
    person = cast.stranger().comes("/sign-in")
    assert cast.watch.wrong == []
    for spoil in FAULTS:
        person.page.evaluate(f"() => {{ {spoil} }}")
    cast.watch.seen.clear()
    cast.watch.look(person.page, 200, scripts=person.scripts)
    found, cast.watch.wrong = cast.watch.wrong, []
    assert {words for words in FAULTS.values() if any(words in one for one in found)} == set(FAULTS.values()), found


@pytest.mark.parametrize("way", [Way.KEYBOARD], ids=str)
def test_focus_that_does_not_show_is_seen(cast: Cast) -> None:
    person = cast.stranger().comes("/sign-in")
    person.page.evaluate(HIDES_FOCUS)
    person.follows("I have forgotten my password")
    found, cast.watch.wrong = cast.watch.wrong, []
    assert any("focus does not show on <a> I have forgotten my password" in one for one in found), found


@pytest.mark.parametrize("way", [Way.KEYBOARD], ids=str)
def test_what_the_keyboard_cannot_reach_is_not_pressed(cast: Cast) -> None:
    person = cast.stranger().comes("/sign-in")
    person.page.evaluate("() => { document.querySelector('form button[type=submit]').tabIndex = -1 }")
    with pytest.raises(AssertionError, match="cannot be reached with the keyboard"):
        person.presses("Sign in")


@pytest.mark.parametrize("way", [Way.PLAIN], ids=str)
def test_without_scripts_no_script_runs(cast: Cast) -> None:
    person = cast.stranger().comes("/sign-in")
    assert person.page.locator("body.js-enabled").count() == 0
    assert person.page.locator("body.govuk-frontend-supported").count() == 0
