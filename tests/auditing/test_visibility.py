"""What a person may see of an audit: the one rule."""

import pytest

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.auditing.visibility import Facts, Holding, Sight, sight_of
from audit_app.auditing.workflow import BEFORE_HAND_IN, Stage

HERE, SERVICE, TEAM, ELSEWHERE = "/1/", "/1/2/", "/1/2/3/", "/1/9/"
AUDITOR, MODERATOR, SOMEBODY = 10, 20, 30
HANDED_IN = sorted(set(Stage) - BEFORE_HAND_IN)


def facts(stage: Stage = Stage.SUBMITTED, *holdings: Holding) -> Facts:
    """An audit of a case of the team."""
    return Facts(AUDITOR, TEAM, stage, holdings)


def actor(*roles: Role, key: int = SOMEBODY, path: str = HERE) -> Actor:
    """Somebody with roles at a path."""
    return Actor(key, "Somebody", None, tuple(Grant(role, path) for role in roles))


@pytest.mark.parametrize("stage", Stage)
def test_the_auditor_sees_their_own_audit_whole(stage: Stage) -> None:
    assert sight_of(facts(stage), actor(Role.TEAM_MANAGER, key=AUDITOR, path=ELSEWHERE)) is Sight.FULL


def test_an_auditor_whose_role_has_ended_sees_nothing() -> None:
    assert sight_of(facts(), actor(key=AUDITOR)) is Sight.NONE


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.HEAD_OF_SERVICE, Role.AUDIT_OFFICER])
@pytest.mark.parametrize("path", [HERE, SERVICE, TEAM])
@pytest.mark.parametrize("stage", HANDED_IN)
def test_what_was_handed_in_is_read_by_those_above_the_case(stage: Stage, path: str, role: Role) -> None:
    assert sight_of(facts(stage), actor(role, path=path)) is Sight.FULL


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stage", Stage)
def test_nobody_of_elsewhere_sees_an_audit(stage: Stage, role: Role) -> None:
    assert sight_of(facts(stage), actor(role, path=ELSEWHERE)) is Sight.NONE


@pytest.mark.parametrize("stage", sorted(BEFORE_HAND_IN))
def test_drafts_are_the_auditors_alone(stage: Stage) -> None:
    assert sight_of(facts(stage), actor(Role.TEAM_MANAGER, path=TEAM)) is Sight.NONE
    assert sight_of(facts(stage), actor(Role.SENIOR_MANAGER)) is Sight.NONE
    assert sight_of(facts(stage), actor(Role.AUDIT_OFFICER)) is Sight.PROGRESS
    assert sight_of(facts(stage), actor(Role.HEAD_OF_SERVICE)) is Sight.PROGRESS


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.ADMINISTRATOR, Role.PRACTITIONER, Role.EXTERNAL_AUDITOR])
@pytest.mark.parametrize("stage", Stage)
def test_board_administrator_and_whoever_was_given_nothing_see_no_audit(stage: Stage, role: Role) -> None:
    assert sight_of(facts(stage), actor(role)) is Sight.NONE


@pytest.mark.parametrize(("tier", "role"), [("senior", Role.SENIOR_MANAGER), ("external", Role.EXTERNAL_AUDITOR)])
def test_whoever_was_given_an_audit_sees_it_wherever_their_role_is_held(tier: str, role: Role) -> None:
    holding = Holding(MODERATOR, tier, hidden=False)
    assert sight_of(facts(Stage.WITH_SENIOR, holding), actor(role, key=MODERATOR, path=ELSEWHERE)) is Sight.FULL
    assert sight_of(facts(Stage.WITH_SENIOR, holding), actor(role, key=SOMEBODY, path=ELSEWHERE)) is Sight.NONE


def test_a_moderator_whose_role_has_ended_sees_nothing() -> None:
    holding = Holding(MODERATOR, "external", hidden=False)
    assert sight_of(facts(Stage.WITH_EXTERNAL, holding), actor(key=MODERATOR)) is Sight.NONE
    assert sight_of(facts(Stage.WITH_EXTERNAL, holding), actor(Role.BOARD_MEMBER, key=MODERATOR)) is Sight.NONE


@pytest.mark.parametrize("others", [(), (Role.HEAD_OF_SERVICE,), (Role.AUDIT_OFFICER,), (Role.TEAM_MANAGER,)])
@pytest.mark.parametrize(("tier", "role"), [("senior", Role.SENIOR_MANAGER), ("external", Role.EXTERNAL_AUDITOR)])
def test_judging_blind_outranks_every_other_right(tier: str, role: Role, others: tuple[Role, ...]) -> None:
    holding = Holding(MODERATOR, tier, hidden=True)
    about = facts(Stage.WITH_SENIOR if tier == "senior" else Stage.WITH_EXTERNAL, holding)
    assert sight_of(about, actor(role, *others, key=MODERATOR)) is Sight.BLIND


def test_another_open_holding_does_not_lift_the_blindness() -> None:
    both = (Holding(MODERATOR, "senior", hidden=False), Holding(MODERATOR, "external", hidden=True))
    who = actor(Role.SENIOR_MANAGER, Role.EXTERNAL_AUDITOR, key=MODERATOR)
    assert sight_of(facts(Stage.WITH_EXTERNAL, *both), who) is Sight.BLIND


def test_somebody_elses_blindness_hides_nothing_from_others() -> None:
    holding = Holding(MODERATOR, "senior", hidden=True)
    assert sight_of(facts(Stage.WITH_SENIOR, holding), actor(Role.AUDIT_OFFICER)) is Sight.FULL


def test_sights_are_ordered_from_nothing_to_all() -> None:
    assert Sight.NONE < Sight.PROGRESS < Sight.BLIND < Sight.FULL
