"""The forms of escalations and re-audits: signing off, naming who does, closing; another month."""

import datetime as dt
from collections.abc import Iterable

from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.identity.model import Person
from audit_app.programmes.months import month_after
from audit_app.web.formats import month
from audit_app.web.forms import Form

LONGEST = 4000
MONTHS_AHEAD = 24


class VersionedForm(Form):
    """The version of the escalation that was opened."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class SignOffForm(VersionedForm):
    """What a head of service says who signs an audit off."""

    has_read = BooleanField("I have read the audit")
    done = TextAreaField("What is being done now?", [Length(max=LONGEST)])
    child_safe = RadioField(
        "Is the child safe now?",
        choices=[SelectChoice(value="yes", label="Yes"), SelectChoice(value="no", label="No, not yet")],
        validate_choice=True,
        validators=[InputRequired("Say whether the child is safe now")],
    )
    safety = TextAreaField("What is being done today to make the child safe?", [Length(max=LONGEST)])

    @property
    def is_safe(self) -> bool | None:
        """Whether the child is said to be safe."""
        return {"yes": True, "no": False}.get(self.child_safe.data or "")


class NameForm(VersionedForm):
    """Who is to sign an audit off."""

    head = SelectField("Who signs it off?", validators=[InputRequired("Choose who signs it off")])

    def offer(self, people: Iterable[Person]) -> None:
        """Offer these people."""
        self.head.choices = [SelectChoice(value="", label="Choose somebody")]
        self.head.choices += [
            SelectChoice(value=str(one.id), label=f"{one.name}, {one.job_title}" if one.job_title else one.name)
            for one in people
        ]


class CloseForm(VersionedForm):
    """Why an audit should not have been escalated."""

    reason = TextAreaField("Why should it not have been escalated?", [Length(max=LONGEST)])


class MonthForm(VersionedForm):
    """The month in which a case is to be audited again, and why another."""

    month = SelectField("Month of the re-audit")
    reason = TextAreaField("Why another month?", [InputRequired("Say why another month"), Length(max=LONGEST)])

    def offer(self, today: dt.date, planned: dt.date) -> None:
        """Offer this month and those to come; the planned one stands among them."""
        first = today.replace(day=1)
        months = sorted({planned, *(month_after(first, n) for n in range(MONTHS_AHEAD + 1))})
        self.month.choices = [SelectChoice(value=one.isoformat(), label=month(one)) for one in months]

    @property
    def chosen(self) -> dt.date:
        """The month that was chosen."""
        return dt.date.fromisoformat(self.month.data)
