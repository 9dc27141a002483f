"""To whom actions go when children change worker or team."""

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.actions.following import Child, best_owner, goes_to, in_order

TEAM, NEW = "/1/2/3/", "/1/4/5/"


def who(number: int, role: Role, path: str) -> Actor:
    return Actor(number, f"Person {number}", path, (Grant(role, path),))


WORKER, OTHER_WORKER = who(1, Role.PRACTITIONER, TEAM), who(2, Role.PRACTITIONER, TEAM)
MANAGER, NEW_MANAGER = who(3, Role.TEAM_MANAGER, TEAM), who(4, Role.TEAM_MANAGER, NEW)
NEW_WORKER = who(5, Role.PRACTITIONER, NEW)
SENIOR, HEAD = who(6, Role.SENIOR_MANAGER, "/1/2/"), who(7, Role.HEAD_OF_SERVICE, "/1/")
OFFICER = who(8, Role.AUDIT_OFFICER, "/1/")
ALL = (OFFICER, HEAD, SENIOR, NEW_WORKER, NEW_MANAGER, MANAGER, OTHER_WORKER, WORKER)


def test_it_goes_from_the_old_worker_to_the_new_one() -> None:
    assert goes_to(WORKER.id, Child(TEAM, WORKER.id), Child(TEAM, OTHER_WORKER.id), ALL) == OTHER_WORKER.id


def test_it_goes_to_the_teams_manager_where_the_new_worker_has_no_account() -> None:
    assert goes_to(WORKER.id, Child(TEAM, WORKER.id), Child(TEAM), ALL) == MANAGER.id


def test_it_leaves_a_team_with_the_child_whoever_had_it() -> None:
    assert goes_to(WORKER.id, Child(TEAM, WORKER.id), Child(NEW, NEW_WORKER.id), ALL) == NEW_WORKER.id
    assert goes_to(MANAGER.id, Child(TEAM, WORKER.id), Child(NEW), ALL) == NEW_MANAGER.id


def test_it_stays_with_whoever_still_looks_after_the_child() -> None:
    assert goes_to(MANAGER.id, Child(TEAM, WORKER.id), Child(TEAM, OTHER_WORKER.id), ALL) is None
    assert goes_to(HEAD.id, Child(TEAM), Child(NEW), ALL) is None


def test_it_goes_up_the_line_where_a_team_has_nobody_and_stays_where_there_is_no_one() -> None:
    assert goes_to(WORKER.id, Child(TEAM, WORKER.id), Child(NEW), (HEAD, OFFICER, WORKER)) == HEAD.id
    assert goes_to(WORKER.id, Child(TEAM, WORKER.id), Child(NEW), (OFFICER, WORKER)) is None


def test_the_nearest_leader_is_chosen_and_never_whoever_is_left_out() -> None:
    assert best_owner(Child(TEAM), ALL) == MANAGER.id
    assert best_owner(Child(TEAM), ALL, without={MANAGER.id}) == SENIOR.id
    assert best_owner(Child(TEAM), [OFFICER, WORKER]) is None


def test_people_are_offered_with_the_worker_first_and_the_team_before_its_leaders() -> None:
    found = [one.id for one in in_order(Child(TEAM, OTHER_WORKER.id), ALL)]
    assert found == [OTHER_WORKER.id, MANAGER.id, WORKER.id, SENIOR.id, HEAD.id]
