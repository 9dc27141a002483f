"""The forms of an external auditor's findings."""

from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from audit_app.reporting.contents.findings import Observations
from audit_app.web.forms import Form

LONGEST = 50_000


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
