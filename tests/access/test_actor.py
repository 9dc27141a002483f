"""What an actor may do, where, and until when."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Permission, Role

TODAY = dt.date(2026, 11, 22)


def actor(*grants: Grant) -> Actor:
    return Actor(1, "Somebody", None, grants)


def test_a_grant_holds_on_its_last_day_and_not_after() -> None:
    grant = Grant(Role.EXTERNAL_AUDITOR, "/1/", until=TODAY)
    assert grant.runs(TODAY)
    assert not grant.runs(TODAY + dt.timedelta(days=1))


def test_reach_is_the_subtree_and_nothing_beside_it() -> None:
    head = actor(Grant(Role.HEAD_OF_SERVICE, "/1/4/"))
    assert head.reaches(Permission.READ_AUDITS, "/1/4/9/")
    assert not head.reaches(Permission.READ_AUDITS, "/1/40/")
    assert not head.reaches(Permission.READ_AUDITS, "/1/")


def test_a_permission_reaches_only_where_the_role_that_carries_it_was_given() -> None:
    both = actor(Grant(Role.BOARD_MEMBER, "/1/"), Grant(Role.TEAM_MANAGER, "/1/4/9/"))
    assert both.reaches(Permission.SEE_FIGURES, "/1/5/")
    assert not both.reaches(Permission.READ_AUDITS, "/1/5/")


paths = st.lists(st.integers(1, 4), min_size=1, max_size=4).map(lambda ids: "/" + "/".join(map(str, ids)) + "/")


@given(st.lists(paths, max_size=6), paths)
def test_leaving_out_roots_inside_others_changes_no_reach(roots: list[str], unit: str) -> None:
    who = actor(*(Grant(Role.HEAD_OF_SERVICE, root) for root in roots))
    kept = who.paths(Permission.READ_AUDITS)
    assert who.reaches(Permission.READ_AUDITS, unit) == any(unit.startswith(root) for root in roots)
    assert not any(a != b and a.startswith(b) for a in kept for b in kept)
