"""The permission table keeps the promises that the roles make."""

from audit_app.access.table import CASE_CONTENT, TABLE, Permission, Role, may


def test_every_role_stands_in_the_table() -> None:
    assert set(TABLE) == set(Role)


def test_an_administrator_sees_no_case_content() -> None:
    assert not TABLE[Role.ADMINISTRATOR] & CASE_CONTENT


def test_a_board_member_sees_figures_plans_and_papers_and_no_case() -> None:
    assert TABLE[Role.BOARD_MEMBER] == {Permission.SEE_FIGURES, Permission.READ_REPORTS, Permission.SEE_PLANS}


def test_an_external_auditor_judges_only_what_is_given_to_them() -> None:
    assert TABLE[Role.EXTERNAL_AUDITOR] == {Permission.VALIDATE, Permission.CALIBRATE}


def test_a_contributor_may_do_nothing_but_contribute() -> None:
    assert TABLE[Role.CONTRIBUTOR] == {Permission.CONTRIBUTE}


def test_only_a_head_of_service_makes_an_audit_void_or_reopens() -> None:
    for permission in (Permission.VOID_AUDITS, Permission.REOPEN):
        assert [role for role in Role if may(role, permission)] == [Role.HEAD_OF_SERVICE]
