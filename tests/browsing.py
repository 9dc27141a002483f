"""A page's form as a browser would send it: its hidden fields, what is typed, and files."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart


def token_of(page: str) -> str:
    """The form token on a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None, "the page has no form"
    return found[1]


def hidden_of(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    found = re.findall(r'<input type="hidden"(?: id="[^"]*")? name="([^"]+)" value="([^"]*)"', page)
    return dict(found)


def send(client: FlaskClient, address: str, *, page: str = "", **fields: Any) -> TestResponse:
    """Send a form with its token, taken from the page at `page` or else at the address itself."""
    token = token_of(client.get(page or address).text)
    fields = {"csrf_token": token, **fields}
    if not any(isinstance(value, FileStorage) for value in fields.values()):
        return client.post(address, data=fields)
    # In memory: the client's own way leaves a temporary file open.
    boundary, body = encode_multipart(fields)
    return client.post(address, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')
