"""Chromium for the browser journeys: found, installed from the distribution, or Playwright's own download."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.setup.machine import Missing, carry_out, install_packages, rights, say, succeeds

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ON_A_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# Without talk to the outside: a machine may have no network, and what is tested is on this machine.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # needed as root and in containers; every page it opens is the product's own
]
PLAYWRIGHT = (sys.executable, "-m", "playwright")


def answers(program: str) -> bool:
    """Whether a browser really starts: some distributions ship a stand-in that only says where to get one."""
    return succeeds([program, "--version"], seconds=30)


def installed() -> str | None:
    """The browser of this machine: the one that CHROMIUM names, else the first that answers."""
    if named := os.environ.get("CHROMIUM"):
        if not answers(named):
            raise Missing(f"CHROMIUM names {named}, which does not start as a browser.")
        return named
    found = (shutil.which(name) for name in NAMES)
    return next((program for program in (*found, ON_A_MAC) if program and answers(program)), None)


def downloaded() -> str | None:
    """The browser that Playwright downloaded for itself, if it has."""
    with sync_playwright() as playwright:
        program = playwright.chromium.executable_path
    return program if Path(program).exists() and answers(program) else None


def find() -> str | None:
    """The browser to use for tests, if there is one."""
    return installed() or downloaded()


def fetch() -> None:
    """Get a browser: the distribution's package where there is a right to install it, else Playwright's download."""
    if install_packages("chromium", "fonts-liberation") and installed():
        return
    say("Downloading Chromium with Playwright …")
    os.environ.setdefault("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "30000")
    if rights() is not None and shutil.which("apt-get"):
        succeeds([*PLAYWRIGHT, "install-deps", "chromium"], seconds=900)
    succeeds([*PLAYWRIGHT, "install", "chromium"], seconds=600, quietly=False)


def prepare() -> None:
    """Have a browser in place, or say what to install."""
    if find():
        return
    fetch()
    if not find():
        raise Missing(
            "The browser tests need Chromium, and it could be neither found, installed nor downloaded.\n"
            "Install it (Debian and Ubuntu: apt-get install chromium; Fedora: dnf install chromium),\n"
            "or name a Chromium or Chrome that is there: make test CHROMIUM=/path/to/chromium"
        )


if __name__ == "__main__":
    carry_out(prepare)
