"""Many people press the same button at once: one draw, one allocation, nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.history.operations import verify
from audit_app.sampling.model import Sample
from tests import make
from tests.browsing import send
from tests.sampling import listing
from tests.sampling.visiting import at, count_of, managers, post

AT_ONCE = 8


def test_a_draw_and_an_allocation_confirmed_by_many_at_once_happen_once(either_app: Flask) -> None:
    made = make.authority()
    listing.listed(made)
    browsers = [make.client_of(either_app, made.officer) for _ in range(AT_ONCE)]

    def confirmed(address: str, looks: list[TestResponse]) -> list[int]:
        def press(number: int) -> int:
            with either_app.app_context():
                return post(browsers[number], address, looks[number]).status_code

        db.session.commit()  # this test's own turn at writing is over
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return sorted(pool.map(press, range(AT_ONCE)))

    terms = {
        "sized_by": "number",
        "weeks": "0",
        "method": "minimum",
        "strata": "team",
        "minimum": "1",
        "size": "8",
        "seed": "a seed",
        "months": "6",
    }
    people: dict[str, Any] = {"auditors": managers(made), "seed": "a seed", "cap": ""}
    looks = [send(browser, at(made, "/draw"), **terms) for browser in browsers]
    assert confirmed(at(made, "/draw/confirm"), looks) == [302] + [409] * (AT_ONCE - 1)
    assert count_of(Sample) == 1
    looks = [send(browser, at(made, "/allocate"), **people) for browser in browsers]
    assert confirmed(at(made, "/allocate/issue"), looks) == [302] + [422] * (AT_ONCE - 1)
    cases = list(db.session.execute(select(Audit.case_id)).scalars())
    assert len(cases) == 8 == len(set(cases))
    assert verify() == []
