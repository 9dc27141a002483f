"""Improvement plans as they are stored. What changes leaves its former words behind; readings are only added."""

from audit_app.improvement.model.boards import Board, Decision, Meeting
from audit_app.improvement.model.files import PlanFile, ReadingColumns, ReadingsFile
from audit_app.improvement.model.indicators import BreakdownRow, Indicator, MilestoneRow, Override, Reading
from audit_app.improvement.model.plans import ActionUpdate, Former, Plan, PlanAction, Recommendation

__all__ = [
    "ActionUpdate",
    "Board",
    "BreakdownRow",
    "Decision",
    "Former",
    "Indicator",
    "Meeting",
    "MilestoneRow",
    "Override",
    "Plan",
    "PlanAction",
    "PlanFile",
    "Reading",
    "ReadingColumns",
    "ReadingsFile",
    "Recommendation",
]
