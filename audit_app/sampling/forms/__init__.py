"""The forms of rounds: drawing, replacing, allocating, finding."""

from audit_app.sampling.forms.allocating import AllocateForm, ByHandForm, CaseForm, IssueForm, ReallocateForm
from audit_app.sampling.forms.board import BoardForm
from audit_app.sampling.forms.drawing import ConfirmDrawForm, DrawForm, FindForm, ReplaceForm

__all__ = [
    "AllocateForm",
    "BoardForm",
    "ByHandForm",
    "CaseForm",
    "ConfirmDrawForm",
    "DrawForm",
    "FindForm",
    "IssueForm",
    "ReallocateForm",
    "ReplaceForm",
]
