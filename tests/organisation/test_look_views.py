"""How papers look: tried out first, then used from that moment on, and never for what was made before."""

import re
from io import BytesIO

from flask.testing import FlaskClient

from audit_app.clock import now
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.organisation import operations
from audit_app.organisation.queries import latest_look, look_at
from tests import make
from tests.organisation.pictures import logo, picture


def fields_of(client: FlaskClient, path: str) -> dict[str, str]:
    page = client.get(path).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert token and version
    return {"csrf_token": token[1], "version": version[1]}


def test_a_look_is_tried_out_seen_and_used(admin: FlaskClient, world: make.Authority) -> None:
    path = f"/units/{world.root.id}/papers"
    before = now()
    sent = fields_of(admin, path) | {"colour": "#7a1f5c", "logo": (BytesIO(picture("JPEG")), "crest.jpg")}
    assert admin.post(path, data=sent).status_code == 302
    page = admin.get(path).text
    assert "Not in use yet" in page
    assert look_at(world.root.path, now()) is None
    sample = admin.get(f"{path}/sample").text
    number = re.search(r"/looks/(\d+)/logo\.png", sample)
    assert number is not None
    assert admin.get(f"/looks/{number[1]}/logo.png").data.startswith(b"\x89PNG")
    colours = admin.get(f"/looks/{number[1]}/colours.css")
    assert (colours.mimetype, colours.text.strip()) == ("text/css", ".paper--own { --accent: #7a1f5c; }")
    assert admin.get(f"{path}/sample.pdf").data.startswith(b"%PDF")
    assert admin.get(f"{path}/sample.docx").data.startswith(b"PK")

    assert admin.post(f"{path}/use", data=fields_of(admin, path)).status_code == 302
    look = look_at(world.teams[0].path, now())  # whoever stands below goes by it
    assert look is not None
    assert (look.colour, look.logo is not None) == ("#7a1f5c", True)
    assert look_at(world.teams[0].path, before) is None
    assert admin.post(f"{path}/use", data=fields_of(admin, path)).status_code == 422
    kinds = [entry.kind for entry in entries_of(f"unit:{world.root.id}")]
    assert kinds[:2] == ["unit.look_used", "unit.look_drafted"]


def test_what_cannot_be_is_refused_and_what_was_typed_stays(admin: FlaskClient, world: make.Authority) -> None:
    path = f"/units/{world.root.id}/papers"
    sent = fields_of(admin, path) | {"colour": "#ffd700", "logo": (BytesIO(b"<svg/>"), "crest.png")}
    answer = admin.post(path, data=sent)
    assert answer.status_code == 422
    assert "#ffd700 is too pale to read on white: its contrast is 1.4 to 1." in answer.text
    assert "not a picture in PNG or JPEG format" in answer.text
    assert 'value="#ffd700"' in answer.text
    assert latest_look(world.root) is None


def test_a_stale_page_changes_nothing_and_shows_both(admin: FlaskClient, world: make.Authority) -> None:
    path = f"/units/{world.root.id}/papers"
    fields = fields_of(admin, path)
    operations.draft_look(world.root, 0, "#0f5f6d", None, by=world.admin.id)
    db.session.commit()
    answer = admin.post(path, data=fields | {"colour": "#7a1f5c"})
    assert answer.status_code == 409
    assert "#0f5f6d" in answer.text
    assert 'value="#7a1f5c"' in answer.text
    assert admin.post(f"{path}/use", data=fields).status_code == 409


def test_the_logo_stays_until_it_is_taken_away(admin: FlaskClient, world: make.Authority) -> None:
    operations.draft_look(world.root, 0, "", logo(), by=world.admin.id)
    db.session.commit()
    path = f"/units/{world.root.id}/papers"
    assert admin.post(path, data=fields_of(admin, path) | {"colour": "#036"}).status_code == 302
    found = latest_look(world.root)
    assert found is not None
    assert (found.number, found.colour, found.drawn) == (2, "#003366", logo())
    assert admin.post(path, data=fields_of(admin, path) | {"colour": "", "no_logo": "y"}).status_code == 302
    found = latest_look(world.root)
    assert found is not None
    assert (found.number, found.colour, found.drawn) == (3, "", None)


def test_the_nearest_look_above_wins(world: make.Authority) -> None:
    for unit, colour in ((world.root, "#0f5f6d"), (world.services[0], "#7a1f5c")):
        operations.draft_look(unit, 0, colour, None, by=world.admin.id)
        operations.use_look(unit, 1, by=world.admin.id)
    db.session.commit()
    seen = [look_at(unit.path, now()) for unit in (world.teams[0], world.teams[3])]
    assert [one.colour for one in seen if one] == ["#7a1f5c", "#0f5f6d"]
