"""Every route, asked as everybody, about one's own things, other people's and things that are not there (T10)."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.web.guard import rule_of
from tests import make
from tests.improvement import doing as planning
from tests.serving import serve
from tests.sweep.owners import NAMES_SOMEBODY, OWNERS, SHARED
from tests.sweep.people import EVERYBODY, PEOPLE
from tests.sweep.policy import Door, door_of
from tests.sweep.world import CANARY, Place, furnished

MISSING = 2_000_000_000
DONE = frozenset({200, 302, 303, 400, 409, 422})  # let in; what an empty form is told is another test's matter
OUTSIDERS = ("nobody", "leaver", "expired")


@dataclass
class Swept:
    """The application with two furnished authorities, a browser for everybody, and a copy to go back to."""

    app: Flask
    file: Path
    copy: Path
    ours: dict[str, dict[str, Any]]
    theirs: dict[str, dict[str, Any]]
    secrets: list[str]
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def restore(self) -> None:
        """Undo what a request did."""
        db.session.remove()
        db.engine.dispose()
        for file in self.file.parent.glob(self.file.name + "-*"):
            file.unlink()
        shutil.copy(self.copy, self.file)


def arguments_of(place: Place) -> dict[str, dict[str, Any]]:
    """What stands in the address of each kind of thing."""
    made, t = place.made, place.things
    section = t["draft"].tool.graded_sections[0].key
    calibration = {"calibration_id": t["calibration"].id}
    vignette = calibration | {"vignette_id": t["calibration"].vignettes[0].id}
    audit, sample = {"audit_id": t["handed_in"].id}, t["sample"]
    plan = {"plan_id": t["plan"].id}
    indicator = plan | {"indicator_id": planning.indicator(t["plan"], "1.1").id}
    edition, said = {"edition_id": t["evaluation"].edition_id}, t["evaluation"].edition.statements[0]
    statement = edition | {"statement_id": said.id}
    area = {"area": said.area}
    findings = {"exercise_id": t["exercise"].id, "person_id": made.external.id}
    return {
        "link": {"token": t["link"]},
        "feed": {"token": t["feed"]},
        "person": {"person_id": made.practitioner.id},
        "ended_person": {"person_id": made.leaver.id},
        "grant": {"person_id": made.board.id, "grant_id": made.board.grants[0].id},
        "unit": {"unit_id": made.teams[3].id},
        "look": {"look_id": t["look"].id},
        "look_sample": {"unit_id": made.teams[3].id, "form": "pdf"},
        "tool": {"tool_id": made.tool.id},
        "framework": {"framework_id": t["framework"].id},
        "list": {"list_id": t["list"].id},
        "list_problems": {"list_id": t["list"].id, "outcome": "held"},
        "waiting": {"staged_id": t["waiting"].id},
        "past_import": {"import_id": t["past_import"].id},
        "past_waiting": {"waiting_id": t["past_waiting"].id},
        "past_sheet": {"waiting_id": t["past_waiting"].id, "place": 0},
        "waiting_problems": {"staged_id": t["waiting"].id, "outcome": "held"},
        "waiting_difference": {"staged_id": t["waiting"].id, "kind": "new"},
        "waiting_sheet": {"staged_id": t["waiting"].id, "place": 0},
        "programme": {"programme_id": made.round.programme_id},
        "exemption": {"programme_id": made.round.programme_id, "exemption_id": t["exemption"].id},
        "round": {"round_id": made.round.id},
        "round_paper": {"round_id": made.round.id},
        "exercise_paper": {"exercise_id": t["exercise"].id},
        "sample": {"sample_id": sample.id},
        "sampled_case": {"sample_id": sample.id, "case_id": sample.cases[0].case_id},
        "round_case": {"round_id": made.round.id, "case_id": sample.cases[0].case_id},
        "round_audit": {"round_id": made.round.id, "audit_id": t["fresh"].id},
        "round_moderation": {"round_id": made.round.id, "moderation_id": t["open"].id},
        "handed_in": audit,
        "handed_in_paper": audit,
        "done_audit": {"audit_id": t["done"].audit_id},
        "done_tier": {"audit_id": t["done"].audit_id, "tier": "senior"},
        "done_outcome": {"audit_id": t["done"].audit_id, "tier": "senior"},
        "done_challengeable": {"audit_id": t["done"].audit_id, "tier": "senior"},
        "challenge": {"challenge_id": t["challenged"].id},
        "named_challenge": {"challenge_id": t["challenged"].id},
        "challenged_section": {"challenge_id": t["challenged"].id, "section": t["challenged"].points[0].section},
        "draft": {"audit_id": t["draft"].id},
        "draft_section": {"audit_id": t["draft"].id, "section": section},
        "draft_alert": {"audit_id": t["draft"].id, "alert_id": t["alert"].id},
        "fresh": {"audit_id": t["fresh"].id},
        "asking": {"audit_id": t["asked"].audit_id},
        "asked": {"audit_id": t["asked"].audit_id, "contribution_id": t["asked"].id},
        "contribution": {"contribution_id": t["asked"].id},
        "contribution_section": {"contribution_id": t["asked"].id, "section": "health"},
        "alert": {"alert_id": t["alert"].id},
        "open": {"moderation_id": t["open"].id},
        "open_section": {"moderation_id": t["open"].id, "section": section},
        "external_open": {"moderation_id": t["external_open"].id},
        "external_added": {"moderation_id": t["external_open"].id, "added_id": t["external_open"].added[0].id},
        "blind": {"moderation_id": t["blind"].id},
        "blind_section": {"moderation_id": t["blind"].id, "section": section},
        "escalation": {"escalation_id": t["escalation"].id},
        "release": {"release_id": t["release"].id},
        "round_outcomes": {"round_id": made.round.id},
        "theme": {"theme": "drift"},
        "re_audit": {"reaudit_id": t["re_audit"].id},
        "calibration": calibration,
        "calibration_given": calibration,
        "calibration_closed": {"calibration_id": t["calibration_closed"].id},
        "vignette": vignette,
        "vignette_given": vignette,
        "vignette_section": vignette | {"section": t["calibration"].vignettes[0].sections[0].key},
        "plan": plan,
        "own_plan": plan,
        "recommendation": plan | {"recommendation_id": t["plan"].recommendations[0].id},
        "plan_action": plan | {"action_id": planning.action(t["plan"], "1a").id},
        "own_action": plan | {"action_id": planning.action(t["plan"], "1a").id},
        "plan_indicator": indicator,
        "own_indicator": indicator,
        "plan_board": {"board_id": t["meeting"].board_id},
        "own_board": {"board_id": t["meeting"].board_id},
        "board_meeting": {"board_id": t["meeting"].board_id, "meeting_id": t["meeting"].id},
        "committee_report": {"board_id": t["committee"].meeting.board_id, "meeting_id": t["committee"].meeting_id},
        "own_report": {"board_id": t["meeting"].board_id, "meeting_id": t["meeting"].id},
        "own_meeting": {"board_id": t["meeting"].board_id, "meeting_id": t["meeting"].id},
        "reading": indicator | {"reading_id": planning.indicator(t["plan"], "1.1").readings[-1].id},
        "plan_file": {"file_id": t["plan_file"].id},
        "plan_readings": plan | {"readings_id": t["plan_readings"].id},
        "plan_readings_sheet": plan | {"readings_id": t["plan_readings"].id, "place": 0},
        "findings": findings,
        "own_findings": findings,
        "findings_copy": {"copy_id": t["findings_copy"].id},
        "action": {"action_id": t["action"].id},
        "acting": {"audit_id": t["action"].audit_id},
        "supervision": {"person_id": made.practitioner.id},
        "figure": {"figure": "good_as_audited"},
        "learning": {"section": section},
        "auditor_lessons": {"person_id": made.manager.id},
        "briefing": {"briefing_id": t["briefing"].briefing_id},
        "published_briefing": {"published_id": t["briefing"].id},
        "edition": edition,
        "own_edition": edition,
        "edition_area": edition | area,
        "own_question": edition | area | {"question": said.question},
        "own_statement": statement,
        "own_evidence": statement | {"evidence": "figure"},
        "own_citation": statement | {"citation_id": said.citations[0].id},
        **{key: {"evaluation_id": t["evaluation"].id} for key in ("published_evaluation", "own_published")},
        "wording": {"piece": "letter-allocated"},
        "evidence": audit,
        "board_pack": {"board_id": t["committee"].meeting.board_id, "meeting_id": t["committee"].meeting_id},
        "round_pack": {"round_id": made.round.id},
        "pack": {"pack_id": t["pack"].id},
        "job": {"job_id": t["job"].id},
        "notice": {"notice_id": t["notice"].id},
        "own_fresh": {"audit_id": t["fresh"].id},
        "own_absence": {"absence_id": t["absence"].id},
        "colleague": {"person_id": made.manager.id},
        "holder": {"person_id": made.manager.id},
        "colleague_absence": {"person_id": made.manager.id, "absence_id": t["absence"].id},
        "colleague_name": {"person_id": made.manager.id, "name_id": t["name"].id},
        "colleague_case": {"person_id": made.manager.id, "connection_id": t["connection"].id},
    }


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Swept]:
    """Two authorities side by side, furnished alike."""
    folder = tmp_path_factory.mktemp("swept")
    file = folder / "audits.sqlite3"
    shutil.copy(migrated_file, file)
    with serve(folder, f"sqlite:///{file}") as app:
        # That every form needs its token is proved in tests/web; here the second gate is asked.
        app.config["WTF_CSRF_ENABLED"] = False
        ours, theirs = furnished(), furnished()
        secrets = [theirs.things["draft"].case.reference, theirs.things["handed_in"].case.reference, CANARY]
        made = Swept(app, file, folder / "copy", arguments_of(ours), arguments_of(theirs), secrets)
        for name in (*PEOPLE, "expired", "leaver"):
            made.browsers[name] = make.client_of(app, ours.made.people[name])
        made.browsers["nobody"] = app.test_client()
        identity.end_account(ours.made.leaver, by=ours.made.admin.id)
        identity.end_account(theirs.made.leaver, by=theirs.made.admin.id)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        shutil.copy(file, made.copy)
        yield made


def rules(app: Flask) -> list[tuple[Rule, str]]:
    """Every rule with each method that it answers to."""
    methods = ("GET", "POST", "PUT", "PATCH", "DELETE")
    found = [r for r in app.url_map.iter_rules() if r.endpoint != "static"]
    return [(rule, method) for rule in found for method in methods if method in (rule.methods or ())]


def address(swept: Swept, rule: Rule, values: dict[str, Any]) -> str:
    """The address of a rule for a thing."""
    adapter = swept.app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, values)


def ask(swept: Swept, who: str, method: str, url: str) -> tuple[int, str]:
    """What somebody is answered; what it changed is undone."""
    response = swept.browsers[who].open(url, method=method)
    if method != "GET" and response.status_code < 400:
        swept.restore()
    return response.status_code, response.get_data(as_text=True) if response.status_code >= 400 else ""


def test_every_route_stands_in_the_policy_and_the_policy_names_no_other(swept: Swept) -> None:
    for rule, _ in rules(swept.app):
        assert door_of(rule.endpoint, frozenset(rule.arguments)) is not None, f"{rule.endpoint} stands in no policy"
        assert rule_of(swept.app, rule.endpoint) is not None


def expected(door: Door, who: str, relation: str) -> frozenset[int]:
    """What somebody should be answered."""
    if door.who is None:
        return frozenset({404}) if relation == "missing" else DONE
    if who not in door.who:
        return frozenset({403})
    if not door.thing:
        return DONE
    if door.thing in SHARED:
        by_number = door.thing not in ("figure", "learning", "theme", "wording")
        return frozenset({404}) if relation == "missing" and by_number else DONE | {404}
    return DONE if relation == "own" and who in OWNERS[door.thing] else frozenset({404})


def relations(swept: Swept, rule: Rule, door: Door) -> Iterator[tuple[str, dict[str, Any]]]:
    """One's own thing, one of another authority, and one that is not there."""
    if not door.thing:
        yield "own", {}
        return
    own = swept.ours[door.thing]
    yield "own", own
    if door.thing not in SHARED:
        yield "other", swept.theirs[door.thing]
    if rule.arguments:
        yield (
            "missing",
            {k: MISSING if isinstance(v, int) else "not-there" if k == "token" else v for k, v in own.items()},
        )


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_comes_to_what_is_theirs_and_to_nothing_else(swept: Swept, who: str) -> None:
    wrong: list[tuple[object, ...]] = []
    for rule, method in rules(swept.app):
        door = door_of(rule.endpoint, frozenset(rule.arguments))
        assert door is not None, rule.endpoint
        if rule.endpoint == "identity.sign_out":
            continue
        for relation, values in relations(swept, rule, door):
            url = address(swept, rule, values)
            status, body = ask(swept, who, method, url)
            nobody = method == "POST" and rule.endpoint in NAMES_SOMEBODY and status == 404
            if status not in expected(door, who, relation) and not nobody:
                wrong.append((rule.endpoint, method, relation, status, sorted(expected(door, who, relation))))
            if status in (403, 404) and any(secret in body for secret in swept.secrets):
                wrong.append((rule.endpoint, method, relation, status, "the answer gives something away"))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nobody_comes_in_without_an_account_that_runs(swept: Swept, who: str) -> None:
    wrong = []
    for rule, method in rules(swept.app):
        door = door_of(rule.endpoint, frozenset(rule.arguments))
        assert door is not None
        signed_in = who == "expired" and door.who == EVERYBODY
        if door.who is None or (signed_in and not door.thing):
            continue  # somebody whose last day is over may still sign in, to read that nothing waits for them
        url = address(swept, rule, swept.ours[door.thing] if door.thing else {})
        status, _ = ask(swept, who, method, url)
        if status != (404 if signed_in else 403 if who == "expired" else 302 if method == "GET" else 401):
            wrong.append((rule.endpoint, method, status))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_method_cannot_be_passed_off_as_another(swept: Swept) -> None:
    rule = next(r for r, _ in rules(swept.app) if r.endpoint == "auditing.voiding")
    url = address(swept, rule, swept.ours["handed_in"])
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        answer = swept.browsers["head"].get(url, headers={header: "POST"})
        assert answer.status_code == 200
        assert "Make this audit void" in answer.text
