"""The forms of improvement plans."""

from audit_app.improvement.forms.indicators import (
    FigureForm,
    IndicatorForm,
    OverrideForm,
    ReadingForm,
    TargetsForm,
    targets_form,
)
from audit_app.improvement.forms.plans import (
    ActionForm,
    ConfirmForm,
    FileForm,
    PlanForm,
    RecommendationForm,
    UpdateForm,
)

__all__ = [
    "ActionForm",
    "ConfirmForm",
    "FigureForm",
    "FileForm",
    "IndicatorForm",
    "OverrideForm",
    "PlanForm",
    "ReadingForm",
    "RecommendationForm",
    "TargetsForm",
    "UpdateForm",
    "targets_form",
]
