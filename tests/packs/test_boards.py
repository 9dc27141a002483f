"""A board's whole pack: every paper of a meeting as one file, closed while its owner judges blind what it counts."""

import io
import zipfile

import pytest
from flask import Flask
from sqlalchemy import select

from audit_app.access.table import Role
from audit_app.clock import now, today
from audit_app.db import db
from audit_app.history.queries import entries_of
from audit_app.improvement import operations as improvement
from audit_app.improvement.model import Meeting
from audit_app.improvement.operations import boards
from audit_app.improvement.wording import Due, Precision
from audit_app.packs.decided import Decided, decisions_paper, highest, papers_table
from audit_app.packs.model import Pack
from audit_app.reporting import operations as reporting
from tests import make
from tests.improvement import doing as planning
from tests.packs.test_making import _give_blind
from tests.reporting import committee
from tests.reporting.papers import MOMENT, paper

WHENEVER = Due(None, Precision.WORDS, "Whenever")


@pytest.fixture
def made(app: Flask) -> make.Authority:
    app.config["WTF_CSRF_ENABLED"] = False
    made = make.authority()
    db.session.commit()
    return made


def shown(made: make.Authority) -> Meeting:
    """A frozen meeting whose plan has a live figure."""
    make.handed_in(made)
    plan = planning.plan(made)
    improvement.read_figure(planning.live(made, plan), by=make.actor(made.officer))
    held = planning.frozen(made, plan)
    db.session.commit()
    return held


def test_all_papers_of_a_meeting_are_taken_away_as_one_file(app: Flask, made: make.Authority) -> None:
    held = shown(made)
    plan, subject = held.board.plans[0], held.board.subject
    report = committee.draft(made, held)
    reporting.finalise_report(report, report.version_id, "Northmere Council", by=made.officer.id)
    boards.decide(held, "Look again", plan, "1", ref="1z", lead_id=None, due=WHENEVER, by=made.officer.id)
    db.session.commit()
    home = f"/boards/{held.board_id}/meetings/{held.id}"
    officer = make.client_of(app, made.officer)
    assert "1 decision" in officer.get(f"/packs{home}").text
    answer = officer.post(f"/packs{home}", data={"form": "pdf"})
    assert answer.status_code == 303, answer.text
    assert "The pack is made." in officer.get(answer.headers["Location"], follow_redirects=True).text
    pack = db.session.scalars(select(Pack)).one()
    taken = officer.get(f"/packs/{pack.id}.zip")
    with zipfile.ZipFile(io.BytesIO(taken.data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert list(files) == ["about.txt", "contents.csv", "action-plan.pdf", "committee-report.pdf", "decisions.pdf"]
    assert files["about.txt"].startswith(b"OFFICIAL\r\n")
    assert files["action-plan.pdf"] == officer.get(f"{home}/paper.pdf").data
    assert files["committee-report.pdf"] == officer.get(f"{home}/report.pdf").data
    assert "pack.asked" in [entry.kind for entry in entries_of(subject)]


def test_a_pack_says_that_no_report_is_final_and_nobody_else_asks_for_it(app: Flask, made: make.Authority) -> None:
    held = shown(made)
    ahead = planning.meeting(made, held.board.plans[0], in_days=20)
    committee.draft(made, held)
    db.session.commit()
    home = f"/packs/boards/{held.board_id}/meetings"
    officer = make.client_of(app, made.officer)
    assert "none is final" in officer.get(f"{home}/{held.id}").text
    assert officer.get(f"{home}/{ahead.id}").status_code == 404
    assert make.client_of(app, made.manager).get(f"{home}/{held.id}").status_code == 403
    elsewhere = make.person("Board Elsewhere", Role.BOARD_MEMBER, make.authority().root)
    assert make.client_of(app, elsewhere).get(f"{home}/{held.id}").status_code == 404


def test_a_board_member_takes_the_papers_that_they_may_read_and_no_draft(app: Flask, made: make.Authority) -> None:
    held = shown(made)
    committee.draft(made, held)
    db.session.commit()
    home = f"/boards/{held.board_id}/meetings/{held.id}"
    member = make.client_of(app, made.board)
    assert "Take all papers of this meeting away" in member.get(f"{home}/paper").text
    answer = member.post(f"/packs{home}", data={"form": "pdf"})
    page = member.get(answer.headers["Location"], follow_redirects=True).text
    assert "The pack is made." in page
    pack = db.session.scalars(select(Pack)).one()
    assert pack.title in member.get("/packs").text
    with zipfile.ZipFile(io.BytesIO(member.get(f"/packs/{pack.id}.zip").data)) as archive:
        assert archive.namelist() == ["about.txt", "contents.csv", "action-plan.pdf"]
        assert archive.read("action-plan.pdf") == member.get(f"{home}/paper.pdf").data
    assert make.client_of(app, made.officer).get(f"/packs/{pack.id}.zip").status_code == 404
    other = make.authority()
    pack.about = planning.meeting(other, planning.plan(other)).board.subject
    db.session.commit()
    closed = member.get(f"/packs/{pack.id}.zip")
    assert (closed.status_code, "no longer read the papers" in closed.text) == (422, True)


def test_a_pack_is_closed_while_its_owner_judges_blind_what_its_figures_count(app: Flask, made: make.Authority) -> None:
    held = shown(made)
    home, counted = f"/packs/boards/{held.board_id}/meetings/{held.id}", None
    head = make.client_of(app, made.head)
    head.post(home, data={"form": "docx"})
    pack = db.session.scalars(select(Pack)).one()
    assert pack.counted
    counted = pack.counted[0]
    assert head.get(f"/packs/{pack.id}.zip").status_code == 200
    _give_blind(made, counted)
    answer = head.get(f"/packs/{pack.id}.zip")
    assert answer.status_code == 422
    assert "until you have committed" in answer.text
    assert head.get(home).status_code == 404


def test_decisions_stand_with_the_action_that_each_became() -> None:
    decided = [Decided("Look again", now(), "1z", "Head of service", ""), Decided("Wait", now(), "", "", "March")]
    made = decisions_paper("Board", today(), decided, council="Council", produced_at=MOMENT, receipt="")
    assert [row[2:] for row in made.tables()[0].rows] == [("1z", "Head of service", "Not said"), ("", "", "March")]


def test_a_pack_is_marked_as_its_most_sensitive_paper_and_lists_each() -> None:
    papers = [("plan", paper(marking="OPEN")), ("report", paper(marking="OFFICIAL-SENSITIVE"))]
    assert highest([one for _, one in papers]) == "OFFICIAL-SENSITIVE"
    assert highest([]) == "OPEN"
    assert [row[-1] for row in papers_table(papers, ("pdf", "docx")).rows] == [
        "plan.pdf, plan.docx",
        "report.pdf, report.docx",
    ]
