"""Who may come to which page, and to whose things: written apart from the application, so that the two are compared.

Every endpoint stands here. A page of a thing also names the thing; OWNERS says who reaches the one of their own
authority. Everybody else with the role gets 404, whoever lacks the role gets 403.
"""

from dataclasses import dataclass

from tests.sweep import improving
from tests.sweep.people import (
    ADMIN,
    AUDITORS,
    BOARD,
    CASE_READERS,
    CONTRIBUTES,
    EVERYBODY,
    EXTERNAL,
    FIGURES,
    HEAD,
    JUDGES,
    MANAGERS,
    NAMERS,
    OFFICER,
    OWN_ACTIONS,
    PRACTITIONER,
    READERS,
    SENIORS,
)


@dataclass(frozen=True, slots=True)
class Door:
    """Who has the role for a page, and which thing it is about (by its name in the furnished world)."""

    who: frozenset[str] | None  # None: anybody at all, signed in or not
    thing: str = ""


PUBLIC, SIGNED_IN = Door(None), Door(EVERYBODY)
RUNS, ADMINISTERS = Door(frozenset({OFFICER})), Door(frozenset({ADMIN}))
MANAGES_PEOPLE = MANAGES_UNITS = ADMINISTERS


def door(who: frozenset[str] | str, thing: str = "") -> Door:
    """A door for some people."""
    return Door(frozenset({who}) if isinstance(who, str) else who, thing)


POLICY: dict[str, Door] = {
    "health.healthcheck": PUBLIC,
    "pages.accessibility": PUBLIC,
    "pages.privacy": PUBLIC,
    "pages.cookies": PUBLIC,
    "pages.help_page": PUBLIC,
    "home.index": SIGNED_IN,
    # escalation
    "escalation.index": door(NAMERS),
    "escalation.show": door(NAMERS, "escalation"),
    **dict.fromkeys(
        ("escalation.signing", "escalation.sign_off", "escalation.closing", "escalation.close"),
        door(HEAD, "escalation"),
    ),
    **dict.fromkeys(("escalation.naming", "escalation.name"), door(OFFICER, "escalation")),
    "escalation.reaudits": RUNS,
    **dict.fromkeys(("escalation.moving", "escalation.move"), door(OFFICER, "re_audit")),
    # identity
    "identity.sign_in": PUBLIC,
    "identity.sign_in_submit": PUBLIC,
    "identity.forgotten": PUBLIC,
    "identity.link": Door(None, "link"),
    "identity.link_submit": Door(None, "link"),
    "identity.sign_out": SIGNED_IN,
    **dict.fromkeys(("identity.people_index", "identity.people_new", "identity.people_create"), MANAGES_PEOPLE),
    **dict.fromkeys(
        (
            "identity.people_show",
            "identity.people_edit",
            "identity.people_update",
            "identity.people_grant",
            "identity.people_link",
            "identity.people_leaving",
            "identity.people_end",
        ),
        door(ADMIN, "person"),
    ),
    "identity.people_restore": door(ADMIN, "ended_person"),
    "identity.people_end_grant": door(ADMIN, "grant"),
    **dict.fromkeys(("identity.absence", "identity.absence_add"), door(AUDITORS | {EXTERNAL})),
    "identity.absence_take_back": door(AUDITORS | {EXTERNAL}, "own_absence"),
    # organisation
    **dict.fromkeys(("organisation.index", "organisation.new", "organisation.create"), MANAGES_UNITS),
    **dict.fromkeys(("organisation.edit", "organisation.update", "organisation.close"), door(ADMIN, "unit")),
    **dict.fromkeys(("organisation.look", "organisation.change_look", "organisation.use_look"), door(ADMIN, "unit")),
    **dict.fromkeys(("organisation.logo", "organisation.colours"), door(EVERYBODY, "look")),
    "reporting.sample_page": door(ADMIN, "unit"),
    "reporting.sample_file": door(ADMIN, "look_sample"),
    # history
    **dict.fromkeys(("history.index", "history.check"), door(frozenset({HEAD, OFFICER, ADMIN}))),
    # frameworks: tools belong to everybody who works with them, whatever their authority
    **dict.fromkeys(
        ("frameworks.index", "frameworks.new", "frameworks.create", "frameworks.keep", "frameworks.load_shipped"),
        RUNS,
    ),
    "frameworks.show": door(AUDITORS | {EXTERNAL, OFFICER}, "tool"),
    "frameworks.framework": door(AUDITORS | {EXTERNAL, OFFICER}, "framework"),
    **dict.fromkeys(("frameworks.retire", "frameworks.offer_again"), door(OFFICER, "tool")),
    # cases
    **dict.fromkeys(("cases.index", "cases.new", "cases.create"), RUNS),
    **dict.fromkeys(("cases.show", "cases.teams", "cases.name_teams", "cases.columns"), door(OFFICER, "list")),
    "cases.problems": door(OFFICER, "list_problems"),
    **dict.fromkeys(
        ("cases.waiting", "cases.waiting_csv", "cases.meaning", "cases.confirm", "cases.cancel"),
        door(OFFICER, "waiting"),
    ),
    "cases.waiting_problems": door(OFFICER, "waiting_problems"),
    "cases.waiting_difference": door(OFFICER, "waiting_difference"),
    **dict.fromkeys(("cases.sheet", "cases.read"), door(OFFICER, "waiting_sheet")),
    # past
    **dict.fromkeys(("past.index", "past.new", "past.create"), RUNS),
    **dict.fromkeys(("past.show", "past.taking_back", "past.take_back"), door(OFFICER, "past_import")),
    **dict.fromkeys(
        ("past.waiting", "past.meaning", "past.words", "past.explain", "past.problems", "past.confirm", "past.cancel"),
        door(OFFICER, "past_waiting"),
    ),
    **dict.fromkeys(("past.sheet", "past.read"), door(OFFICER, "past_sheet")),
    # programmes
    **dict.fromkeys(("programmes.index", "programmes.calendar", "programmes.new", "programmes.create"), RUNS),
    **dict.fromkeys(
        (
            "programmes.show",
            "programmes.edit",
            "programmes.update",
            "programmes.open_round",
            "programmes.start_round",
            "programmes.ending",
            "programmes.end",
            "programmes.policies",
            "programmes.edit_policies",
            "programmes.change_policies",
            "programmes.open_planned",
            "programmes.skipping",
            "programmes.skip",
            "programmes.plan_again",
            "programmes.exemptions",
            "programmes.exempting",
            "programmes.exempt",
            "moderation.programme",
            "moderation.complete",
        ),
        door(OFFICER, "programme"),
    ),
    **dict.fromkeys(("programmes.ending_exemption", "programmes.end_exemption"), door(OFFICER, "exemption")),
    # sampling
    **dict.fromkeys(("sampling.sample", "sampling.left_out", "reporting.sample_pdf"), door(OFFICER, "sample")),
    **dict.fromkeys(("sampling.case", "sampling.replace", "sampling.replacing"), door(OFFICER, "sampled_case")),
    **dict.fromkeys(("sampling.allocate_case", "sampling.allocate_case_give"), door(OFFICER, "round_case")),
    **dict.fromkeys(("sampling.reallocate", "sampling.reallocating", "sampling.leave"), door(OFFICER, "round_audit")),
    **dict.fromkeys(("sampling.handing_back", "sampling.hand_back"), door(AUDITORS, "own_fresh")),
    "sampling.auditors": RUNS,
    **dict.fromkeys(
        (
            "sampling.auditor",
            "sampling.absence_add",
            "sampling.capacity_set",
            "sampling.worker_name_add",
            "sampling.connection_add",
            "sampling.reallocating_many",
            "sampling.reallocate_many_look",
            "sampling.reallocate_many_adjust",
            "sampling.reallocate_many_issue",
        ),
        door(OFFICER, "colleague"),
    ),
    "sampling.absence_take_back": door(OFFICER, "colleague_absence"),
    "sampling.worker_name_remove": door(OFFICER, "colleague_name"),
    "sampling.connection_remove": door(OFFICER, "colleague_case"),
    # auditing
    "auditing.index": door(CASE_READERS),
    **dict.fromkeys(("auditing.show", "auditing.earlier"), door(CASE_READERS, "handed_in")),
    **dict.fromkeys(
        ("auditing.edit", "auditing.check", "auditing.hand_in"),
        door(AUDITORS, "draft"),
    ),
    **dict.fromkeys(("auditing.section", "auditing.section_save"), door(AUDITORS, "draft_section")),
    **dict.fromkeys(("auditing.contributions", "auditing.contribution_ask"), door(AUDITORS | {OFFICER}, "asking")),
    **dict.fromkeys(
        ("auditing.contribution_withdrawing", "auditing.contribution_withdraw", "auditing.contribution_share"),
        door(AUDITORS | {OFFICER}, "asked"),
    ),
    **dict.fromkeys(
        ("auditing.contribution", "auditing.contribution_finish", "auditing.contribution_reopen"),
        door(CONTRIBUTES, "contribution"),
    ),
    **dict.fromkeys(
        ("auditing.contribution_section", "auditing.contribution_save"), door(CONTRIBUTES, "contribution_section")
    ),
    **dict.fromkeys(("auditing.reply", "auditing.reply_send"), door(AUDITORS, "done_audit")),
    **dict.fromkeys(("auditing.risk", "auditing.risk_raise"), door(AUDITORS | {EXTERNAL}, "draft")),
    **dict.fromkeys(("auditing.risk_told", "auditing.risk_tell"), door(AUDITORS | {EXTERNAL}, "draft_alert")),
    "auditing.risks": door(frozenset({HEAD, OFFICER})),
    **dict.fromkeys(("auditing.risk_outcome", "auditing.risk_close"), door(frozenset({HEAD, OFFICER}), "alert")),
    **dict.fromkeys(("auditing.withdrawing", "auditing.withdraw"), door(OFFICER, "fresh")),
    **dict.fromkeys(("auditing.voiding", "auditing.void"), door(HEAD, "handed_in")),
    # moderation
    **{
        f"moderation.{name}": door(JUDGES, "open")
        for name in ("show", "check", "finish", "quality", "rate", "agree_with_rest", "send_back", "sending_back")
    },
    **dict.fromkeys(("moderation.section", "moderation.decide"), door(JUDGES, "open_section")),
    **dict.fromkeys(("moderation.adding", "moderation.add"), door(EXTERNAL, "external_open")),
    **{f"moderation.{name}": door(EXTERNAL, "external_added") for name in ("added", "write_added", "remove_added")},
    "moderation.commit": door(JUDGES, "blind"),
    "moderation.grade": door(JUDGES, "blind_section"),
    "moderation.outcome": door(CASE_READERS, "done_outcome"),
    **dict.fromkeys(("moderation.reopen", "moderation.reopening"), door(HEAD, "done_tier")),
    **dict.fromkeys(("moderation.taking_back", "moderation.take_back"), door(OFFICER, "round_moderation")),
    # challenges: whoever may read the audit reads them; what they may do there is a rule's matter
    "moderation.challenges": door(frozenset({OFFICER, HEAD})),
    "moderation.challenge_show": door(CASE_READERS, "challenge"),
    **dict.fromkeys(("moderation.challenging", "moderation.challenge"), door(AUDITORS, "done_challengeable")),
    **dict.fromkeys(("moderation.challenge_withdrawing", "moderation.challenge_withdraw"), door(AUDITORS, "challenge")),
    **dict.fromkeys(("moderation.challenge_naming", "moderation.challenge_name"), door(NAMERS, "named_challenge")),
    **dict.fromkeys(("moderation.challenge_allowing", "moderation.challenge_allow"), door(HEAD, "done_outcome")),
    **dict.fromkeys(
        (
            "moderation.challenge_check",
            "moderation.challenge_resolve",
            "moderation.challenge_declining",
            "moderation.challenge_decline",
        ),
        door(READERS, "challenge"),
    ),
    **dict.fromkeys(("moderation.challenge_section", "moderation.challenge_rule"), door(READERS, "challenged_section")),
    # actions for children: the worker owns one; the other manager manages the team, the manager audited
    "actions.yours": door(OWN_ACTIONS),
    "actions.index": door(READERS),
    "actions.show": door(OWN_ACTIONS | {EXTERNAL, OFFICER}, "action"),
    **dict.fromkeys(("actions.new", "actions.create"), door(AUDITORS | {EXTERNAL}, "acting")),
    **dict.fromkeys(("actions.edit", "actions.update"), door(AUDITORS | {EXTERNAL}, "action")),
    **dict.fromkeys(("actions.withdrawing", "actions.withdraw"), door(AUDITORS | {EXTERNAL}, "action")),
    **dict.fromkeys(
        ("actions.finishing", "actions.finish", "actions.asking", "actions.ask"), door(OWN_ACTIONS, "action")
    ),
    **dict.fromkeys(
        ("actions.checking", "actions.check", "actions.timing", "actions.answer_time"), door(AUDITORS, "action")
    ),
    **dict.fromkeys(("actions.changing_hands", "actions.change_of_hands"), door(MANAGERS | {HEAD, OFFICER}, "action")),
    **dict.fromkeys(("actions.moving", "actions.move"), door(AUDITORS | {EXTERNAL, OFFICER}, "action")),
    **dict.fromkeys(
        ("reporting.supervision", "reporting.supervision_pdf"), door(OWN_ACTIONS | {OFFICER}, "supervision")
    ),
    # notices
    **dict.fromkeys(("notices.index", "notices.read_all", "notices.settings", "notices.settings_save"), SIGNED_IN),
    "handover.held": door(frozenset({OFFICER, ADMIN}), "holder"),
    "handover.ask": door(ADMIN, "person"),
    **dict.fromkeys(("handover.passing_on", "handover.pass_on"), door(OFFICER, "colleague")),
    **dict.fromkeys(("handover.actions_pass_on", "handover.leads_pass_on"), door(OFFICER, "holder")),
    "notices.read": door(EVERYBODY, "notice"),
    **dict.fromkeys(("notices.calendar", "notices.calendar_make", "notices.calendar_end"), SIGNED_IN),
    "notices.feed": Door(None, "feed"),
    **dict.fromkeys(("notices.chasing", "notices.chase"), door(OFFICER, "round")),
    # calibration
    "calibration.index": door(AUDITORS | {EXTERNAL, OFFICER}),
    **dict.fromkeys(("calibration.new", "calibration.create"), RUNS),
    **dict.fromkeys(
        (
            "calibration.show",
            "calibration.edit",
            "calibration.update",
            "calibration.vignette_new",
            "calibration.vignette_create",
            "calibration.raters",
            "calibration.raters_choose",
            "calibration.starting",
            "calibration.start",
            "calibration.closing",
            "calibration.close",
        ),
        door(OFFICER, "calibration"),
    ),
    **dict.fromkeys(
        (
            "calibration.words",
            "calibration.words_save",
            "calibration.reference",
            "calibration.reference_set",
            "calibration.removing",
            "calibration.remove",
        ),
        door(OFFICER, "vignette"),
    ),
    "calibration.yours": door(AUDITORS | {EXTERNAL}, "calibration_given"),
    **dict.fromkeys(("calibration.check", "calibration.commit"), door(AUDITORS | {EXTERNAL}, "vignette_given")),
    **dict.fromkeys(("calibration.section", "calibration.grade"), door(AUDITORS | {EXTERNAL}, "vignette_section")),
    "calibration.results": door(AUDITORS | {EXTERNAL, OFFICER}, "calibration_closed"),
    # outcomes and themes
    "feedback.index": door(MANAGERS | {PRACTITIONER, OFFICER, HEAD}),
    "feedback.show": door(AUDITORS | {PRACTITIONER, OFFICER}, "release"),
    "feedback.reply": door(MANAGERS | {PRACTITIONER}, "release"),
    **dict.fromkeys(("feedback.retracting", "feedback.retract"), door(NAMERS, "release")),
    **dict.fromkeys(("feedback.releasing", "feedback.release"), door(NAMERS, "handed_in")),
    **dict.fromkeys(("feedback.round", "feedback.release_round"), door(NAMERS, "round_outcomes")),
    **dict.fromkeys(("feedback.coding", "feedback.code"), door(READERS, "handed_in")),
    "feedback.gathered": door(READERS),
    "feedback.behind": door(READERS, "theme"),
    # improvement: see improving.py
    **{endpoint: door(who, thing) for who, pages in improving.PAGES for endpoint, thing in pages.items()},
    **dict.fromkeys(("improvement.action", "improvement.action_tell"), door(EVERYBODY, "plan_action")),
    # learning: what moderators said is for the auditor, their line and quality assurance, not for peers
    **dict.fromkeys(("learning.index", "learning.auditors"), door(SENIORS | {HEAD, OFFICER})),
    "learning.behind": door(SENIORS | {HEAD, OFFICER}, "learning"),
    "learning.yours": door(AUDITORS),
    "learning.auditor": door(SENIORS | {HEAD, OFFICER}, "auditor_lessons"),
    "learning.briefings": door(FIGURES),
    **dict.fromkeys(
        ("learning.briefing", "reporting.briefing_pdf", "reporting.briefing_docx"), door(FIGURES, "published_briefing")
    ),
    **dict.fromkeys(("learning.new", "learning.create"), RUNS),
    **dict.fromkeys(
        ("learning.edit", "learning.update", "learning.publishing", "learning.publish"), door(OFFICER, "briefing")
    ),
    **dict.fromkeys(("learning.withdrawing", "learning.withdraw"), door(OFFICER, "published_briefing")),
    # measures and papers
    **dict.fromkeys(("measures.index", "measures.definitions"), door(FIGURES)),
    # Working figures are for those who may open cases; a board reads what is published.
    **dict.fromkeys(
        ("measures.months", "measures.teams", "measures.sections", "measures.compare"),
        door(READERS),
    ),
    "measures.mine": door(AUDITORS),
    **dict.fromkeys(("measures.behind", "reporting.picture_svg", "reporting.picture_csv"), door(READERS, "figure")),
    "reporting.figures_pdf": door(READERS),
    **{f"reporting.{of}_{form}": door(READERS) for of in ("figures", "compared") for form in ("xlsx", "ods", "zip")},
    **{f"reporting.own_{form}": door(AUDITORS) for form in ("xlsx", "ods", "zip")},
    **dict.fromkeys(("reporting.earlier", "reporting.earlier_pdf"), door(READERS)),
    "reporting.index": door(SENIORS | {HEAD, OFFICER, BOARD}),
    **dict.fromkeys(
        (
            "reporting.audit_pdf",
            "reporting.audit_docx",
            "reporting.audit_page",
            "reporting.record_pdf",
            "reporting.record_docx",
        ),
        door(CASE_READERS, "handed_in_paper"),
    ),
    **dict.fromkeys(
        ("reporting.blank_page", "reporting.blank_pdf", "reporting.blank_docx"),
        door(AUDITORS | {EXTERNAL, OFFICER}, "tool"),
    ),
    **dict.fromkeys(
        ("reporting.blank_of_audit_page", "reporting.blank_of_audit_pdf", "reporting.blank_of_audit_docx"),
        door(AUDITORS, "draft"),
    ),
    **dict.fromkeys(
        (f"reporting.round_{form}" for form in ("show", "pdf", "docx", "xlsx", "ods")),
        door(SENIORS | {HEAD, OFFICER, BOARD}, "round_paper"),
    ),
    **dict.fromkeys(
        (f"reporting.exercise_{form}" for form in ("show", "pdf", "docx", "xlsx", "ods")),
        door(SENIORS | {HEAD, OFFICER, BOARD}, "exercise_paper"),
    ),
    **dict.fromkeys(
        ("reporting.pairs_csv", "reporting.pairs_xlsx", "reporting.pairs_ods"), door(frozenset({HEAD, OFFICER}))
    ),
    "reporting.my_findings": door(frozenset({EXTERNAL, HEAD, OFFICER})),
    **dict.fromkeys(
        ("reporting.findings", "reporting.findings_pdf", "reporting.findings_csv", "reporting.findings_xlsx"),
        door(frozenset({EXTERNAL, HEAD, OFFICER}), "findings"),
    ),
    "reporting.findings_copy": door(frozenset({EXTERNAL, HEAD, OFFICER}), "findings_copy"),
    **dict.fromkeys(
        ("reporting.observing", "reporting.observe", "reporting.finishing", "reporting.finish"),
        door(EXTERNAL, "own_findings"),
    ),
}
POLICY |= {
    "wording.index": RUNS,
    **dict.fromkeys(("wording.edit", "wording.update", "wording.preview"), door(OFFICER, "wording")),
}
EVIDENCE = ("page", "pdf", "docx", "xlsx", "ods")
# packs: of audits the officer and the head of service take them, of a board whoever reads it; each opens only their own
POLICY |= {
    "packs.index": door(SENIORS | NAMERS | {BOARD}),
    **dict.fromkeys(("packs.asking", "packs.ask"), door(NAMERS, "round_pack")),
    **dict.fromkeys(("packs.board_asking", "packs.board_ask"), door(SENIORS | NAMERS | {BOARD}, "board_pack")),
    **dict.fromkeys((f"packs.round_evidence_{form}" for form in EVIDENCE), door(NAMERS, "round_pack")),
    **dict.fromkeys((f"packs.audit_evidence_{form}" for form in EVIDENCE), door(NAMERS, "evidence")),
    **dict.fromkeys(("packs.show", "packs.download", "packs.erase"), door(SENIORS | NAMERS | {BOARD}, "pack")),
}
POLICY |= dict.fromkeys(("work.show", "work.position", "work.cancel", "work.start_again"), door(EVERYBODY, "job"))
ROUND = door(OFFICER, "round")  # pages of a round that only its officer runs; see `door_of`


def door_of(endpoint: str, arguments: frozenset[str]) -> Door | None:
    """The door of an endpoint; pages of a round alone are the officer's."""
    if endpoint in POLICY:
        return POLICY[endpoint]
    in_round = endpoint.split(".")[0] in ("sampling", "moderation", "programmes") and arguments == {"round_id"}
    return ROUND if in_round else None
