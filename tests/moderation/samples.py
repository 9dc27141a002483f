"""A small tool, and people and audits as the rules of moderation see them."""

from audit_app.access.actor import Actor, Grant
from audit_app.access.table import Role
from audit_app.auditing.visibility import Facts, Holding
from audit_app.auditing.workflow import Stage
from audit_app.frameworks.content import Criterion, Level, QualityView, Reason, Scale, Section, Tool

SCALE = Scale(
    "three",
    "Three grades",
    (
        Level("poor", "Poor", "P", False, ""),
        Level("fair", "Fair", "F", False, ""),
        Level("good", "Good", "G", True, ""),
    ),
)
QUALITY = QualityView(
    Scale("two", "Two", (Level("not_yet", "Not yet", "N", False, ""), Level("met", "Met", "M", True, ""))),
    (Criterion("evidence", "Evidence", ""), Criterion("analysis", "Analysis", "")),
)


def section(key: str, *, graded: bool = True, may_be_not_applicable: bool = False, overall: bool = False) -> Section:
    """A section of the small tool."""
    return Section(
        key=key,
        name=key.capitalize(),
        purpose="",
        evidence_hint="",
        kind="graded" if graded else "text",
        graded=graded,
        area=None,
        applies_to=(),
        may_be_not_applicable=may_be_not_applicable,
        required=True,
        overall=overall,
        descriptors={},
        questions=(),
        official_url="",
    )


SAFETY = section("safety")
VOICE = section("voice", may_be_not_applicable=True)
OVERALL = section("overall", overall=True)
TOOL = Tool(
    key="small",
    version="1",
    name="Small",
    summary="",
    kind="thematic",
    framework_key="local",
    framework_version="1",
    scale=SCALE,
    sections=(section("synopsis", graded=False), SAFETY, VOICE, OVERALL),
    limiting=(),
    reasons=(Reason("evidence", "Evidence", False), Reason("other", "Another reason", True)),
    quality=QUALITY,
    period_under_audit="",
    local_wording=True,
)
GRADED = (SAFETY, VOICE, OVERALL)

ROOT, TEAM, OTHER_TEAM = "/1/", "/1/2/3/", "/1/2/4/"
AUDITOR, MODERATOR = 10, 20


def facts(stage: Stage = Stage.SUBMITTED, *holdings: Holding) -> Facts:
    """An audit of a case of the team, as the rules see it."""
    return Facts(AUDITOR, TEAM, stage, holdings)


def actor(
    role: Role | None = Role.SENIOR_MANAGER, *, key: int = MODERATOR, unit: str | None = None, path: str = ROOT
) -> Actor:
    """Somebody with a role at a path, who works in a unit."""
    grants = (Grant(role, path),) if role else ()
    return Actor(key, "Somebody", unit, grants)
