"""The forms of an allocation: who shares the cases that wait, one by one by hand, and to somebody else."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from audit_app.sampling.draws import LONGEST_SEED
from audit_app.sampling.forms.numbers import WholeNumber
from audit_app.sampling.handing_back import WORDS, Because
from audit_app.web.forms import Form

MOST = "Enter the most for each auditor, a whole number from 1 to 1,000"


class AllocateForm(Form):
    """Who shares the cases that wait."""

    auditors = SelectMultipleField("Auditors", [InputRequired("Choose at least one auditor")], coerce=int)
    cap = WholeNumber("Most audits for each in this round", [Optional(), NumberRange(1, 1000, MOST)], wrong=MOST)
    seed = StringField("Seed", [InputRequired("Give the seed of the allocation"), Length(max=LONGEST_SEED)])


def pairs_in(texts: Iterable[str]) -> dict[int, int | None] | None:
    """Choices written as "thing:person" (0: nobody), or None where they can't be read."""
    found: dict[int, int | None] = {}
    for text in filter(None, texts):
        match = re.fullmatch(r"([0-9]{1,9}):([0-9]{1,9})", text)
        if match is None or int(match[1]) in found:
            return None
        found[int(match[1])] = int(match[2]) or None
    return found


def moves_in(proposed: Iterable[str], given: Iterable[str]) -> dict[int, int | None] | None:
    """The choices that differ from what was proposed, or None where they can't be read."""
    before, after = pairs_in(proposed), pairs_in(given)
    if before is None or after is None:
        return None
    return {key: to for key, to in after.items() if key not in before or before[key] != to}


class IssueForm(AllocateForm):
    """An allocation that was looked at: what was proposed, and who was chosen for each case."""

    fingerprint = HiddenField(validators=[InputRequired(), Length(max=64)])
    proposed = SelectMultipleField("Proposed", validate_choice=False)
    given = SelectMultipleField("Auditors chosen", validate_choice=False)

    @property
    def moves(self) -> dict[int, int | None] | None:
        """What was changed by hand, by case; None where what was sent can't be read."""
        return moves_in(self.proposed.data or [], self.given.data or [])


class ByHandForm(Form):
    """An auditor for each case, as "case:auditor"; empty where nobody is chosen yet."""

    given = SelectMultipleField("Auditors", validate_choice=False)

    @property
    def chosen(self) -> dict[int, int] | None:
        """The auditor chosen for each case, or None where what was sent can't be read."""
        found = pairs_in(self.given.data or [])
        if found is None:
            return None
        return {case_id: person_id for case_id, person_id in found.items() if person_id is not None}


class CaseForm(Form):
    """One case for one auditor; a reason where the case was not drawn."""

    auditor = RadioField("Auditor", coerce=int)
    reason = StringField("Why this case", [Length(max=500)])


class ReallocateForm(Form):
    """Another auditor for an audit that is not handed in; one that was started has to be confirmed."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    auditor = RadioField("New auditor", coerce=int)
    started = BooleanField("The new auditor goes on with what is written")


class LeaveForm(Form):
    """Leaving an audit that was handed back with its auditor."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class HandBackForm(Form):
    """Why an audit is handed back."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    because = RadioField(
        "Why do you hand it back?",
        [InputRequired("Choose why you hand it back")],
        choices=[SelectChoice(value=one.value, label=words) for one, words in WORDS.items()],
    )
    words = TextAreaField("Say why, without names", [Length(max=500)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it is filled in: “another reason” has to be said."""
        fine = super().validate(extra_validators)
        if fine and self.because.data == Because.OTHER.value and not (self.words.data or "").strip():
            self.words.errors = ["Say why you hand this audit back"]
            return False
        return fine


class ManyForm(Form):
    """Which audits of somebody go to others; those that were started only where that is meant."""

    audits = SelectMultipleField("Not started", coerce=int)
    started = SelectMultipleField("Started: what is written stays, and the new auditor goes on with it", coerce=int)
    seed = StringField("Seed", [InputRequired("Give the seed of the allocation"), Length(max=LONGEST_SEED)])

    @property
    def chosen(self) -> list[int]:
        """The audits, once they were validated."""
        return [*(self.audits.data or []), *(self.started.data or [])]


class IssueManyForm(ManyForm):
    """Such a proposal that was looked at."""

    fingerprint = HiddenField(validators=[InputRequired(), Length(max=2000)])
    proposed = SelectMultipleField("Proposed", validate_choice=False)
    given = SelectMultipleField("Auditors chosen", validate_choice=False)

    @property
    def moves(self) -> dict[int, int | None] | None:
        """What was changed by hand, by audit; None where what was sent can't be read."""
        return moves_in(self.proposed.data or [], self.given.data or [])
