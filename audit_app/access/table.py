"""The permission table, on one page: what each role may do within the units it is granted for."""

from enum import StrEnum


class Permission(StrEnum):
    """One kind of thing that a person may be allowed to do."""

    AUDIT = "audit"  # carry out audits allocated to oneself
    MODERATE = "moderate"  # give the second opinion, on audits allocated to oneself
    VALIDATE = "validate"  # give the external opinion, on audits allocated to oneself
    CONTRIBUTE = "contribute"  # write one's agency's part of audits that one was asked to contribute to
    READ_AUDITS = "read_audits"  # open handed-in audits of one's units
    SEE_PROGRESS = "see_progress"  # stages and due dates of everybody's work in one's units
    RUN_ROUNDS = "run_rounds"  # programmes, rounds, case lists, samples, allocation
    MANAGE_TOOLS = "manage_tools"  # frameworks and audit tools
    SEE_RISKS = "see_risks"  # children who may be at risk now, drafts included
    VOID_AUDITS = "void_audits"  # take a handed-in audit out of the figures
    SEE_ESCALATIONS = "see_escalations"  # audits graded so low that a head of service signs them off
    SIGN_OFF = "sign_off"  # sign such audits off
    REOPEN = "reopen"  # reopen a finished moderation
    RELEASE = "release"  # show the outcome of an audit to the case's practitioner and team manager
    READ_OUTCOMES = "read_outcomes"  # read outcomes that are released to oneself, and reply
    CALIBRATE = "calibrate"  # grade the vignettes of calibrations that one was asked to take part in
    SEE_CALIBRATIONS = "see_calibrations"  # how calibrations of one's units came out, never by name
    DO_ACTIONS = "do_actions"  # own actions for children of one's units, and say when they are done
    SEE_ACTIONS = "see_actions"  # everybody's actions for the children of one's units
    VERIFY_ACTIONS = "verify_actions"  # answer for actions of one's units that others say are done
    SEE_FIGURES = "see_figures"  # figures of one's units
    SEE_LEARNING = "see_learning"  # what moderators changed and why: in one's units, and of each auditor of one's line
    EXPORT_PAIRS = "export_pairs"  # download pairs of judgements
    READ_REPORTS = "read_reports"  # monthly moderation reports
    TAKE_PACKS = "take_packs"  # many papers as one file, and the evidence of audits of one's units for inspectors
    SEE_PLANS = "see_plans"  # improvement plans of one's units
    EDIT_PLANS = "edit_plans"  # write them, take readings, keep their boards
    SEE_EVALUATIONS = "see_evaluations"  # self-evaluations of one's units while they are written
    WRITE_EVALUATIONS = "write_evaluations"  # write them, cite evidence, publish them to boards
    MANAGE_PEOPLE = "manage_people"  # accounts, roles, leavers
    MANAGE_UNITS = "manage_units"  # the tree of units
    EDIT_WORDING = "edit_wording"  # the words of letters and of what stands in papers
    CHECK_HISTORY = "check_history"  # verify the record (never its contents)


class Role(StrEnum):
    """What a person is in a unit and all below it."""

    TEAM_MANAGER = "team_manager"
    SENIOR_MANAGER = "senior_manager"
    HEAD_OF_SERVICE = "head_of_service"
    EXTERNAL_AUDITOR = "external_auditor"
    CONTRIBUTOR = "contributor"
    AUDIT_OFFICER = "audit_officer"
    PRACTITIONER = "practitioner"
    BOARD_MEMBER = "board_member"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """The role as people say it."""
        return self.value.replace("_", " ").capitalize()


P = Permission
TABLE: dict[Role, frozenset[Permission]] = {
    Role.TEAM_MANAGER: frozenset(
        {P.AUDIT, P.CALIBRATE, P.CONTRIBUTE, P.READ_AUDITS, P.SEE_FIGURES, P.SEE_PLANS}
        | {P.DO_ACTIONS, P.SEE_ACTIONS, P.VERIFY_ACTIONS, P.READ_OUTCOMES}
    ),
    Role.SENIOR_MANAGER: frozenset(
        {
            P.AUDIT,
            P.CALIBRATE,
            P.MODERATE,
            P.CONTRIBUTE,
            P.READ_AUDITS,
            P.SEE_FIGURES,
            P.SEE_LEARNING,
            P.READ_REPORTS,
            P.SEE_PLANS,
            P.SEE_EVALUATIONS,
        }
        | {P.DO_ACTIONS, P.SEE_ACTIONS}
    ),
    Role.HEAD_OF_SERVICE: frozenset(
        {
            P.AUDIT,
            P.SEE_CALIBRATIONS,
            P.CALIBRATE,
            P.MODERATE,
            P.CONTRIBUTE,
            P.READ_AUDITS,
            P.SEE_PROGRESS,
            P.SEE_RISKS,
            P.VOID_AUDITS,
            P.SEE_ESCALATIONS,
            P.SIGN_OFF,
            P.RELEASE,
            P.REOPEN,
            P.DO_ACTIONS,
            P.SEE_ACTIONS,
            P.VERIFY_ACTIONS,
            P.SEE_FIGURES,
            P.SEE_LEARNING,
            P.EXPORT_PAIRS,
            P.READ_REPORTS,
            P.TAKE_PACKS,
            P.SEE_PLANS,
            P.EDIT_PLANS,
            P.SEE_EVALUATIONS,
            P.WRITE_EVALUATIONS,
            P.CHECK_HISTORY,
        }
    ),
    Role.EXTERNAL_AUDITOR: frozenset({P.VALIDATE, P.CALIBRATE}),
    Role.CONTRIBUTOR: frozenset({P.CONTRIBUTE}),
    Role.AUDIT_OFFICER: frozenset(
        {
            P.READ_AUDITS,
            P.SEE_CALIBRATIONS,
            P.SEE_PROGRESS,
            P.RUN_ROUNDS,
            P.EDIT_WORDING,
            P.RELEASE,
            P.MANAGE_TOOLS,
            P.SEE_RISKS,
            P.SEE_ESCALATIONS,
            P.SEE_ACTIONS,
            P.SEE_FIGURES,
            P.SEE_LEARNING,
            P.EXPORT_PAIRS,
            P.READ_REPORTS,
            P.TAKE_PACKS,
            P.SEE_PLANS,
            P.EDIT_PLANS,
            P.SEE_EVALUATIONS,
            P.WRITE_EVALUATIONS,
            P.CHECK_HISTORY,
        }
    ),
    Role.PRACTITIONER: frozenset({P.CONTRIBUTE, P.DO_ACTIONS, P.READ_OUTCOMES}),
    Role.BOARD_MEMBER: frozenset({P.SEE_FIGURES, P.READ_REPORTS, P.SEE_PLANS}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_PEOPLE, P.MANAGE_UNITS, P.CHECK_HISTORY}),
}
CASE_CONTENT = frozenset(
    {P.AUDIT, P.MODERATE, P.VALIDATE, P.CONTRIBUTE, P.READ_AUDITS, P.SEE_RISKS, P.SEE_ESCALATIONS, P.SIGN_OFF}
    | {P.EXPORT_PAIRS, P.TAKE_PACKS, P.DO_ACTIONS, P.SEE_ACTIONS, P.VERIFY_ACTIONS, P.RELEASE, P.READ_OUTCOMES}
)
# People from outside the council: what they are given always has a last day.
FROM_OUTSIDE = frozenset({Role.EXTERNAL_AUDITOR, Role.CONTRIBUTOR})


def may(role: Role, permission: Permission) -> bool:
    """Whether a role carries a permission."""
    return permission in TABLE[role]


def as_markdown() -> str:
    """The table as the page in docs/ prints it."""
    head = "| permission | " + " | ".join(role.words for role in Role) + " |"
    rule = "|---|" + "---|" * len(Role)
    rows = [f"| {p.value} | " + " | ".join("yes" if may(r, p) else "" for r in Role) + " |" for p in Permission]
    return "\n".join([head, rule, *rows]) + "\n"
