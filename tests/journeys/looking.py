"""What is looked at on every page of a journey: axe, headings, title, width, what the browser complains about."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, Request, Response, ViewportSize
from werkzeug.exceptions import HTTPException

from tools.pictures import CUT_OFF, DESK, PHONE

# Of each address only so many of its faces are looked at: a tool has twenty sections, and they look alike.
FACES = 4
FACE = """() => [document.title.replace(/[\\d]+/g, "n"), document.querySelectorAll("h2").length,
  document.querySelectorAll(".govuk-error-summary").length].join(" ")"""
SCRIPT = re.compile(r"<script[^>]*></script>")

Face = tuple[str, int, str]  # of a page: the rule of its address, its status, and what sets it apart at first sight


@dataclass
class Watch:
    """One journey's eyes: every page is looked at once, and what is wrong is collected."""

    app: Flask
    axe: Axe
    seen: set[Face]
    wrong: list[str] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    _twin: Page | None = None

    def follow(self, page: Page) -> None:
        """Hear what the browser says about a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"script error: {error}"))
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser's own note of an answer of 400 and more is judged by the answer itself.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.wrong.append(f"console, {message.location.get('url', '')}: {message.text}")

    def _response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status >= 400:
            self.answers.append((response.status, path))
        if response.status >= 500 or (response.status >= 400 and path.startswith("/static/")):
            self.wrong.append(f"{path} answered {response.status}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or a page left before it was whole
            self.wrong.append(f"no answer from {request.url}: {request.failure}")

    def kind(self, address: str) -> str:
        """What kind of page an address is: its rule."""
        for method in ("GET", "POST"):
            try:
                rule, _ = self.app.url_map.bind("").match(urlsplit(address).path, method=method, return_rule=True)
            except HTTPException:
                continue
            return str(rule.rule)
        return urlsplit(address).path

    def look(self, page: Page, status: int, *, scripts: bool) -> None:
        """Look at the page that is shown, unless one like it was looked at before."""
        rule = self.kind(page.url)
        face = (rule, status, str(page.evaluate(FACE)))
        if face in self.seen or sum(rule == other and status == code for other, code, _ in self.seen) >= FACES:
            return
        self.seen.add(face)
        here = f"{urlsplit(page.url).path} ({status})"
        self.wrong += [f"{here}: {what}" for what in (*_shape(page), *_widths(page), *self._axe(page, scripts))]

    def _axe(self, page: Page, scripts: bool) -> list[str]:
        if scripts:
            return _violations(self.axe, page)
        # axe is a script, so it reads the same page beside, without the service's own scripts.
        twin = self._twin_of(page)
        twin.set_content(SCRIPT.sub("", page.content()))
        return _violations(self.axe, twin)

    def _twin_of(self, page: Page) -> Page:
        if self._twin is None:
            browser, address = page.context.browser, urlsplit(page.url)
            assert browser is not None
            self._twin = browser.new_context(viewport=DESK).new_page()
            self._twin.goto(f"{address.scheme}://{address.netloc}/healthcheck")
        return self._twin

    def rest(self) -> None:
        """Close what was opened only to look."""
        if self._twin is not None:
            self._twin.context.close()

    def complain(self) -> None:
        """Fail with everything that was wrong."""
        assert self.wrong == [], "\n".join(["What is wrong on the way:", *self.wrong])


def _violations(axe: Axe, page: Page) -> list[str]:
    found = axe.run(page).response["violations"]
    return [f"axe {v['id']}: {', '.join(node['html'][:160] for node in v['nodes'][:3])}" for v in found]


def _shape(page: Page) -> list[str]:
    headings = page.locator("h1").count()
    title, summary = page.title(), page.locator(".govuk-error-summary").count()
    found = [] if headings == 1 else [f"{headings} h1"]
    if not re.match(r"\S.* – \S", title):
        found.append(f"title is “{title}”")
    if summary and not title.startswith("Error: "):
        found.append("the title does not say that there is a mistake")
    return found


def _widths(page: Page) -> list[str]:
    found, place = [], page.evaluate("scrollY")
    for size in (PHONE, DESK):
        page.set_viewport_size(ViewportSize(width=size["width"], height=size["height"]))
        found += [f"at {size['width']} pixels {what}" for what in page.evaluate(CUT_OFF)]
    page.evaluate("y => scrollTo(0, y)", place)
    return found
