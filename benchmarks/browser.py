"""A person of the generated authority, signed in: what they open and what they send."""

import re
import sys

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.standing import PASSWORD, address

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def token_of(page: str) -> str:
    """The form token of a page."""
    found = TOKEN.search(page)
    if found is None:
        sys.exit("A page has no form to send.")
    return found.group(1)


class Browser:
    """A signed-in browser."""

    def __init__(self, app: Flask, name: str) -> None:
        self.client: FlaskClient = app.test_client()
        typed = {"email": address(name), "password": PASSWORD, "next": "", "kept": ""}
        token = token_of(self.client.get("/sign-in").text)
        if self.client.post("/sign-in", data=typed | {"csrf_token": token}).status_code != 302:
            sys.exit(f"{name} cannot sign in.")
        self._token = token_of(self.client.get("/help").text)
        name = app.config["SESSION_COOKIE_NAME"]
        kept = self.client.get_cookie(name)
        self._cookie = (name, kept.value if kept else "")

    def open(self, path: str) -> bytes:
        """A page's bytes; a page that cannot be opened ends the measuring."""
        answer = self.client.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answers {answer.status_code}, so it cannot be measured.")
        return bytes(answer.data)

    def send(self, path: str, **fields: str) -> int:
        """Send a form; what it answers. Forgets what the next page was to say: nobody opens it here."""
        code = self.client.post(path, data=fields | {"csrf_token": self._token}).status_code
        self.client.set_cookie(*self._cookie)
        return code
