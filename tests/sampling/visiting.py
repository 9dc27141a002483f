"""What tests of a round's pages share: its officer, what a page says, and a page's own form sent back."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.sampling import operations
from audit_app.sampling.model import Sample
from tests.browsing import token_of
from tests.make import Authority
from tests.sampling import listing
from tests.web.markup import one, read, text


def words(answer: TestResponse) -> str:
    """What the page says, once it is one well-formed page with one heading."""
    main = one(read(answer.text), ".//main")
    assert len(main.findall(".//h1")) == 1
    return text(main)


def at(made: Authority, rest: str = "") -> str:
    return f"/rounds/{made.round.id}{rest}"


def drawn(made: Authority, size: int = 8) -> Sample:
    sample = operations.draw(made.round, listing.terms(size), by=made.officer.id)
    db.session.commit()
    return sample


def managers(made: Authority) -> list[str]:
    return [str(one.id) for one in (made.manager, made.other_manager, made.far_manager)]


def count_of(model: type[Audit] | type[Sample]) -> int:
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def post(client: FlaskClient, address: str, page: TestResponse, **more: object) -> TestResponse:
    """Send what is hidden in a page, as its button does; what is there more than once is sent more than once."""
    fields: dict[str, object] = {}
    for name, written in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text):
        value = unescape(written)
        fields[name] = [*fields[name], value] if name in fields else [value]  # type: ignore[misc]
    fields["csrf_token"] = token_of(page.text)
    return client.post(address, data={**fields, **more})
