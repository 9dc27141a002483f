"""An external auditor's findings: what the paper says, who may open it, writing, finishing, and when access ends."""

import csv
import datetime as dt
import hashlib
import io
from typing import Any

import openpyxl
import page
import pypdf
import pytest
from flask import Flask, url_for
from werkzeug.test import TestResponse

from audit_app.access.actor import Actor
from audit_app.access.table import Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.history.model import Entry
from audit_app.history.queries import entries_of
from audit_app.identity.model import Person
from audit_app.moderation import operations
from audit_app.moderation.model import Exercise, Moderation, Route
from audit_app.moderation.operations import make_exercise, reopen
from audit_app.organisation.model import Unit
from audit_app.refusal import Refused
from audit_app.reporting.model import Findings, FindingsCopy
from audit_app.web import formats
from tests import make
from tests.measures import world
from tests.web.markup import read, text

OBSERVED = {"strong": "Visits are purposeful.", "improve": "Plans drift.", "recommend": "Review drift monthly."}


class Setting:
    """An exercise of one external auditor: one audit agreed, one changed, one judged blind still, one of another's."""

    def __init__(self, app: Flask) -> None:
        self.app, self.made = app, make.authority()
        made = self.made
        self.other = make.person("External Two", Role.EXTERNAL_AUDITOR, made.root)
        self.exercise = make_exercise(made.root.id, "Autumn validation", by=made.officer.id)
        self.agreed = self.give(made.external, "good")
        self.changed = self.give(made.external, "good")
        self.theirs = self.give(self.other, "outstanding")
        world.finished(self.agreed)
        overall = made.tool.tool.overall_section
        assert overall is not None
        world.finished(self.changed, {overall.key: "requires_improvement"})
        world.finished(self.theirs)
        self.blind = self.give(made.external, "inadequate", blind=True)
        self.open = self.give(made.external, "inadequate", route=Route.BY_HAND)
        db.session.commit()

    def give(self, who: Person, grade: str, *, blind: bool = False, route: Route = Route.RANDOM) -> Moderation:
        """An audit of the exercise, given to an external auditor."""
        audit = world.handed_in(self.made, grade)
        return world.given(audit, who, "external", blind=blind, route=route, exercise=self.exercise)

    def place(self, who: Person | None = None) -> str:
        """Where somebody's findings stand."""
        return f"/findings/{self.exercise.id}/{(who or self.made.external).id}"

    def get(self, who: Person | str, url: str) -> TestResponse:
        """What somebody is answered."""
        person = self.made.people[who] if isinstance(who, str) else who
        return make.client_of(self.app, person).get(url)

    def post(self, url: str, who: str = "external", **fields: Any) -> TestResponse:
        """What somebody is answered who sends a form."""
        client = make.client_of(self.app, self.made.people[who])
        self.app.config["WTF_CSRF_ENABLED"] = False
        return client.post(url, data=fields)

    def written(self) -> "Setting":
        """The same with overall observations."""
        assert self.post(self.place() + "/write", version=0, **OBSERVED).status_code == 302
        return self

    def finish(self) -> TestResponse:
        """Finish a copy, as it was seen."""
        return self.post(self.place() + "/finish", seen=self.seen())

    def seen(self) -> str:
        """What the last look at the copy says that it is."""
        answer = self.get("external", self.place() + "/finish")
        return str(answer.text.split('name="seen"')[1].split('value="')[1].split('"')[0])


@pytest.fixture
def setting(app: Flask) -> Setting:
    return Setting(app)


def said(answer: TestResponse) -> str:
    """What a page says, in one line."""
    return " ".join(text(read(answer.text)).split())


def words(pdf: bytes) -> str:
    """What a PDF says, in one line."""
    return " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def rows_of(answer: TestResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_an_external_auditor_reads_their_own_findings_and_nobody_elses(setting: Setting) -> None:
    answer = said(setting.get("external", setting.place()))
    assert "1 of 2 overall grades agreed; 1 had been higher before, 0 lower." in answer
    assert setting.agreed.audit.case.reference in answer
    assert "Changed: Requires improvement to be good" in answer
    assert setting.theirs.audit.case.reference not in answer
    assert setting.get("external", setting.place(setting.other)).status_code == 404
    listed = said(setting.get("external", "/findings"))
    assert "Your findings" in listed
    assert "2 of 4 audits" in listed
    assert "External Two" not in listed


def test_what_is_judged_blind_or_unfinished_is_left_out_and_said_so(setting: Setting) -> None:
    answer = said(setting.get("external", setting.place()))
    assert "1 audit is still judged blind: nothing of it is in this paper." in answer
    assert "1 audit is not finished yet." in answer
    for one in (setting.blind, setting.open):
        assert one.audit.case.reference not in answer
        assert one.audit.case.reference not in setting.get("external", setting.place() + ".csv").text


def test_every_judgement_is_a_row_of_the_sheet(setting: Setting) -> None:
    rows = rows_of(setting.get("external", setting.place() + ".csv"))
    sections = len(setting.agreed.audit.tool.sections_for(setting.agreed.audit.category))
    graded = [s for s in setting.agreed.audit.tool.sections_for(setting.agreed.audit.category) if s.graded]
    assert sections >= len(graded) > 0
    assert rows[0][0] == "Case reference"
    assert len(rows) == 1 + 2 * len(graded)
    (changed,) = [dict(zip(rows[0], row, strict=True)) for row in rows if "Changed" in row]
    assert changed["Grade before"] == "Good"
    assert changed["Grade given"] == "Requires improvement to be good"
    assert changed["Words"] == "The record shows drift."


def test_no_cell_of_the_sheet_is_taken_for_a_formula(app: Flask) -> None:
    setting = Setting(app)
    setting.made.root.name = "=1+1"
    setting.exercise.name = "=cmd|'/c calc'!A0"
    db.session.commit()
    book = openpyxl.load_workbook(io.BytesIO(setting.get("external", setting.place() + ".xlsx").data))
    assert book.sheetnames[:2] == ["About", "Every judgement"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_the_pdf_can_be_read_by_everybody(setting: Setting) -> None:
    answer = setting.written().get("external", setting.place() + ".pdf")
    assert answer.status_code == 200
    assert len(page.validate_pdf_bytes(answer.data, profile="pdfua-1").failures) == 0
    assert "Plans drift." in words(answer.data)
    assert "Draft: not agreed" in words(answer.data)
    last = entries_of(f"exercise:{setting.exercise.id}")[-1]
    assert (last.kind, last.body) == ("findings.downloaded", {"form": "pdf", "person": setting.made.external.id})


@pytest.mark.parametrize("who", ["head", "officer"])
def test_leaders_open_the_findings_of_their_units(setting: Setting, who: str) -> None:
    answer = setting.written().get(who, setting.place())
    assert setting.changed.audit.case.reference in said(answer)
    assert "Plans drift." not in said(answer)  # a draft until it is finished
    assert setting.get(who, setting.place() + "/write").status_code == 403
    assert setting.finish().status_code == 302
    assert "Plans drift." in said(setting.get(who, setting.place()))


@pytest.mark.parametrize("who", ["senior", "manager", "board", "admin"])
def test_nobody_else_opens_findings(setting: Setting, who: str) -> None:
    assert setting.get(who, "/findings").status_code == 403
    assert setting.get(who, setting.place()).status_code == 403


def test_a_leader_of_one_service_finds_only_its_audits_and_is_told_so(setting: Setting) -> None:
    far: Unit = setting.made.services[1]
    head = make.person("Head Two", Role.HEAD_OF_SERVICE, far)
    audit = world.handed_in(setting.made, "good", team=setting.made.teams[3], auditor=setting.made.manager)
    world.finished(world.given(audit, setting.made.external, "external", exercise=setting.exercise))
    db.session.commit()
    answer = said(setting.get(head, setting.place()))
    assert audit.case.reference in answer
    assert setting.changed.audit.case.reference not in answer
    assert "4 audits are of units that are not open to you" in answer
    setting.written().finish()
    (copy,) = db.session.execute(db.select(FindingsCopy)).scalars()
    assert setting.get("head", f"/findings/copies/{copy.id}.pdf").status_code == 200
    assert setting.get(head, f"/findings/copies/{copy.id}.pdf").status_code == 404
    assert "Plans drift." not in said(setting.get(head, setting.place()))


def test_observations_are_kept_as_somebody_writes(setting: Setting) -> None:
    client = make.client_of(setting.app, setting.made.external)
    setting.app.config["WTF_CSRF_ENABLED"] = False
    headers = {"X-Requested-With": "autosave"}
    url = setting.place() + "/write"
    first = client.post(url, data={"version": 0, **OBSERVED}, headers=headers)
    assert first.status_code == 200
    assert first.json is not None
    assert client.post(url, data={"version": 0, **OBSERVED}, headers=headers).status_code == 409
    again = client.post(url, data={"version": first.json["version"], **OBSERVED}, headers=headers)
    assert again.status_code == 200
    assert "Plans drift." in client.get(url).text


def test_two_tabs_lose_nothing_of_either(setting: Setting) -> None:
    setting.written()
    answer = setting.post(setting.place() + "/write", version=0, strong="Mine", improve="", recommend="")
    assert answer.status_code == 409
    assert "Visits are purposeful." in answer.text
    assert "Mine" in answer.text


def test_a_copy_is_kept_byte_for_byte_with_its_hash_in_the_record(setting: Setting) -> None:
    assert setting.written().finish().status_code == 302
    (copy,) = db.session.execute(db.select(FindingsCopy)).scalars()
    answer = setting.get("external", f"/findings/copies/{copy.id}.pdf")
    assert hashlib.sha256(answer.data).hexdigest() == copy.sha256
    assert "Version 1" in words(answer.data)
    assert "Final" in words(answer.data)
    entry = next(one for one in entries_of(f"exercise:{setting.exercise.id}") if one.kind == "findings.finished")
    assert entry.body == {"person": setting.made.external.id, "number": 1, "audits": 2, "sha256": copy.sha256}
    # What is written afterwards changes no copy that was finished.
    (findings,) = db.session.execute(db.select(Findings)).scalars()
    version = findings.version_id
    setting.post(setting.place() + "/write", version=version, **OBSERVED | {"improve": "Something else."})
    assert setting.get("external", f"/findings/copies/{copy.id}.pdf").data == answer.data
    assert setting.finish().status_code == 302
    assert [one.number for one in db.session.execute(db.select(FindingsCopy)).scalars()] == [1, 2]


def test_what_was_looked_at_is_what_is_finished(setting: Setting) -> None:
    seen = setting.written().seen()
    world.finished(setting.open)
    db.session.commit()
    answer = setting.post(setting.place() + "/finish", seen=seen)
    assert answer.status_code == 409
    assert "Nothing was finished" in answer.text
    assert db.session.execute(db.select(db.func.count(FindingsCopy.id))).scalar_one() == 0


def test_a_copy_needs_observations_and_a_finished_audit(setting: Setting) -> None:
    answer = setting.get("external", setting.place() + "/finish")
    assert "Still empty: what is strong; what must improve; recommendations." in answer.text
    assert setting.post(setting.place() + "/finish", seen="anything").status_code == 422
    other = make_exercise(setting.made.root.id, "Winter validation", by=setting.made.officer.id)
    world.given(world.handed_in(setting.made, "good"), setting.made.external, "external", exercise=other)
    db.session.commit()
    answer = setting.get("external", f"/findings/{other.id}/{setting.made.external.id}/finish")
    assert "Finish at least one audit of this exercise first." in answer.text


def test_words_that_look_like_a_name_are_pointed_out(setting: Setting) -> None:
    answer = setting.post(setting.place() + "/write", version=0, **OBSERVED | {"strong": "Mrs Example on 3 May 2015"})
    assert answer.location.endswith("#names")
    assert "Does this tell who somebody is?" in setting.get("external", setting.place() + "/write").text


def test_a_reopened_audit_leaves_the_draft_and_stays_in_the_copy(setting: Setting) -> None:
    setting.written().finish()
    reopen(setting.changed, "New information.", by=make.actor(setting.made.head))
    db.session.commit()
    answer = said(setting.get("external", setting.place()))
    assert "2 audits are not finished yet." in answer
    (copy,) = db.session.execute(db.select(FindingsCopy)).scalars()
    assert setting.get("external", f"/findings/copies/{copy.id}.pdf").status_code == 200


def test_the_day_after_the_last_day_nothing_opens(setting: Setting) -> None:
    setting.written().finish()
    (copy,) = db.session.execute(db.select(FindingsCopy)).scalars()
    addresses = ["/findings", f"/findings/copies/{copy.id}.pdf"]
    addresses += [setting.place() + ending for ending in ("", ".pdf", ".csv", ".xlsx", "/write", "/finish")]
    setting.made.external.grants[0].until = today()
    db.session.commit()
    assert {setting.get("external", url).status_code for url in addresses} == {200}
    setting.made.external.grants[0].until = today() - dt.timedelta(days=1)
    db.session.commit()
    assert {setting.get("external", url).status_code for url in addresses} == {403}
    assert setting.post(setting.place() + "/write", version=1, **OBSERVED).status_code == 403


def test_the_officer_sees_what_was_left_unfinished_and_can_take_it_back(setting: Setting) -> None:
    assert "access ended" not in said(setting.get("officer", "/findings"))
    setting.made.external.grants[0].until = today() - dt.timedelta(days=1)
    db.session.commit()
    answer = setting.get("officer", "/findings")
    assert "External One: access ended with 2 audits unfinished" in said(answer)
    round_id = setting.open.audit.round_id
    with setting.app.test_request_context():
        address = url_for("moderation.taking_back", round_id=round_id, moderation_id=setting.open.id)
    assert address in answer.text
    assert "access ended" not in said(setting.get("head", "/findings"))
    home = said(setting.get("officer", "/"))
    assert "External One’s access ended with 2 audits unfinished." in home


def test_whoever_is_given_more_time_goes_on_where_they_stopped(setting: Setting) -> None:
    grant = setting.made.external.grants[0]
    grant.until = today() - dt.timedelta(days=1)
    db.session.commit()
    assert setting.get("external", f"/moderations/{setting.open.id}").status_code == 403
    grant.until = today() + dt.timedelta(days=7)
    db.session.commit()
    assert setting.get("external", f"/moderations/{setting.open.id}").status_code == 200
    assert "access ended" not in said(setting.get("officer", "/findings"))


def test_when_the_auditor_was_there_and_who_else_is_told_and_counted(setting: Setting) -> None:
    one, by = setting.open, make.actor(setting.made.external)
    one.audit.case.reference = "0099999"
    world.finished(one)
    rate(one, by, setting)
    answer = said(setting.get("external", setting.place()))
    assert "3 of 3" in answer
    assert "The auditor and: the social worker" in answer
    assert formats.day(today()) in answer
    outcome = said(setting.get("external", f"/audits/{one.audit_id}/moderation/external"))
    assert f"Yes, on {formats.day(today())}. Also there: the social worker" in outcome


def rate(one: Moderation, by: Actor, setting: Setting) -> None:
    """Reopened, rated anew with the people who were there, and finished again."""
    reopen(one, "To say who was there.", by=make.actor(setting.made.head))
    day = {"together_on": today(), "present": "the social worker"}
    operations.rate(one, one.quality, "Well seen.", True, one.version_id, by=by, **day)  # type: ignore[arg-type]
    operations.finish(one, one.version_id, by=by)
    db.session.commit()


def test_an_external_auditor_who_met_the_auditor_says_on_which_day(setting: Setting) -> None:
    one, by = setting.open, make.actor(setting.made.external)
    world.finished(one)
    reopen(one, "To say who was there.", by=make.actor(setting.made.head))
    operations.rate(one, one.quality, "Well seen.", True, one.version_id, by=by)
    with pytest.raises(Refused, match="every question needs an answer"):
        operations.finish(one, one.version_id, by=by)
    later = today() + dt.timedelta(days=1)
    fields: dict[str, Any] = {
        "with_auditor": "yes",
        "together_on": [later.day, later.month, later.year],
        "version": one.version_id,
    }
    db.session.commit()
    answer = setting.post(f"/moderations/{one.id}/quality/rate", **fields)
    assert answer.status_code == 422
    assert "The day must be today or in the past" in answer.text


def test_findings_are_written_and_finished_on_either_database(either_app: Flask) -> None:
    setting = Setting(either_app)
    assert setting.written().finish().status_code == 302
    kinds = db.session.execute(db.select(Entry.kind).where(Entry.subject == f"exercise:{setting.exercise.id}"))
    assert "findings.finished" in set(kinds.scalars())
    assert db.session.execute(db.select(Exercise)).scalar_one().name == "Autumn validation"
