"""What a page asks of the database does not grow with what there is."""

from flask import Flask

from audit_app.auditing.model import Audit
from audit_app.db import db
from audit_app.programmes.model import Programme
from tests import make
from tests.measures import world
from tests.statements import statements

LIST = 8


def fill(made: make.Authority, number: int) -> Audit:
    """So many audits to do, to moderate, moderated and answered, in so many rounds; one that is to be written."""
    for place in range(number):
        programme = Programme(unit=made.root, name=f"Thematic {number}.{place}", tool_key=made.tool.key)
        make.open_round(programme, made.tool, made.round.month)
        make.audit(made)
        world.given(world.handed_in(made), made.senior, blind=place % 2 == 0)
        world.moderated(world.handed_in(made), made.other_senior, "requires_improvement")
        world.given(world.moderated(world.handed_in(made), made.senior).audit, made.external, "external")
    return make.written(made)


def test_pages_ask_as_much_of_many_audits_as_of_few(app: Flask) -> None:
    made = make.authority()
    asked: dict[tuple[str, str], list[int]] = {}
    for number in (1, 20):
        mine = fill(made, number)
        db.session.commit()
        overall = mine.tool.overall_section
        assert overall is not None
        done = world.moderated(world.handed_in(made), made.senior)
        db.session.commit()
        written, section, read = f"/audits/{mine.id}", f"/audits/{mine.id}/sections/{overall.key}", done.audit_id
        pages = (
            ("manager", {"home": "/", "list": "/audits", "overview": f"{written}/edit", "section": section}),
            ("senior", {"home": "/", "list": "/audits", "audit": f"/audits/{read}"}),
            ("head", {"home": "/", "list": "/audits", "filtered list": "/audits?stage=moderated"}),
            ("officer", {"home": "/", "list": "/audits", "progress": written, "audit": f"/audits/{read}"}),
            ("external", {"home": "/", "list": "/audits"}),
            ("board", {"home": "/"}),
            ("admin", {"home": "/"}),
        )
        for who, addresses in pages:
            browser = make.client_of(app, made.people[who])
            for name, address in addresses.items():
                browser.get(address)  # the first time, tools are read and the session's last-seen is noted
                with statements() as said:
                    assert browser.get(address).status_code == 200, (who, name)
                asked.setdefault((who, name), []).append(len(said))
    assert {page: few for page, (few, many) in asked.items() if few != many} == {}
    assert max(few for (_, name), (few, _) in asked.items() if "list" in name) <= LIST
