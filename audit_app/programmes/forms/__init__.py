"""The forms of programmes, their policies, their calendar, their rounds and exemptions."""

from audit_app.programmes.forms.planning import EndExemptionForm, ExemptionForm, MonthForm, SkipForm
from audit_app.programmes.forms.policies import PoliciesForm
from audit_app.programmes.forms.programmes import ChangeForm, ConfirmForm, ProgrammeForm, TermsForm
from audit_app.programmes.forms.rounds import NO_LIST, RoundChangeForm, RoundForm

__all__ = [
    "NO_LIST",
    "ChangeForm",
    "ConfirmForm",
    "EndExemptionForm",
    "ExemptionForm",
    "MonthForm",
    "PoliciesForm",
    "ProgrammeForm",
    "RoundChangeForm",
    "RoundForm",
    "SkipForm",
    "TermsForm",
]
