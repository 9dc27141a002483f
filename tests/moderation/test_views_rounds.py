"""The pages on which audits are given to moderators: by hand, at random, and taken back."""

import re

import pytest
from flask import Flask

from audit_app.access.table import Role
from audit_app.clock import today
from audit_app.db import db
from audit_app.identity import operations as identity
from audit_app.identity.absences import Away
from audit_app.moderation.model import Draw, Moderation
from audit_app.programmes.working_days import working_days_after
from tests import make
from tests.moderation.doing import committed, finished, given
from tests.moderation.visiting import Page, Visitor, words_of


def address(world: make.Authority, more: str = "") -> str:
    return f"/rounds/{world.round.id}/moderation{more}"


def row_of(page: Page, reference: str) -> str:
    """The row of a case in the page's list."""
    found = [words_of(row) for row in page.tree.iter("tr")]
    rows = [words for words in found if reference in words]
    assert len(rows) == 1
    return rows[0]


def test_a_round_says_how_much_of_it_is_moderated_by_whom_and_how(world: make.Authority, officer: Visitor) -> None:
    audits = [make.handed_in(world) for _ in range(7)]
    finished(given(audits[0], world.senior, world.officer))
    given(audits[1], world.other_senior, world.officer, blind=True)
    page = officer.get(address(world))
    assert page.has("1 of 7 moderated (14%)", "1 more is with a senior moderator", "aims at 20%, which is 2 audits")
    assert "Done" in row_of(page, audits[0].case.reference)
    assert "Senior One" in row_of(page, audits[0].case.reference)
    assert "Take back" not in row_of(page, audits[0].case.reference)
    blind = row_of(page, audits[1].case.reference)
    assert "Judging blind" in blind
    assert "Senior Two Random draw, blind. Due" in blind
    assert "Take back" in blind
    assert row_of(page, audits[2].case.reference).count("Not given") == 2
    assert "Good" in row_of(page, audits[2].case.reference)
    assert {"All (7)", "Not moderated (5)", "Being moderated (1)", "Moderated (1)"} <= set(page.links())
    assert audits[0].case.reference not in officer.get(address(world, "?state=none")).words
    assert audits[1].case.reference in officer.get(address(world, "?state=under_way")).words


def test_a_round_without_audits_says_what_will_appear(world: make.Authority, officer: Visitor) -> None:
    assert officer.get(address(world)).has("No audit of this round has been handed in yet.")


def test_what_was_committed_blind_cannot_be_taken_back(world: make.Authority, officer: Visitor) -> None:
    audit = make.handed_in(world)
    committed(given(audit, world.senior, world.officer, blind=True))
    assert "Take back" not in row_of(officer.get(address(world)), audit.case.reference)


@pytest.mark.parametrize("who", ["manager", "senior", "head", "external", "board", "admin"])
@pytest.mark.parametrize("more", ["", "/give", "/draw", "/draw/preview"])
def test_only_whoever_runs_rounds_gives_audits(app: Flask, world: make.Authority, who: str, more: str) -> None:
    Visitor(app, world.people[who]).get(address(world, more), 403)


def test_a_round_of_elsewhere_does_not_exist(app: Flask, world: make.Authority) -> None:
    far = make.person("Far Officer", Role.AUDIT_OFFICER, world.services[1])
    for more in ("", "/give", "/draw", "/draw/preview"):
        Visitor(app, far).get(address(world, more), 404)


def test_an_officer_who_judges_blind_learns_nothing_here_of_what_they_judge(app: Flask, world: make.Authority) -> None:
    both = make.person("Both Roles", Role.AUDIT_OFFICER, world.root)
    identity.grant(both, Role.EXTERNAL_AUDITOR, world.root, today() + make.LAST_DAY, by=None)
    audits = [make.handed_in(world, grade="inadequate") for _ in range(2)]
    finished(given(audits[0], world.senior, world.officer))
    given(audits[0], both, world.officer, "external", blind=True)
    page = Visitor(app, both).get(address(world))
    assert page.has("0 of 1 moderated (0%)", "You judge 1 audit of this round blind.")
    row = row_of(page, audits[0].case.reference)
    assert "You judge this blind" in row
    assert not re.search("Inadequate|Senior One|Done|Manager One", row)
    assert audits[0].case.reference not in Visitor(app, both).get(address(world, "?state=done")).words
    assert "Moderated (0)" in page.links()


def test_audits_are_given_by_hand_to_whoever_may_judge_them(world: make.Authority, officer: Visitor) -> None:
    near = make.person("Near Senior", Role.SENIOR_MANAGER, world.root, team=world.teams[1])
    free, own_team = make.handed_in(world, team=world.teams[2]), make.handed_in(world, team=world.teams[1])
    whom = officer.get(address(world, "/give"))
    assert officer.send(whom, "/give", code=422).has("Choose who is to moderate")
    which = officer.send(whom, "/give", {"whom": f"senior:{near.id}"})
    assert which.heading.endswith("Give audits to Near Senior")
    assert which.choices("audits") == [str(free.id)]
    assert "Near Senior works in the case's own team." in row_of(which, own_team.case.reference)
    assert officer.send(which, "/give", code=422).has("Choose at least one audit")
    done = officer.send(which, "/give", {"audits": [str(free.id)], "route": "flagged"})
    assert done.has("1 audit is given to Near Senior.")
    moderation = db.session.query(Moderation).one()
    assert (moderation.audit_id, moderation.route, moderation.blind) == (free.id, "flagged", False)
    assert moderation.due_on == working_days_after(today(), 10)


def test_an_audit_that_somebody_may_not_judge_is_not_given_though_it_is_sent(
    world: make.Authority, officer: Visitor
) -> None:
    own = make.handed_in(world, auditor=world.senior)
    make.handed_in(world)
    which = officer.get(address(world, f"/give?whom=senior:{world.senior.id}"))
    assert "Nobody moderates their own audit." in row_of(which, own.case.reference)
    assert officer.send(which, "/give", {"audits": [str(own.id)]}, code=422).has("There is a problem")
    assert db.session.query(Moderation).count() == 0


def test_an_audit_is_not_given_to_somebody_without_the_role(world: make.Authority, officer: Visitor) -> None:
    make.handed_in(world)
    which = officer.get(address(world, f"/give?whom=senior:{world.senior.id}"))
    for whom in (
        f"senior:{world.manager.id}",
        f"external:{world.senior.id}",
        "senior:",
        "third:1",
        f"{world.senior.id}",
    ):
        officer.send(which, "/give", {"whom": whom, "audits": ["1"]}, code=404)


def test_external_audits_belong_to_an_exercise_and_are_due_in_the_future(
    world: make.Authority, officer: Visitor
) -> None:
    audit = make.handed_in(world)
    which = officer.get(address(world, f"/give?whom=external:{world.external.id}"))
    late = {"audits": [str(audit.id)], "due_on": ["1", "6", "2020"]}
    page = officer.send(which, "/give", late, code=422)
    assert page.has("Name the validation exercise", "must be today or later")
    assert officer.send(page, "/give", {"exercise": "Autumn", "due_on": ["1", "6", "2090"]}).has(
        "given to External One"
    )
    assert db.session.query(Moderation).one().exercise.name == "Autumn"  # type: ignore[union-attr]


def drawn(world: make.Authority, **values: str | list[str]) -> dict[str, str | list[str]]:
    """What an officer fills in for a draw."""
    people = [str(world.senior.id), str(world.other_senior.id)]
    usual: dict[str, str | list[str]] = {"seniors": people, "number": "4", "seed": "november"}
    return {**usual, **values}


def test_a_draw_is_looked_at_and_then_carried_out_as_it_was_seen(world: make.Authority, officer: Visitor) -> None:
    audits = [make.handed_in(world) for _ in range(9)]
    form = officer.get(address(world, "/draw"))
    assert dict(form.filled("/draw/preview"))["number"] == "2"  # a fifth of nine, rounded up
    assert len(dict(form.filled("/draw/preview"))["seed"]) == 16
    seen = officer.send(form, "/draw/preview", drawn(world))
    assert seen.has("4 of 9 audits that can be drawn", "44.4%", "november", "Senior One 2", "Senior Two 2")
    assert db.session.query(Draw).count() == 0
    again = officer.get(address(world, "/draw/preview?") + seen.links()["Change the draw"].split("?")[1])
    assert dict(again.filled("/moderation/draw"))["digest"] == dict(seen.filled("/moderation/draw"))["digest"]
    assert officer.send(seen, "/moderation/draw").has("4 audits drawn and given to 2 moderators.")
    given_to = {m.audit.case.reference: m.moderator.name for m in db.session.query(Moderation)}
    for reference, name in given_to.items():
        assert name in row_of(seen, reference)
    made = db.session.query(Draw).one()
    assert (made.seed, made.frame, made.size) == ("november", sorted(audit.id for audit in audits), 4)
    assert officer.get(address(world)).has("Random draws", "4 of 9", "november")


def test_a_draw_gives_nothing_to_whoever_is_away(world: make.Authority, officer: Visitor) -> None:
    for _ in range(4):
        make.handed_in(world)
    identity.record_away(world.senior, Away(today(), today()), by=world.officer.id)
    db.session.commit()
    alone = drawn(world, seniors=[str(world.senior.id)])
    refused = officer.send(officer.get(address(world, "/draw")), "/draw/preview", alone, code=422)
    assert refused.has("The person whom you chose is away")
    seen = officer.send(officer.get(address(world, "/draw")), "/draw/preview", drawn(world))
    assert seen.has("Senior One gets none: away", "Senior Two 4")
    officer.send(seen, "/moderation/draw")
    assert {one.moderator_id for one in db.session.query(Moderation)} == {world.other_senior.id}


def test_a_draw_that_would_turn_out_otherwise_by_now_is_shown_again(world: make.Authority, officer: Visitor) -> None:
    for _ in range(6):
        make.handed_in(world)
    seen = officer.send(officer.get(address(world, "/draw")), "/draw/preview", drawn(world))
    for _ in range(3):
        make.handed_in(world)
    now = officer.send(seen, "/moderation/draw", code=409)
    assert now.has("have changed since you looked", "4 of 9 audits")
    assert db.session.query(Moderation).count() == 0
    assert officer.send(now, "/moderation/draw").has("4 audits drawn")


def test_a_share_is_drawn_and_what_nobody_chosen_may_judge_is_left_out_with_why(
    world: make.Authority, officer: Visitor
) -> None:
    near = make.person("Near Senior", Role.SENIOR_MANAGER, world.root, team=world.teams[1])
    out = make.handed_in(world, team=world.teams[1])
    for _ in range(5):
        make.handed_in(world, team=world.teams[2])
    asked = drawn(world, seniors=[str(near.id)], size="percent", percent="50", number="")
    seen = officer.send(officer.get(address(world, "/draw")), "/draw/preview", asked)
    assert seen.has("3 of 5 audits that can be drawn", "60.0%", "Could not be drawn")
    assert "works in the case's own team" in row_of(seen, out.case.reference)


def test_a_blind_draw_leaves_out_what_the_moderator_has_opened(
    app: Flask, world: make.Authority, officer: Visitor
) -> None:
    opened = make.handed_in(world)
    make.handed_in(world)
    Visitor(app, world.senior).get(f"/audits/{opened.id}")
    asked = drawn(world, seniors=[str(world.senior.id)], blind="blind")
    seen = officer.send(officer.get(address(world, "/draw")), "/draw/preview", asked)
    assert seen.has("1 of 1 audit that can be drawn")
    assert "has opened this audit already" in row_of(seen, opened.case.reference)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"seniors": []}, "Choose who is to moderate"),
        ({"number": ""}, "Enter how many audits"),
        ({"number": "0"}, "Enter a number from 1 to 1,000"),
        ({"size": "percent", "percent": ""}, "Enter a percentage"),
        ({"size": "percent", "percent": "101"}, "Enter a percentage from 1 to 100"),
        ({"seed": ""}, "Give the seed of the draw"),
        ({"due_on": ["1", "6", "2020"]}, "must be today or later"),
        ({"due_on": ["31", "2", "2090"]}, "must be a real date"),
        ({"tier": "external"}, "Choose who is to moderate"),
        ({"seniors": ["99999"]}, "no longer on the list"),
    ],
)
def test_a_draw_that_cannot_be_made_says_what_to_mend(
    world: make.Authority, officer: Visitor, values: dict[str, str | list[str]], words: str
) -> None:
    make.handed_in(world)
    page = officer.send(officer.get(address(world, "/draw")), "/draw/preview", drawn(world, **values), code=422)
    assert page.has("There is a problem", words)


def test_an_external_draw_names_its_exercise(world: make.Authority, officer: Visitor) -> None:
    make.handed_in(world)
    form = officer.get(address(world, "/draw"))
    asked = drawn(world, tier="external", externals=[str(world.external.id)])
    assert officer.send(form, "/draw/preview", asked, code=422).has("Name the validation exercise")
    seen = officer.send(form, "/draw/preview", {**asked, "exercise": "Autumn"})
    officer.send(seen, "/moderation/draw")
    moderation = db.session.query(Moderation).one()
    assert (moderation.tier, moderation.exercise.name) == ("external", "Autumn")  # type: ignore[union-attr]


def test_a_moderation_is_taken_back_with_a_reason(app: Flask, world: make.Authority, officer: Visitor) -> None:
    audit = make.handed_in(world)
    key = given(audit, world.senior, world.officer).id
    senior = Visitor(app, world.senior)
    senior.get(f"/moderations/{key}")
    page = officer.get(address(world, f"/{key}/take-back"))
    assert page.heading == f"Take back case {audit.case.reference} from Senior One"
    assert officer.send(page, "/take-back", code=422).has("Say why it is taken back")
    assert officer.send(page, "/take-back", {"reason": "On leave."}).has("is taken back from Senior One")
    senior.get(f"/moderations/{key}", 404)
    officer.get(address(world, f"/{key}/take-back"), 404)


def test_a_finished_moderation_is_not_taken_back(world: make.Authority, officer: Visitor) -> None:
    moderation = given(make.handed_in(world), world.senior, world.officer)
    page = officer.get(address(world, f"/{moderation.id}/take-back"))
    finished(moderation)
    assert officer.send(page, "/take-back", {"reason": "On leave."}, code=422).has("It can be reopened")
