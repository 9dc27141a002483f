"""A service on this machine that answers as GOV.UK Notify does: takes, refuses, is busy, fails, says nothing."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from flask import Flask

from config import Notify
from tests.notices.make import URL

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


@dataclass
class Answers:
    """How it answers: what it took, and for each coming letter a code, or what it does instead."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    coming: list[Any] = field(default_factory=list)  # a code; (400, words); "hang"; "take and hang"; "nonsense"
    asked: list[str] = field(default_factory=list)  # the references that were asked for


def _error(code: int, words: str) -> dict[str, Any]:
    return {"status_code": code, "errors": [{"error": "Error", "message": words}]}


@contextmanager
def answering(app: Flask, patience: float = 10.0) -> Iterator[Answers]:
    """Such a service, and the application that sends its letters by it."""
    answers = Answers()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

        def _say(self, code: int, said: Any) -> None:
            body = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _known(self) -> bool:
            token = self.headers["Authorization"].removeprefix("Bearer ")
            try:
                claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
            except jwt.InvalidTokenError:
                claims = {}
            return claims.get("iss") == SERVICE

        def do_GET(self) -> None:
            """Say which letters of a reference there are."""
            reference = parse_qs(urlsplit(self.path).query)["reference"][0]
            answers.asked.append(reference)
            found = [{"id": "1", "reference": reference} for one in answers.taken if one["reference"] == reference]
            self._say(200, {"notifications": found, "links": {}})

        def do_POST(self) -> None:
            """Take a letter, or do as told."""
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told = answers.coming.pop(0) if answers.coming else 201
            if not self._known():
                self._say(403, _error(403, "Invalid token: API key not found"))
            elif told in ("hang", "take and hang"):
                if told == "take and hang":
                    answers.taken.append(given)
                time.sleep(patience * 3)
                self.close_connection = True
            elif told == "nonsense":
                self._say(201, b"<html>")
            elif told == 201:
                answers.taken.append(given)
                self._say(201, {"id": "1", "reference": given["reference"]})
            else:
                code, words = told if isinstance(told, tuple) else (told, "Something is wrong")
                self._say(code, _error(code, words))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    by_notify(app, f"http://127.0.0.1:{server.server_port}", patience=patience)
    try:
        yield answers
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def by_notify(app: Flask, url: str, *, secret: str = SECRET, patience: float = 10.0) -> None:
    """Let the application send letters by a service at this address."""
    post = Notify(f"audits-{SERVICE}-{secret}", TEMPLATE, url, patience=patience)
    app.extensions["settings"] = replace(app.extensions["settings"], post=post, service_url=URL)
