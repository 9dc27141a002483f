"""Who reaches which thing of their own authority: the second half of the policy."""

from tests.sweep.people import (
    ADMIN,
    BOARD,
    CONTRIBUTOR,
    EVERYBODY,
    EXTERNAL,
    FIGURES,
    HEAD,
    MANAGER,
    MANAGERS,
    NAMERS,
    OFFICER,
    PRACTITIONER,
    READERS,
    SENIOR,
    SENIORS,
)

# Who reaches the thing of their own authority; nobody reaches one of another.
SERVICE_ONE = MANAGERS  # team managers reach nothing of teams that are not theirs, unless they audited it
OWNERS: dict[str, frozenset[str]] = {
    "link": EVERYBODY,
    "person": frozenset({ADMIN}),
    "ended_person": frozenset({ADMIN}),
    "grant": frozenset({ADMIN}),
    "unit": frozenset({ADMIN}),
    "look": EVERYBODY,
    "look_sample": frozenset({ADMIN}),
    "tool": EVERYBODY,
    "framework": EVERYBODY,
    "list": frozenset({OFFICER}),
    "list_problems": frozenset({OFFICER}),
    "waiting": frozenset({OFFICER}),
    **dict.fromkeys(("past_import", "past_waiting", "past_sheet"), frozenset({OFFICER})),
    "waiting_problems": frozenset({OFFICER}),
    "waiting_difference": frozenset({OFFICER}),
    "waiting_sheet": frozenset({OFFICER}),
    "programme": frozenset({OFFICER}),
    "exemption": frozenset({OFFICER}),
    "round": frozenset({OFFICER}),
    "sample": frozenset({OFFICER}),
    "sampled_case": frozenset({OFFICER}),
    "round_case": frozenset({OFFICER}),
    "round_audit": frozenset({OFFICER}),
    "round_moderation": frozenset({OFFICER}),
    # The case's own team manager (other_manager) and everybody above reads what was handed in; its auditor as well.
    "handed_in": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD, OFFICER}),
    "handed_in_paper": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD, OFFICER}),
    "done_audit": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD}),
    "draft": frozenset({MANAGER}),
    "draft_section": frozenset({MANAGER}),
    "draft_alert": frozenset({MANAGER}),
    "fresh": frozenset({OFFICER}),
    "own_fresh": frozenset({MANAGER}),
    "own_absence": frozenset({MANAGER}),
    "colleague": frozenset({OFFICER}),
    "holder": frozenset({OFFICER, ADMIN}),
    "colleague_absence": frozenset({OFFICER}),
    "colleague_name": frozenset({OFFICER}),
    "colleague_case": frozenset({OFFICER}),
    # The lead auditor and the officer ask; only whoever was asked writes.
    "asking": frozenset({MANAGER, OFFICER}),
    "asked": frozenset({MANAGER, OFFICER}),
    "contribution": frozenset({CONTRIBUTOR}),
    "contribution_section": frozenset({CONTRIBUTOR}),
    "alert": frozenset({HEAD, OFFICER}),
    "open": frozenset({SENIOR}),
    "open_section": frozenset({SENIOR}),
    "blind": frozenset({"other_senior"}),
    "blind_section": frozenset({"other_senior"}),
    "done_tier": frozenset({HEAD}),
    "done_outcome": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD, OFFICER}),
    "escalation": frozenset({HEAD, OFFICER}),
    # Whoever wrote the audit, the case's own team manager and practitioner, and those who release.
    "release": frozenset({MANAGER, "other_manager", PRACTITIONER, HEAD, OFFICER}),
    "round_outcomes": frozenset({HEAD, OFFICER}),
    "theme": frozenset({"other_manager", SENIOR, "other_senior", HEAD, OFFICER}),  # of the units whose audits they read
    "re_audit": frozenset({OFFICER}),
    "calibration": frozenset({OFFICER}),
    "vignette": frozenset({OFFICER}),
    # Only who was asked grades; the outcome is theirs, the head of service's and the officer's.
    "calibration_given": frozenset({MANAGER, SENIOR}),
    "vignette_given": frozenset({MANAGER, SENIOR}),
    "vignette_section": frozenset({MANAGER, SENIOR}),
    "calibration_closed": frozenset({MANAGER, HEAD, OFFICER}),
    # The head of service is named to resolve it; all who may read the audit read it.
    "challenge": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD, OFFICER}),
    "challenged_section": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD, OFFICER}),
    "named_challenge": frozenset({OFFICER, HEAD}),
    "done_challengeable": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD}),
    "action": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD, OFFICER, PRACTITIONER}),
    "acting": frozenset({MANAGER, "other_manager", SENIOR, "other_senior", HEAD}),
    "supervision": frozenset({"other_manager", SENIOR, "other_senior", HEAD, OFFICER, PRACTITIONER}),
    # A plan of the authority is read by all who work under it; the officer and the head of service write it.
    **dict.fromkeys(
        ("plan", "plan_indicator", "plan_action", "plan_board", "board_meeting", "committee_report"), FIGURES
    ),
    **dict.fromkeys(
        (
            "own_plan",
            "recommendation",
            "own_action",
            "own_indicator",
            "reading",
            "own_board",
            "own_meeting",
            "own_report",
        ),
        NAMERS,
    ),
    **dict.fromkeys(("plan_file", "plan_readings", "plan_readings_sheet"), frozenset({OFFICER})),  # whoever sent it in
    **dict.fromkeys(("round_paper", "exercise_paper"), frozenset({SENIOR, "other_senior", HEAD, OFFICER, BOARD})),
    # An external auditor's own, and those of the units that a leader has.
    "findings": frozenset({EXTERNAL, HEAD, OFFICER}),
    "findings_copy": frozenset({EXTERNAL, HEAD, OFFICER}),
    "own_findings": frozenset({EXTERNAL}),
    "external_open": frozenset({EXTERNAL}),
    "external_added": frozenset({EXTERNAL}),
    "feed": EVERYBODY,
    "figure": READERS,
    "learning": SENIORS | {HEAD, OFFICER},
    "auditor_lessons": SENIORS | {HEAD, OFFICER},
    **dict.fromkeys(("edition", "edition_area"), SENIORS | NAMERS),
    **dict.fromkeys((f"own_{of}" for of in ("edition", "question", "statement", "evidence", "citation")), NAMERS),
    "own_published": NAMERS,
    "published_evaluation": SENIORS | NAMERS | {BOARD},
    "briefing": frozenset({OFFICER}),
    "published_briefing": FIGURES,
    **dict.fromkeys(("round_pack", "evidence"), NAMERS),
    "board_pack": SENIORS | NAMERS | {BOARD},
    "pack": frozenset({OFFICER}),  # whoever asked for it, and nobody else
    "wording": frozenset({OFFICER}),  # of the installation, as the file of letters is
    "job": frozenset({OFFICER}),  # whoever asked for it, and nobody else
    "notice": frozenset({MANAGER}),
}
SHARED = frozenset(
    {"feed", "figure", "framework", "learning", "link", "look", "theme", "tool", "wording"}
)  # not of one authority
NAMES_SOMEBODY = frozenset({"moderation.give"})  # an empty form names nobody, and nobody is not found
