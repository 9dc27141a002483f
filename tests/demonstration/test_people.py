"""Tests of who works at Northmere."""

from collections import Counter

from audit_app.access.table import Role
from audit_app.cases.given_names import COMMON
from audit_app.demonstration.people import PEOPLE, TEAMS, workers_of


def test_forty_two_people_hold_every_role_in_two_services_of_eight_teams() -> None:
    assert len(PEOPLE) == 42
    assert {one.role for one in PEOPLE} == set(Role)
    assert len(TEAMS) == 8
    assert len({team.service for team in TEAMS}) == 2


def test_nobody_has_a_name_that_somebody_real_could_have() -> None:
    last = [one.name.split()[-1] for one in PEOPLE]
    assert len(set(last)) == 42
    assert {name.lower() for name in last} & {name.lower() for name in COMMON} == set()
    assert all(one.name != one.name.split()[-1] for one in PEOPLE)


def test_every_team_has_two_managers_and_one_practitioner_who_is_also_on_the_case_list() -> None:
    roles = Counter((one.team, one.role) for one in PEOPLE if one.team)
    for place, team in enumerate(TEAMS):
        assert roles[team.name, Role.TEAM_MANAGER] == 2
        assert roles[team.name, Role.PRACTITIONER] == 1
        assert workers_of(place)[0] in {one.name for one in PEOPLE if one.team == team.name}
