"""The forms of an allocation: who shares the cases that wait, one by one by hand, and to somebody else."""

import re

from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from audit_app.sampling.draws import LONGEST_SEED
from audit_app.sampling.forms.numbers import WholeNumber
from audit_app.web.forms import Form

MOST = "Enter the most for each auditor, a whole number from 1 to 1,000"


class AllocateForm(Form):
    """Who shares the cases that wait."""

    auditors = SelectMultipleField("Auditors", [InputRequired("Choose at least one auditor")], coerce=int)
    cap = WholeNumber("Most audits for each in this round", [Optional(), NumberRange(1, 1000, MOST)], wrong=MOST)
    seed = StringField("Seed", [InputRequired("Give the seed of the allocation"), Length(max=LONGEST_SEED)])


class IssueForm(AllocateForm):
    """An allocation that was looked at, and what it was."""

    fingerprint = HiddenField(validators=[InputRequired(), Length(max=64)])


class ByHandForm(Form):
    """An auditor for each case, as "case:auditor"; empty where nobody is chosen yet."""

    given = SelectMultipleField("Auditors", validate_choice=False)

    @property
    def chosen(self) -> dict[int, int] | None:
        """The auditor chosen for each case, or None where what was sent can't be read."""
        found = {}
        for pair in filter(None, self.given.data or []):
            match = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,9})", pair)
            if match is None or int(match[1]) in found:
                return None
            found[int(match[1])] = int(match[2])
        return found


class CaseForm(Form):
    """One case for one auditor; a reason where the case was not drawn."""

    auditor = RadioField("Auditor", coerce=int)
    reason = StringField("Why this case", [Length(max=500)])


class ReallocateForm(Form):
    """Another auditor for an audit that was not started."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    auditor = RadioField("New auditor", coerce=int)
