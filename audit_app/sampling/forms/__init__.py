"""The forms of rounds: drawing, replacing, allocating, finding."""

from audit_app.sampling.forms.allocating import (
    AllocateForm,
    ByHandForm,
    CaseForm,
    HandBackForm,
    IssueForm,
    IssueManyForm,
    LeaveForm,
    ManyForm,
    ReallocateForm,
)
from audit_app.sampling.forms.board import BoardForm
from audit_app.sampling.forms.drawing import ChangeDrawForm, ConfirmDrawForm, DrawForm, FindForm, ReplaceForm, WeighForm
from audit_app.sampling.forms.people import CapacityForm, ConnectionForm, FindAuditorForm, WorkerNameForm

__all__ = [
    "AllocateForm",
    "BoardForm",
    "ByHandForm",
    "CapacityForm",
    "CaseForm",
    "ChangeDrawForm",
    "ConfirmDrawForm",
    "ConnectionForm",
    "DrawForm",
    "FindAuditorForm",
    "FindForm",
    "HandBackForm",
    "IssueForm",
    "IssueManyForm",
    "LeaveForm",
    "ManyForm",
    "ReallocateForm",
    "ReplaceForm",
    "WeighForm",
    "WorkerNameForm",
]
