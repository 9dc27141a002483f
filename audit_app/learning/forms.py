"""The filters of the learning page, and the forms of briefings."""

import datetime as dt
from collections.abc import Iterable, Sequence

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.auditing.ledger import EXTERNAL, SENIOR
from audit_app.learning.briefing import HEADINGS, Words
from audit_app.measures.forms import FiltersForm
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.web.formats import month
from audit_app.web.forms import Form

LONGEST, ONE_SENTENCE = 10_000, 300
WHOSE = [
    SelectChoice(value=SENIOR, label="Senior moderators"),
    SelectChoice(value=EXTERNAL, label="External auditors"),
]


class LearningForm(FiltersForm):
    """Which audits, and whose judgements of them."""

    counting = None
    tier = RadioField("Whose judgements", choices=WHOSE, default=SENIOR)


class BriefingForm(Form):
    """A new briefing: for which unit, and about which months."""

    unit = SelectField("For the auditors of", coerce=int)
    first = SelectField("From")
    last = SelectField("To")

    def offer(self, units: Sequence[Unit], months: Iterable[dt.date]) -> None:
        """Offer the units, and the months that have audits, newest first."""
        self.unit.choices = unit_choices(units)
        choices = [SelectChoice(value=one.isoformat(), label=month(one)) for one in months]
        self.first.choices, self.last.choices = choices, list(choices)

    @property
    def months(self) -> tuple[dt.date, dt.date]:
        """The first and the last month that were chosen."""
        return dt.date.fromisoformat(self.first.data), dt.date.fromisoformat(self.last.data)


class WordsForm(Form):
    """What an officer writes in a briefing, and the version that was being edited."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)
    headline = TextAreaField(dict(HEADINGS)["headline"], [Length(max=ONE_SENTENCE)])
    changed = TextAreaField(dict(HEADINGS)["changed"], [Length(max=LONGEST)])
    evidence = TextAreaField(dict(HEADINGS)["evidence"], [Length(max=LONGEST)])
    differently = TextAreaField(dict(HEADINGS)["differently"], [Length(max=LONGEST)])

    @property
    def words(self) -> Words:
        """What was filled in."""
        return Words(**{name: self[name].data or "" for name, _ in HEADINGS})

    def show(self, words: Words, version: int) -> None:
        """Fill the form in with what is kept."""
        for name, _ in HEADINGS:
            self[name].data = getattr(words, name)
        self.version.data = version


class PublishForm(Form):
    """Publishing, once all of it was read."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)
    seen = HiddenField(validators=[InputRequired(), Length(max=64)])
    read = BooleanField(
        "I have read all of it, and it tells nobody who a child, a relative, a worker or an auditor is",
        [InputRequired("Confirm that you have read all of it")],
    )


class WithdrawForm(Form):
    """Taking a published briefing back."""

    reason = TextAreaField("Why is it taken back?", [InputRequired("Say why it is taken back"), Length(max=2000)])
