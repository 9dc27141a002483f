"""The pages of plans and self-evaluations: which are read by all whom they are for, which only by their writers."""

from tests.sweep.people import BOARD, FIGURES, NAMERS, SENIORS

READ = {
    "improvement.index": "",
    "improvement.show": "plan",
    "improvement.file_of": "plan",
    "improvement.indicator": "plan_indicator",
    "improvement.boards": "",
    "improvement.board": "plan_board",
    "improvement.meeting": "board_meeting",
    **{f"reporting.plan_{form}": "board_meeting" for form in ("page", "pdf", "docx", "xlsx", "ods")},
    **{f"reporting.committee_{form}": "committee_report" for form in ("show", "pdf", "docx", "xlsx", "ods")},
}
_PLAN = ("edit", "update", "recommendation_new", "recommendation_create", "action_new", "action_create")
_INDICATOR = ("indicator_edit", "indicator_update", "targets", "targets_set", "figure", "figure_bind")
WRITTEN = {
    **dict.fromkeys(
        (f"improvement.{name}" for name in ("new", "create", "file_template", "file_new", "file_send")), ""
    ),
    **dict.fromkeys((f"improvement.{name}" for name in ("file_check", "file_take")), "plan_file"),
    **dict.fromkeys((f"improvement.{name}" for name in (*_PLAN, "indicator_new", "indicator_create")), "own_plan"),
    **dict.fromkeys(("improvement.recommendation_edit", "improvement.recommendation_update"), "recommendation"),
    **dict.fromkeys(("improvement.action_edit", "improvement.action_update"), "own_action"),
    **dict.fromkeys(
        (f"improvement.{name}" for name in (*_INDICATOR, "reading", "reading_enter", "reading_take")), "own_indicator"
    ),
    **dict.fromkeys(("improvement.board_new", "improvement.board_create"), ""),
    **{f"reporting.committee_{name}": "own_report" for name in ("write", "save", "finalise")},
    "improvement.meeting_call": "own_board",
    **dict.fromkeys(
        ("improvement.meeting_freeze", "improvement.decision_new", "improvement.decision_keep"), "own_meeting"
    ),
    **dict.fromkeys(("improvement.readings_new", "improvement.readings_send"), "own_plan"),
    **dict.fromkeys((f"improvement.readings_{name}" for name in ("check", "take", "cancel")), "plan_readings"),
    **dict.fromkeys(("improvement.readings_columns", "improvement.readings_explain"), "plan_readings_sheet"),
    **dict.fromkeys(("improvement.override", "improvement.override_state"), "reading"),
}
# Self-evaluations: what is being written, and the pages on which it is.
EVALUATION_SEEN = {"evaluation.show": "edition", "evaluation.area": "edition_area"}
EVALUATION_WRITTEN = {
    **dict.fromkeys(("evaluation.new", "evaluation.create"), ""),
    **dict.fromkeys(("evaluation.publishing", "evaluation.publish"), "own_edition"),
    **dict.fromkeys(("evaluation.taking_back", "evaluation.take_back"), "own_published"),
    **dict.fromkeys(("evaluation.statement_new", "evaluation.statement_create"), "own_question"),
    **dict.fromkeys((f"evaluation.statement_{name}" for name in ("edit", "update", "take_out")), "own_statement"),
    **dict.fromkeys(("evaluation.cite_form", "evaluation.cite"), "own_evidence"),
    **dict.fromkeys(("evaluation.citation_renew", "evaluation.citation_leave_out"), "own_citation"),
}
EVALUATION_PUBLISHED = {
    "evaluation.index": "",
    **{f"reporting.evaluation_{form}": "published_evaluation" for form in ("page", "pdf", "docx", "xlsx", "ods")},
}
PAGES = (
    (FIGURES, READ),
    (NAMERS, WRITTEN),
    (SENIORS | NAMERS, EVALUATION_SEEN),
    (NAMERS, EVALUATION_WRITTEN),
    (SENIORS | NAMERS | {BOARD}, EVALUATION_PUBLISHED),
)
