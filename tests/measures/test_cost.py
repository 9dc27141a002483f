"""What pages of figures ask of the database: as much of many audits as of few."""

from flask import Flask

from audit_app.db import db
from audit_app.measures import operations
from tests import make
from tests.measures import world
from tests.statements import statements

PAGES = (
    "/measures",
    "/measures?counting=section",
    "/measures/months",
    "/measures/teams",
    "/measures/sections",
    "/measures/months?section=voice&category=child_in_need&tool=case-file&tier=senior",
    "/measures/audits?figure=coverage",
)


def test_the_dashboard_asks_at_most_twelve_statements_whatever_the_number_of_audits(app: Flask) -> None:
    made = make.authority()
    asked: dict[tuple[str, str, bool], list[int]] = {}
    for number in (3, 17):
        for place in range(number):
            audit = world.handed_in(made, team=made.teams[place % 3 + 1])
            world.moderated(audit, made.senior)
            if place % 3 == 0:
                world.given(world.handed_in(made), made.other_senior, blind=True)
        db.session.commit()
        for folded in (False, True):  # what changed lately costs a few statements more, whatever its number
            if folded:
                operations.fold_all()
            for who in ("head", "other_senior", "board"):
                browser = make.client_of(app, made.people[who])
                for page in PAGES:
                    if who == "board" and page != "/measures":
                        continue
                    browser.get(page)  # the first time, the tool is read and the session's last-seen is noted
                    with statements() as said:
                        assert browser.get(page).status_code == 200
                    asked.setdefault((who, page, folded), []).append(len(said))
    assert {page: few for page, (few, many) in asked.items() if few != many} == {}
    dashboards = {page: few for page, (few, _) in asked.items() if "audits?" not in page[1]}
    assert max(few for (*_, folded), few in dashboards.items() if folded) <= 12
    assert max(few for few in dashboards.values()) <= 20
    assert max(few for few, _ in asked.values()) <= 24
