"""The forms of what is written for papers: an external auditor's findings, a report to a committee."""

from wtforms import Field, HiddenField, IntegerField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.reporting.committee import Section, sections
from audit_app.reporting.contents.committee_report import Written
from audit_app.reporting.contents.findings import Observations
from audit_app.web.forms import Form

LONGEST = 50_000
PREFIX = "words_"
MARKINGS = [
    SelectChoice(value="OPEN", label="OPEN: to publish with the committee’s papers"),
    SelectChoice(value="OFFICIAL", label="OFFICIAL"),
    SelectChoice(value="OFFICIAL-SENSITIVE", label="OFFICIAL-SENSITIVE"),
]


class ObservationsForm(Form):
    """What an external auditor observes of a whole exercise."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)
    strong = TextAreaField("What is strong", [Length(max=LONGEST)])
    improve = TextAreaField("What must improve", [Length(max=LONGEST)])
    recommend = TextAreaField("Recommendations", [Length(max=LONGEST)])

    @property
    def observations(self) -> Observations:
        """What was filled in."""
        return Observations(self.strong.data or "", self.improve.data or "", self.recommend.data or "")

    def show(self, written: Observations) -> None:
        """Fill the form in from what is kept."""
        self.strong.data, self.improve.data = written.strong, written.improve
        self.recommend.data = written.recommend


class FinishFindingsForm(Form):
    """Finishing a copy, after all of it was looked at."""

    seen = HiddenField(validators=[InputRequired(), Length(max=64)])


class CommitteeForm(Form):
    """A report to a committee: what it is, and the words of each section."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()], default=0)
    title = StringField("Title", [InputRequired("Enter the title of the report"), Length(max=200)])
    reference = StringField("Report reference", [Length(max=60)])
    report_of = StringField("Report of", [Length(max=200)])
    wards = StringField("Wards affected", [Length(max=200)])
    marking = RadioField("Marking", choices=MARKINGS, default="OPEN", validators=[InputRequired("Choose a marking")])

    @property
    def written(self) -> Written:
        """What was filled in."""
        words = {one.key: self[PREFIX + one.key].data or "" for one in sections()}
        title, reference, report_of, wards = (
            one.data or "" for one in (self.title, self.reference, self.report_of, self.wards)
        )
        return Written(title, reference, report_of, wards, words)

    @property
    def texts(self) -> list[tuple[Section, Field]]:
        """The sections with their fields, in order."""
        return [(one, self[PREFIX + one.key]) for one in sections()]

    def show(self, written: Written, marking: str) -> None:
        """Fill the form in from what is kept."""
        self.title.data, self.reference.data, self.report_of.data = written.title, written.reference, written.report_of
        self.wards.data, self.marking.data = written.wards, marking
        for one in sections():
            self[PREFIX + one.key].data = written.words.get(one.key, "")


for _one in sections():  # which sections there are is data
    setattr(CommitteeForm, PREFIX + _one.key, TextAreaField(_one.heading, [Length(max=LONGEST)]))


class FinaliseForm(Form):
    """Making a report final, of the version that was looked at."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
