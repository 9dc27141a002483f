"""What a framework and an audit tool are made of: the front door to this room's values."""

from audit_app.frameworks.canonical import (
    content_hash,
    framework_as_data,
    framework_from_data,
    scale_as_data,
    scale_from_data,
    tool_as_data,
    tool_from_data,
)
from audit_app.frameworks.framework import Area, Framework, LimitingRule, broken
from audit_app.frameworks.scale import Level, Scale
from audit_app.frameworks.tool import (
    CATEGORIES,
    SECTION_KINDS,
    TOOL_KINDS,
    Agency,
    Criterion,
    QualityView,
    Question,
    Reason,
    Section,
    Tool,
    limiting_prompts,
)

__all__ = [
    "CATEGORIES",
    "SECTION_KINDS",
    "TOOL_KINDS",
    "Agency",
    "Area",
    "Criterion",
    "Framework",
    "Level",
    "LimitingRule",
    "QualityView",
    "Question",
    "Reason",
    "Scale",
    "Section",
    "Tool",
    "broken",
    "content_hash",
    "framework_as_data",
    "framework_from_data",
    "limiting_prompts",
    "scale_as_data",
    "scale_from_data",
    "tool_as_data",
    "tool_from_data",
]
