"""Every address of the application, with every value that its parts can take in a database."""

from collections.abc import Iterator
from itertools import islice, product

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from audit_app.actions.kinds import kinds
from audit_app.actions.model import ChildAction
from audit_app.auditing.model import Audit, Contribution, RiskAlert
from audit_app.auditing.workflow import Stage
from audit_app.calibration.model import Calibration, Vignette
from audit_app.cases.model import CaseList, CaseRecord, StagedList
from audit_app.db import db
from audit_app.evaluation.model import Citation, Edition, PublishedEvaluation, Statement
from audit_app.feedback.model import Release
from audit_app.frameworks.model import FrameworkVersion, ToolVersion
from audit_app.identity.model import Absence, Person, RoleGrant
from audit_app.improvement.model import (
    Board,
    Indicator,
    Meeting,
    Plan,
    PlanAction,
    PlanFile,
    Reading,
    ReadingsFile,
    Recommendation,
)
from audit_app.learning.model import Briefing, PublishedBriefing
from audit_app.measures.album import PAGES
from audit_app.measures.definitions import DEFINITIONS
from audit_app.moderation.model import AddedSection, Challenge, Exercise, Moderation
from audit_app.organisation.model import PaperLook, Unit
from audit_app.packs.model import Pack
from audit_app.past.model import PastImport, StagedPast
from audit_app.programmes.model import Exemption, Programme, Round
from audit_app.reporting.model import FindingsCopy
from audit_app.sampling.model import Connection, Sample, WorkerName
from audit_app.work.model import Job

MOST = 400  # addresses of one rule
IDS = {
    "audit_id": Audit,
    "alert_id": RiskAlert,
    "contribution_id": Contribution,
    "list_id": CaseList,
    "staged_id": StagedList,
    "import_id": PastImport,
    "waiting_id": StagedPast,
    "case_id": CaseRecord,
    "framework_id": FrameworkVersion,
    "tool_id": ToolVersion,
    "person_id": Person,
    "grant_id": RoleGrant,
    "absence_id": Absence,
    "name_id": WorkerName,
    "connection_id": Connection,
    "moderation_id": Moderation,
    "added_id": AddedSection,
    "challenge_id": Challenge,
    "exercise_id": Exercise,
    "copy_id": FindingsCopy,
    "release_id": Release,
    "briefing_id": Briefing,
    "published_id": PublishedBriefing,
    "calibration_id": Calibration,
    "vignette_id": Vignette,
    "plan_id": Plan,
    "board_id": Board,
    "meeting_id": Meeting,
    "recommendation_id": Recommendation,
    "indicator_id": Indicator,
    "reading_id": Reading,
    "file_id": PlanFile,
    "readings_id": ReadingsFile,
    "exemption_id": Exemption,
    "unit_id": Unit,
    "look_id": PaperLook,
    "programme_id": Programme,
    "round_id": Round,
    "sample_id": Sample,
    "job_id": Job,
    "edition_id": Edition,
    "statement_id": Statement,
    "citation_id": Citation,
    "evaluation_id": PublishedEvaluation,
    "pack_id": Pack,
}
FIGURES = [*(one.key for one in DEFINITIONS), "exact_senior", "exact_external", "over_senior", "bias_external"]
PICTURES = {
    "short": ("grades", "grid_senior", "grid_external", "gap", "estimate", "coverage"),
    "months": ("months", "grades_by_month", "coverage"),
    "teams": ("teams",),
    "sections": ("sections", "reasons"),
}
CELLS = [
    *(f"graded_{which}_{level}" for which in ("audited", "stands") for level in ("inadequate", "good", "outstanding")),
    *(f"grid_{ending}_{row}_{place}" for ending in ("senior", "external") for row in range(4) for place in range(4)),
    *(f"graded_{which}_" for which in ("audited", "stands")),
    *(f"grid_senior_{row}_all" for row in range(4)),
    *(f"gap_{which}" for which in ("moderated", "before", "after")),
    "reason_evidence_does_not_support",
]
WIDER = ["", "counting=section", "section=voice", "tier=external", "share=coverage"]
DRAWN = [f"page={page}&picture={key}" for page, keys in PICTURES.items() for key in keys]
PAPERS = [*(f"page={page}" for page in PAGES), "counting=section"]
COMPARED = ["", *(f"other_unit={unit}" for unit in range(1, 9)), "other_first=2026-06-01"]
QUERIES = {
    "auditing.index": [
        "",
        *(f"stage={stage.value}" for stage in Stage),
        "whose=mine",
        "q=0",
        "after=-1",
        "before=-1",
    ],
    "measures.index": [*WIDER, "first=2020-01-01", "last=2020-01-01"],
    "measures.months": [*WIDER, "step=2026-06-01"],
    "measures.teams": WIDER,
    "measures.sections": WIDER,
    "measures.compare": COMPARED,
    "measures.mine": ["", "counting=section"],
    "reporting.picture_svg": DRAWN,
    "reporting.picture_csv": DRAWN,
    "reporting.figures_pdf": PAPERS,
    "reporting.figures_xlsx": PAPERS,
    "reporting.figures_ods": PAPERS,
    "reporting.figures_zip": PAPERS,
    **{f"reporting.compared_{form}": COMPARED for form in ("xlsx", "ods", "zip")},
    **{f"reporting.own_{form}": ["", "counting=section"] for form in ("xlsx", "ods", "zip")},
    "actions.index": ["", "state=overdue", "state=to_answer", *(f"kind={key}" for key in kinds())],
    "measures.behind": [
        *(f"figure={key}" for key in FIGURES),
        *(f"figure={key}&part=hits" for key in FIGURES),
        *(f"figure={key}&counting=section" for key in FIGURES),
        *(f"figure={key}" for key in CELLS),
    ],
    "learning.index": ["", "tier=external", "first=2020-01-01", "last=2020-01-01"],
    "learning.behind": [
        "",
        *(f"section={key}" for key in ("safety", "plan", "overall", "nothing")),
        *(f"section={key}&tier=external" for key in ("safety", "overall")),
        "reason=The evidence does not support the grade",
        "reason=The evidence does not support the grade&tier=external",
    ],
    **{
        f"reporting.{paper}": ["", "for=board", "for=public"]
        for paper in ("round_show", "round_pdf", "exercise_show", "exercise_pdf")
    },
    "reporting.plan_page": ["", "for=public"],
    "reporting.pairs_csv": ["", "counting=section"],
    "reporting.pairs_xlsx": ["", "counting=section"],
    "reporting.pairs_ods": ["", "counting=section"],
}


def get_rules(app: Flask) -> list[Rule]:
    """The rules that answer to GET, static files apart."""
    return [r for r in app.url_map.iter_rules() if "GET" in (r.methods or ()) and r.endpoint != "static"]


def values(app: Flask, name: str, sections: list[str]) -> list[object]:
    """Every value that a part of an address can take."""
    if name in IDS:
        column = IDS[name].__table__.c["id"]
        return [*db.session.execute(select(column).order_by(column)).scalars(), 2_000_000_000]
    if name == "action_id":  # of a child's action, or of one of a plan
        ids = {*db.session.scalars(select(ChildAction.id)), *db.session.scalars(select(PlanAction.id))}
        return [*sorted(ids), 2_000_000_000]
    known: dict[str, list[object]] = {
        "section": [*sections[:4], "overall", "health", "nothing"],
        "tier": ["senior", "external"],
        "outcome": ["held", "refused"],
        "kind": ["new", "changed", "closed", "gone"],
        "place": [0, 1],
        "escalation_id": [1, 2, 3, 4, 2_000_000_000],  # whether one exists is what may not be told
        "reaudit_id": [1, 2, 3, 4, 2_000_000_000],
        "theme": ["drift", "being_heard", "nothing"],
        "piece": ["letter-allocated", "letter-around", "paper-audit", "nothing"],
        "token": ["no-such-token"],
        "form": ["pdf", "docx"],
        "area": ["help_and_protection", "whole", "nothing"],
        "question": ["delivered", "know", "nothing"],
        "evidence": ["figure", "reading", "round", "theme", "action"],
    }
    return known[name]


def addresses(app: Flask, sections: list[str]) -> Iterator[str]:
    """Every GET address with every value, and lists with every query."""
    adapter = app.url_map.bind("localhost")
    for rule in get_rules(app):
        names = sorted(rule.arguments)
        parts = [values(app, name, sections) for name in names]
        for chosen in islice(product(*parts), MOST):
            path = adapter.build(rule.endpoint, dict(zip(names, chosen, strict=True)), method="GET")
            for query in QUERIES.get(rule.endpoint, [""]):
                yield f"{path}?{query}" if query else path
