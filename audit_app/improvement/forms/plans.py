"""The forms of plans, their recommendations and actions, and of files."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from audit_app.identity.model import Person
from audit_app.improvement.forms.fields import LONG, SHORT, recommendations_of, version_field
from audit_app.improvement.model import Board, Plan, PlanAction, Recommendation
from audit_app.improvement.scales import Delivery, every_scales
from audit_app.improvement.wording import due_of
from audit_app.improvement.written import Advice, Head, Update
from audit_app.organisation.forms import unit_choices
from audit_app.organisation.model import Unit
from audit_app.web.fields import DatePartsField
from audit_app.web.forms import Form


class PlanForm(Form):
    """What a plan says of itself."""

    version = version_field()
    unit = SelectField("For which unit", coerce=int)
    name = StringField("Name", [InputRequired("Enter a name"), Length(max=SHORT)])
    source = StringField("What it answers", [Length(max=SHORT)])
    starts_on = DatePartsField("First day", [InputRequired("Enter the first day")], subject="The first day")
    ends_on = DatePartsField("Last day", [InputRequired("Enter the last day")], subject="The last day")
    about = TextAreaField("What it is about", [Length(max=LONG)])
    themes_called = StringField("What its themes are called", [Length(max=60)])
    scales_key = SelectField("Its words for delivery and impact", default="")
    board = SelectField("Which board it goes to", coerce=int, default=0)

    def offer(self, units: Sequence[Unit], boards: Iterable[Board]) -> None:
        """Offer the units and the boards that there are."""
        self.unit.choices = unit_choices(units)
        self.scales_key.choices = [SelectChoice(value=one.key, label=one.name) for one in every_scales()]
        self.board.choices = [SelectChoice(value=0, label="No board")]
        self.board.choices += [SelectChoice(value=one.id, label=one.name) for one in boards]

    def head(self) -> Head:
        """What was filled in."""
        return Head(
            self.name.data or "",
            self.starts_on.data,
            self.ends_on.data,
            self.about.data or "",
            self.source.data or "",
            self.themes_called.data or "",
            self.scales_key.data or None,
        )

    @classmethod
    def of(cls, plan: Plan) -> "PlanForm":
        """The form filled in with what is kept."""
        names = ("name", "source", "starts_on", "ends_on", "about", "themes_called")
        kept = {name: getattr(plan, name) for name in names}
        kept["scales_key"] = plan.scales.key
        return cls(formdata=None, version=plan.version_id, unit=plan.unit_id, board=plan.board_id or 0, **kept)


class RecommendationForm(Form):
    """A recommendation."""

    version = version_field()
    ref = StringField("Ref", [InputRequired("Enter a ref"), Length(max=12)])
    theme = StringField("Theme", [Length(max=SHORT)])
    wording = TextAreaField("What is to improve", [InputRequired("Enter what is to improve"), Length(max=LONG)])
    source = StringField("Who recommended it", [Length(max=SHORT)])
    found = TextAreaField("What inspectors found", [Length(max=LONG)])

    def advice(self) -> Advice:
        """What was filled in."""
        return Advice(
            self.ref.data or "",
            self.wording.data or "",
            self.theme.data or "",
            self.source.data or "",
            self.found.data or "",
        )

    @classmethod
    def of(cls, kept: Recommendation) -> "RecommendationForm":
        """The form filled in with what is kept."""
        names = ("ref", "theme", "wording", "source", "found")
        return cls(formdata=None, version=kept.version_id, **{name: getattr(kept, name) for name in names})


class ActionForm(Form):
    """An action: what will be done, who leads, and by when."""

    version = version_field()
    ref = StringField("Ref", [InputRequired("Enter a ref"), Length(max=12)])
    recommendation = SelectField("For which recommendation")
    wording = TextAreaField("What will be done", [InputRequired("Enter what will be done"), Length(max=LONG)])
    lead = SelectField("Who leads", coerce=int, default=0)
    lead_words = StringField("Or a name or job title", [Length(max=SHORT)])
    due = StringField("Complete by", [Length(max=SHORT)])

    def offer(self, plan: Plan, people: Iterable[Person]) -> None:
        """Offer the plan's recommendations and the people who can lead."""
        self.recommendation.choices = recommendations_of(plan)
        self.lead.choices = [SelectChoice(value=0, label="Nobody with an account here")]
        self.lead.choices += [
            SelectChoice(value=one.id, label=f"{one.name}, {one.job_title}" if one.job_title else one.name)
            for one in people
        ]

    def values(self) -> dict[str, Any]:
        """What was filled in."""
        due, lead = due_of(self.due.data or ""), self.lead.data or None
        return {
            "ref": self.ref.data or "",
            "wording": self.wording.data or "",
            "lead_id": lead,
            "lead_words": "" if lead else self.lead_words.data or "",
            "due_on": due.on,
            "due_precision": due.precision.value,
            "due_words": due.words,
        }

    @classmethod
    def of(cls, kept: PlanAction) -> "ActionForm":
        """The form filled in with what is kept."""
        return cls(
            formdata=None,
            version=kept.version_id,
            ref=kept.ref,
            recommendation=kept.recommendation.ref,
            wording=kept.wording,
            lead=kept.lead_id or 0,
            lead_words=kept.lead_words,
            due=kept.due.said,
        )


class UpdateForm(Form):
    """How far an action is."""

    told_on = DatePartsField("Day", [InputRequired("Enter the day")], subject="The day")
    delivery = RadioField("Delivery")
    words = TextAreaField("Progress", [InputRequired("Write what was done"), Length(max=LONG)])
    evidence = TextAreaField("Evidence", [Length(max=LONG)])

    def offer(self, levels: Iterable[Delivery]) -> None:
        """Offer the levels of delivery."""
        self.delivery.choices = [SelectChoice(value=one.key, label=one.name) for one in levels]

    def update(self) -> Update:
        """What was filled in."""
        return Update(self.told_on.data, self.words.data or "", self.evidence.data or "", self.delivery.data or "")


class FileForm(Form):
    """A file with a plan."""

    unit = SelectField("For which unit", coerce=int)
    file = FileField("Workbook", [FileRequired("Choose a file")])

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer the units whose plans somebody writes."""
        self.unit.choices = unit_choices(units)


class ConfirmForm(Form):
    """A yes to what was shown."""
