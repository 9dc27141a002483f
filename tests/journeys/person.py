"""A person at a browser, who finds things by their names: with a mouse, with the keyboard alone, or without scripts."""

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, Response, expect

from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import Watch
from tests.journeys.world import PASSWORD
from tools.pictures import DESK

SAVED = re.compile(r"Saved at \d{1,2}:\d\d[ap]m")
expect.set_options(timeout=10_000)  # autosave waits two seconds, and machines may be busy


class Way(StrEnum):
    """How somebody uses the service."""

    MOUSE = "with a mouse"
    KEYBOARD = "with the keyboard alone"
    PLAIN = "without scripts"


class Person:
    """Somebody at one tab of a browser; every page they come to is looked at."""

    def __init__(self, context: BrowserContext, way: Way, watch: Watch, address: str) -> None:
        self.context, self.way, self.watch, self.address = context, way, watch, address
        self.page: Page = context.new_page()
        self.keyboard = Keyboard(self.page, watch.wrong)
        self._status = 200
        self.page.on("response", self._remember)
        watch.follow(self.page)

    @property
    def scripts(self) -> bool:
        """Whether scripts run in this browser."""
        return self.way is not Way.PLAIN

    def _remember(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self._status = response.status

    @property
    def path(self) -> str:
        """Where this tab is."""
        return self.page.url.removeprefix(self.address)

    # Coming to pages

    def comes(self, path: str = "/", answer: int = 200) -> "Person":
        """Open an address, as from a bookmark."""
        self._moving(lambda: self.page.goto(f"{self.address}{path}"), answer)
        return self

    def _moving(self, act: Callable[[], Any], answer: int) -> None:
        before = len(self.watch.answers)
        with self.page.expect_navigation():
            act()
        came = [status for status, _ in self.watch.answers[before:]]
        assert self._status == answer, f"{self.page.url} answered {self._status}, not {answer}"
        unexpected = [one for one in self.watch.answers[before:] if one[0] != answer]
        assert not unexpected, f"on the way to {self.page.url}: {unexpected} ({came})"
        self.watch.look(self.page, self._status, scripts=self.scripts)

    def signs_in(self, email: str, password: str = PASSWORD) -> "Person":
        """Sign in on the page that asks for it."""
        self.writes("E-mail address", email)
        self.writes("Password", password)
        self.presses("Sign in")
        return self

    def signs_out(self) -> None:
        """Sign out, by the menu under one's name."""
        self.opens("Your account")
        self.presses("Sign out")

    def another_tab(self) -> "Person":
        """The same person, in one more tab of the same browser."""
        return Person(self.context, self.way, self.watch, self.address)

    # Doing things

    def follows(self, name: str, *, within: Locator | None = None, exact: bool = False, answer: int = 200) -> None:
        """Follow a link."""
        link = (within or self.page).get_by_role("link", name=name, exact=exact).first
        self._moving(lambda: self._activate(link), answer)

    def presses(self, name: str, *, within: Locator | None = None, exact: bool = False, answer: int = 200) -> None:
        """Press a button that leads on."""
        button = (within or self.page).get_by_role("button", name=name, exact=exact).first
        self._moving(lambda: self._activate(button), answer)

    def opens(self, name: str) -> None:
        """Open a part of the page that is folded away."""
        summary = self.page.locator("summary", has_text=name).first
        self._activate(summary)
        expect(summary.locator("xpath=..")).to_have_attribute("open", "")

    def downloads(self, name: str, role: str = "link") -> Download:
        """Get a file by a link or a button."""
        with self.page.expect_download() as waiting:
            self._activate(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]
        return waiting.value

    def _activate(self, target: Locator) -> None:
        if self.way is Way.KEYBOARD:
            self.keyboard.enter(target)
        else:
            target.click()

    # Filling in

    def box(self, label: str, *, within: Locator | None = None) -> Locator:
        """The box of a label, whose name may go on ("(optional)")."""
        boxes = self.page.locator("input:not([type=radio], [type=checkbox]), textarea, select")
        return (within or self.page).get_by_label(label).and_(boxes).first

    def writes(self, label: str, words: str, *, within: Locator | None = None) -> None:
        """Write in a box, in place of what stood there."""
        box = self.box(label, within=within)
        if self.way is Way.KEYBOARD:
            self.keyboard.write(box, words)
        else:
            box.fill(words)

    def writes_day(self, group: str, day: int, month: int, year: int) -> None:
        """Write a date in its three boxes."""
        boxes = self.group(group)
        for label, number in (("Day", day), ("Month", month), ("Year", year)):
            self.writes(label, str(number), within=boxes)

    def group(self, name: str) -> Locator:
        """The fields under one question."""
        return self.page.get_by_role("group", name=name).first

    def chooses(self, name: str, *, group: str = "", exact: bool = True) -> None:
        """Choose one of several answers."""
        radio = (self.group(group) if group else self.page).get_by_role("radio", name=name, exact=exact).first
        if self.way is Way.KEYBOARD:
            self.keyboard.choose(radio)
        else:
            radio.check()
        expect(radio).to_be_checked()

    def ticks(self, name: str, *, within: Locator | None = None) -> None:
        """Tick a box."""
        box = (within or self.page).get_by_role("checkbox", name=name).first
        if self.way is Way.KEYBOARD:
            self.keyboard.tick(box)
        else:
            box.check()
        expect(box).to_be_checked()

    def picks(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """Pick from a list that drops down."""
        select = self.box(label, within=within)
        value = select.locator("option", has_text=option).first.get_attribute("value") or ""
        if self.way is Way.KEYBOARD:
            self.keyboard.pick(select, value)
        else:
            select.select_option(value)
        expect(select).to_have_value(value)

    def hands_over(self, label: str, file: Path) -> None:
        """Choose a file of one's own machine."""
        box = self.box(label)
        if self.way is Way.KEYBOARD:
            with self.page.expect_file_chooser() as waiting:
                self.keyboard.enter(box)
            waiting.value.set_files(file)
        else:
            box.set_input_files(file)

    # Seeing

    def reads(self, words: str) -> None:
        """Read some words on the page."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def does_not_read(self, words: str) -> None:
        """Find some words nowhere in what the page holds, shown or not."""
        expect(self.page.locator("h1")).to_be_visible()
        assert words not in self.page.content(), f"{self.page.url} holds “{words}”"

    def heads(self, words: str) -> None:
        """Read the page's heading."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def reads_saved(self) -> None:
        """Read, beside the button, that what was written is safe."""
        expect(self.page.locator("[data-autosave-status]")).to_have_text(SAVED)

    def told(self, words: str) -> None:
        """Read in the banner what was done."""
        expect(self.page.locator(".govuk-notification-banner")).to_contain_text(words)

    def warned(self, words: str) -> None:
        """Read at the top of the page what is to be put right."""
        expect(self.page.locator(".govuk-error-summary")).to_contain_text(words)


class Cast:
    """Everybody in one journey, each at a browser of their own."""

    def __init__(self, browser: Browser, way: Way, watch: Watch, address: str, emails: dict[str, str]) -> None:
        self.browser, self.way, self.watch, self.address, self.emails = browser, way, watch, address, emails
        self._contexts: list[BrowserContext] = []

    def stranger(self) -> Person:
        """Somebody at a browser that the service has never seen."""
        context = self.browser.new_context(
            viewport=DESK, java_script_enabled=self.way is not Way.PLAIN, reduced_motion="reduce"
        )
        self._contexts.append(context)
        return Person(context, self.way, self.watch, self.address)

    def somebody(self, who: str) -> Person:
        """Somebody who has just signed in."""
        person = self.stranger().comes("/")
        person.signs_in(self.emails[who])
        return person

    def go_home(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()
        self.watch.rest()
