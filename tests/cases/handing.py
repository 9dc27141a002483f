"""A case list handed over in the browser, step by step: read by the worker, looked at, loaded or not."""

import io
import re
from datetime import date
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from tests.browsing import hidden_of, send
from tests.cases.loading import DAY

WAITING = re.compile(r"/case-lists/waiting/\d+")


def carried_out(client: FlaskClient, answer: TestResponse) -> TestResponse:
    """What comes of an answer that asked for long work: where the work leads to, or its page where it ended badly."""
    if answer.status_code == 302 and answer.location.startswith("/jobs/"):
        answer = client.get(answer.location)
    return answer


def hand_over(
    client: FlaskClient, content: bytes, name: str = "list.xlsx", day: date = DAY, **fields: Any
) -> TestResponse:
    """A file is chosen and read: the way to its preview, or why there is none."""
    taken_on = [str(day.day), str(day.month), str(day.year)]
    file = FileStorage(io.BytesIO(content), name)
    return carried_out(client, send(client, "/case-lists/new", file=file, taken_on=taken_on, **fields))


def waiting(client: FlaskClient, content: bytes, name: str = "list.xlsx", day: date = DAY, **fields: Any) -> str:
    """The address where a file that was read waits for a yes."""
    answer = hand_over(client, content, name, day, **fields)
    found = WAITING.match(answer.location or "")
    assert found, answer.text
    return found[0]


def said_yes(client: FlaskClient, address: str, **fields: Any) -> TestResponse:
    """The yes to a preview, as its page sends it."""
    version = hidden_of(client.get(address).text)["version"]
    return carried_out(client, send(client, f"{address}/load", page=address, **{"version": version, **fields}))


def upload(
    client: FlaskClient, content: bytes, name: str = "list.xlsx", day: date = DAY, **fields: Any
) -> TestResponse:
    """A list that is read and loaded: the way to it, or why it is not."""
    answer = hand_over(client, content, name, day, **fields)
    found = WAITING.fullmatch(answer.location or "")
    return said_yes(client, found[0]) if found else answer
