"""Pictures of the product as people see it.

`make pictures` takes those of the README and the documents again. `python -m tools.pictures FOLDER` takes every page
that each kind of person can reach, at the width of a desk and of a phone, and says what is wrong with any.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

from tools.demonstration import served
from tools.setup.chromium import QUIET, installed
from tools.setup.machine import ROOT, carry_out

PICTURES = ROOT / "docs" / "pictures"
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
MOST_PAGES = 80
# Words that nobody can read because the window or a box cuts them off; where one can scroll to them is well.
CUT_OFF = """() => {
  const found = document.documentElement.scrollWidth > innerWidth ? ["wider than its window"] : [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walk.nextNode()) {
    if (!walk.currentNode.data.trim() || !walk.currentNode.parentElement.checkVisibility()) continue;
    range.selectNodeContents(walk.currentNode);
    const words = range.getBoundingClientRect();
    let edge = innerWidth, hidden = false;
    for (let box = walk.currentNode.parentElement; box; box = box.parentElement) {
      const overflow = getComputedStyle(box).overflowX, its = box.getBoundingClientRect();
      hidden ||= its.width <= 1 || ["auto", "scroll"].includes(overflow);
      if (["hidden", "clip"].includes(overflow)) edge = Math.min(edge, its.right);
    }
    const said = walk.currentNode.data.trim().slice(0, 60);
    if (!hidden && words.width && words.right > edge + 1) found.push("cut off: " + said);
  }
  return found;
}"""
DOWNLOADS = (".docx", ".pdf", ".csv", ".xlsx", ".ods", ".json", ".svg", ".zip")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the documents: who looks, and which links they follow from their home page."""

    name: str
    role: str
    follow: tuple[str, ...] = ()


CHOSEN = (
    Picture("your-work", "Team manager"),
    Picture("rounds", "Audit officer", ("Rounds",)),
    Picture("measures", "Head of service", ("Measures",)),
)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=installed(), args=QUIET)
        yield running
        running.close()


def people(page: Page, address: str) -> dict[str, tuple[str, str]]:
    """Who can be tried out: e-mail address and password by role, as the sign-in page lists them."""
    page.goto(f"{address}/sign-in")
    password = page.locator("strong", has_text=re.compile(r"\S")).last.inner_text()
    rows = page.locator(".people-to-try .govuk-summary-list__row").all()
    return {row.locator("dt").inner_text(): (row.locator(".govuk-hint").inner_text(), password) for row in rows}


def sign_in(page: Page, address: str, credentials: tuple[str, str]) -> None:
    """Sign in through the page, as a person does."""
    page.goto(f"{address}/sign-in")
    email, password = credentials
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def kind(address: str) -> str:
    """What kind of page an address is: numbers and questions left out."""
    return re.sub(r"\d+", "n", urlsplit(address).path).strip("/").replace("/", "-") or "home"


def links(page: Page) -> list[str]:
    """The pages of the service that a page links to."""
    own = urlsplit(page.url).netloc
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    found = [urljoin(page.url, href).split("#")[0] for href in hrefs]
    return [href for href in found if urlsplit(href).netloc == own and not urlsplit(href).path.endswith(DOWNLOADS)]


def every_page(page: Page, address: str, folder: Path) -> list[str]:
    """Take every kind of page that the person signed in can reach by links; what is wrong with any of them."""
    problems: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"{page.url}: {message.text}")

    page.on("console", note)
    waiting, seen = [f"{address}/"], set[str]()
    while waiting and len(seen) < MOST_PAGES:
        there = waiting.pop(0)
        if kind(there) in seen:
            continue
        seen.add(kind(there))
        answer = page.request.head(there)
        if "text/html" not in answer.headers.get("content-type", "text/html"):
            continue
        page.set_viewport_size(DESK)
        shown = page.goto(there)
        if shown is None or not shown.ok:
            problems.append(f"{there}: {shown.status if shown else 'no answer'}")
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            page.screenshot(path=folder / f"{kind(there)}-{size['width']}.png", full_page=True)
            problems += [f"{there} at {size['width']}: {what}" for what in page.evaluate(CUT_OFF)]
        waiting += links(page)
    return problems


def take_every_page(folder: Path) -> None:
    """Take every page as each kind of person, and print what is wrong."""
    with served() as address, browser() as running:
        listed = people(running.new_page(), address)
        for role, credentials in listed.items():
            page = running.new_context().new_page()
            sign_in(page, address, credentials)
            here = folder / role.lower().replace(" ", "-")
            here.mkdir(parents=True, exist_ok=True)
            problems = every_page(page, address, here)
            print(f"{role}: {len(list(here.glob('*-1280.png')))} kinds of pages", *problems, sep="\n  ")


def take_chosen() -> None:
    """Take the pictures of the documents."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served() as address, browser() as running:
        listed = people(running.new_page(), address)
        for picture in CHOSEN:
            page = running.new_context(viewport=DESK).new_page()
            sign_in(page, address, listed[picture.role])
            for words in picture.follow:
                page.get_by_role("link", name=words, exact=True).first.click()
                page.wait_for_load_state()
            page.screenshot(path=PICTURES / f"{picture.name}.png")
            print(f"docs/pictures/{picture.name}.png")


if __name__ == "__main__":
    carry_out(lambda: take_every_page(Path(sys.argv[1])) if len(sys.argv) > 1 else take_chosen())
