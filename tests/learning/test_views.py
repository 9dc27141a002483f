"""The pages of what moderation teaches, as an officer, an auditor, a leader and a peer come to them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from audit_app.db import db
from audit_app.learning.model import Briefing, PublishedBriefing
from tests import make
from tests.learning import briefing

LOWER = "requires_improvement"
WORDS = {
    "headline": "Say what came of the work.",
    "changed": "Visits were told in full.",
    "evidence": "Short and exact.",
    "differently": "Ask what changed.",
}


@pytest.fixture
def made(app: Flask) -> make.Authority:
    """A small authority whose forms need no token; that they do is proved in tests/web."""
    app.config["WTF_CSRF_ENABLED"] = False
    return make.authority()


@pytest.fixture
def officer(app: Flask, made: make.Authority) -> FlaskClient:
    """The audit officer's browser."""
    return make.client_of(app, made.officer)


def test_leaders_read_what_was_changed_and_come_to_the_audits_behind_it(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    one = briefing.moderated(made, {"plan": LOWER})
    briefing.moderated(made, random=False)
    page = officer.get("/learning").text
    assert "Moderators changed 1 of" in page
    assert "too few to say more" in page
    assert "1 of 2" in page
    behind = officer.get("/learning/audits?section=plan").text
    assert one.audit.case.reference in behind
    assert officer.get("/learning/audits?section=voice").status_code == 404
    reason = one.audit.tool.reason("evidence_does_not_support").name
    assert one.audit.case.reference in officer.get("/learning/audits", query_string={"reason": reason}).text
    empty = make.client_of(app, made.head).get("/learning?tier=external").text
    assert "No audit has been moderated for what you chose." in empty
    assert "Your work" in empty


def test_an_auditor_reads_what_was_said_and_so_do_their_line_and_the_officer_but_no_peer(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    one = briefing.moderated(made, {"plan": LOWER})
    own = make.client_of(app, made.manager)
    page = own.get("/learning/yours").text
    assert "On your one moderated audit, moderators agreed" in page
    assert briefing.WHY in page
    assert one.audit.case.reference in page
    assert "/learning/yours" in own.get("/").text
    about = f"/learning/auditors/{made.manager.id}"
    for client in (officer, make.client_of(app, made.senior)):
        assert "On their one moderated audit" in client.get(about).text
        assert about in client.get("/learning/auditors").text
    assert make.client_of(app, made.other_manager).get(about).status_code == 403
    assert make.client_of(app, made.senior).get(f"/learning/auditors/{made.other_senior.id}").status_code == 404
    assert (
        "No audit of yours has been moderated yet."
        in make.client_of(app, made.other_manager).get("/learning/yours").text
    )


def test_an_officer_writes_looks_and_publishes_and_auditors_and_the_board_read(
    app: Flask, made: make.Authority, officer: FlaskClient
) -> None:
    month = made.round.month.isoformat()
    make.audit(made)
    begun = officer.post("/learning/briefings/new", data={"unit": made.root.id, "first": month, "last": month})
    assert begun.status_code == 302, begun.text
    again = officer.post("/learning/briefings/new", data={"unit": made.root.id, "first": month, "last": month})
    assert again.status_code == 422
    assert "already" in again.text
    kept = db.session.scalars(db.select(Briefing)).one()
    saved = officer.post(begun.location, data=WORDS | {"version": "1"})
    assert saved.location.endswith(f"/learning/briefings/{kept.id}/publish")
    look = officer.get(saved.location).text
    seen = look.split('name="seen" value="')[1].split('"')[0]
    unread = officer.post(saved.location, data={"version": "2", "seen": seen})
    assert unread.status_code == 422
    assert "Confirm that you have read all of it" in unread.text
    published = officer.post(saved.location, data={"version": "2", "seen": seen, "read": "y"})
    assert published.status_code == 302, published.text
    for who in (made.manager, made.board):
        reader = make.client_of(app, who)
        assert published.location in reader.get("/learning/briefings").text
        page = reader.get(published.location).text
        assert WORDS["headline"] in page
        assert "Take this briefing back" not in page
        assert reader.get(f"{published.location}.pdf").mimetype == "application/pdf"
        assert "wordprocessingml" in reader.get(f"{published.location}.docx").headers["Content-Type"]
    assert published.location in make.client_of(app, made.manager).get("/").text
    assert make.client_of(app, made.external).get(published.location).status_code == 403


def test_words_that_tell_who_somebody_is_are_saved_and_questioned(made: make.Authority, officer: FlaskClient) -> None:
    kept, audit = briefing.written(made), make.audit(made)
    words = WORDS | {"evidence": f"As in {audit.case.reference}, where Manager Two wrote well."}
    saved = officer.post(f"/learning/briefings/{kept.id}/write", data=words | {"version": kept.version_id})
    assert saved.location.endswith("#names")
    page = officer.get(saved.location).text
    assert "This is the reference of a case." in page
    assert "This is the name of somebody known here." in page
    assert "This is the reference of a case." in officer.get(f"/learning/briefings/{kept.id}/publish").text


def test_two_people_who_write_at_once_lose_nothing(made: make.Authority, officer: FlaskClient) -> None:
    kept = briefing.written(made)
    address, version = f"/learning/briefings/{kept.id}/write", kept.version_id
    assert officer.post(address, data=WORDS | {"version": version}).status_code == 302
    mine = WORDS | {"headline": "What I typed.", "version": version}
    late = officer.post(address, data=mine)
    assert late.status_code == 409
    assert "What I typed." in late.text
    assert WORDS["headline"] in late.text
    assert officer.post(address, data=mine | {"version": version + 1}).status_code == 302


def test_what_changed_since_it_was_looked_at_is_not_published(made: make.Authority, officer: FlaskClient) -> None:
    kept = briefing.written(made)
    address = f"/learning/briefings/{kept.id}/publish"
    late = officer.post(address, data={"version": kept.version_id, "seen": "x", "read": "y"})
    assert late.status_code == 409
    assert "Nothing was published" in late.text
    assert db.session.scalars(db.select(PublishedBriefing)).all() == []


def test_a_briefing_is_taken_back_with_a_reason(app: Flask, made: make.Authority, officer: FlaskClient) -> None:
    copy = briefing.published(made)
    address = f"/learning/briefings/published/{copy.id}"
    refused = officer.post(f"{address}/withdraw", data={"reason": " "})
    assert refused.status_code == 422
    assert "Say why it is taken back" in refused.text
    assert officer.post(f"{address}/withdraw", data={"reason": "It named a team."}).status_code == 302
    assert "It named a team." in officer.get(address).text
    manager = make.client_of(app, made.manager)
    assert manager.get(address).status_code == 404
    assert manager.get(f"{address}.pdf").status_code == 404
